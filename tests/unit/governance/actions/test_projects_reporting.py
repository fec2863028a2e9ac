"""What a project reports: forecasts with a reason, counted outputs, the days of its funder."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from governance.actions import projects_forecasts, projects_outputs, projects_reports
from governance.actions.projects_outputs import Count
from governance.funding import ledger, outputs
from governance.models import Forecast, FunderReport, Output, OutputCount
from lib.append_only import Unchangeable
from lib.editing import Stale
from lib.quarters import Quarter, Year
from tests.factories.accounts import UserFactory
from tests.factories.funding import (
    Y1,
    Y2,
    FunderReportFactory,
    FundingStreamFactory,
    OutputFactory,
    ProjectFactory,
    ProjectYearFactory,
    spent,
)

pytestmark = pytest.mark.django_db
Q3, Q4, NOW, NEXT = (Quarter.parse(text) for text in ("2017-18-q3", "2017-18-q4", "2018-19-q1", "2018-19-q2"))
TODAY = dt.date(2018, 5, 10)


@pytest.fixture(autouse=True)
def may():
    with time_machine.travel(dt.datetime(2018, 5, 10, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def by():
    return UserFactory(name="Farida Begum")


@pytest.fixture
def project():
    """£20,000, of which £10,000 is for 2017-18; £4,000.50 of that is spent."""
    project = ProjectFactory(name="Night patrols", spending=True)
    ProjectYearFactory(project=project)
    spent(project, "2017-18-q1", "4000.50")
    return project


def refused(do) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        do()
    return caught.value.message_dict if hasattr(caught.value, "error_dict") else {"": caught.value.messages}


def give(project, by, amount="9500.00", *, year=Y1, reason="A post was vacant.", version=1):
    return projects_forecasts.give(project, year=year, amount=Decimal(amount), reason=reason, version=version, by=by)


# ---------------------------------------------------------------- forecasts


def test_the_latest_forecast_holds_and_those_before_are_kept(project, by):
    first = give(project, by)
    second = give(project, by, "9600.25", reason=" Still  vacant ", version=2)
    (line,) = ledger.lines([project])
    assert (line.forecast_in(Y1), line.variance_in(Y1), line.reason_in(Y1)) == (
        Decimal("9600.25"),
        Decimal("-399.75"),
        "Still vacant",
    )
    assert list(Forecast.objects.all()) == [first, second]
    with pytest.raises(Unchangeable):
        first.save()
    event = AuditEvent.objects.filter(kind="project_forecast").latest("pk")
    assert event.changes == [{"what": "Forecast for 2017-18", "was": "£9,500", "now": "£9,600.25"}]
    assert event.comment == "Still vacant"


def test_saying_what_is_said_already_leaves_no_trace(project, by):
    assert give(project, by) == give(project, by, version=2)
    assert project.version == 2


@pytest.mark.parametrize(
    ("amount", "reason", "year", "told"),
    [
        ("9999.99", " ", Y1, {"reason": "Say why: the forecast is £0.01 less than the £10,000 for 2017-18"}),
        ("10000.01", "", Y1, {"reason": "Say why: the forecast is £0.01 more than the £10,000 for 2017-18"}),
        ("9000", "x" * 301, Y1, {"reason": "The reason must be 300 characters or fewer"}),
        (
            "4000.49",
            "Less",
            Y1,
            {"amount": "£4,000.50 is verified as spent in 2017-18 already. The forecast can’t be lower than that"},
        ),
        ("-1", "Less", Y1, {"amount": "The forecast can’t be less than £0"}),
        (
            "1.0001",
            "",
            Y2,
            {"amount": "The forecast must be in pounds and pence, with at most two figures after the point"},
        ),
        ("1", "", Year(2019), {"year": "Night patrols has no money in 2019-20. Choose one of its years"}),
        ("1", "", Year(2016), {"year": "Night patrols has no money in 2016-17. Choose one of its years"}),
    ],
)
def test_a_forecast_is_refused(project, by, amount, reason, year, told):
    assert refused(lambda: give(project, by, amount, reason=reason, year=year)) == {
        box: [sentence] for box, sentence in told.items()
    }
    assert not Forecast.objects.exists()
    assert project.version == 1


def test_no_reason_is_owed_where_it_is_the_years_money_or_that_is_not_known(project, by):
    give(project, by, "10000.00", reason="")
    unsplit = ProjectFactory()
    give(unsplit, by, "12.00", reason="")
    assert Forecast.objects.count() == 2


def test_a_closed_project_still_forecasts_what_its_year_comes_to(by):
    project = ProjectFactory(closed=True)  # on 30 June 2018
    give(project, by, "12.00", year=Y2, reason="It was closed early.")
    assert Forecast.objects.get().year == Y2


def test_a_project_without_days_has_the_years_of_its_stream(by):
    project = ProjectFactory(starts_on=None, ends_on=None)
    give(project, by, "12.00", year=Y2)
    unknown = ProjectFactory(starts_on=None, ends_on=None, stream=FundingStreamFactory(starts_on=None, ends_on=None))
    assert list(refused(lambda: give(unknown, by))) == ["year"]


def test_a_forecast_over_a_newer_version_is_not_saved(project, by):
    give(project, by)
    with pytest.raises(Stale):
        give(project, by, "9000.00", version=1)


# ---------------------------------------------------------------- outputs


def test_outputs_are_entered_in_order_worded_anew_and_ended(project, by):
    first = projects_outputs.add(project, text=" Young  people ", promised=Decimal(120), by=by)
    second = projects_outputs.add(project, text="Sessions", promised=None, by=by)
    assert [(one.order, one.text, one.promised) for one in (first, second)] == [
        (1, "Young people", 120),
        (2, "Sessions", None),
    ]
    projects_outputs.edit(first, text="Young people worked with", promised=Decimal(110), version=1, by=by)
    assert AuditEvent.objects.get(kind="output_changed").changes == [
        {"what": "Output", "was": "Young people", "now": "Young people worked with"},
        {"what": "Promised", "was": "120", "now": "110"},
    ]
    projects_outputs.edit(first, text="Young people worked with", promised=Decimal(110), version=2, by=by)
    assert first.version == 2
    projects_outputs.end(second, because="The funder asks for it no more.", version=1, by=by)
    told = refused(lambda: projects_outputs.edit(second, text="Sessions", promised=None, version=2, by=by))
    assert told == {"": ["It is no longer asked for: The funder asks for it no more."]}
    projects_outputs.add(project, text="sessions", promised=None, by=by)  # asked for again


@pytest.mark.parametrize(
    ("text", "promised", "told"),
    [
        (" ", None, {"text": "Say what is counted"}),
        ("x" * 201, None, {"text": "What is counted must be said in 200 characters or fewer"}),
        ("YOUNG people", None, {"text": "This project has that output already"}),
        ("Sessions", Decimal(-1), {"promised": "The number promised must be 0 or more, with at most ten figures"}),
    ],
)
def test_an_output_is_refused(project, by, text, promised, told):
    OutputFactory(project=project, text="Young people")
    assert refused(lambda: projects_outputs.add(project, text=text, promised=promised, by=by)) == {
        box: [sentence] for box, sentence in told.items()
    }
    assert Output.objects.count() == 1


def test_all_outputs_of_a_quarter_are_counted_at_once_and_restated_later(project, by):
    people, sessions = OutputFactory(project=project, text="People"), OutputFactory(project=project, text="Sessions")
    projects_outputs.count(
        project,
        quarter=Q3,
        counts={people: Count(Decimal(31), "Two schools"), sessions: Count(Decimal(0))},
        version=1,
        by=by,
    )
    again = {people: Count(Decimal(30)), sessions: Count(Decimal(0))}
    made = projects_outputs.count(project, quarter=Q3, counts=again, version=2, by=by)
    assert [one.output for one in made] == [people]
    projects_outputs.count(project, quarter=Q4, counts={people: Count(Decimal(12))}, version=3, by=by)
    first, second = outputs.lines([people, sessions])
    assert (first.so_far, first.until, second.so_far, second.until) == (42, Q4, 0, Q3)
    assert (outputs.lines([people], Q3)[0].so_far, OutputCount.objects.count()) == (30, 4)
    event = AuditEvent.objects.filter(kind="outputs_counted").order_by("pk")[1]
    assert event.changes == [{"what": "People", "was": "31 (Two schools)", "now": "30"}]
    assert projects_outputs.count(project, quarter=Q3, counts=again, version=4, by=by) == []
    assert project.version == 4
    with pytest.raises(Stale):
        projects_outputs.count(project, quarter=Q3, counts=again, version=3, by=by)


def test_never_counted_is_not_nothing(project):
    (line,) = outputs.lines([OutputFactory(project=project)])
    assert (line.so_far, line.until) == (None, None)


@pytest.mark.parametrize(
    ("quarter", "sentence"),
    [
        (NEXT, "2018-19 Q2 has not begun, so nothing can be counted in it yet"),
        (Quarter.parse("2016-17-q4"), "2016-17 Q4 is before the project’s first day"),
    ],
)
def test_outputs_are_counted_in_quarters_that_have_begun(project, by, quarter, sentence):
    counts = {OutputFactory(project=project): Count(Decimal(1))}
    told = refused(lambda: projects_outputs.count(project, quarter=quarter, counts=counts, version=1, by=by))
    assert told == {"quarter": [sentence]}


# ---------------------------------------------------------------- reports to the funder


def test_a_report_is_asked_for_and_sent(project, by):
    report = projects_reports.add(project, due_on=dt.date(2018, 5, 31), until_quarter=Q4, by=by)
    projects_reports.mark_sent(report, sent_on=TODAY, note=" By  mail ", version=1, by=by)
    assert (report.sent_on, report.sent_by, report.sent_note, report.is_open) == (TODAY, by, "By mail", False)
    told = refused(lambda: projects_reports.drop(report, because="Not wanted", version=2, by=by))
    assert told == {"": ["It was sent on 10 May 2018 already."]}
    kinds = AuditEvent.objects.filter(subject_type="governance.funderreport").values_list("kind", flat=True)
    assert sorted(kinds) == ["funder_report_added", "funder_report_sent"]


def test_a_report_that_was_dropped_is_wanted_again(project, by):
    report = projects_reports.add(project, due_on=dt.date(2018, 5, 31), until_quarter=Q3, by=by)
    projects_reports.drop(report, because="The programme was to end.", version=1, by=by)
    told = refused(lambda: projects_reports.mark_sent(report, sent_on=TODAY, note="", version=2, by=by))
    assert told == {"": ["It is no longer wanted: The programme was to end."]}
    again = projects_reports.add(project, due_on=dt.date(2018, 5, 31), until_quarter=Q4, by=by)
    assert (again.pk, again.is_open, again.until_quarter) == (report.pk, True, Q4)
    assert FunderReport.objects.count() == 1


@pytest.mark.parametrize(
    ("due_on", "quarter", "told"),
    [
        (dt.date(2018, 5, 31), Q4, {"due_on": "A report is due on 31 May 2018 already"}),
        (
            dt.date(2018, 3, 31),
            NOW,
            {"until_quarter": "2018-19 Q1 begins after the report is due. Choose a quarter before that"},
        ),
        (
            dt.date(2018, 4, 30),
            Quarter.parse("2016-17-q4"),
            {"until_quarter": "2016-17 Q4 is before the project’s first day, 1 April 2017"},
        ),
    ],
)
def test_a_day_is_refused(project, by, due_on, quarter, told):
    FunderReportFactory(project=project, due_on=dt.date(2018, 5, 31))
    assert refused(lambda: projects_reports.add(project, due_on=due_on, until_quarter=quarter, by=by)) == {
        box: [sentence] for box, sentence in told.items()
    }


@pytest.mark.parametrize(
    ("sent_on", "note", "told"),
    [
        (dt.date(2018, 5, 11), "", {"sent_on": "The day it was sent can’t be in the future"}),
        (
            dt.date(2017, 3, 31),
            "",
            {"sent_on": "The day it was sent can’t be before the project’s first day, 1 April 2017"},
        ),
        (TODAY, "x" * 301, {"note": "The note must be 300 characters or fewer"}),
    ],
)
def test_sending_is_refused(project, by, sent_on, note, told):
    report = FunderReportFactory(project=project)
    said = {"sent_on": sent_on, "note": note, "version": 1}
    assert refused(lambda: projects_reports.mark_sent(report, **said, by=by)) == {
        box: [sentence] for box, sentence in told.items()
    }
    assert FunderReport.objects.get().sent_on is None


@pytest.mark.parametrize(
    ("because", "sentence"),
    [(" ", "Say why it is no longer wanted"), ("x" * 301, "The reason must be 300 characters or fewer")],
)
def test_dropping_needs_a_reason(project, by, because, sentence):
    report = FunderReportFactory(project=project)
    assert refused(lambda: projects_reports.drop(report, because=because, version=1, by=by)) == {"because": [sentence]}
    with pytest.raises(Stale):
        projects_reports.drop(report, because="So", version=2, by=by)
