"""Reading a file that somebody sent: a book, or the sentence that says why not."""

import logging
from pathlib import PureWindowsPath

from lib.sheets import csv_reading, kinds, xlsx_reading
from lib.sheets.grid import MOST_BYTES, NOT_READ, TOO_BIG, Book, Tally, Unusable, tidied

logger = logging.getLogger(__name__)


def read(content: bytes, name: str) -> Book:
    """What the file holds. Raises Unusable, and nothing else, whatever the bytes are.

    What the file is is told by its content; its name only names the one sheet of a CSV.
    """
    if len(content) > MOST_BYTES:
        raise Unusable(TOO_BIG)
    try:
        tally = Tally()
        parts = kinds.parts_of(content)
        if parts is None:
            return Book("csv", (csv_reading.sheet_of(content, tidied(PureWindowsPath(name).stem), tally),))
        return Book("xlsx", xlsx_reading.sheets_of(parts, tally))
    except Unusable:
        raise
    except Exception as error:
        logger.exception("A spreadsheet could not be read")
        raise Unusable(NOT_READ) from error
