"""Year by year: totals of quarters, what was printed before, and years that are not whole."""

from decimal import Decimal

import pytest

from indicators.models import Baseline
from indicators.profile.yearly import of_years
from lib.quarters import Year
from tests.factories.indicators import DefinitionFactory, IndicatorFactory
from tests.unit.indicators.profile.world import Q1, Q2, Q3, Q4, aimed, known, missing, seen_by

pytestmark = pytest.mark.django_db


def printed(indicator, year, number, note=""):
    return Baseline.objects.create(
        indicator=indicator, year=Year(year), number=Decimal(number), source="Plan 2017-21, page 9", note=note
    )


def rows(indicator):
    found = of_years(seen_by(indicator), Baseline.objects.filter(indicator=indicator))
    return [(str(row.year), row.number, row.target, row.note) for row in found.rows]


def test_one_year_is_no_chart():
    indicator = IndicatorFactory()
    known(indicator, Q4, 10, 20, 30, 40)
    assert of_years(seen_by(indicator), []) is None


def test_quarters_are_added_up_newest_first_and_a_year_that_goes_on_says_how_far_it_is():
    indicator = IndicatorFactory()
    known(indicator, Q3, 10, 20, 30, 40, 10, 20, 31)
    found = of_years(seen_by(indicator), [])
    assert [(row.number, row.note) for row in found.rows] == [("61", "To Q3"), ("100", "")]
    assert found.heading == "Total"
    assert found.caption == "Hatched: not the whole year."
    assert "2017-18 to Q3: 61, not complete" in found.wide.desc


def test_a_year_with_a_gap_says_which_quarter_it_is_without():
    indicator = IndicatorFactory()
    known(indicator, Q3, 10, None, 30, 40, 10, 20, 31)
    assert rows(indicator)[1] == ("2016-17", "80", "", "Without Q2")


def test_a_gap_in_the_year_that_goes_on():
    indicator = IndicatorFactory()
    known(indicator, Q1, 10, 20, 30, 40, 10)
    missing(indicator, Q2)
    known(indicator, Q3, 31)
    assert rows(indicator)[0] == ("2017-18", "41", "", "To Q3 without Q2")


def test_shares_are_pooled_and_latest_figures_stand_for_their_year():
    pooled = IndicatorFactory(need_met=True)
    known(pooled, Q1, (1, 2), (0, 0), (2, 2), (0, 1), (1, 4))
    assert rows(pooled) == [("2017-18", "25.0%", "", "To Q1"), ("2016-17", "60.0%", "", "")]
    latest = IndicatorFactory(year_to_date="latest")
    known(latest, Q2, 10, 20, 30, 40, 50, 60)
    assert rows(latest) == [("2017-18", "60", "", "In Q2"), ("2016-17", "40", "", "")]


def test_a_printed_total_stands_for_a_year_that_is_not_whole_here():
    indicator = IndicatorFactory()
    printed(indicator, 2015, 400, "Down 9%.")
    printed(indicator, 2016, 999)
    known(indicator, Q4, 10, 20, 30, 40, 10, 20, 30, 41)
    assert rows(indicator) == [
        ("2017-18", "101", "", ""),
        ("2016-17", "100", "", ""),  # its quarters are all here
        ("2015-16", "400", "", "Printed in Plan 2017-21, page 9. Down 9%"),
    ]


def test_the_target_of_the_year_is_shown_and_that_of_quarters_is_not():
    indicator = IndicatorFactory()
    known(indicator, Q4, 10, 20, 30, 40, 10, 20, 30, 41)
    aimed(indicator, 2016)
    quarters = {f"share_q{number}": Decimal(25) for number in (1, 2, 3, 4)}
    aimed(indicator, basis="year_to_date", value=Decimal(90), **quarters)
    assert [row[2] for row in rows(indicator)] == ["90", ""]


def test_a_proposed_target_is_not_shown():
    indicator = IndicatorFactory()
    known(indicator, Q4, 10, 20, 30, 40, 10, 20, 30, 41)
    aimed(indicator, basis="rolling_year", agreed_by="", agreed_on=None)
    assert [row[2] for row in rows(indicator)] == ["", ""]


def test_a_new_series_within_a_year_leaves_it_without_a_number():
    indicator = IndicatorFactory()
    known(indicator, Q4, *range(1, 13))
    DefinitionFactory(indicator=indicator, starts=Q2.year_ago, breaks_series=True, break_reason="Counted anew")
    found = of_years(seen_by(indicator), [])
    assert [(row.number, row.note) for row in found.rows] == [
        ("42", ""),
        ("not known", "What is counted changed within the year"),
        ("10", ""),
    ]
    assert "A new definition starts with 2016-17 Q2" in found.caption


def test_an_annual_measure_is_shown_by_the_chart_over_time_unless_totals_were_printed_before():
    indicator = IndicatorFactory(frequency="annual")
    known(indicator, Q4, 10, None, None, None, 20)
    assert of_years(seen_by(indicator), []) is None
    printed(indicator, 2015, 5)
    assert [row[:2] for row in rows(indicator)] == [("2017-18", "20"), ("2016-17", "10"), ("2015-16", "5")]


def test_twenty_years_are_all_in_the_table_and_the_last_ten_in_the_chart():
    indicator = IndicatorFactory()
    known(indicator, Q4, *range(80))
    found = of_years(seen_by(indicator), [])
    assert len(found.rows) == 20
    assert found.caption == "The last ten years; the table has all 20."
    assert "2007-08" not in found.wide.desc and "2008-09" in found.wide.desc
    assert "2011-12" not in found.narrow.desc and "2012-13" in found.narrow.desc
