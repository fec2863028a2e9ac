"""Plain values as an XLSX file stores them, so that reading gives back what was written."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from lib.sheets.grid import MOST_CHARACTERS, guarded


@dataclass(frozen=True)
class Pounds:
    """An amount of money in a column of other numbers: shown to the penny, also where it is still to be typed (None)."""

    amount: Decimal | None


Value = str | int | Decimal | Pounds | dt.date | bool | None
_POUNDS = '"£"#,##0.00'

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MOST_DIGITS = 15  # more than that a spreadsheet drops
_FIRST_DAY = dt.date(1900, 3, 1)  # before it spreadsheets disagree about the calendar


@dataclass(frozen=True)
class Stored:
    """`type` is the one of the file format: "s" text, "n" number, "d" date, "b" boolean; `shape` the number format, "" for the column's own."""

    value: str | int | Decimal | dt.date | bool | None
    type: str = "n"
    shape: str = ""


NOTHING = Stored(None)


def written(text: str) -> str:
    """Text that an XML file can hold; "_x000A_" stays those seven characters."""
    text = _NOT_XML.sub("", text)
    if len(text) > MOST_CHARACTERS:
        text = f"{text[: MOST_CHARACTERS - 1]}…"
    return _ESCAPED.sub("_x005F_", text) if "_x" in text else text


def stored_text(text: str) -> Stored:
    return Stored(written(guarded(text)) or None, "s")


def stored(value: Value, kind: str = "text", places: int | None = None) -> Stored:
    """The value as it goes into a cell of a column of this kind.

    A number of more than fifteen digits is stored as text, because a spreadsheet would drop the rest. In a column of per cent 12.5 means
    12.5%. Days before March 1900, which spreadsheets count differently, are text too.
    """
    if value is None or value == "":
        return NOTHING
    if isinstance(value, Pounds):
        return Stored(value.amount, "n", _POUNDS)
    if isinstance(value, bool):
        return Stored(value, "b")
    if isinstance(value, int | Decimal):
        return _number(Decimal(value), kind, places)
    if isinstance(value, dt.datetime):
        moment = value.replace(tzinfo=None, microsecond=0)
        if moment.date() < _FIRST_DAY:
            return stored_text(f"{_day(moment)} {moment:%H:%M}")
        return Stored(moment, "d", "dd/mm/yyyy hh:mm")
    if isinstance(value, dt.date):
        return Stored(value, "d", "dd/mm/yyyy") if value >= _FIRST_DAY else stored_text(_day(value))
    return stored_text(str(value))


def _day(day: dt.date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def _number(number: Decimal, kind: str, places: int | None) -> Stored:
    percent = kind == "percent"
    if not number.is_finite():
        return NOTHING
    trimmed = number.normalize() if number else Decimal(0)
    _, digits, exponent = trimmed.as_tuple()
    if (
        len(digits) > _MOST_DIGITS
        or len(number.normalize().as_tuple().digits) > _MOST_DIGITS
        or not -100 < trimmed.adjusted() < 100
    ):
        return stored_text(f"{number:f}%" if percent else f"{number:f}")
    decimals = max(-int(exponent), 0) if places is None else places
    point = "." if decimals else ""
    if percent:
        return Stored(trimmed.scaleb(-2), "n", f"0{point}{'0' * min(decimals, 20)}%")
    if kind == "text":
        return Stored(trimmed, "n", "General")  # a year is not 2,018
    return Stored(trimmed, "n", f"#,##0{point}{'0' * min(decimals, 20)}")
