"""What a project returns to its funder: every value worked out by hand, what is not known said in words."""

import datetime as dt
import io
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from governance.actions import projects_reports
from governance.funding import funder_return, return_sheet
from governance.models import Project
from indicators.models import Round, Verification
from lib.quarters import Quarter
from tests.factories.accounts import UserFactory
from tests.factories.funding import (
    ForecastFactory,
    FunderReportFactory,
    FundingApplicationFactory,
    FundingStreamFactory,
    OutputCountFactory,
    OutputFactory,
    ProjectFactory,
    ProjectYearFactory,
    spent,
)
from tests.factories.governance import ActionFactory, UpdateFactory, agreed
from tests.factories.indicators import (
    FigureFactory,
    IndicatorFactory,
    ReturnFactory,
    RoundFactory,
    sent,
    verified,
)

pytestmark = pytest.mark.django_db
Q1, Q2, Q3, Q4 = Quarter.parse("2017-18-q4").year.quarters
ON = dt.date(2018, 4, 26)


def at(moment: str):
    return time_machine.travel(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC), tick=False)


def round_of(quarter: Quarter) -> Round:
    return Round.objects.filter(quarter=quarter).first() or RoundFactory(quarter=quarter)


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def dana():
    """Of a body, and so without sight of unverified figures."""
    return UserFactory(name="Dana Reid", roles=["member"])


@pytest.fixture
def project():
    """£20,000, half of it for 2017-18. Q1 £4,000.50, Q2 £100; Q3 £7.25 waits to be verified; Q4 is not opened."""
    project = ProjectFactory(name="Night patrols", slug="night-patrols", spending=True)
    ProjectYearFactory(project=project)
    with at("2017-11-01T12:00"):
        spent(project, "2017-18-q1", "4000.50")
        spent(project, "2017-18-q2", "100")
    return project


def waits(project: Project) -> None:
    sent(ReturnFactory(indicator=project.spend, round=round_of(Q3)), "7.25")


def gather(project: Project, user, quarter: Quarter = Q4):
    found = Project.objects.select_related("stream", "spend", "application").get(pk=project.pk)
    return funder_return.gather(found, quarter, user, ON)


def said(told) -> dict[str, str]:
    return {row.key: row.value for row in funder_return.facts(told)}


def test_money_and_verified_spend_until_the_quarter(project, sam):
    waits(project)
    told = gather(project, sam)
    assert [(str(one.quarter), one.amount, one.state) for one in told.spent] == [
        ("2017-18 Q1", Decimal("4000.50"), ""),
        ("2017-18 Q2", Decimal("100.00"), ""),
        ("2017-18 Q3", None, "Not yet verified"),
        ("2017-18 Q4", None, "Not asked for yet: the quarter has not been opened"),
    ]
    assert told.how_many == "Of three quarters asked for, two are in. One is over and not asked for yet."
    facts = said(told)
    assert facts["Money"] == "£20,000 for the whole of its life"
    assert facts["Money for 2017-18"] == "£10,000"
    assert facts["Spent in 2017-18"] == "£4,100.50, without Q3 and Q4"
    assert facts["Days"] == "First day 1 April 2017, last day 31 March 2019"
    assert [str(one.quarter) for one in gather(project, sam, Q1).spent] == ["2017-18 Q1"]
    assert said(gather(project, sam, Q1))["Spent in 2017-18"] == "£4,000.50"


def test_an_unknown_is_said_and_never_nothing(sam):
    project = ProjectFactory(stream=FundingStreamFactory(terms=""), starts_on=None, ends_on=None)
    told = gather(project, sam)
    facts = said(told)
    assert (told.spent, told.how_many, told.outputs, told.told, told.moved) == ((), "", (), (), ())
    assert facts["What it is for"] == "Not said"
    assert facts["Money for 2017-18"] == "Not known"
    assert facts["Spent in 2017-18"] == "Nobody is asked what it spends"
    assert facts["Forecast for 2017-18"] == "None has been given"
    assert facts["Difference"] == "Not known: no forecast for 2017-18 has been given"
    assert facts["Days"] == "First day not known, last day not known"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("9500.00", "£500 less than the year’s money: A post was vacant until June"),
        ("10000.01", "£0.01 more than the year’s money: A post was vacant until June"),
        ("10000.00", "None: the forecast is the year’s money"),
    ],
)
def test_forecast_and_variance_with_its_reason(project, sam, amount, words):
    ForecastFactory(project=project, amount=Decimal(1))
    ForecastFactory(project=project, amount=Decimal(amount))
    assert said(gather(project, sam))["Difference"] == words


def test_outputs_promised_in_the_quarter_and_so_far(project, sam):
    people = OutputFactory(project=project, text="People", promised=Decimal(120))
    OutputFactory(project=project, text="Sessions", promised=None)
    OutputFactory(project=project, text="Leaflets", ended_because="Not asked for")
    OutputCountFactory(output=people, quarter=Q3, number=Decimal(9))
    OutputCountFactory(output=people, quarter=Q4, number=Decimal(30))
    OutputCountFactory(output=people, quarter=Q4, number=Decimal(31))
    told = gather(project, sam)
    assert [(line.output.text, line.so_far, funder_return.count_words(line, Q4)) for line in told.outputs] == [
        ("People", 40, "31"),
        ("Sessions", None, "not counted"),
    ]
    assert gather(project, sam, Q3).outputs[0].so_far == 9


def test_progress_is_what_was_agreed_of_the_actions_it_pays_for(project, sam):
    action, other, silent = ActionFactory(title="Patrols"), ActionFactory(), ActionFactory()
    application = FundingApplicationFactory(agreed=True)
    application.actions.set([action, silent])
    Project.objects.filter(pk=project.pk).update(application=application)
    agreed(UpdateFactory(action=action, quarter=Q2, done="Two officers were found", next="They begin"), by=sam)
    agreed(UpdateFactory(action=action, quarter=Q3, done="", next="", is_no_change=True), by=sam)
    UpdateFactory(action=action, quarter=Q4, done="A draft that nobody has agreed")
    agreed(UpdateFactory(action=other, quarter=Q4), by=sam)
    told = {one.action: one for one in gather(project, sam).told}
    assert set(told) == {action, silent}
    assert (told[action].words.done, told[action].words.quarter) == ("Two officers were found", Q2)
    assert told[action].update.quarter == Q3
    assert (told[silent].words, told[silent].update) == (None, None)


def test_indicators_as_far_as_the_reader_may_see_them(project, sam, dana):
    calls, hidden = IndicatorFactory(name="Calls"), IndicatorFactory(name="Hidden", is_restricted=True)
    project.indicators.set([calls, hidden])
    for quarter, number in ((Q2, 100), (Q3, 90)):
        for indicator in (calls, hidden):
            verified(ReturnFactory(indicator=indicator, round=round_of(quarter)), number)
    (seen,) = gather(project, dana).moved
    assert (seen.label, seen.figure, seen.when) == ("Calls", "90", "2017-18 Q3")
    assert seen.sentence == (
        "90 in 2017-18 Q3. Better than last quarter (−10). Not comparable with the same quarter last year: 2016-17 Q3 is not collected."
    )
    assert [one.label for one in gather(project, sam).moved] == ["Calls", "Hidden"]
    assert [one.figure for one in gather(project, sam, Q2).moved] == ["100", "100"]
    assert [one.figure for one in gather(project, sam, Q1).moved] == ["", ""]


# ---------------------------------------------------------------- since the last report


def restate(project: Project, quarter: Quarter, amount: str, because: str) -> None:
    return_ = project.spend.returns.get(round__quarter=quarter)
    figure = FigureFactory(
        for_return=return_, numerator=Decimal(amount), restates="correction", restated_because=because
    )
    Verification.objects.create(figure=figure, verified_by=UserFactory(roles=["coordinator"]))


def test_what_was_verified_since_the_last_report_is_told(project, sam):
    FunderReportFactory(
        project=project, due_on=dt.date(2017, 11, 30), until_quarter=Q3, sent_on=dt.date(2017, 11, 28), sent_by=sam
    )
    with at("2018-01-15T12:00"):
        restate(project, Q1, "4000.75", "An invoice was late.")
        spent(project, "2017-18-q3", "9.00")
    with at("2018-04-20T12:00"):
        spent(project, "2017-18-q4", "5.00")
    told = gather(project, sam)
    assert [one.sentence for one in told.restated] == [
        "2017-18 Q1 was £4,000.50. It is £4,000.75: An invoice was late.",
        "2017-18 Q3 was awaited then. It is £9.00.",
    ]
    assert told.last_report.until_quarter == Q3


@pytest.mark.parametrize(
    ("verified_at", "is_told"),
    [
        ("2017-11-28T11:59", False),  # in the report
        ("2017-11-28T12:01", True),  # after it was said to be sent
        ("2017-11-29T00:00", True),
    ],
)
def test_a_report_holds_what_was_verified_until_it_was_said_to_be_sent(project, sam, verified_at, is_told):
    report = FunderReportFactory(project=project, due_on=dt.date(2017, 11, 30), until_quarter=Q2)
    with at(verified_at):
        restate(project, Q1, "1.00", "Late.")
    with at("2017-11-28T12:00"):
        projects_reports.mark_sent(report, sent_on=dt.date(2017, 11, 28), note="", version=1, by=sam)
    assert bool(gather(project, sam).restated) is is_told


def test_said_days_later_it_holds_what_was_verified_on_its_day(project, sam):
    report = FunderReportFactory(project=project, due_on=dt.date(2017, 11, 30), until_quarter=Q2)
    with at("2017-11-28T23:59"):
        restate(project, Q1, "1.00", "Late.")
    with at("2017-11-29T00:01"):
        restate(project, Q2, "2.00", "Later.")
    with at("2017-12-05T12:00"):
        projects_reports.mark_sent(report, sent_on=dt.date(2017, 11, 28), note="", version=1, by=sam)
    assert [one.quarter for one in gather(project, sam).restated] == [Q2]


def test_without_a_report_that_was_sent_nothing_has_changed_since(project, sam):
    FunderReportFactory(project=project)
    told = gather(project, sam)
    assert (told.last_report, told.restated) == (None, ())


# ---------------------------------------------------------------- the spreadsheet


def cells(told) -> dict[str, list[tuple]]:
    book = load_workbook(io.BytesIO(return_sheet.of(told)))
    return {sheet.title: [tuple(cell.value for cell in row) for row in sheet.iter_rows()] for sheet in book}


def test_the_spreadsheet_says_the_same_with_amounts_as_numbers(project, sam):
    waits(project)
    ForecastFactory(project=project)
    OutputCountFactory(output=OutputFactory(project=project, text="People"), quarter=Q4)
    sheets = cells(gather(project, sam))
    assert list(sheets) == ["Read me", "Return", "Spend", "Outputs"]
    assert ("Money for 2017-18", 10000, None) in sheets["Return"]
    assert ("Spent so far, until 2017-18 Q4", 4100.5, "without 2017-18 Q3 and 2017-18 Q4") in sheets["Return"]
    assert ("Difference", -500, "£500 less than the year’s money: A post was vacant until June") in sheets["Return"]
    assert ("Spent in 2017-18 until 2017-18 Q4", 4100.5, "without Q3 and Q4") in sheets["Return"]
    assert sheets["Spend"][1:4] == [
        ("2017-18 Q1", 4000.5, None),
        ("2017-18 Q2", 100, None),
        ("2017-18 Q3", None, "Not yet verified"),
    ]
    assert sheets["Outputs"][1] == ("People", 120, 31, 31, "2017-18 Q4", None)
    assert not any("7.25" in str(cell) for rows in sheets.values() for row in rows for cell in row)


def test_progress_is_a_sheet_only_where_something_is_tied_to_the_project(project, sam):
    project.indicators.set([IndicatorFactory(name="Calls")])
    assert cells(gather(project, sam))["Progress"] == [("About", "Said"), ("Calls", "No figure is verified yet.")]


def test_where_nobody_is_asked_the_spreadsheet_says_so(sam):
    sheets = cells(gather(ProjectFactory(), sam))
    assert ("Spent in 2017-18 until 2017-18 Q4", None, "Nobody is asked what it spends") in sheets["Return"]
    assert ("Quarters", None, "Nobody is asked what it spends") in sheets["Return"]
    assert sheets["Spend"][1:] == [(None, None, "Nobody is asked what it spends")]


def test_no_text_in_it_is_a_formula(sam):
    project = ProjectFactory(name="=1+1", purpose="=HYPERLINK(0)")
    OutputFactory(project=project, text="@SUM(A1)")
    book = load_workbook(io.BytesIO(return_sheet.of(gather(project, sam))))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_as_many_queries_however_much_there_is(project, sam):
    def queries() -> int:
        found = Project.objects.select_related("stream", "spend", "application").get(pk=project.pk)
        with CaptureQueriesContext(connection) as caught:
            funder_return.gather(found, Q4, sam, ON)
        return len(caught)

    application = FundingApplicationFactory(agreed=True)
    Project.objects.filter(pk=project.pk).update(application=application)

    def more(number: int) -> None:
        for _ in range(number):
            indicator = IndicatorFactory()
            project.indicators.add(indicator)
            verified(ReturnFactory(indicator=indicator, round=round_of(Q3)), 5)
            OutputCountFactory(output=OutputFactory(project=project), quarter=Q4)
            action = ActionFactory()
            application.actions.add(action)
            agreed(UpdateFactory(action=action), by=sam)

    more(1)
    queries()
    few = queries()
    more(6)
    assert queries() == few
