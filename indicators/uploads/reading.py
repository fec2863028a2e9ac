"""Reads a sheet of figures: the partnership's own workbook, or anybody's with named columns. What each cell means is in decision 25."""

from accounts.models import User
from indicators.uploads import headings
from indicators.uploads.headings import Layout
from indicators.uploads.naming import Names
from indicators.uploads.offers import Reading
from indicators.uploads.rows import Rows
from lib import written
from lib.sheets import Book, Sheet, Unusable

NO_HEADINGS = (
    "No row of headings was found in the first 20 rows. Figures need a column “Indicator” or “Reference”, a column “Quarter” or “Month” "
    "and a column “Figure”; or a column for each quarter or month."
)
OUR_OTHERS = ("Read me", "Definitions")  # sheets of our own workbook that hold no figures
NAMED = 8  # left-out columns and sheets that a note names


def read(book: Book, *, by: User) -> Reading:
    """What a sheet offers to this person's sight. Raises Unusable, with a sentence, for a file without known headings."""
    number, sheet, layout = _sheet(book)
    rows = Rows(sheet.rows, layout, Names(by), number)
    offers, refusals = rows.read()
    return Reading(tuple(offers), tuple(refusals), (*_of_the_file(book, sheet, layout), *rows.notes()))


def _sheet(book: Book) -> tuple[int, Sheet, Layout]:
    """The first visible sheet with headings that are known, with its number."""
    for number, sheet in enumerate(book.sheets):
        if not sheet.is_hidden and (layout := headings.find(sheet.rows)):
            return number, sheet, layout
    hidden = [sheet.name for sheet in book.sheets if sheet.is_hidden]
    beside = f" Hidden sheets are not read: {_named(hidden)}." if hidden else ""
    raise Unusable(NO_HEADINGS + beside)


def _of_the_file(book: Book, read_sheet: Sheet, layout: Layout) -> list[str]:
    notes = []
    left = [sheet.name for sheet in book.sheets if sheet is not read_sheet and not sheet.is_hidden and sheet.rows]
    if headings.KEY in layout.columns:
        left = [name for name in left if name not in OUR_OTHERS]
    if left:
        notes.append(f"Only the sheet “{read_sheet.name}” was read. Left out: {_named(left)}.")
    hidden = [sheet.name for sheet in book.sheets if sheet.is_hidden and sheet.rows]
    if hidden and headings.KEY not in layout.columns:
        notes.append(f"Hidden sheets were left out: {_named(hidden)}.")
    if layout.unknown:
        notes.append(
            f"Columns whose headings are not known here were left out, and nothing of them is kept: {_named(layout.unknown)}."
        )
    return notes


def _named(names: list[str] | tuple[str, ...]) -> str:
    shown = [f"“{name[:60]}”" for name in names[:NAMED]]
    more = len(names) - len(shown)
    return written.listed([*shown, f"{more} more"] if more else shown)
