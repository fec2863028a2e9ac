"""The mails of a first run: files in a folder, read back to be shown on a page. There are none where mail goes to a server."""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

FOLDER_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
BETWEEN = b"\n" + b"-" * 79 + b"\n"  # Django's file backend writes this after each mail
SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.(log|eml)")


@dataclass(frozen=True)
class Mail:
    """A mail as it left. `sent_at` is None when its date cannot be read; `text` is its plain part."""

    name: str
    to: str
    subject: str
    sent_at: datetime | None
    text: str


def folder() -> Path | None:
    """Where the mails are; None where they go to a mail server, and always in production: they hold sign-in links."""
    if settings.PRODUCTION or settings.EMAIL_BACKEND != FOLDER_BACKEND:
        return None
    return Path(settings.EMAIL_FILE_PATH)


def mails() -> list[Mail]:
    """All mails in the folder, newest first."""
    where = folder()
    if where is None or not where.is_dir():
        return []
    names = sorted((path.name for path in where.iterdir() if SAFE_NAME.fullmatch(path.name)), reverse=True)
    return [mail for name in names for mail in read(name)]


def read(name: str) -> list[Mail]:
    """The mails of one file, as they were sent; none when there is no such file of ours."""
    where = folder()
    if where is None or not SAFE_NAME.fullmatch(name) or not (where / name).is_file():
        return []
    parts = (where / name).read_bytes().split(BETWEEN)
    return [_mail(name, part) for part in parts if part.strip()]


def _mail(name: str, raw: bytes) -> Mail:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    try:
        sent_at = parsedate_to_datetime(str(message["date"]))
    except (TypeError, ValueError):
        sent_at = None
    return Mail(name, str(message["to"] or ""), str(message["subject"] or ""), sent_at, _text(message))


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain",))
    return str(body.get_content()).strip() if body else ""
