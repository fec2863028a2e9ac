"""Files that people send: what they are, whether they hold anything harmful, how many a person sends. Every form takes them with `FileField`."""

from lib.uploads.field import FileField, Sender, status

__all__ = ["FileField", "Sender", "status"]
