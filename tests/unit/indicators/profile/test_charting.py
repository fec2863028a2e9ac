"""What the charts of an indicator are told: which quarters, in which state, with which range, and what stands under them."""

import datetime as dt
from decimal import Decimal

import pytest

from indicators.profile import charting
from indicators.profile.charting import of_months, of_quarters
from tests.factories.indicators import (
    DatedNoteFactory,
    DefinitionFactory,
    IndicatorFactory,
    RebaseFactory,
    verified,
)
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
    stated,
    waiting,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(monkeypatch):
    """What the charts were asked for, by size."""
    calls = []
    line = charting.charts.line

    def keep(name, points, **options):
        calls.append((name, list(points), options))
        return line(name, points, **options)

    monkeypatch.setattr(charting.charts, "line", keep)
    return calls


class TestWhichQuarters:
    @pytest.mark.parametrize("numbers", [(), (100,)])
    def test_none_and_one_are_no_chart(self, numbers):
        indicator = IndicatorFactory()
        known(indicator, Q1, *numbers)
        assert of_quarters(seen_by(indicator)) is None

    def test_all_missing_is_no_chart(self):
        indicator = IndicatorFactory()
        missing(indicator, Q1)
        missing(indicator, Q2)
        assert of_quarters(seen_by(indicator)) is None

    def test_every_quarter_since_the_first_with_a_figure(self, drawn):
        indicator = IndicatorFactory()
        missing(indicator, Q1)
        known(indicator, Q3, 100, 110)
        asked(indicator, Q4)
        chart = of_quarters(seen_by(indicator))
        assert chart.heading == "Every quarter since 2017-18"
        [(_, points, _), _] = drawn
        assert [(point.label, point.state) for point in points] == [
            ("2017-18 Q2", "known"),
            ("2017-18 Q3", "known"),
            ("2017-18 Q4", "blank"),  # still to come
        ]

    def test_missing_stops_the_line_and_is_in_the_key(self, drawn):
        indicator = IndicatorFactory()
        known(indicator, Q1, 100)
        missing(indicator, Q2)
        known(indicator, Q3, 100)
        assert "missing" in of_quarters(seen_by(indicator)).marks
        assert [point.state for point in drawn[0][1]] == ["known", "missing", "known"]

    def test_a_sent_figure_is_a_mark_of_its_own_for_who_may_see_it(self, drawn):
        indicator = IndicatorFactory()
        known(indicator, Q3, 100, 110)
        waiting(indicator, Q4, 166)
        assert "unverified" in of_quarters(seen_by(indicator)).marks
        assert "unverified" not in of_quarters(seen_by(indicator, "data_lead")).marks
        states = [(points[-1].state, points[-1].value) for _, points, options in drawn if "first" not in options]
        assert states == [("unverified", Decimal(166)), ("blank", None)]

    def test_on_a_phone_the_last_eight(self, drawn):
        indicator = IndicatorFactory()
        known(indicator, Q4, *range(100, 110))
        chart = of_quarters(seen_by(indicator))
        assert drawn[1][2]["first"] == 2
        assert chart.narrow_note == "The last eight quarters."
        assert chart.narrow.title.endswith("2016-17 Q1 to 2017-18 Q4")

    def test_an_annual_measure_has_a_point_a_year_and_no_gaps_between(self, drawn):
        indicator = IndicatorFactory(frequency="annual")
        known(indicator, Q4, 100, None, None, None, 110)
        assert of_quarters(seen_by(indicator)).heading == "Every year since 2016-17"
        assert [point.label for point in drawn[0][1]] == ["2016-17", "2017-18"]


class TestPoints:
    def test_restated_provisional_and_aimed_at(self, drawn):
        indicator = IndicatorFactory()
        return_ = asked(indicator, Q1)
        verified(return_, 140)
        verified(return_, 143, restates="revision", restated_because="Late.")
        verified(asked(indicator, Q2), 150, is_provisional=True)
        aimed(indicator)
        chart = of_quarters(seen_by(indicator))
        one, two = drawn[0][1]
        assert (one.value, one.was, one.target, one.target_words) == (143, 140, 150, "150")
        assert (two.is_provisional, two.was) == (True, None)
        assert chart.marks == {"provisional", "restated", "target"}

    def test_nobody_in_need_is_a_gap_and_said(self, drawn):
        indicator = IndicatorFactory(need_met=True)
        known(indicator, Q3, (1, 2), (0, 0), (2, 3))
        chart = of_quarters(seen_by(indicator))
        assert [point.state for point in drawn[0][1]] == ["known", "blank", "known"]
        assert "The line has a gap where nobody had the need: 2017-18 Q2." in chart.caption
        assert drawn[0][2]["unit"] == "%"

    def test_percentages_without_their_base(self, drawn):
        indicator = IndicatorFactory(percentage=True)
        stated(indicator, Q1, "67.4")
        stated(indicator, Q2, "70.1")
        assert of_quarters(seen_by(indicator))
        assert [point.value for point in drawn[0][1]] == [Decimal("67.4"), Decimal("70.1")]

    def test_a_break_a_fresh_start_and_a_note(self, drawn):
        indicator = IndicatorFactory()
        known(indicator, Q4, *range(100, 112))
        DefinitionFactory(indicator=indicator, starts=Q1, breaks_series=True, break_reason="Counted anew")
        RebaseFactory(indicator=indicator, starts=Q3)
        DatedNoteFactory(indicator=indicator, on=dt.date(2016, 5, 3), words="Patrols began")
        DatedNoteFactory(indicator=indicator, on=dt.date(2014, 5, 3), words="Long before")
        chart = of_quarters(seen_by(indicator))
        options = drawn[0][2]
        assert [(one.index, one.words) for one in options["breaks"]] == [(8, "Counted anew")]
        assert [(one.index, one.heading, one.words) for one in options["notes"]] == [(4, "May 2016", "Patrols began")]
        assert [(one.start, one.end) for one in options["bands"]] == [(0, 8), (8, 10), (10, 12)]
        assert chart.caption == (
            "Usual range: mean ± 2.66 × mean moving range, worked out afresh after a new definition and from 2017-18 Q3. "
            "Fewer than 12 quarters give a trial range (paler): 2015-16 Q1 to 2016-17 Q4. "
            "Too few for a usual range: 2017-18 Q1 to 2017-18 Q2 and from 2017-18 Q3 on. "
            "The scale does not start at zero."
        )

    def test_a_new_definition_within_an_annual_year_parts_it_from_the_one_before(self, drawn):
        indicator = IndicatorFactory(frequency="annual")
        known(indicator, Q4, 100, None, None, None, 110)
        DefinitionFactory(indicator=indicator, starts=Q2, breaks_series=True, break_reason="Counted anew")
        of_quarters(seen_by(indicator))
        assert [one.index for one in drawn[0][2]["breaks"]] == [1]

    def test_twelve_quarters_are_sure_and_need_no_word(self):
        indicator = IndicatorFactory()
        known(indicator, Q4, *(10, 110) * 6)
        assert of_quarters(seen_by(indicator)).caption == "Usual range: mean ± 2.66 × mean moving range."


def months(first, *numbers):
    """By month from the first on; None for one that is not held."""
    return {
        dt.date(first.year + (first.month - 1 + step) // 12, (first.month - 1 + step) % 12 + 1, 1): Decimal(number)
        for step, number in enumerate(numbers)
        if number is not None
    }


class TestMonths:
    APRIL = dt.date(2017, 4, 1)

    @pytest.fixture
    def seen(self):
        indicator = IndicatorFactory()
        known(indicator, Q4, 300, 310, 320, 330)
        return seen_by(indicator)

    def test_none_and_one_are_no_chart(self, seen):
        assert of_months(seen, {}) is None
        assert of_months(seen, months(self.APRIL, 100)) is None

    def test_each_month_with_its_own_usual_range(self, seen, drawn):
        found = of_months(seen, months(self.APRIL, *(100, 110) * 6))
        assert found.usual.sentence == "110 is inside the usual range of 78 to 132."  # mean 105, moving range 10
        points = drawn[0][1]
        assert [(one.label, one.tick, one.group) for one in (points[0], points[11])] == [
            ("April 2017", "Apr", "2017-18"),
            ("March 2018", "Mar", "2017-18"),
        ]
        assert drawn[0][2]["every"] == "month"
        assert found.rows[0] == ("March 2018", "110")

    def test_a_month_that_is_not_held_is_missing(self, seen, drawn):
        found = of_months(seen, months(self.APRIL, 100, None, 110))
        assert [point.state for point in drawn[0][1]] == ["known", "missing", "known"]
        assert found.rows == (("June 2017", "110"), ("May 2017", "missing"), ("April 2017", "100"))

    def test_trial_limits_are_said_in_months(self, seen):
        found = of_months(seen, months(self.APRIL, 100, 110, 100, 110, 100, 110))
        assert found.usual.sentence.endswith("These are trial limits, from 6 months.")
        assert "Fewer than 12 months give a trial range (paler)." in found.chart.caption

    def test_breaks_and_fresh_starts_hold_for_months_too(self, drawn):
        indicator = IndicatorFactory()
        known(indicator, Q4, 300, 310, 320, 330)
        DefinitionFactory(indicator=indicator, starts=Q2, breaks_series=True, break_reason="Counted anew")
        RebaseFactory(indicator=indicator, starts=Q3)
        of_months(seen_by(indicator), months(self.APRIL, *(100, 110) * 6))
        assert [one.index for one in drawn[0][2]["breaks"]] == [3]
        assert [(one.start, one.end) for one in drawn[0][2]["bands"]] == [(0, 3), (3, 6), (6, 12)]

    def test_on_a_phone_the_last_twelve(self, seen, drawn):
        found = of_months(seen, months(dt.date(2016, 4, 1), *range(100, 124)))
        assert drawn[1][2]["first"] == 12
        assert found.chart.narrow_note == "The last 12 months."
