"""An uploaded file given back with what was refused marked in it."""

from pathlib import PurePosixPath

from accounts.models import User
from indicators.models import Upload
from indicators.uploads import keeping, shown, working
from indicators.uploads.comparing import REFUSED
from lib import sheets


class NothingToMark(Exception):
    """No cell was refused, or the file has not been read."""


def marked(upload: Upload, user: User) -> bytes:
    """A workbook with each refused cell of its sheet framed and its sentence as a comment. Raises NothingToMark and `working.Gone`."""
    refused = keeping.from_json(upload.preview).comparison.of(REFUSED) if upload.preview else ()
    refused = shown.in_sight(refused, user)
    if not refused:
        raise NothingToMark
    number = refused[0].place.sheet
    marks = {(line.place.row, line.place.column): line.why for line in refused if line.place.sheet == number}
    book = sheets.read(working.content(upload), upload.file_name)
    return sheets.marked(book, number, marks, PurePosixPath(upload.file_name).stem)


def name(upload: Upload) -> str:
    """ "figures-marked.xlsx"."""
    return f"{PurePosixPath(upload.file_name).stem}-marked.xlsx"
