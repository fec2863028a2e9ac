"""Tables for spreadsheets: CSV that Excel opens in the right letters, and in which no cell is a formula."""

import csv
import io
from collections.abc import Iterable

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
# A cell that starts with one of these is worked out instead of shown; tab and line break are skipped before they are looked for.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: object) -> str:
    """The cell as text, after an apostrophe where it would start a formula. None -> ""."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def csv_of(rows: Iterable[Iterable[object]]) -> bytes:
    """UTF-8 with a byte order mark, lines ended as RFC 4180 has it."""
    made = io.StringIO(newline="")
    csv.writer(made).writerows([harmless(cell) for cell in row] for row in rows)
    return (BOM + made.getvalue()).encode()
