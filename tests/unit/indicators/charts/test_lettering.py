"""Widths of words: hundredths of the type size, the wider of two fonts."""

from decimal import Decimal

import pytest

from indicators.charts.lettering import Box, box, kept_inside, shorten, width, wrap
from indicators.charts.points import Place, Text

TEN = Decimal(10)


@pytest.mark.parametrize(
    ("words", "wide"),
    [
        ("", 0),
        ("1,604", "28.4"),  # four figures of 6.4 and a comma of 2.8
        ("Q1", "14.0"),  # 7.6 and 6.4
        ("missing", "38.9"),  # 9.3 + 2.8 + 5.6 + 5.6 + 2.8 + 6.4 + 6.4
    ],
)
def test_width(words, wide):
    assert width(words, TEN) == Decimal(wide)


def test_bold_is_wider():
    assert width("1", TEN, is_strong=True) == Decimal("6.784")


@pytest.mark.parametrize(("anchor", "left"), [("start", 100), ("middle", "85.8"), ("end", "71.6")])
def test_box_of_a_text(anchor, left):
    covers = box(Text(Place(Decimal(100), Decimal(50)), "1,604", anchor), TEN)
    assert covers == Box(Decimal(left), Decimal("42.4"), Decimal(left) + Decimal("28.4"), Decimal("52.2"))


def test_words_are_shortened_between_words_and_one_long_word_inside():
    assert shorten("First campaign in all wards", Decimal(1000), TEN) == "First campaign in all wards"
    # "First campaign" takes 74.9, " in" 12 more, "…" 10.
    assert shorten("First campaign in all wards", Decimal(90), TEN) == "First campaign…"
    assert shorten("Supercalifragilistic", Decimal(50), TEN).endswith("…")
    assert width(shorten("Supercalifragilistic", Decimal(50), TEN), TEN) <= 50


def test_wrapped_on_two_lines_at_most():
    assert wrap("First campaign in all wards", Decimal(74), TEN) == ("First", "campaign in…")
    assert wrap("First campaign in all wards", Decimal(100), TEN) == ("First campaign in", "all wards")
    assert wrap("", TEN, TEN) == ()


def test_a_text_is_pushed_inside():
    text = Text(Place(Decimal(100), Decimal(50)), "1,604", "middle")
    assert kept_inside(text, TEN, Decimal(0), Decimal(110)).place.x == Decimal("95.8")
    assert kept_inside(text, TEN, Decimal(90), Decimal(200)).place.x == Decimal("104.2")
    assert kept_inside(text, TEN, Decimal(0), Decimal(200)) is text
