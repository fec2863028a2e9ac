"""What this app's mails say, by subject."""

from reporting.mails import daily, formats, packs

__all__ = ["daily", "formats", "packs"]
