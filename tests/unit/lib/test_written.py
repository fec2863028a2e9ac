"""Figures, dates and counts as people read them."""

import datetime as dt
from decimal import Decimal

import pytest

from lib import written


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (16320, "16,320"),
        (0, "0"),
        (Decimal("67.4000"), "67.4"),
        (Decimal("100.0000"), "100"),
        (Decimal("1E+3"), "1,000"),
        (Decimal("-27"), "−27"),
        (Decimal("12345678901234.5678"), "12,345,678,901,234.5678"),
        (None, ""),
    ],
)
def test_figures(value, words):
    assert written.figure(value) == words


def test_rounded_figures_go_up_from_the_half():
    assert written.figure(Decimal("2.25"), 1) == "2.3"
    assert written.figure(Decimal("0.5"), 0) == "1"


@pytest.mark.parametrize(("value", "words"), [(Decimal("67.38"), "67.4%"), (100, "100.0%"), (None, ""), (0, "0.0%")])
def test_percentages(value, words):
    assert written.percentage(value) == words


@pytest.mark.parametrize(("value", "words"), [(58, "+58"), (-1389, "−1,389"), (0, "0"), (None, "")])
def test_changes(value, words):
    assert written.change(value) == words


def test_days_and_moments():
    friday = dt.date(2018, 4, 27)
    assert written.day(friday) == "Friday 27 April 2018"
    assert written.weekday(friday) == "Friday 27 April"
    assert written.day_short(friday) == "27 April"
    assert written.day_year(friday) == "27 April 2018"
    assert written.day(None) == ""


def test_moments_are_london_time():
    summer = dt.datetime(2018, 5, 14, 9, 31, tzinfo=dt.UTC)
    assert written.moment(summer) == "14 May 2018, 10:31"
    assert written.clock(summer) == "10:31"
    assert written.day(dt.datetime(2018, 3, 31, 23, 30, tzinfo=dt.UTC)) == "Sunday 1 April 2018"


@pytest.mark.parametrize(("size", "words"), [(None, ""), (800, "800 bytes"), (397312, "388 KB"), (1572864, "1.5 MB")])
def test_file_sizes(size, words):
    assert written.file_size(size) == words


@pytest.mark.parametrize(("count", "words"), [(0, "no"), (2, "two"), (10, "ten"), (11, "11"), (1200, "1,200")])
def test_counts_in_words(count, words):
    assert written.in_words(count) == words


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Data lead", "data lead"),
        ("CSP Executive member", "CSP Executive member"),
        ("CBOs", "CBOs"),
        ("A quarter", "a quarter"),
        ("", ""),
    ],
)
def test_a_label_inside_a_sentence(label, words):
    assert written.in_sentence(label) == words


def test_the_start_of_a_sentence():
    assert [written.capitalised(words) for words in ("domestic abuse", "CBOs", "")] == ["Domestic abuse", "CBOs", ""]
