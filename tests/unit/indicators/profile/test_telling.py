"""What the top of an indicator's page says, in every state that its figures can be in."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from indicators.models import Return, Round
from indicators.profile import telling
from tests.factories.indicators import DefinitionFactory, IndicatorFactory, sent, verified
from tests.unit.indicators.profile.world import (
    Q1,
    Q2,
    Q3,
    Q4,
    aimed,
    asked,
    known,
    missing,
    seen_by,
    waiting,
)

pytestmark = pytest.mark.django_db


def told(indicator, *roles):
    return telling.tell(seen_by(indicator, *roles))


def said(indicator, *roles):
    """Every sentence: strong words, rating and the rest."""
    return [
        " ".join(part for part in (one.strong, one.rating.word if one.rating else "", one.words) if part)
        for one in told(indicator, *roles).sayings
    ]


def headline(indicator, *roles):
    found = told(indicator, *roles)
    return " ".join(part for part in (found.headline, found.mark.word if found.mark else "", found.rest) if part)


class TestHeadline:
    def test_nothing_was_ever_asked(self):
        assert headline(IndicatorFactory()) == "No quarter has asked for this indicator yet."

    @pytest.mark.parametrize(
        ("fields", "words"),
        [({}, "1,604 in 2017-18 Q4."), ({"is_provisional": True}, "1,604 in 2017-18 Q4, provisional.")],
    )
    def test_a_verified_figure(self, fields, words):
        indicator = IndicatorFactory()
        verified(asked(indicator, Q4), 1604, **fields)
        assert headline(indicator) == words

    def test_need_and_met_and_nobody_in_need(self):
        indicator = IndicatorFactory(need_met=True)
        known(indicator, Q3, (31, 44))
        assert headline(indicator) == "31 of 44, 70.5% in 2017-18 Q3."
        known(indicator, Q4, (0, 0))
        assert headline(indicator) == "Nobody had the need in 2017-18 Q4."

    def test_an_annual_measure_names_its_year(self):
        indicator = IndicatorFactory(frequency="annual")
        known(indicator, Q4, 7)
        assert headline(indicator) == "7 in 2017-18."

    def test_a_sent_figure_is_told_to_who_may_see_it(self):
        indicator = IndicatorFactory()
        waiting(indicator, Q4, 1604)
        assert headline(indicator) == "2017-18 Q4: Not yet verified 1,604."
        assert headline(indicator, "data_lead") == "2017-18 Q4: Not yet verified"

    def test_a_newer_figure_waits_beside_the_one_that_stands(self):
        indicator = IndicatorFactory()
        return_ = asked(indicator, Q4)
        verified(return_, 1547)
        sent(return_, 1588, restates="revision", restated_because="Late.")
        assert headline(indicator) == "1,547 in 2017-18 Q4. A newer figure is not yet verified."
        assert headline(indicator, "data_lead") == "1,547 in 2017-18 Q4."

    def test_missing_with_a_reason_and_a_day(self):
        indicator = IndicatorFactory()
        missing(indicator, Q4, expected_on=dt.date(2018, 5, 31))
        assert headline(indicator) == "2017-18 Q4: Missing source lag, expected 31 May 2018."

    def test_still_to_be_sent(self):
        indicator = IndicatorFactory()
        return_ = asked(indicator, Q4)
        assert headline(indicator) == "2017-18 Q4 has not been sent."
        assert headline(indicator, "data_lead") == "2017-18 Q4: Not yet verified"
        Round.objects.update(closed_at=timezone.now())
        assert headline(indicator) == "2017-18 Q4: Missing not sent."
        sent(return_, 5)
        Return.objects.update(status="sent_back")
        Round.objects.update(closed_at=None)
        assert headline(indicator) == "2017-18 Q4 was sent back and is awaited again."


def test_what_follows_is_about_the_latest_verified_quarter():
    indicator = IndicatorFactory()
    known(indicator, Q3, 140)
    waiting(indicator, Q4, 166)
    found = told(indicator)
    assert (found.is_earlier, found.name) == (True, "2017-18 Q3")
    assert found.sayings[0].words == "140 in the quarter; no target is set."


class TestSayings:
    def test_rating_trends_and_what_is_too_few(self):
        indicator = IndicatorFactory()
        known(indicator, Q1, 120, 130, 130, 130, 151)
        aimed(indicator)
        assert said(indicator)[0] == (
            "Amber 151 in the quarter is above the target of 150, but within 10% of it, up to 165; good is lower."
        )
        assert "Worse than last quarter (+21) and than the same quarter last year (+31)." in said(indicator)

    def test_trends_that_differ_are_two_sentences(self):
        indicator = IndicatorFactory()
        known(indicator, Q1, 200, 130, 130, 130, 150)
        assert "Worse than last quarter (+20)." in said(indicator)
        assert "Better than the same quarter last year (−50)." in said(indicator)

    def test_similar_and_not_comparable(self):
        indicator = IndicatorFactory()
        known(indicator, Q2, 150, 151)
        assert "Similar to last quarter (+1)." in said(indicator)
        assert "Not comparable with the same quarter last year: 2016-17 Q2 is not collected." in said(indicator)

    def test_a_new_series_between(self):
        indicator = IndicatorFactory()
        known(indicator, Q2, 150, 151)
        DefinitionFactory(indicator=indicator, starts=Q2, breaks_series=True, break_reason="Counted anew.")
        assert "Not comparable with last quarter: what is counted changed in 2017-18 Q2." in said(indicator)

    def test_without_a_good_direction_it_is_higher_or_lower(self):
        indicator = IndicatorFactory(polarity="none")
        known(indicator, Q1, 200, None, None, 100, 150)
        assert "Higher than last quarter (+50)." in said(indicator)
        assert "Lower than the same quarter last year (−50)." in said(indicator)

    def test_the_usual_range_and_the_target(self):
        indicator = IndicatorFactory()
        known(indicator, Q4, *(100, 110) * 6)  # mean 105, moving range 10: 78.4 to 131.6
        aimed(indicator, value=Decimal(140))
        assert "Usual. 110 is inside the usual range of 78 to 132." in said(indicator)
        assert said(indicator)[2].startswith("Will meet the target. The target of 140 for a quarter lies beyond")

    def test_an_annual_measure_is_compared_with_the_year_before_alone(self):
        indicator = IndicatorFactory(frequency="annual")
        known(indicator, Q4, 100, None, None, None, 150)
        assert said(indicator)[2:] == ["Worse than the year before (+50)."]
        assert said(indicator)[1] == "There is no usual range yet: two years are too few to tell one."


class TestForecast:
    LAST_YEAR = (100, 100, 100, 100)

    def test_with_its_rating_and_what_it_rests_on(self):
        indicator = IndicatorFactory()
        known(indicator, Q2, *self.LAST_YEAR, 120, 120)
        quarters = {f"share_q{number}": Decimal(25) for number in (1, 2, 3, 4)}
        aimed(indicator, basis="year_to_date", value=Decimal(460), **quarters)
        assert said(indicator)[-1] == (
            "Forecast: Amber 480 forecast for the year is above the target of 460, but within 10% of it, up to 506; "
            "good is lower. If the rest of the year goes as in 2016-17, when Q1 to Q2 were 50.0% of the year."
        )

    def test_without_a_target(self):
        indicator = IndicatorFactory()
        known(indicator, Q2, *self.LAST_YEAR, 120, 120)
        assert said(indicator)[-1].startswith("Forecast: 480 by the end of the year. If the rest")

    def test_half_a_case_more_is_rounded_up(self):
        indicator = IndicatorFactory()
        known(indicator, Q1, 50, 50, 50, 51, 25)  # 25 × 201 / 50 = 100.5
        assert said(indicator)[-1].startswith("Forecast: 101 by the end of the year.")

    def test_none_says_why(self):
        indicator = IndicatorFactory()
        known(indicator, Q2, 100, None, 100, 100, 120, 120)
        assert said(indicator)[-1] == "No forecast. 2016-17 Q2 is not known."

    @pytest.mark.parametrize("fields", [{}, {"year_to_date": "latest"}])
    def test_a_complete_year_and_what_is_never_added_up_need_none(self, fields):
        indicator = IndicatorFactory(**fields)
        known(indicator, Q4, *self.LAST_YEAR, 100, 100, 100, 100)
        assert not [one for one in said(indicator) if "orecast" in one]
