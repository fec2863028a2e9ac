"""What one cell means: a number, a day, a yes or no, a reason, or that there is no figure."""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

from indicators.models import Return
from indicators.numbers import MOST_FIGURES, MOST_PLACES, PENCE, Unreadable, parse_amount, parse_count, parse_percentage
from indicators.uploads import periods
from indicators.uploads.headings import plain
from lib.sheets import Cell

MASKED = re.compile(r"[<\u2264*]|fewer|less|under|up to", re.IGNORECASE)  # how small numbers are hidden
# Of a rough number: the form's sentence about small numbers that are hidden would make no sense there.
EXACT_COUNT = "{} must be a whole number, like 197: “{}” can’t be read"
EXACT_PERCENTAGE = "{} must be a percentage, like 67.4: “{}” can’t be read"
EXACT_AMOUNT = "{} must be an exact amount in pounds and pence, like 12,345.67: “{}” can’t be read"
# A spreadsheet keeps 0.1 + 0.2 as 0.30000000000000004: what differs from pence by less than this is its way of counting, not somebody's.
NO_MORE_THAN_A_FLOAT = Decimal("0.0000001")
MOST_ROUNDED = 10_000  # beyond it, it is refused anyway
# What people write where they have no figure. "nil" and "none" are not among them: they may mean 0.
NO_FIGURE = re.compile(r"|n/a|n\.a\.?|na|not available|[-\u2010-\u2015\u2212]+|\.{2,3}|\u2026", re.IGNORECASE)
YES = frozenset(("provisional", "provisional it may change", "p", "yes", "y", "true", "1", "x"))
NO = frozenset(("", "final", "f", "no", "n", "false", "0"))
REASONS = {
    plain(name): str(reason)
    for reason, names in {
        Return.MissingReason.AWAITING_PARTNER: ("awaiting_partner", "Awaiting partner", "Awaiting a partner"),
        Return.MissingReason.SOURCE_LAG: ("source_lag", "Source lag", "The source is behind"),
        Return.MissingReason.NOT_COLLECTED: ("not_collected", "Not collected"),
        Return.MissingReason.ANNUAL: ("annual_measure", "Annual measure", "An annual measure"),
    }.items()
    for name in names
}
REASON_NAMES = tuple(reason.label for reason in Return.MissingReason)


def has_no_figure(cell: Cell) -> bool:
    """Whether it says that there is no figure, or nothing at all. A formula that kept nothing is neither."""
    if cell.number is not None:  # a spreadsheet shows 0 as a dash where it is told to
        return False
    return not (cell.formula and not cell.text) and NO_FIGURE.fullmatch(cell.line) is not None


def count(cell: Cell, *, thing: str) -> Decimal:
    """A whole number; what has been worked out to more than is shown is not a whole one. Raises Unreadable."""
    _refuse_other_kinds(cell, thing, "a whole number")
    if cell.number is None or cell.line.endswith("%"):
        return parse_count(cell.line, thing=thing, exact=_exact(EXACT_COUNT, thing, cell.line))
    return parse_count(_written(cell.number), thing=thing)


def amount(cell: Cell, *, thing: str) -> Decimal:
    """Pounds and pence, exactly: never rounded. Raises Unreadable."""
    _refuse_other_kinds(cell, thing, "an amount in pounds and pence")
    if cell.number is None or cell.line.endswith("%"):
        return parse_amount(cell.line, thing=thing, exact=EXACT_AMOUNT.format(thing, cell.line[:20]))
    number = cell.number
    if abs(number) < Decimal(10**MOST_FIGURES):
        pence = number.quantize(Decimal(1).scaleb(-PENCE), rounding=ROUND_HALF_UP)
        number = pence if abs(number - pence) < NO_MORE_THAN_A_FLOAT else number
    return parse_amount(_written(number), thing=thing)


def percentage(cell: Cell, *, thing: str) -> Decimal:
    """From 0 to 100; one that a spreadsheet worked out is rounded to four places. Raises Unreadable."""
    _refuse_other_kinds(cell, thing, "a percentage")
    if cell.number is None:
        return parse_percentage(cell.line, thing=thing, exact=_exact(EXACT_PERCENTAGE, thing, cell.line))
    number = cell.number
    if abs(number) < MOST_ROUNDED:
        number = number.quantize(Decimal(1).scaleb(-MOST_PLACES), rounding=ROUND_HALF_UP)
    return parse_percentage(_written(number), thing=thing)


def day(cell: Cell, *, what: str) -> dt.date | None:
    """None for an empty cell. Raises Unreadable."""
    if not cell.text and not cell.formula:
        return None
    found = cell.day or periods.day(cell.line)
    if found is None:
        raise Unreadable(f"“{cell.line[:40]}” is not a day like 25/04/2018, day first: {what}")
    return found


def is_provisional(cell: Cell) -> bool:
    """Raises Unreadable."""
    said = plain(cell.line)
    if said not in YES | NO:
        raise Unreadable(f"“{cell.line[:40]}” is neither “Final” nor “Provisional”")
    return said in YES


def reason(cell: Cell) -> str:
    """The code of why there is no figure; empty where nothing is said. Raises Unreadable."""
    if not cell.text:
        return ""
    if found := REASONS.get(plain(cell.line)):
        return found
    raise Unreadable(f"“{cell.line[:60]}” is not one of the reasons: {', '.join(REASON_NAMES)}")


def short(cell: Cell, most: int, *, what: str) -> str:
    """Its text, in one line. Raises Unreadable where it is too long."""
    if len(cell.line) > most:
        raise Unreadable(f"{what} must be {most} characters or fewer")
    return cell.line


def _refuse_other_kinds(cell: Cell, thing: str, wanted: str) -> None:
    if cell.formula and not cell.text:
        raise Unreadable(
            f"{thing}: this formula has kept no value. Open the file in your spreadsheet program, save it, and upload it again"
        )
    if cell.kind == "error":
        raise Unreadable(f"{thing} must be {wanted}; the cell holds an error, “{cell.line[:20]}”")
    if cell.day is not None:
        raise Unreadable(f"{thing} must be {wanted}; the cell holds a date, {cell.line[:20]}")


def _exact(sentence: str, thing: str, line: str) -> str:
    return "" if MASKED.search(line) else sentence.format(thing, line[:20])


def _written(number: Decimal) -> str:
    """1389, 67.4: no exponent, no zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
