"""Shares, intervals, rankings and comparisons: by hand, or from the papers that the methods are from."""

from dataclasses import replace
from decimal import Decimal

import pytest

from consultation import results
from consultation.counts import ConcernCount, Counts, OptionCount, QuestionCounts


def concern(key: str, first: int, second: int | None = 0, third: int | None = 0, **more: bool) -> ConcernCount:
    return ConcernCount(key, key.capitalize(), first, second, third, **more)


def question(
    *counts: int | None, answered: int | None = None, texts: str = "", is_scale: bool = False
) -> QuestionCounts:
    names = texts.split() or [f"a{at}" for at, _ in enumerate(counts)]
    options = tuple(OptionCount(n, n, count, n == "unsure") for n, count in zip(names, counts, strict=True))
    return QuestionCounts("q", "Q?", "", "further", False, is_scale, answered, options)


def to(places: int, *numbers: Decimal) -> list[Decimal]:
    return [round(number, places) for number in numbers]


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [  # R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
    ],
)
def test_wilson_is_as_published(count: int, base: int, low: str, high: str) -> None:
    interval = results.wilson(count, base)
    assert interval and to(4, interval.low, interval.high) == [Decimal(low), Decimal(high)]


@pytest.mark.parametrize(
    ("now", "then", "share", "low", "high"),
    [  # R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10
        ((56, 70), (48, 80), "0.2000", "0.0524", "0.3339"),
        ((9, 10), (3, 10), "0.6000", "0.1705", "0.8090"),
        ((10, 10), (0, 10), "1.0000", "0.6075", "1.0000"),
        ((0, 10), (0, 10), "0.0000", "-0.2775", "0.2775"),
    ],
)
def test_differences_are_as_published(
    now: tuple[int, int], then: tuple[int, int], share: str, low: str, high: str
) -> None:
    found = results.difference(*now, *then)
    assert found and to(4, found.share, found.low, found.high) == [Decimal(share), Decimal(low), Decimal(high)]


def test_of_nobody_there_is_no_share_and_no_interval() -> None:
    assert (results.share(0, 0), results.wilson(0, 0), results.difference(1, 2, 0, 0)) == (None, None, None)


def test_more_than_everybody_has_no_interval() -> None:
    assert (results.wilson(8, 7), results.difference(8, 7, 1, 2)) == (None, None)


def test_dont_know_is_answered_and_no_part_of_a_percentage() -> None:
    base = results.base(question(7, 3, 2, answered=12, texts="yes no unsure"), 20)
    assert (base.answered, base.skipped, base.dont_know, base.of) == (12, 8, 2, 10)


def test_what_is_hidden_leaves_no_base() -> None:
    assert results.base(question(7, None, answered=12, texts="yes unsure"), 20).of is None
    assert results.base(question(7, 3, texts="yes no"), 20).of is None


def test_the_mean_of_a_scale_is_of_who_gave_a_number() -> None:
    scale = question(2, 0, 3, 4, texts="1 2 3 unsure", is_scale=True)
    assert results.mean(scale) == results.Mean(Decimal("2.2"), 5)  # 2 × 1 and 3 × 3 are 11, of 5
    assert results.mean(question(1, 1, texts="low high", is_scale=True)) == results.Mean(Decimal("1.5"), 2)
    assert results.mean(question(1, 1, texts="0 10", is_scale=True)) == results.Mean(Decimal(5), 2)


@pytest.mark.parametrize("counts", [(0, 0), (3, None)])
def test_no_mean_of_nobody_or_of_what_is_hidden(counts: tuple[int | None, ...]) -> None:
    assert results.mean(question(*counts, is_scale=True)) is None


THREE = (
    concern("gangs", 30, 5, 5),
    concern("drugs", 25, 40, 0),
    concern("noise", 25, 0, 60),
    concern("dirt", 20, 0, 0),
)


def test_three_ways_of_ranking_do_not_agree() -> None:
    told = {
        way.key: [(one.concern.key, one.place, one.is_shared) for one in order] for way, order in results.orders(THREE)
    }
    assert told == {
        "first": [("gangs", 1, False), ("drugs", 2, True), ("noise", 2, True), ("dirt", 4, False)],
        "any": [("noise", 1, False), ("drugs", 2, False), ("gangs", 3, False), ("dirt", 4, False)],  # 85, 65, 40, 20
        # 25 × 3 + 40 × 2 is 155; 25 × 3 + 60 is 135; 30 × 3 + 5 × 2 + 5 is 105
        "points": [("drugs", 1, False), ("noise", 2, False), ("gangs", 3, False), ("dirt", 4, False)],
    }


def test_whose_place_depends_on_the_way() -> None:
    found = results.differing(THREE, top=5)
    told = {places[0][1].concern.key: [placed.place for _, placed in places] for places in found}
    assert told == {"gangs": [1, 3, 3], "drugs": [2, 2, 1], "noise": [2, 1, 2]}


def test_only_who_is_among_the_first_is_told_of() -> None:
    found = results.differing(THREE, top=1)
    assert {places[0][1].concern.key for places in found} == {"gangs", "drugs", "noise"}
    swapped = (concern("a", 50, 50, 50), concern("b", 20, 0, 0), concern("c", 10, 30, 0))
    assert results.differing(swapped, top=1) == ()


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (1, "first"),
        (10, "tenth"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (20, "20th"),
        (21, "21st"),
        (22, "22nd"),
        (33, "33rd"),
        (41, "41st"),
    ],
)
def test_places_in_words(place: int, said: str) -> None:
    assert results.ordinal(place) == said


def test_where_one_comes_is_told_once_for_each_place() -> None:
    told = {key: results.came(places) for key, places in results.places(THREE).items()}
    assert told == {
        "gangs": "first by first choices, and third by any of three choices and by points",
        "drugs": "joint second by first choices, second by any of three choices and first by points",
        "noise": "joint second by first choices, first by any of three choices and second by points",
        "dirt": "fourth",
    }


def test_whom_nobody_chose_is_not_among_the_first() -> None:
    chosen = (concern("gangs", 1), concern("drugs", 0), concern("noise", 0, 1))
    assert [places[0][1].concern.key for places in results.leading(chosen, top=5)] == ["gangs", "noise"]
    alone = (concern("gangs", 1, 0, 0), concern("drugs", 0), concern("noise", 0))
    assert [places[0][1].concern.key for places in results.leading(alone, top=5)] == ["gangs"]
    # Nobody put any of three others first, so they share the second place; of these one is told of, which somebody put second.
    two = (*alone, concern("dirt", 0, 1))
    assert [places[0][1].concern.key for places in results.differing(two, top=5)] == ["dirt"]


def test_of_whom_percentages_of_concerns_are() -> None:
    counts = Counts(120, (concern("gangs", 60), concern("drugs", 40)), "", "", ())
    assert results.named_one(counts) == 100
    assert results.named_one(replace(counts, holds_responses=False)) == 120  # not every first choice need be in print


def test_where_only_first_choices_are_in_print_there_is_one_ranking() -> None:
    printed = (concern("gangs", 30, None, None), concern("rest", 12, None, None, is_group=True))
    ((way, order),) = results.orders(printed)
    assert (way.key, [one.concern.key for one in order]) == ("first", ["gangs"])
    assert results.differing(printed, top=5) == ()


def test_ballots_are_told_from_the_counts() -> None:
    counts = Counts(120, (concern("gangs", 60, 30, 5), concern("drugs", 40, 20, 20)), "", "", ())
    assert results.ballots(counts) == results.Ballots(none=20, one=50, two=25, three=25)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Anti-social behaviour", "Anti social  Behaviour", True),
        ("Don’t know", "Don't know", True),
        ("Gangs", "Gang crime", False),
    ],
)
def test_which_texts_are_one_answer(one: str, other: str, same: bool) -> None:
    assert (results.alike(one) == results.alike(other)) is same
