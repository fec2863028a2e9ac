"""Counts worked out by hand: ten people, four concerns, ranked otherwise by each of the three ways."""

import datetime as dt

import pytest

from consultation.counts import ConcernCount, Counts, OptionCount, QuestionCounts
from reporting.told.shape import Found


def concerns(*rows):
    """(text, first, second, third) each; the key is the text in small letters."""
    return tuple(ConcernCount(text.lower(), text, *ranks) for text, *ranks in rows)


def question(key, text, options, *, role="further", several=False, is_scale=False, answered=None):
    """`options` are (text, count); "Don't know" is one that says so."""
    made = tuple(OptionCount(told.lower(), told, count, told == "Don’t know") for told, count in options)
    total = sum(count or 0 for _, count in options) if answered is None and not several else answered
    return QuestionCounts(key, text, "", role, several, is_scale, total, made)


def counts(*rows, responses=10, **more):
    return Counts(responses, concerns(*rows), "What matters most?", "", more.pop("questions", ()), **more)


def found(held, **more):
    told = {
        "slug": "safety-2018",
        "title": "What matters most",
        "purpose": "",
        "opens_on": dt.date(2018, 6, 10),
        "closes_on": dt.date(2018, 8, 12),
        "counts": held,
        "threshold": 5,
        "number": 1,
        "taken_on": dt.date(2018, 9, 3),
        "reason": "",
        "source": "",
        "note": "",
        "is_sample": False,
        "is_published": True,
    }
    return Found(**(told | more))


@pytest.fixture
def ten():
    """Drugs: 4 first. Gangs: 3 first, 5 second. Burglary: 1 first, 2 second, 5 third. Dogs: nobody. Two named none."""
    return counts(("Drugs", 4, 0, 0), ("Gangs", 3, 5, 0), ("Burglary", 1, 2, 5), ("Dogs", 0, 0, 0))
