"""When an unusual figure is questioned. Every expectation is worked out by hand, next to its case.

Chance for counts: (now − was)² must be at least 9 × (now + was). For shares: moved² at least 9 × p (1 − p) (1/n + 1/m), p of both together.
"""

from decimal import Decimal

import pytest

from indicators import plausible
from indicators.aggregate import Numbers
from indicators.assessment import Series
from lib.quarters import Quarter

Q4 = Quarter.parse("2017-18-q4")


def count(number) -> Numbers:
    return Numbers(Decimal(number))


def pair(part, base) -> Numbers:
    return Numbers(Decimal(part), Decimal(base))


def stated(number) -> Numbers:
    return Numbers(stated=Decimal(number))


def of_counts(last=None, year_ago=None, **more) -> Series:
    figures = {when: number for when, number in ((Q4.previous, last), (Q4.year_ago, year_ago)) if number is not None}
    held = {quarter: count(number) for quarter, number in figures.items()}
    return Series("count", "lower", "sum", figures=held, **more)


def of_shares(last=None, year_ago=None, measure="need_met", **more) -> Series:
    figures = {Q4.previous: last, Q4.year_ago: year_ago}
    held = {quarter: numbers for quarter, numbers in figures.items() if numbers}
    return Series(measure, "higher", "pooled", figures=held, **more)


@pytest.mark.parametrize(
    ("last", "now", "said"),
    [
        (640, 1920, "1,920 is three times last quarter’s 640. Is that right?"),
        (1561, 4604, "4,604 is almost three times last quarter’s 1,561. Is that right?"),  # 2.949
        (1561, 4500, "4,500 is more than twice last quarter’s 1,561. Is that right?"),  # 2.883
        (100, 290, "290 is almost three times last quarter’s 100. Is that right?"),  # 2.9, a tenth short
        (1561, 3122, "3,122 is twice last quarter’s 1,561. Is that right?"),
        (1561, 3121, None),  # a hair less than twice
        (1561, 15610, "15,610 is ten times last quarter’s 1,561. Is that right?"),
        (100, 1250, "1,250 is more than 12 times last quarter’s 100. Is that right?"),
        (1920, 960, "960 is half of last quarter’s 1,920. Is that right?"),
        (1920, 961, None),
        (1920, 640, "640 is a third of last quarter’s 1,920. Is that right?"),
        (290, 100, "100 is little more than a third of last quarter’s 290. Is that right?"),  # 2.9
        (340, 100, "100 is less than a third of last quarter’s 340. Is that right?"),  # 3.4
        (1561, 156, "156 is less than a tenth of last quarter’s 1,561. Is that right?"),  # 10.006
        (1560, 156, "156 is a tenth of last quarter’s 1,560. Is that right?"),
        (995, 100, "100 is little more than a tenth of last quarter’s 995. Is that right?"),
        # Small numbers: twice needs 27 and then 54, (27)² = 729 = 9 × 81.
        (2, 4, None),
        (26, 52, None),  # 676 < 702
        (27, 54, "54 is twice last quarter’s 27. Is that right?"),
        (54, 27, "27 is half of last quarter’s 54. Is that right?"),
        (52, 26, None),
        (4, 16, None),  # 144 < 180
        (5, 20, "20 is four times last quarter’s 5. Is that right?"),  # 225 = 9 × 25
        (1, 10, None),  # 81 < 99
        (2, 20, "20 is ten times last quarter’s 2. Is that right?"),  # 324 > 198
        # Nought: 9² = 9 × 9.
        (8, 0, None),
        (9, 0, "0 follows last quarter’s 9. Is that right?"),
        (640, 0, "0 follows last quarter’s 640. Is that right?"),
        (0, 8, None),
        (0, 9, "9 follows last quarter’s 0. Is that right?"),
        (0, 0, None),
        (5, 5, None),
    ],
)
def test_a_count_is_held_against_last_quarters(last, now, said):
    found = plausible.doubt(of_counts(last), Q4, count(now))
    assert (found and found.question) == said


@pytest.mark.parametrize(
    ("last", "year_ago", "now", "is_asked"),
    [
        (640, 1900, 1920, False),  # every winter
        (640, 1281, 1920, False),  # 1.4988 times: like it
        (640, 1280, 1920, True),  # half as much again
        (640, 2879, 1920, False),  # 1.4995
        (640, 2880, 1920, True),  # a third less
        (640, 640, 1920, True),
        (640, 0, 1920, True),
        (1900, 640, 1920, False),  # like last quarter: nothing to explain
        (27, 46, 60, False),  # 14² = 196 < 9 × 106: no more than chance apart
    ],
)
def test_the_same_quarter_last_year_explains_a_season(last, year_ago, now, is_asked):
    assert bool(plausible.doubt(of_counts(last, year_ago), Q4, count(now))) is is_asked


def test_without_last_quarter_a_year_ago_is_what_it_is_held_against():
    found = plausible.doubt(of_counts(None, 640), Q4, count(1920))
    assert found.question == "1,920 is three times the 640 of the same quarter last year. Is that right?"
    annual = of_counts(None, 640, frequency="annual")
    assert plausible.doubt(annual, Q4, count(320)).question == "320 is half of last year’s 640. Is that right?"
    assert plausible.doubt(of_counts(), Q4, count(1920)) is None
    assert plausible.doubt(of_counts(), Q4, Numbers()) is None


def test_nothing_is_held_against_what_was_before_a_new_series():
    assert plausible.doubt(of_counts(640, 640, breaks=(Q4,)), Q4, count(1920)) is None
    # Last quarter is the first of the new series: a year ago neither accuses nor explains.
    broken = of_counts(640, 1900, breaks=(Q4.previous,))
    assert plausible.doubt(broken, Q4, count(1920)).question.startswith("1,920 is three times last quarter’s 640")


@pytest.mark.parametrize(
    ("replaced", "last", "now", "said"),
    [
        (1561, 1500, 4683, "4,683 is three times the verified 1,561. Is that right?"),
        (1561, 1500, 0, "0 replaces the verified 1,561. Is that right?"),
        (1561, 780, 1570, None),  # near the one that a second person has checked
        (15610, 1500, 1561, None),  # a slip put right: like last quarter
        (1561, 500, 790, None),  # neither twice nor half of the verified one
    ],
)
def test_a_restatement_is_held_against_the_figure_it_replaces(replaced, last, now, said):
    series = of_counts(last)
    series.figures[Q4] = count(replaced)  # the quarter itself tells nothing of its own figure
    found = plausible.doubt(series, Q4, count(now), replaced=count(replaced))
    assert (found and found.question) == said


@pytest.mark.parametrize(
    ("last", "now", "hint"),
    [
        (1561, 15610, "Check that no digit has slipped in."),
        (1000, 9000, "Check that no digit has slipped in."),
        (1000, 11000, "Check that no digit has slipped in."),
        (1000, 8999, ""),
        (1000, 11001, ""),
        (1561, 156, "Check that no digit was left out."),
        (640, 0, "If the number is not known, say that there is no figure this quarter instead."),
        (640, 1920, ""),  # one earlier quarter has no usual range
    ],
)
def test_the_hint_names_the_likely_slip(last, now, hint):
    assert plausible.doubt(of_counts(last), Q4, count(now)).hint == hint


@pytest.mark.parametrize(
    ("last", "now", "said"),
    [
        # Both out of 200: p = 0.6, 9 × 0.24 × 2/200 = 0.0216 < 0.2² = 0.04.
        (pair(100, 200), pair(140, 200), "140 of 200 (70.0%) is 20.0 points above last quarter’s 50.0%. Is that right?"),
        (pair(140, 200), pair(100, 200), "100 of 200 (50.0%) is 20.0 points below last quarter’s 70.0%. Is that right?"),
        (pair(100, 200), pair(139, 200), None),  # 19.5 points
        # Out of 100: 9 × 0.24 × 2/100 = 0.0432 > 0.04: chance.
        (pair(50, 100), pair(70, 100), None),
        # Out of 5: 40 points are two people.
        (pair(3, 5), pair(5, 5), None),
        # Nobody met of 20, all of 20: p = 0.5, 9 × 0.25 × 0.1 = 0.225 < 1.
        (pair(0, 20), pair(20, 20), "20 of 20 (100.0%) is 100.0 points above last quarter’s 0.0%. Is that right?"),
        (pair(20, 20), pair(20, 20), None),
        # What is out of nothing has no share.
        (pair(0, 0), pair(4, 5), None),
        (pair(4, 5), pair(0, 0), None),
        # Need ten times as many: the base is asked about first.
        (pair(31, 44), pair(310, 440), "Offenders with the need: 440 is ten times last quarter’s 44. Is that right?"),
        (pair(31, 44), pair(0, 0), "Offenders with the need: 0 follows last quarter’s 44. Is that right?"),
    ],
)  # fmt: skip
def test_need_and_met(last, now, said):
    found = plausible.doubt(of_shares(last), Q4, now, base_name="Offenders with the need")
    assert (found and found.question) == said


@pytest.mark.parametrize(
    ("last", "year_ago", "now", "said"),
    [
        (stated("67.4"), None, stated("47.4"), "47.4% is 20.0 points below last quarter’s 67.4%. Is that right?"),
        (stated("67.4"), None, stated("47.5"), None),
        (stated("67.4"), None, stated("6.74"), "6.7% is 60.7 points below last quarter’s 67.4%. Is that right?"),
        (stated("67.4"), stated("50"), stated("47"), None),  # 3 points from a year ago
        (stated("67.4"), stated("57"), stated("47"), "47.0% is 20.4 points below last quarter’s 67.4%. Is that right?"),
        (None, stated("67.4"), stated("47"), "47.0% is 20.4 points below the 67.4% of the same quarter last year. Is that right?"),
        # One with its base, one without: chance can't be told, the points count.
        (stated("67.4"), None, pair(40, 100), "40 of 100 (40.0%) is 27.4 points below last quarter’s 67.4%. Is that right?"),
    ],
)  # fmt: skip
def test_percentages(last, year_ago, now, said):
    found = plausible.doubt(of_shares(last, year_ago, "percentage"), Q4, now)
    assert (found and found.question) == said


def steady(numbers, *, quarter=Q4, **more) -> Series:
    """A series that ends with the quarter before."""
    before = quarter.back_to(len(numbers) + 1)[:-1]
    return Series("count", "lower", "sum", figures=dict(zip(before, map(count, numbers), strict=True)), **more)


class TestTheUsualRange:
    # 1,490 and 1,510 in turn: mean 1,500, moving range 20, limits 1,500 ± 53.2.
    TWELVE = (1490, 1510) * 6

    @pytest.mark.parametrize(
        ("now", "said"),
        [
            (1553, None),
            (1554, None),  # outside, and near enough: 54² = 2,916 < 9 × 3,054
            (1668, None),  # 168² = 28,224 < 9 × 3,168 = 28,512
            (1669, "1,669 is above the usual range of 1,447 to 1,553. Is that right?"),  # 28,561 > 28,521
            (1340, "1,340 is below the usual range of 1,447 to 1,553. Is that right?"),  # 25,600 > 9 × 2,840 = 25,560
            (1341, None),  # 159² = 25,281 < 25,569
        ],
    )
    def test_well_outside_it_is_asked(self, now, said):
        found = plausible.doubt(steady(self.TWELVE), Q4, count(now))
        assert (found and found.question) == said

    def test_trial_limits_ask_nothing(self):
        assert plausible.doubt(steady(self.TWELVE[1:]), Q4, count(1700)) is None

    def test_a_year_ago_out_there_too_explains_it(self):
        numbers = list(self.TWELVE)
        numbers[8] = 1900  # the same quarter a year before: Q4 of 2016-17
        series = steady(numbers)
        assert series.figures[Q4.year_ago] == count(1900)
        # Moving ranges: 9 × 20, and 390, 390; with 20 at either end 11 in all: (180 + 780) / 11 = 87.27; mean 1,534.2; limit 1,766.3.
        assert plausible.doubt(series, Q4, count(1850)) is None

    def test_it_is_told_beside_another_reason(self):
        found = plausible.doubt(steady(self.TWELVE), Q4, count(4530))
        assert found.question == "4,530 is three times last quarter’s 1,510. Is that right?"
        assert found.hint == "The usual range is 1,447 to 1,553."

    def test_what_starts_afresh_with_this_quarter_has_none(self):
        assert plausible.doubt(steady(self.TWELVE, rebases=(Q4,)), Q4, count(1700)) is None

    def test_small_numbers_stay_unasked(self):
        # 2 and 4 in turn: mean 3, limits 3 ± 5.32, so up to 8.32. 9: 6² = 36 < 9 × 12. 20: 17² = 289 > 207, five times last quarter's 4.
        series = steady((2, 4) * 6)
        assert plausible.doubt(series, Q4, count(9)) is None
        assert plausible.doubt(series, Q4, count(20)).hint == "The usual range is up to 8.3."

    def test_of_a_share(self):
        # 60 and 62 in turn: mean 61, limits 61 ± 5.32: 55.68 to 66.32. Ten points from the mean ask.
        before = Q4.back_to(13)[:-1]
        figures = dict(zip(before, map(stated, (60, 62) * 6), strict=True))
        series = Series("percentage", "higher", "pooled", figures=figures)
        assert plausible.doubt(series, Q4, stated("70.9")) is None
        found = plausible.doubt(series, Q4, stated("71"))
        assert found.question == "71.0% is above the usual range of 55.7% to 66.3%. Is that right?"


def test_the_remark_is_the_same_as_a_fact():
    assert plausible.remark(of_counts(640), Q4, count(1920)) == "Three times last quarter’s 640"
    assert plausible.remark(of_counts(640), Q4, count(0)) == "0 follows last quarter’s 640"
    assert plausible.remark(of_counts(640), Q4, count(641)) == ""
    needs = plausible.remark(of_shares(pair(31, 44)), Q4, pair(310, 440), base_name="Offenders with the need")
    assert needs == "Offenders with the need: ten times last quarter’s 44"


def test_an_answer_is_for_one_value_alone():
    values = [count(1920), count(192), pair(31, 44), pair(31, 45), pair(30, 44), stated("67.4"), stated("67.41")]
    assert [plausible.value(one) for one in values] == [
        "1,920", "192", "31 of 44", "31 of 45", "30 of 44", "67.4%", "67.41%",
    ]  # fmt: skip
    assert plausible.value(Numbers(stated=Decimal("67.4000"))) == "67.4%"
