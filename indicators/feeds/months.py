"""Months as publishers write them. Pure.

A pattern is made of the codes below, as in "%Y%m" for "201704" or "%B %Y" for "April 2017". A text is read only where writing the month by
the same pattern gives the text back, so that "20174" is no month of "%Y%m".
"""

import datetime as dt
import re

CODES = {"%Y": "year", "%y": "year", "%m": "month", "%B": "month", "%b": "month", "%d": "day"}
LONGEST = 40  # letters; no month is written longer
_CODE = re.compile(r"%.?")


def check_pattern(pattern: str) -> str:
    """Why months can't be read by this pattern, as a sentence; empty when they can."""
    if not pattern.isprintable() or len(pattern) > LONGEST:
        return "How months are written must be plain text, like “%Y%m”."
    codes = _CODE.findall(pattern)
    if unknown := [code for code in codes if code not in CODES]:
        return f"“{unknown[0]}” is not known: months are written with {', '.join(CODES)}."
    told = [CODES[code] for code in codes]
    if told.count("year") != 1 or told.count("month") != 1 or told.count("day") > 1:
        return f"“{pattern}” must hold one year and one month, like “%Y%m”."
    return ""


def parse(text: str, pattern: str) -> dt.date | None:
    """The first day of the month that the text names; None where it names none."""
    if len(text) > LONGEST:
        return None
    try:
        day = dt.datetime.strptime(text, pattern).date()
    except ValueError:
        return None
    if not 1900 <= day.year <= 2999 or write(day, pattern).casefold() != text.casefold():
        return None
    return first(day)


def write(day: dt.date, pattern: str) -> str:
    return day.strftime(pattern)


def first(day: dt.date) -> dt.date:
    return day.replace(day=1)


def plus(month: dt.date, months: int) -> dt.date:
    """So many months later, or earlier when negative. Within the years that a date can have."""
    index = min(max(month.year * 12 + month.month - 1 + months, 12), 9999 * 12 + 11)
    return dt.date(index // 12, index % 12 + 1, 1)


def named(month: dt.date) -> str:
    """ "April 2017"."""
    return f"{month:%B %Y}"
