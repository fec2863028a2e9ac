"""The box for a file, on every form that takes one: how many a person sends, what it is, and whether it is harmful, in this order.

Nothing has been stored when it says no: the file is in memory, or in a temporary file that goes with the request.
"""

import logging
from collections.abc import Callable
from typing import Any, Protocol

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from lib import clamav
from lib.sheets import Unusable

log = logging.getLogger("uploads")

TOO_MANY = "too_many"
NOT_NOW = (
    "The file can’t be checked for viruses just now, so it was not taken. Nothing was kept. Try again in some minutes"
)
INFECTED = (
    "The virus scanner found something harmful in this file ({found}), so it was not taken. Nothing was kept. "
    "Don’t open or send it again: tell your IT team"
)
LARGER_THAN_SCANNED = "This file is too large to be checked for viruses, so it was not taken. Send a smaller one"


class Sender(Protocol):
    """Who sends a file."""

    @property
    def left_out(self) -> frozenset[str]:
        """The boxes whose files were too large, and so never came here."""

    @property
    def why_not_yet(self) -> str:
        """Counts one file more, and says why it is one too many; "" while it is not."""

    def sent_harm(self, name: str, found: str) -> None:
        """Keep that this person sent a file in which the scanner found something."""


class FileField(forms.FileField):
    """`kind_of` tells by content and name what it is, or raises Unusable; `too_large` is said of one larger than its page takes.

    The form sets `sender` before it is asked for anything: without, it takes nothing.
    """

    def __init__(self, *, kind_of: Callable[[bytes, str], object], too_large: str, **more: Any) -> None:
        super().__init__(**more)
        self.kind_of, self.too_large = kind_of, too_large
        self.sender: Sender | None = None

    def sent_by(self, sender: Sender, name: str = "file") -> None:
        self.sender = sender
        if name in sender.left_out:
            self.error_messages["required"] = self.too_large

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return file
        assert self.sender, "a form with a box for a file says who sends it"
        if why := self.sender.why_not_yet:
            raise ValidationError(why, code=TOO_MANY)
        content, name = file.read(), file.name or ""
        file.seek(0)
        try:
            self.kind_of(content, name)
        except Unusable as unusable:
            raise ValidationError(str(unusable)) from None
        self._scan(file, content)
        return file

    def _scan(self, file: UploadedFile, content: bytes) -> None:
        if not settings.CLAMAV_ADDRESS:
            return
        try:
            found = clamav.scan(content, settings.CLAMAV_ADDRESS)
        except clamav.TooLarge:
            log.error(
                "scanner state=too-large bytes=%s: its StreamMaxLength is smaller than what may be sent", file.size
            )
            raise ValidationError(LARGER_THAN_SCANNED) from None
        except clamav.Unavailable as error:
            log.error("scanner state=failed why=%s", error)
            raise ValidationError(NOT_NOW) from None
        if found:
            file.close()  # a temporary file goes with it
            assert self.sender
            self.sender.sent_harm(file.name or "", found)
            raise ValidationError(INFECTED.format(found=found))


def status(form: forms.Form) -> int:
    """Of the page that shows the form: 429 where too many files were sent, else 200."""
    return 429 if any(form.has_error(name, TOO_MANY) for name in form.fields) else 200
