"""What one indicator's figures say in one quarter, worked out by hand. The years are 2016-17 and 2017-18."""

from decimal import Decimal

import pytest

from indicators.aggregate import Numbers
from indicators.aims import Aim
from indicators.assessment import Series, assess
from indicators.explanation import IN_FULL, IN_SHORT
from indicators.rating import Rating, Why
from indicators.trend import Trend
from lib.quarters import Quarter, Year

FIRST = Quarter.parse("2016-17-q1")
Q1, Q2, Q3, Q4 = Year(2017).quarters
EVEN = (Decimal(25),) * 4


def counts(*given: int | None, first: Quarter = FIRST) -> dict[Quarter, Numbers]:
    """From 2016-17 Q1 on; None: no figure."""
    return {first.plus(place): Numbers(Decimal(one)) for place, one in enumerate(given) if one is not None}


def shares(*given: tuple[int, int] | None) -> dict[Quarter, Numbers]:
    return {
        FIRST.plus(place): Numbers(Decimal(pair[0]), Decimal(pair[1]))
        for place, pair in enumerate(given)
        if pair is not None
    }


def aim(rule: str, basis: str, value: int | None, second: int | None = None, profile=None, **more) -> Aim:
    number = None if second is None else Decimal(second)
    told = {"minimum": number} if rule == "minimum_and_target" else {"tolerance": number}
    return Aim(rule, basis, None if value is None else Decimal(value), profile=profile, **told, **more)


def series(figures, **fields) -> Series:
    aimed = fields.pop("aim", None)
    defaults = {"measure": "count", "polarity": "lower", "mode": "sum"}
    return Series(figures=figures, aims={Year(2017): aimed} if aimed else {}, **(defaults | fields))


# ---------------------------------------------------------------- the basis of a rating


BOROUGH = (737, 783, 685, 658, 767, 743, 703, 629)  # Met Police, Tower Hamlets, Violence with Injury: 2,863 and 2,842


@pytest.mark.parametrize(
    ("made", "quarter", "sentence"),
    [
        # 767 + 743 + 703 + 629 = 2,842
        (aim("minimum_and_target", "year_to_date", 2700, 2800, EVEN), Q4,
         "Red: 2,842 for the year to date is above the minimum expectation of 2,800; good is lower."),
        # half of 2,800 is 1,400; 767 + 743 = 1,510
        (aim("minimum_and_target", "year_to_date", 2700, 2800, EVEN), Q2,
         "Red: 1,510 for the year to date is above the minimum expectation to date of 1,400; good is lower."),
        # 30% of 2,700 is 810
        (aim("minimum_and_target", "year_to_date", 2700, 2800, (Decimal(30), Decimal(25), Decimal(25), Decimal(20))), Q1,
         "Green: 767 for the year to date is below the target to date of 810; good is lower."),
        (aim("minimum_and_target", "quarter", 700, 760), Q2,
         "Amber: 743 in the quarter is between the minimum expectation of 760 and the target of 700; good is lower."),
        # 685 + 658 + 767 + 743 = 2,853
        (aim("tolerance", "rolling_year", 2800, 5), Q2,
         "Amber: 2,853 for the last four quarters is above the target of 2,800, but within 5% of it, up to 2,940; good is lower."),
        # 5% over 1,400 is 1,470; last year 737 + 783 = 1,520
        (aim("last_year", "year_to_date", 2800, 5, EVEN), Q2,
         "Amber: 1,510 for the year to date is more than 5% above the target to date of 1,400, "
         "but no worse than 1,520 in the same quarters of last year; good is lower."),
        (aim("last_year", "quarter", None, 2), Q1,
         "Red: 767 in the quarter is more than 2% above 737 in the same quarter of last year; good is lower."),
        (aim("last_year", "rolling_year", None, 0), Q4,
         "Green: 2,842 for the last four quarters is below 2,863 in the four quarters before; good is lower."),
    ],
)  # fmt: skip
def test_each_basis_is_measured_as_it_says(made, quarter, sentence):
    assert assess(series(counts(*BOROUGH), aim=made), quarter).verdict.sentence == sentence


def test_the_latest_figure_is_rated_in_its_quarter():
    found = assess(
        series(counts(None, None, None, None, 10, 12), mode="latest", aim=aim("minimum_and_target", "latest", 11, 13)),
        Q2,
    )
    assert found.verdict.sentence == (
        "Amber: 12 in Q2 is between the minimum expectation of 13 and the target of 11; good is lower."
    )


def test_a_basis_that_is_not_said_is_the_one_of_the_year_to_date():
    found = assess(series(counts(*BOROUGH), aim=aim("minimum_and_target", "", 2700, 2800, EVEN)), Q4)
    assert found.verdict.sentence.startswith("Red: 2,842 for the year to date")


def test_a_year_of_shares_is_pooled():
    # 19 + 20 of 31 + 31 is 39 of 62, 62.90%
    known = shares(None, None, None, None, (19, 31), (20, 31))
    made = aim("points", "year_to_date", 64, 2)
    found = assess(series(known, measure="need_met", mode="pooled", polarity="higher", aim=made), Q2)
    assert found.verdict.sentence == (
        "Amber: 62.9% for the year to date is below the target of 64%, but within 2 percentage points of it, down to 62%; good is higher."
    )


# ---------------------------------------------------------------- why there is no colour


FLOOR = aim("minimum_and_target", "year_to_date", 2700, 2800, EVEN)


@pytest.mark.parametrize(
    ("given", "states", "quarter", "why", "sentence"),
    [
        ((*BOROUGH[:5], None, 703), {}, Q3, Why.NOT_KNOWN, "Unrated: Q2 is not collected, so the year to date is not known."),
        ((*BOROUGH[:5], None, 703), {Q2: "missing"}, Q3, Why.NOT_KNOWN, "Unrated: Q2 is missing, so the year to date is not known."),
        ((*BOROUGH[:5], None, 703), {Q2: "unverified"}, Q3, Why.NOT_KNOWN, "Unrated: Q2 is not yet verified, so the year to date is not known."),
        ((*BOROUGH[:4], None, None, 703), {Q1: "missing", Q2: "awaited"}, Q3, Why.NOT_KNOWN, "Unrated: Q1 and Q2 are missing, so the year to date is not known."),
        (BOROUGH[:7], {Q4: "unverified"}, Q4, Why.UNVERIFIED, "Not yet verified: the figure was sent and waits for a second person, so it is not rated."),
        (BOROUGH[:7], {Q4: "missing"}, Q4, Why.MISSING, "Missing: awaiting partner."),
        (BOROUGH[:7], {Q4: "awaited"}, Q4, Why.MISSING, "Missing: awaiting partner."),
        (BOROUGH[:7], {}, Q4, Why.NOT_ASKED, "No return: it was not asked for in this quarter."),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_and_never_rated(given, states, quarter, why, sentence):
    found = assess(series(counts(*given), states=states, aim=FLOOR, reason="awaiting partner"), quarter)
    assert (found.verdict.rating, found.verdict.why) == (Rating.UNRATED, why)
    assert found.verdict.sentence == sentence


def test_a_new_definition_inside_the_year_is_never_summed_over():
    found = assess(series(counts(*BOROUGH), breaks=(Q3,), aim=FLOOR), Q4)
    assert found.verdict.sentence == (
        "Unrated: what is counted changed in Q3, so the year to date can’t be put together."
    )


def test_a_new_definition_with_the_year_is_rated_as_ever():
    assert assess(series(counts(*BOROUGH), breaks=(Q1,), aim=FLOOR), Q4).verdict.rating == Rating.RED


def test_a_comparison_with_last_year_never_crosses_a_break():
    found = assess(series(counts(*BOROUGH), breaks=(Q1,), aim=aim("last_year", "quarter", 700, 5)), Q1)
    assert found.verdict.sentence == (
        "Unrated: 767 in the quarter is more than 5% above the target of 700, and what is counted changed in 2017-18 Q1, "
        "so it can’t be compared with last year."
    )


def test_a_comparison_names_the_quarter_of_last_year_that_is_missing():
    known = counts(737, None, 685, 658, 767, 743)
    found = assess(
        series(known, states={FIRST.next: "missing"}, aim=aim("last_year", "year_to_date", 2000, 5, EVEN)), Q2
    )
    assert "2016-17 Q2 is missing, so it can’t be compared with last year" in found.verdict.sentence


def test_nobody_in_need_is_nothing_to_rate():
    known = shares(None, None, None, None, (0, 0))
    found = assess(
        series(known, measure="need_met", mode="pooled", polarity="higher", aim=aim("points", "year_to_date", 64, 2)),
        Q1,
    )
    assert found.verdict.sentence == "Unrated: nobody had the need for the year to date, so there is nothing to rate."
    assert found.long.trend == Trend.NOT_COMPARABLE


def test_a_quarter_without_need_leaves_the_pooled_year_rated():
    known = shares(None, None, None, None, (13, 20), (0, 0))
    found = assess(
        series(known, measure="need_met", mode="pooled", polarity="higher", aim=aim("points", "year_to_date", 64, 2)),
        Q2,
    )
    assert found.verdict.sentence == "Green: 65.0% for the year to date is above the target of 64%; good is higher."


def test_stated_percentages_can_t_be_put_together():
    known = {Q1: Numbers(stated=Decimal(60)), Q2: Numbers(stated=Decimal(62))}
    found = assess(
        series(known, measure="percentage", mode="pooled", polarity="higher", aim=aim("points", "year_to_date", 64, 2)),
        Q2,
    )
    assert found.verdict.sentence == "Unrated: percentages without what they are out of can’t be put together."


def test_a_proposal_is_shown_as_data_only():
    proposed = aim("minimum_and_target", "year_to_date", 2700, 2800, EVEN, is_agreed=False)
    found = assess(series(counts(*BOROUGH), aim=proposed), Q4)
    assert found.verdict.sentence == (
        "Data only: 629 in the quarter; a target of 2,700 is proposed and not yet agreed."
    )


def test_without_a_good_direction_nothing_is_rated():
    found = assess(series(counts(*BOROUGH), polarity="none", aim=FLOOR), Q4)
    assert found.verdict.sentence == ("Unrated: no good direction is set, so neither more nor less is better.")
    assert found.long.trend == Trend.LOWER


def test_an_annual_measure_has_no_quarterly_gap():
    known = {FIRST.plus(3): Numbers(Decimal(785), Decimal(1000)), FIRST.plus(7): Numbers(Decimal(801), Decimal(1000))}
    yearly = series(known, measure="percentage", mode="latest", polarity="higher", frequency="annual")
    assert assess(yearly, Q2).verdict.sentence == "Data only: it is measured once a year, with Q4."
    found = assess(yearly, Q4)
    assert found.verdict.sentence == "Data only: 80.1% in the year; no target is set."
    assert found.span == (FIRST.plus(3), FIRST.plus(7))
    assert (found.short.trend, found.short.why) == (Trend.NOT_COMPARABLE, "it is measured once a year")
    assert (found.long.trend, found.long.words) == (Trend.SIMILAR, "+1.6 points")


YEARLY = {FIRST.plus(3): Numbers(Decimal(106)), FIRST.plus(7): Numbers(Decimal(107))}


def test_an_annual_count_is_held_against_all_of_a_target_that_was_spread():
    made = aim("minimum_and_target", "year_to_date", 100, 110, EVEN)
    assert series(YEARLY, frequency="annual", aim=made).target_in(Q4) == 100


def test_an_annual_measure_is_compared_with_last_year_across_a_break_before_last_years_figure():
    made = aim("last_year", "year_to_date", None, 5)
    yearly = series(YEARLY, frequency="annual", aim=made, breaks=(FIRST.plus(1),))
    # 5% of 106 is 5.3: the last whole count within is 111
    assert assess(yearly, Q4).verdict.sentence == (
        "Green: 107 for the year to date is above 106 in the same quarters of last year, "
        "but within 5% of it, up to 111; good is lower."
    )


# ---------------------------------------------------------------- trends


@pytest.mark.parametrize(
    ("breaks", "short", "long"),
    [
        ((), Trend.BETTER, Trend.BETTER),  # 629 after 703, and after 658: fewer offences
        ((Q4,), Trend.NOT_COMPARABLE, Trend.NOT_COMPARABLE),
        ((Q3,), Trend.BETTER, Trend.NOT_COMPARABLE),
        ((Q4.year_ago,), Trend.BETTER, Trend.BETTER),  # the new series starts with the earlier of the two
    ],
)
def test_trends_stop_at_a_break(breaks, short, long):
    found = assess(series(counts(*BOROUGH), breaks=breaks), Q4)
    assert (found.short.trend, found.long.trend) == (short, long)


def test_trends_name_what_is_missing():
    found = assess(series(counts(737, 783, 685, None, 767, 743, None, 629), states={Q3: "missing"}), Q4)
    assert (found.short.trend, found.short.why) == (Trend.NOT_COMPARABLE, "2017-18 Q3 is missing")
    assert found.long.why == "2016-17 Q4 is not collected"


def test_q1_of_the_first_year_has_no_trend():
    found = assess(series(counts(100, first=Q1)), Q1)
    assert (found.short.trend, found.long.trend) == (Trend.NOT_COMPARABLE, Trend.NOT_COMPARABLE)


# ---------------------------------------------------------------- forecast


def test_a_forecast_is_rated_by_the_whole_year_beside_the_present_rating():
    # 2,213 to Q3, when last year had 2,205 of its 2,863: 2,213 × 2,863 / 2,205 = 2,873.4
    found = assess(series(counts(*BOROUGH), aim=aim("minimum_and_target", "year_to_date", 2900, 3000, EVEN)), Q3)
    # to date: 75% of 2,900 is 2,175, of 3,000 is 2,250
    assert found.verdict.rating == Rating.AMBER
    assert found.ahead.sentence == "Green: 2,873 forecast for the year is below the target of 2,900; good is lower."
    assert round(found.forecast.number) == 2873


def test_a_forecast_is_rated_as_it_is_shown_rounded_half_up():
    # 25 of 50 in Q1, so 25 × 201 / 50 = 100.5, shown as 101
    made = aim("minimum_and_target", "year_to_date", 100, 110, EVEN)
    found = assess(series(counts(50, 50, 50, 51, 25), aim=made), Q1)
    assert found.forecast.number == Decimal("100.5")
    assert found.ahead.sentence == (
        "Amber: 101 forecast for the year is between the minimum expectation of 110 and the target of 100; good is lower."
    )


def test_a_rating_of_the_quarter_has_no_rated_forecast():
    found = assess(series(counts(*BOROUGH), aim=aim("minimum_and_target", "quarter", 700, 760)), Q3)
    assert found.forecast.number is not None
    assert found.ahead is None


def test_no_forecast_over_a_break():
    found = assess(series(counts(*BOROUGH), breaks=(Q1,)), Q2)
    assert (found.forecast.number, found.forecast.basis) == (None, "No forecast: what is counted changed in 2017-18 Q1")


# ---------------------------------------------------------------- words, and getting worse


@pytest.mark.parametrize(
    ("target", "asks"),
    [(640, IN_SHORT), (620, IN_FULL), (500, IN_FULL)],  # 629 is green, amber (minimum 635), red (minimum 515)
)
def test_red_and_amber_ask_for_every_part(target, asks):
    made = aim("minimum_and_target", "quarter", target, target + 15)
    assert assess(series(counts(*BOROUGH), aim=made), Q4).asks == asks


def test_an_unusual_figure_asks_for_every_part_only_when_limits_are_more_than_trial():
    steady = [100, 102, 99, 101, 100, 98, 101, 100, 102, 99, 100]
    # ten steps of 2 3 2 1 2 3 1 2 3 1 and then 100: moving ranges with 101 are far below 100
    enough, few = counts(*steady, 200), counts(*steady[:8], 200)
    assert assess(series(enough), FIRST.plus(11)).asks == IN_FULL
    assert assess(series(few), FIRST.plus(8)).asks == IN_SHORT


@pytest.mark.parametrize(
    ("given", "worsening"),
    [
        ((100, 100, 100, 100, 110, 120), True),
        ((100, 130, 100, 100, 110, 120), False),
        ((100, 100, 100, 100, 130, 120), False),
    ],
)
def test_worse_than_last_quarter_and_than_a_year_ago_is_getting_worse(given, worsening):
    assert assess(series(counts(*given)), Q2).is_worsening is worsening


def test_later_quarters_change_nothing():
    known = counts(*BOROUGH)
    early = {when: one for when, one in known.items() if when <= Q2}
    assert assess(series(known, aim=FLOOR), Q2) == assess(series(early, aim=FLOOR), Q2)


# ---------------------------------------------------------------- the target of one quarter


def test_a_yearly_target_is_spread_and_others_hold_for_each_quarter():
    spread = aim("minimum_and_target", "year_to_date", 2700, 2800, (Decimal(26), Decimal(27), Decimal(24), Decimal(23)))
    assert [series({}, aim=spread).target_in(quarter) for quarter in (Q1, Q2, Q3, Q4)] == [702, 729, 648, 621]
    assert series({}, aim=aim("minimum_and_target", "quarter", 700, 760)).target_in(Q2) == 700
    assert series({}, aim=aim("tolerance", "rolling_year", 2800, 5)).target_in(Q2) is None
    assert series({}, aim=spread).target_in(Q1.year_ago) is None


def test_the_four_quarters_of_a_target_come_to_the_years():
    # 65 × 33.33% = 21.66, × 66.66% = 43.33, × 99.99% = 64.99: 22, 43, 65, 65 to date
    spread = aim(
        "tolerance", "year_to_date", 65, 5, (Decimal("33.33"), Decimal("33.33"), Decimal("33.33"), Decimal("0.01"))
    )
    assert [series({}, aim=spread).target_in(quarter) for quarter in (Q1, Q2, Q3, Q4)] == [22, 21, 22, 0]


def test_the_chart_starts_afresh_at_breaks_and_rebases_inside_it():
    found = assess(series(counts(*BOROUGH), breaks=(FIRST.plus(2),), rebases=(Q1, FIRST)), Q4)
    assert [(one.start, one.end) for one in found.stretches] == [(0, 2), (2, 4), (4, 8)]


def test_a_break_in_a_quarter_without_a_figure_starts_with_it():
    known = counts(737, 783, None, 658, 767)
    found = assess(series(known, breaks=(FIRST.plus(2),)), Q1)
    assert [(one.start, one.end) for one in found.stretches] == [(0, 2), (2, 5)]


def test_no_figure_at_all_is_said_and_not_drawn():
    found = assess(series({}, states={Q1: "missing"}, reason="not sent"), Q1)
    assert (found.span, found.stretches, found.usual.state) == ((), (), "unknown")
    assert found.verdict.sentence == "Missing: not sent."
