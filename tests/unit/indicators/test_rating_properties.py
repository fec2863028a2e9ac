"""What holds of every rating and every trend, whatever the numbers."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.aggregate import Numbers
from indicators.aims import Aim
from indicators.rating import Measured, Rating, rate
from indicators.trend import Trend, compare

NUMBERS = st.decimals(-10_000, 10_000, places=2)
# Few numbers: they meet on the lines.
SMALL = st.integers(-12, 12).map(Decimal)
ANY = NUMBERS | SMALL
TOLERANCES = st.sampled_from([Decimal(one) for one in ("0", "1", "2.5", "5", "10", "50", "100")])
BETTER = {Rating.RED: 0, Rating.AMBER: 1, Rating.GREEN: 2}
OTHER = {"higher": "lower", "lower": "higher"}
POLARITIES = st.sampled_from(["higher", "lower"])


@st.composite
def aims(draw, rules=("minimum_and_target", "tolerance", "points", "last_year")) -> Aim:
    """For "higher": the minimum is never above the target."""
    rule = draw(st.sampled_from(rules))
    value = draw(ANY)
    if rule == "minimum_and_target":
        return Aim(rule, "quarter", value, value - abs(draw(ANY)))
    if rule == "last_year" and draw(st.booleans()):
        value = None
    return Aim(rule, "quarter", value, tolerance=draw(TOLERANCES))


def mirrored(aim: Aim) -> Aim:
    return replace(
        aim,
        value=None if aim.value is None else -aim.value,
        minimum=None if aim.minimum is None else -aim.minimum,
    )


def colour(aim: Aim, polarity: str, number: Decimal, last_year: Decimal | None = None) -> Rating:
    before = Measured(last_year, "in the same quarter of last year")
    return rate(aim, polarity, Measured(number, "in the quarter"), last_year=before).rating


@given(aims(), ANY, st.none() | ANY)
def test_in_the_mirror_the_other_direction_has_the_same_colour(aim, number, last_year):
    there = None if last_year is None else -last_year
    assert colour(aim, "higher", number, last_year) == colour(mirrored(aim), "lower", -number, there)


@given(aims(("minimum_and_target", "tolerance", "last_year")), ANY, ANY, st.sampled_from(["0.5", "2", "3", "100"]))
def test_so_many_times_as_much_of_everything_has_the_same_colour(aim, number, last_year, factor):
    times = Decimal(factor)
    larger = replace(
        aim,
        value=None if aim.value is None else aim.value * times,
        minimum=None if aim.minimum is None else aim.minimum * times,
    )
    assert colour(aim, "higher", number, last_year) == colour(larger, "higher", number * times, last_year * times)


@given(aims(), ANY, ANY, ANY, POLARITIES)
def test_a_better_figure_never_has_a_worse_colour(aim, number, step, last_year, polarity):
    aim, way = (aim, 1) if polarity == "higher" else (mirrored(aim), -1)
    worse = colour(aim, polarity, number, last_year)
    better = colour(aim, polarity, number + way * abs(step), last_year)
    assert BETTER[better] >= BETTER[worse]


@given(aims(("tolerance", "points")), ANY, TOLERANCES)
def test_more_tolerance_never_has_a_worse_colour(aim, number, more):
    wider = replace(aim, tolerance=aim.tolerance + more)
    assert BETTER[colour(wider, "higher", number)] >= BETTER[colour(aim, "higher", number)]


@given(aims(), st.none() | ANY, POLARITIES)
def test_on_the_target_is_green(aim, last_year, polarity):
    aim = aim if polarity == "higher" else mirrored(aim)
    assume(aim.value is not None or last_year is not None)
    target = last_year if aim.value is None else aim.value
    assert colour(aim, polarity, target, last_year) == Rating.GREEN


@given(aims(), ANY, st.none() | ANY, POLARITIES)
def test_there_is_no_colour_only_where_last_year_is_not_known(aim, number, last_year, polarity):
    aim = aim if polarity == "higher" else mirrored(aim)
    if colour(aim, polarity, number, last_year) == Rating.UNRATED:
        assert (aim.rule, last_year) == ("last_year", None)


@given(aims(), ANY, st.none() | ANY, POLARITIES, st.booleans())
def test_every_sentence_names_word_figure_basis_and_direction(aim, number, last_year, polarity, is_share):
    aim = aim if polarity == "higher" else mirrored(aim)
    verdict = rate(
        aim,
        polarity,
        Measured(number, "in the quarter", is_share),
        last_year=Measured(last_year, "in the same quarter of last year", is_share),
    )
    assert verdict.sentence.startswith(f"{verdict.word}: ")
    assert " in the quarter " in verdict.sentence
    assert verdict.why or verdict.sentence.endswith(f"; good is {polarity}.")
    assert "None" not in verdict.sentence and "  " not in verdict.sentence and "-" not in verdict.sentence


@given(aims(("tolerance",)), ANY, POLARITIES, st.booleans())
def test_a_sentence_never_shows_a_figure_beside_a_target_that_reads_the_same(aim, number, polarity, is_share):
    assume(number != aim.value)
    sentence = rate(aim, polarity, Measured(number, "in the quarter", is_share)).sentence
    figure = sentence.removesuffix(".").split(": ")[1].split(" in the quarter")[0]
    target = sentence.partition(" the target of ")[2].partition(";")[0].partition(", but")[0]
    assert _read(figure) != _read(target)
    assert (_read(figure) > _read(target)) == (number > aim.value)


def _read(said: str) -> Decimal:
    return Decimal(said.replace("−", "-").replace(",", "").rstrip("%"))


# ---------------------------------------------------------------- trend

SWAPPED = {
    Trend.BETTER: Trend.WORSE,
    Trend.WORSE: Trend.BETTER,
    Trend.SIMILAR: Trend.SIMILAR,
}


@given(ANY, ANY, POLARITIES, st.booleans())
def test_the_other_good_direction_swaps_better_and_worse(now, then, polarity, is_share):
    now, then = ((Numbers(stated=one) if is_share else Numbers(one)) for one in (now, then))
    there = compare(now, then, OTHER[polarity])
    assert there.trend == SWAPPED[compare(now, then, polarity).trend]
    assert there.change == compare(now, then, polarity).change


@given(ANY, ANY, st.booleans())
def test_without_a_good_direction_it_is_higher_where_higher_would_be_better(now, then, is_share):
    now, then = ((Numbers(stated=one) if is_share else Numbers(one)) for one in (now, then))
    named = {Trend.BETTER: Trend.HIGHER, Trend.WORSE: Trend.LOWER, Trend.SIMILAR: Trend.SIMILAR}
    assert compare(now, then, "none").trend == named[compare(now, then, "higher").trend]


@pytest.mark.parametrize("is_share", [True, False])
@given(now=ANY, then=ANY)
def test_in_the_mirror_a_change_goes_the_other_way(is_share, now, then):
    def numbers(one):
        return Numbers(stated=one) if is_share else Numbers(one)

    here = compare(numbers(now), numbers(then), "higher")
    there = compare(numbers(-now), numbers(-then), "lower")
    assert here.trend == there.trend
    assert {"up": "down", "down": "up", "none": "none"}[here.direction] == there.direction
    assert here.change.words.replace("up", "down") == there.change.words.replace("up", "down")
