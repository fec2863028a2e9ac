"""Numbers and days as people read them. Pure: no Django, so that calculation can put its figures into a sentence.

Every function of a number takes None and gives "" for it: "not known" is a value, and its words are the caller's to choose.
"""

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

MINUS = "\N{MINUS SIGN}"


def _rounded(value: Any, places: int | None) -> Decimal | None:
    if value is None or value == "":
        return None
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if places is None:
        number = number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
    else:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return number or abs(number)  # nobody writes a minus before zero


def figure(value: Any, places: int | None = None) -> str:
    """A number with thousands commas: 16320 -> "16,320", Decimal("67.4000") -> "67.4"; `figure:1` rounds half up. None -> ""."""
    number = _rounded(value, places)
    if number is None:
        return ""
    return f"{number:,f}".replace("-", MINUS)


def percentage(value: Any, places: int = 1) -> str:
    """A percentage (already out of a hundred): Decimal("67.38") -> "67.4%". None -> ""."""
    return "" if value is None or value == "" else f"{figure(value, places)}%"


def pounds(value: Any) -> str:
    """An amount of money: 75000 -> "£75,000", Decimal("12345.60") -> "£12,345.60", -400000 -> "−£400,000". None -> ""."""
    number = _rounded(value, 2)
    if number is None:
        return ""
    whole = number == number.to_integral_value()
    return f"{MINUS if number < 0 else ''}£{abs(number):,.{0 if whole else 2}f}"


def pence(value: Any) -> str:
    """The same to the penny, for columns of spend: 75000 -> "£75,000.00". None -> ""."""
    number = _rounded(value, 2)
    return "" if number is None else f"{MINUS if number < 0 else ''}£{abs(number):,.2f}"


def change(value: Any, places: int | None = None) -> str:
    """A difference with its sign: 58 -> "+58", -27 -> "−27", 0 -> "0". None -> ""."""
    number = _rounded(value, places)
    if number is None:
        return ""
    return f"+{figure(number, places)}" if number > 0 else figure(number, places)


WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)


def in_words(number: int) -> str:
    """A count as running text has it: 2 -> "two", 0 -> "no", 11 -> "11". With `|capfirst` at the start of a sentence."""
    return WORDS[number] if 0 <= number < len(WORDS) else figure(number)


def in_full(day: dt.date) -> str:
    """A day in a sentence: "31 March 2018"."""
    return f"{day.day} {day:%B %Y}"


def listed(words: Iterable[str]) -> str:
    """ "A", "A and B", "A, B and C"; empty for none."""
    every = list(words)
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} and {every[-1]}" if every else ""
