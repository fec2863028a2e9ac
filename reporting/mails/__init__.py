"""What this app's mails say, by subject."""

from reporting.mails import daily, packs

__all__ = ["daily", "packs"]
