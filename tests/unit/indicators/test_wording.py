"""Figures, differences and days as people read them. Expected words are written by hand."""

import datetime as dt
from decimal import Decimal

import pytest

from indicators import wording
from indicators.models import Figure, Return
from tests.factories.indicators import ReturnFactory, RoundFactory


def figure(numerator=None, denominator=None, stated=None):
    given = (None if number is None else Decimal(number) for number in (numerator, denominator, stated))
    return Figure(**dict(zip(("numerator", "denominator", "stated_percentage"), given, strict=True)))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ((16320,), "16,320"),
        ((0,), "0"),
        (("1604.0000",), "1,604"),
        ((31, 44), "31 of 44, 70.5%"),  # 70.4545...
        ((0, 12), "0 of 12, 0.0%"),
        ((0, 0), "nobody had the need"),
        ((None, None, "67.3800"), "67.4%"),
        ((1250, 2500), "1,250 of 2,500, 50.0%"),
    ],
)
def test_a_figure_in_words(given, words):
    assert wording.value(figure(*given)) == words


def test_no_figure_has_no_words():
    assert wording.value(None) == ""


@pytest.mark.parametrize(
    ("now", "was", "words"),
    [
        ((4207,), (4180,), "+27"),
        ((351,), (372,), "\N{MINUS SIGN}21"),
        ((0,), (0,), "no change"),
        ((31, 44), (29, 43), "+3.0 points"),  # 70.4545 - 67.4419
        ((31, 44), (62, 88), "no change"),
        ((None, None, "67.4"), (None, None, "70"), "\N{MINUS SIGN}2.6 points"),
        ((None, None, "67.4"), (31, 44), "\N{MINUS SIGN}3.1 points"),  # 67.4 - 70.4545
        ((0, 0), (31, 44), ""),
    ],
)
def test_a_difference_in_words(now, was, words):
    assert wording.difference(figure(*now), figure(*was)) == words


def test_without_an_earlier_figure_there_is_no_difference():
    assert wording.difference(figure(5), None) == ""


FRIDAY = dt.date(2018, 4, 27)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (dt.date(2018, 4, 26), "It is due on Friday 27 April 2018."),
        (FRIDAY, "It is due today, Friday 27 April 2018."),
        (dt.date(2018, 4, 28), "It was due on Friday 27 April 2018."),  # Saturday: no working day has passed
        (dt.date(2018, 4, 30), "It was due on Friday 27 April 2018, 1 working day ago."),
        (dt.date(2018, 5, 2), "It was due on Friday 27 April 2018, 3 working days ago."),
        (dt.date(2018, 5, 8), "It was due on Friday 27 April 2018, 6 working days ago."),  # 7 May was a bank holiday
        (dt.date(2026, 11, 23), "It was due on Friday 27 April 2018."),
    ],
)
def test_when_it_is_due(on, words):
    assert wording.due(FRIDAY, on) == words


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (FRIDAY, ""),
        (dt.date(2018, 4, 29), "since the weekend"),
        (dt.date(2018, 5, 2), "3 working days"),
        (dt.date(2019, 5, 2), "since 27 April 2018"),
    ],
)
def test_how_late_it_is(on, words):
    assert wording.days_late(FRIDAY, on) == words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "late", "word"),
    [
        (Return.Status.DUE, False, "Due"),
        (Return.Status.DUE, True, "Overdue"),
        (Return.Status.DRAFT, False, "Draft"),
        (Return.Status.DRAFT, True, "Overdue"),
        (Return.Status.SENT_BACK, True, "Sent back"),
        (Return.Status.SUBMITTED, True, "Not yet verified"),
        (Return.Status.VERIFIED, True, "Verified"),
        (Return.Status.MISSING, True, "Missing"),
    ],
)
def test_the_word_for_a_state(status, late, word):
    return_ = ReturnFactory(round=RoundFactory())
    return_.status = status
    on = return_.round.due_on + dt.timedelta(days=1 if late else 0)
    assert wording.state(return_, on) == word


def test_no_reason_brings_a_colon_of_its_own_into_a_sentence():
    assert not [label for label in Return.MissingReason.labels if ":" in label]
