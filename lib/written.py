"""Figures, dates and counts as people read them; the same words on pages, in mails and in sentences built in Python.

Every function takes None and gives "" for it: "not known" is a value, and its words are the page's to choose.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from lib.numerals import MINUS, change, figure, in_words, listed, pence, percentage, pounds

__all__ = [
    "MINUS",
    "capitalised",
    "change",
    "clock",
    "day",
    "day_short",
    "day_year",
    "figure",
    "file_size",
    "in_sentence",
    "in_words",
    "listed",
    "moment",
    "pence",
    "percentage",
    "pounds",
    "weekday",
]


def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


def _dated(value: Any, pattern: str) -> str:
    return date_format(_local(value), pattern, use_l10n=False) if value else ""


def day(value: dt.date | None) -> str:
    """ "Friday 27 April 2018". None -> ""."""
    return _dated(value, "l j F Y")


def weekday(value: dt.date | None) -> str:
    """ "Friday 27 April", where the year is plain. None -> ""."""
    return _dated(value, "l j F")


def day_short(value: dt.date | None) -> str:
    """ "27 April", in tables of one year. None -> ""."""
    return _dated(value, "j F")


def day_year(value: dt.date | None) -> str:
    """ "27 April 2018", in tables over years. None -> ""."""
    return _dated(value, "j F Y")


def moment(value: dt.datetime | None) -> str:
    """ "14 May 2018, 10:31", London time. None -> ""."""
    return _dated(value, "j F Y, H:i")


def clock(value: dt.datetime | None) -> str:
    """ "10:31", London time. None -> ""."""
    return _dated(value, "H:i")


def file_size(size: int | None) -> str:
    """Bytes as people say them: 397312 -> "388 KB", 1572864 -> "1.5 MB". None -> ""."""
    if size is None:
        return ""
    if size < 1024:
        return f"{size} bytes"
    if size < 1024 * 1024:
        return f"{round(size / 1024)} KB"
    return f"{figure(Decimal(size) / (1024 * 1024), 1)} MB"


def capitalised(words: str) -> str:
    """With its first letter large, the rest as it is."""
    return words[:1].upper() + words[1:]


def in_sentence(words: str) -> str:
    """Inside a sentence: "Data lead" -> "data lead", "A quarter" -> "a quarter", but "CSP Executive member" and "CBOs" stay."""
    first = words.split(" ")[0]
    return words if first[1:] != first[1:].lower() else words[:1].lower() + words[1:]
