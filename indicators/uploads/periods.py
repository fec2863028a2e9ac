"""Reads the quarters, months and days that people write in sheets. Pure; what can't be told is None, nothing is guessed.

Days are written day first, as in this country; where the second number can't be a month, the date is not read the other way round.
"""

import datetime as dt
import re
from functools import lru_cache

from lib.quarters import Quarter, Year

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
FIRST_YEAR, LAST_YEAR = 1900, 2999

_DASH = r"[-/\u2010-\u2015]"
_YEAR = rf"(?P<begins>\d{{4}})\s*{_DASH}\s*(?:\d\d)?(?P<ends>\d\d)"
_NUMBER = r"(?:q|qtr|quarter)\.?\s*(?P<number>[1-4])"
_QUARTER = (
    re.compile(rf"{_YEAR}[\s,:-]*{_NUMBER}", re.ASCII),
    re.compile(rf"{_NUMBER}[\s,:-]*(?:of\s+)?\(?{_YEAR}\)?", re.ASCII),
)
_SPAN = re.compile(rf"(?P<first>[a-z]{{3,9}})\s*(?:to|{_DASH})\s*(?P<last>[a-z]{{3,9}})\s+(?P<year>\d{{4}})")
_WORD_MONTH = re.compile(r"(?P<word>[a-z]{3,9})\.?[\s,'\u2019-]*(?P<year>\d{4}|\d\d)", re.ASCII)
_NUMBER_MONTH = (
    re.compile(r"(?P<year>\d{4})[-/.]?(?P<month>\d\d)", re.ASCII),
    re.compile(r"(?P<month>\d\d?)[-/.](?P<year>\d{4})", re.ASCII),
)
_ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)(?:[t ]00:00(?::00)?)?", re.ASCII)
_DAY = re.compile(r"(?P<day>\d\d?)[/.-](?P<month>\d\d?)[/.-](?P<year>\d{4}|\d\d)", re.ASCII)
_WORD_DAY = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(?P<day>\d\d?)(?:st|nd|rd|th)?[\s-]+(?P<word>[a-z]{3,9})[\s,-]+(?P<year>\d{4}|\d\d)", re.ASCII
)


@lru_cache(maxsize=4096)
def quarter(text: str) -> Quarter | None:
    """ "2017-18 Q4", "Q4 2017/18", "2017-18-q4", "January to March 2018". Not "Q4 2018", which may be either of two."""
    said = _plain(text)
    for pattern in _QUARTER:
        if match := pattern.fullmatch(said):
            begins, ends = int(match["begins"]), int(match["ends"])
            if (begins + 1) % 100 != ends or not FIRST_YEAR <= begins < LAST_YEAR:
                return None
            return Quarter(begins, int(match["number"]))
    if match := _SPAN.fullmatch(said):
        first, last, year = _month_number(match["first"]), _month_number(match["last"]), int(match["year"])
        if first and last == first + 2 and first % 3 == 1 and FIRST_YEAR <= year <= LAST_YEAR:
            return Quarter.of(dt.date(year, first, 1))
    return None


@lru_cache(maxsize=4096)
def month(text: str) -> dt.date | None:
    """The first day of "Jan 2018", "2018-01", "201801", "01/2018", "Jan-18", or of the month that a whole date lies in."""
    said = _plain(text)
    if match := _WORD_MONTH.fullmatch(said):
        return _first(_four(match["year"]), _month_number(match["word"]))
    for pattern in _NUMBER_MONTH:
        if match := pattern.fullmatch(said):
            return _first(int(match["year"]), int(match["month"]))
    on = day(text)
    return on.replace(day=1) if on else None


@lru_cache(maxsize=4096)
def day(text: str) -> dt.date | None:
    """ "25/04/2018", "25.4.18", "2018-04-25", "25 April 2018", "Wed 25th Apr 2018". None for "04/25/2018"."""
    said = _plain(text)
    for pattern in (_ISO_DAY, _DAY, _WORD_DAY):
        if match := pattern.fullmatch(said):
            found = match.groupdict()
            number = int(found["month"]) if "month" in found else _month_number(found["word"])
            year = _four(found["year"])
            try:
                return dt.date(year, number or 0, int(found["day"])) if FIRST_YEAR <= year <= LAST_YEAR else None
            except ValueError:
                return None
    return None


@lru_cache(maxsize=4096)
def in_year(year: str, part: str) -> Quarter | dt.date | None:
    """A quarter or month under the financial year that stands above it: ("2017-18", "Q4"), ("2017/18", "January")."""
    match = re.fullmatch(rf"(?:fy\s*)?{_YEAR}", _plain(year), re.ASCII)
    if not match or (int(match["begins"]) + 1) % 100 != int(match["ends"]):
        return None
    begins, said = int(match["begins"]), _plain(part)
    if not FIRST_YEAR <= begins < LAST_YEAR:
        return None
    if found := re.fullmatch(rf"{_NUMBER}|(?P<bare>[1-4])", said):
        return Quarter(begins, int(found["number"] or found["bare"]))
    if number := _month_number(said.rstrip(".")):
        return dt.date(begins if number >= Year(begins).start.month else begins + 1, number, 1)
    return None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _month_number(word: str) -> int | None:
    """1 to 12 for a month's name, or its first three letters, or more of them."""
    if len(word) < 3:
        return None
    word = "sep" if word == "sept" else word
    return next((number for number, name in enumerate(MONTHS, start=1) if name.startswith(word)), None)


def _four(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _first(year: int, number: int | None) -> dt.date | None:
    if not number or not 1 <= number <= 12 or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return dt.date(year, number, 1)
