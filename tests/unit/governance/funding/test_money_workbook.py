"""The workbook of the money, read back cell by cell."""

import datetime as dt
from decimal import Decimal

import pytest

from governance.funding import workbook
from governance.models import FundingApplication
from lib import sheets
from tests.factories.accounts import UserFactory
from tests.factories.funding import (
    Y1,
    Y2,
    AllocationFactory,
    BudgetChangeFactory,
    ForecastFactory,
    FundedPostsFactory,
    FundingApplicationFactory,
    FundingStreamFactory,
    ProjectFactory,
    ProjectYearFactory,
    spent,
)
from tests.factories.governance import BodyFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.priorities import PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2018, 4, 26, 9, 0, tzinfo=dt.UTC)


def read(user=None, asked="2017-18") -> dict[str, list[dict[str, str]]]:
    """By sheet, its rows by heading, as they show; empty cells left out."""
    content, _ = workbook.of(user or UserFactory(roles=["coordinator"]), NOW, asked)
    book = sheets.read(content, "money.xlsx")
    found = {}
    for sheet in book.sheets:
        headings, *rows = sheet.rows
        found[sheet.name] = [
            {heading.text: cell.text for heading, cell in zip(headings, row, strict=False) if cell.text} for row in rows
        ]
    return found


def test_its_sheets_are_there_also_without_any_money():
    found = read()
    assert list(found) == [
        "Streams",
        "Years",
        "Projects",
        "Applications",
        "Posts",
        "Growth and savings",
        "Notes",
    ]
    assert found["Streams"] == []


def test_a_stream_with_its_years_as_printed():
    stream = FundingStreamFactory(name="Crime Fund", amount=Decimal(1610109), source="Cabinet report, 4.8")
    AllocationFactory(stream=stream, year=Y2, amount=Decimal("662986.00"), note="After a top slice.")
    AllocationFactory(stream=stream, year=Y1, team="DAAT", amount=Decimal(578000))
    found = read()
    (row,) = found["Streams"]
    assert (row["Stream"], row["Amount (£)"], row["Printed in"]) == (
        "Crime Fund",
        "1,610,109.00",
        "Cabinet report, 4.8",
    )
    assert "Given to projects (£)" not in row
    assert [(row["Year"], row.get("Team"), row["Amount (£)"]) for row in found["Years"]] == [
        ("2017-18", "DAAT", "578,000.00"),
        ("2018-19", None, "662,986.00"),
    ]
    assert {"About": "Crime Fund, 2018-19", "Note": "After a top slice."} in found["Notes"]


def test_a_project_to_the_penny_with_what_is_not_known_left_empty():
    PlanFactory()
    stream = FundingStreamFactory(name="Crime Fund")
    split = ProjectFactory(name="Patrols", stream=stream, spending=True, order=1)
    ProjectYearFactory(project=split, year=Y1, amount=Decimal("10000.10"))
    ForecastFactory(project=split, year=Y1, amount=Decimal("10500.00"), reason="A van was needed.")
    spent(split, "2017-18-q1", "0.10")
    spent(split, "2017-18-q3", "1234.56")
    ProjectFactory(name="Analysts", stream=stream, order=2)
    patrols, analysts = read()["Projects"]
    assert patrols["Amount (£)"] == "20,000.00"
    assert patrols["For 2017-18 (£)"] == "10,000.10"
    assert "For 2018-19 (£)" not in patrols  # the other £9,999.90 is for no year yet
    assert (patrols["Spent in 2017-18 Q1 (£)"], patrols["Spent in 2017-18 Q3 (£)"]) == ("0.10", "1,234.56")
    assert "Spent in 2017-18 Q2 (£)" not in patrols
    assert (patrols["Verified as spent (£)"], patrols["Not spent yet (£)"]) == ("1,234.66", "18,765.34")
    assert patrols["Forecast for 2017-18 (£)"] == "10,500.00"
    assert (patrols["Forecast less the money of 2017-18 (£)"], patrols["Reason"]) == ("499.90", "A van was needed.")
    assert analysts["Spend"] == "Nobody is asked"
    assert not {"For 2017-18 (£)", "Verified as spent (£)", "Not spent yet (£)"} & set(analysts)


def test_what_was_closed_and_what_is_sample_is_told():
    stream = FundingStreamFactory(is_sample=True)
    ProjectFactory(stream=stream, closed=True, has_sample_parts=True)
    found = read()
    (row,) = found["Projects"]
    assert (row["Closed on"], row["Closed because"], row["Sample"]) == (
        "30/06/2018",
        "The provider left.",
        "Sample in parts",
    )
    assert found["Streams"][0]["Sample"] == "Sample"
    (told,) = [note["Note"] for note in found["Notes"] if note["About"] == "Sample"]
    assert told == (
        "Rows marked “Sample” were made up to show how this works. Of projects marked “Sample in parts” only the amount "
        "for the whole of their life is real: how it is split by year, who delivers the project and what it serves, "
        "spends and promises were made up."
    )


def test_when_it_was_made_is_london_s_time():
    (made,) = [note["Note"] for note in read()["Notes"] if note["About"] == "When it was made"]
    assert made.startswith("26 April 2018, 10:00.")


def test_an_application_has_a_row_for_each_year():
    FundingApplicationFactory(
        body=BodyFactory(code="ASB"),
        number=2,
        title="Patrols",
        agreed=True,
        years={Y1: Decimal("8500.00"), Y2: Decimal("24000.50")},
    )
    rows = read()["Applications"]
    assert [(row["Application"], row["Year"], row["Asked for (£)"], row["Agreed (£)"]) for row in rows] == [
        ("ASB F2", "2017-18", "8,500.00", "8,500.00"),
        ("ASB F2", "2018-19", "24,000.50", "24,000.50"),
    ]
    assert FundingApplication.objects.count() == 1


def test_savings_are_less_than_nothing_so_that_they_add_up():
    BudgetChangeFactory(amount=Decimal(150000))
    BudgetChangeFactory(kind="saving", amount=Decimal(400000))
    assert [row["Amount (£)"] for row in read()["Growth and savings"]] == ["150,000.00", "-400,000.00"]


def test_posts_are_numbers():
    FundedPostsFactory(name="Officers for neighbourhoods", number=18)
    (row,) = read()["Posts"]
    assert (row["Posts"], row["Number"], row["Who they are"]) == (
        "Officers for neighbourhoods",
        "18",
        "police officers",
    )


def test_no_cell_is_a_formula():
    FundingStreamFactory(name="=HYPERLINK(1)", funder="+1", terms="@SUM(A1)")
    (row,) = read()["Streams"]
    assert row["Stream"] == "=HYPERLINK(1)"  # read without the guard that it is written with
    content, _ = workbook.of(UserFactory(roles=["coordinator"]), NOW, "")
    book = sheets.read(content, "money.xlsx")
    assert {cell.formula for sheet in book.sheets for row in sheet.rows for cell in row} == {""}


def test_a_lead_gets_no_application_and_no_restricted_indicator():
    lead = UserFactory(roles=["data_lead"])
    FundingApplicationFactory(submitted=True)
    project = ProjectFactory(priority=PriorityFactory())
    project.indicators.add(IndicatorFactory(name="Calls"), IndicatorFactory(name="MAPPA", is_restricted=True))
    found = read(lead)
    assert found["Applications"] == []
    assert found["Projects"][0]["Meant to move"] == "Calls"


def test_its_forecasts_are_those_of_the_year_that_is_asked_for():
    PlanFactory()
    _, name = workbook.of(UserFactory(roles=["coordinator"]), NOW, "2019-20")
    assert name == "money-2019-20.xlsx"
    _, today = workbook.of(UserFactory(roles=["coordinator"]), NOW, "nonsense")
    assert today == "money-2018-19.xlsx"


@pytest.mark.parametrize("made", [ProjectFactory, FundingStreamFactory, BudgetChangeFactory, FundingApplicationFactory])
def test_its_name_says_that_something_in_it_is_sample(made):
    PlanFactory()
    made(is_sample=True)
    _, name = workbook.of(UserFactory(roles=["coordinator"]), NOW, "2017-18")
    assert name == "sample-money-2017-18.xlsx"
