"""A project entered, changed, closed, opened again, and its spend asked for: within its stream, its days and what was spent."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from governance.actions import projects
from governance.actions.projects import Content
from governance.models import Project
from indicators.models import Indicator, Lead, Return
from lib.editing import Stale
from lib.quarters import Quarter
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.funding import (
    Y1,
    Y2,
    AllocationFactory,
    FundingApplicationFactory,
    FundingStreamFactory,
    ProjectFactory,
    spent,
)
from tests.factories.governance import BodyFactory
from tests.factories.indicators import IndicatorFactory, RoundFactory
from tests.factories.priorities import CommitmentFactory

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2017, 4, 1), dt.date(2019, 3, 31)


@pytest.fixture(autouse=True)
def may():
    with time_machine.travel(dt.datetime(2018, 5, 10, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def by():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def stream():
    """£100,000 from 1 April 2017 to 31 March 2019, £50,000 of it for 2017-18."""
    stream = FundingStreamFactory(name="Crime Fund")
    AllocationFactory(stream=stream, year=Y1, amount=Decimal(50000))
    return stream


def content(**said):
    return Content(
        **{"name": "Night patrols", "amount": Decimal("60000.00"), "starts_on": FIRST, "ends_on": LAST} | said
    )


def refused(do) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        do()
    return caught.value.message_dict if hasattr(caught.value, "error_dict") else {"": caught.value.messages}


def asked(project: Project) -> list[str]:
    """Quarters that are out and asked for."""
    returns = Return.objects.filter(indicator=project.spend).exclude(status=Return.Status.MISSING)
    return sorted(str(quarter) for quarter in returns.values_list("round__quarter", flat=True))


def test_entered_with_all_that_is_said(stream, by):
    commitment, indicator, body = CommitmentFactory(), IndicatorFactory(), BodyFactory()
    project = projects.add(
        stream,
        content=content(
            purpose=" One line\r\nand another ",
            commitments=[commitment],
            indicators=[indicator],
            lead_body=body,
            years={Y1: Decimal(40000), Y2: Decimal("19999.99")},
        ),
        by=by,
    )
    assert (project.slug, project.order, project.purpose) == ("night-patrols", 1, "One line\nand another")
    assert dict(project.years.values_list("year", "amount")) == {Y1: Decimal(40000), Y2: Decimal("19999.99")}
    assert (list(project.commitments.all()), list(project.indicators.all())) == ([commitment], [indicator])
    changes = {line["what"]: line["now"] for line in AuditEvent.objects.get(kind="project_added").changes}
    assert changes["By year"] == "2017-18 £40,000, 2018-19 £19,999.99"
    assert (changes["Amount"], changes["Last day"]) == ("£60,000", "31 March 2019")


def test_an_address_is_given_once_and_leaves_room_for_that_of_its_spend(stream, by):
    other = FundingStreamFactory()
    long = "A very long name of a project that goes on for much more than fifty characters"
    slugs = [
        projects.add(one, content=content(name=name, amount=Decimal(10)), by=by).slug
        for name in ("Add", "!!!", long)
        for one in (stream, other)
    ]
    assert slugs[:4] == ["project-add", "project-add-2", "project", "project-2"]
    assert slugs[4] == "a-very-long-name-of-a-project-that-goes-on-for-muc"
    assert slugs[5] == "a-very-long-name-of-a-project-that-goes-on-for-muc-2"


def test_an_application_becomes_one_project(stream, by):
    application = FundingApplicationFactory(agreed=True, stream=stream)
    project = projects.add(stream, content=content(), application=application, by=by)
    assert (project.application, project.is_sample) == (application, False)
    told = refused(lambda: projects.add(stream, content=content(name="Again"), application=application, by=by))
    assert told == {"": [f"{application} has become a project already: Night patrols."]}


@pytest.mark.parametrize(
    ("of_stream", "of_application", "is_sample"),
    [(False, None, False), (True, None, True), (True, False, True), (False, True, True)],
)
def test_what_comes_of_something_made_up_is_made_up(by, of_stream, of_application, is_sample):
    stream, application = FundingStreamFactory(is_sample=of_stream), None
    if of_application is not None:
        application = FundingApplicationFactory(agreed=True, stream=stream, is_sample=of_application)
    projects.add(stream, content=content(), application=application, by=by)
    assert Project.objects.get().is_sample is is_sample


BAD = [
    ({"name": "  "}, {"name": "Enter the name of the project"}),
    ({"name": "x" * 161}, {"name": "The name must be 160 characters or fewer"}),
    ({"name": "HELD already"}, {"name": "Crime Fund has a project of that name already"}),
    ({"amount": Decimal(0)}, {"amount": "The amount must be more than £0"}),
    ({"amount": Decimal(-5)}, {"amount": "The amount must be more than £0"}),
    (
        {"amount": Decimal("10.0001")},
        {"amount": "The amount must be in pounds and pence, with at most two figures after the point"},
    ),
    ({"amount": Decimal(10**9)}, {"amount": "The amount must be less than a billion pounds"}),
    (
        {"amount": Decimal("90000.01")},
        {"amount": "The projects of Crime Fund would come to £100,000.01, £0.01 more than its £100,000."},
    ),
    ({"ends_on": dt.date(2017, 3, 31)}, {"ends_on": "The last day must be on or after the first day"}),
    (
        {"starts_on": dt.date(2017, 3, 31)},
        {"starts_on": "Night patrols would start on 31 March 2017, before Crime Fund does on 1 April 2017."},
    ),
    (
        {"ends_on": dt.date(2019, 4, 1)},
        {"ends_on": "Night patrols would end on 1 April 2019, after Crime Fund does on 31 March 2019."},
    ),
    (
        {"ends_on": dt.date(2018, 3, 31), "years": {Y1: Decimal(1), Y2: Decimal(1)}},
        {"years": "2018-19 is outside the project’s days: it runs from 1 April 2017 to 31 March 2018"},
    ),
    (
        {"starts_on": dt.date(2018, 4, 1), "ends_on": None, "years": {Y1: Decimal(1)}},
        {"years": "2017-18 is outside the project’s days: it starts on 1 April 2018"},
    ),
    ({"years": {Y1: Decimal(-1)}}, {"years": "The amount for 2017-18 can’t be less than £0"}),
    (
        {"years": {Y1: Decimal(40000), Y2: Decimal("20000.01")}},
        {"years": "The years come to £60,000.01, £0.01 more than the project’s £60,000"},
    ),
    (
        {"years": {Y1: Decimal("50000.01")}},
        {
            "years": "The projects of Crime Fund would come to £50,000.01 in 2017-18, £0.01 more than the year’s £50,000."
        },
    ),
]


@pytest.mark.parametrize(("said", "told"), BAD)
def test_what_does_not_fit_is_refused_at_its_box_and_nothing_is_saved(stream, by, said, told):
    ProjectFactory(stream=stream, name="Held already", amount=Decimal(10000))
    assert refused(lambda: projects.add(stream, content=content(**said), by=by)) == {
        box: [sentence] for box, sentence in told.items()
    }
    assert Project.objects.count() == 1
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(("said", "told"), BAD)
def test_and_so_it_is_when_a_project_is_changed(stream, by, said, told):
    ProjectFactory(stream=stream, name="Held already", amount=Decimal(10000))
    project = projects.add(stream, content=content(), by=by)
    assert refused(lambda: projects.edit(project, content=content(**said), version=1, by=by)) == {
        box: [sentence] for box, sentence in told.items()
    }
    project.refresh_from_db()
    assert (project.name, project.amount, project.version) == ("Night patrols", 60000, 1)
    assert not project.years.exists()


def test_spend_is_not_what_a_project_is_meant_to_move(stream, by):
    told = refused(lambda: projects.add(stream, content=content(indicators=[IndicatorFactory(spend=True)]), by=by))
    assert told == {"indicators": ["Choose what the project is meant to move, not what another one spends"]}


def test_changed_from_what_to_what(stream, by):
    project = projects.add(stream, content=content(), by=by)
    projects.edit(project, content=content(amount=Decimal("61000.50"), years={Y1: Decimal(1)}), version=1, by=by)
    assert (project.version, project.amount) == (2, Decimal("61000.50"))
    event = AuditEvent.objects.get(kind="project_changed")
    assert event.changes == [
        {"what": "Amount", "was": "£60,000", "now": "£61,000.50"},
        {"what": "By year", "was": "nothing", "now": "2017-18 £1"},
    ]


def test_saying_what_is_said_already_leaves_no_trace(stream, by):
    said = content(years={Y1: Decimal(7)}, commitments=[CommitmentFactory()])
    project = projects.add(stream, content=said, by=by)
    projects.edit(project, content=said, version=1, by=by)
    assert project.version == 1
    assert not AuditEvent.objects.filter(kind="project_changed").exists()


def test_over_a_newer_version_nothing_is_saved(stream, by):
    project = projects.add(stream, content=content(), by=by)
    projects.edit(Project.objects.get(), content=content(amount=Decimal(2)), version=1, by=by)
    with pytest.raises(Stale):
        projects.edit(project, content=content(amount=Decimal(3)), version=1, by=by)
    with pytest.raises(Stale):
        projects.close(project, closed_on=FIRST, because="Over", version=1, by=by)
    assert Project.objects.get().amount == 2


def test_what_is_spent_is_the_least_it_can_be_given(stream, by):
    project = ProjectFactory(stream=stream, spending=True)
    spent(project, "2017-18-q1", "7000.10")
    said = content(name=project.name, organisation=project.organisation, amount=Decimal(7000))
    assert refused(lambda: projects.edit(project, content=said, version=1, by=by)) == {
        "amount": ["£7,000.10 is verified as spent, £0.10 more than this. The amount can’t be lower than that"]
    }
    projects.edit(project, content=replace(said, amount=Decimal("7000.10")), version=1, by=by)
    assert project.amount == Decimal("7000.10")


def test_spend_is_asked_for_from_the_first_day_until_the_last(stream, by):
    for quarter in ("2016-17-q4", "2017-18-q1", "2018-19-q4", "2019-20-q1"):
        RoundFactory(quarter=Quarter.parse(quarter))
    organisation, lead = OrganisationFactory(), UserFactory(roles=["data_lead"])
    project = projects.add(stream, content=content(organisation=organisation), by=by)
    projects.ask_spend(project, lead=lead, version=1, by=by)
    spend = Project.objects.get().spend
    assert (spend.name, spend.slug, spend.owner) == ("Spend: Night patrols", "spend-night-patrols", organisation)
    assert Lead.objects.get().user == lead
    assert asked(project) == ["2017-18 Q1", "2018-19 Q4"]
    told = refused(lambda: projects.ask_spend(project, lead=lead, version=2, by=by))
    assert told == {"": ["Its spend is asked for already. Who gives it is changed with the leads."]}


@pytest.mark.parametrize("missing", ["starts_on", "organisation"])
def test_spend_needs_a_first_day_and_an_organisation(stream, by, missing):
    said = content(**{"organisation": OrganisationFactory(), missing: None})
    project = projects.add(stream, content=said, by=by)
    told = refused(lambda: projects.ask_spend(project, lead=UserFactory(roles=["data_lead"]), version=1, by=by))
    assert told == {
        "": ["Enter the project’s first day and its organisation first: its spend is asked for from then on."]
    }
    assert not Indicator.objects.exists()


def test_spend_is_given_by_a_data_lead(stream, by):
    project = projects.add(stream, content=content(organisation=OrganisationFactory()), by=by)
    lead = UserFactory(name="Dana Reid", roles=["member"])
    told = refused(lambda: projects.ask_spend(project, lead=lead, version=1, by=by))
    assert list(told) == ["lead"]
    assert "isn’t a data lead on 10 May 2018" in told["lead"][0]
    assert not Indicator.objects.exists()


def test_its_spend_follows_its_days_its_name_and_its_organisation(stream, by):
    for quarter in ("2017-18-q1", "2017-18-q2", "2017-18-q3"):
        RoundFactory(quarter=Quarter.parse(quarter))
    project = projects.add(stream, content=content(organisation=OrganisationFactory()), by=by)
    projects.ask_spend(project, lead=UserFactory(roles=["data_lead"]), version=1, by=by)
    other = OrganisationFactory()
    some = Decimal(50000)  # in one year now, and that has no more
    later = content(
        name="Day patrols", amount=some, organisation=other, starts_on=dt.date(2017, 7, 1), ends_on=dt.date(2017, 9, 30)
    )
    projects.edit(project, content=later, version=2, by=by)
    spend = Indicator.objects.get(pk=project.spend_id)
    assert (spend.name, spend.owner, asked(project)) == ("Spend: Day patrols", other, ["2017-18 Q2"])
    for missing in ("starts_on", "organisation"):
        told = refused(
            lambda name=missing: projects.edit(project, content=replace(later, **{name: None}), version=3, by=by)
        )
        assert list(told) == [missing]


def test_days_stay_around_what_was_spent(by):
    project = ProjectFactory(spending=True, name="Patrols")
    spent(project, "2017-18-q1", "10.00")
    spent(project, "2018-19-q1", "10.00")
    said = content(name="Patrols", organisation=project.organisation)
    early = "Spend has been given for 2017-18 Q1. Choose a day in 2017-18 Q1 or earlier"
    late = "Spend has been given for 2018-19 Q1. Choose a day in 2018-19 Q1 or later"
    july, march = dt.date(2017, 7, 1), dt.date(2018, 3, 31)
    for days, faults in (
        ({"starts_on": july}, {"starts_on": [early]}),
        ({"ends_on": march}, {"ends_on": [late]}),
        ({"starts_on": july, "ends_on": march}, {"starts_on": [early], "ends_on": [late]}),
    ):
        told = refused(lambda d=days: projects.edit(project, content=replace(said, **d), version=1, by=by))
        assert told == faults


@pytest.mark.parametrize(
    ("day", "because", "told"),
    [
        (dt.date(2018, 5, 11), "Over", {"closed_on": "The day on which it was closed can’t be in the future"}),
        (dt.date(2017, 3, 31), "Over", {"closed_on": "It can’t be closed before its first day, 1 April 2017"}),
        (dt.date(2018, 3, 31), " ", {"because": "Say why it is closed"}),
        (dt.date(2018, 3, 31), "x" * 301, {"because": "The reason must be 300 characters or fewer"}),
        (
            dt.date(2017, 12, 31),
            "Over",
            {"closed_on": "Spend has been given for 2017-18 Q4. Choose a day in 2017-18 Q4 or later"},
        ),
    ],
)
def test_closing_is_refused(by, day, because, told):
    project = ProjectFactory(spending=True)
    spent(project, "2017-18-q4", "10.00")
    assert refused(lambda: projects.close(project, closed_on=day, because=because, version=1, by=by)) == {
        box: [sentence] for box, sentence in told.items()
    }
    assert Project.objects.get().closed_on is None


def test_closed_after_its_last_day_it_is_closed_on_that_day(by):
    project = ProjectFactory(ends_on=dt.date(2018, 3, 31))
    told = refused(lambda: projects.close(project, closed_on=dt.date(2018, 4, 1), because="Over", version=1, by=by))
    assert told == {"closed_on": ["It can’t be closed after its last day, 31 March 2018: close it on that day"]}
    assert projects.close(project, closed_on=dt.date(2018, 3, 31), because="Over", version=1, by=by).is_closed


def test_closed_and_opened_again_its_spend_stops_and_goes_on(stream, by):
    for quarter in ("2017-18-q3", "2017-18-q4"):
        RoundFactory(quarter=Quarter.parse(quarter))
    project = projects.add(stream, content=content(organisation=OrganisationFactory()), by=by)
    projects.ask_spend(project, lead=UserFactory(roles=["data_lead"]), version=1, by=by)
    projects.close(project, closed_on=dt.date(2017, 12, 31), because="The provider left.", version=2, by=by)
    assert asked(project) == ["2017-18 Q3"]
    assert (project.closed_by, project.is_closed) == (by, True)
    told = refused(lambda: projects.edit(project, content=content(), version=3, by=by))
    assert told == {"": ["Night patrols is closed since 31 December 2017, so it stays as it is. Open it again first."]}
    told = refused(lambda: projects.close(project, closed_on=FIRST, because="Again", version=3, by=by))
    assert told == {"": ["Night patrols is closed already, since 31 December 2017."]}
    projects.reopen(project, because="Another provider came.", version=3, by=by)
    assert asked(project) == ["2017-18 Q3", "2017-18 Q4"]
    assert (project.closed_on, project.closed_because, project.closed_by) == (None, "", None)
    told = refused(lambda: projects.reopen(project, because="Again", version=4, by=by))
    assert told == {"": ["Night patrols is open already."]}
    assert [event.kind for event in AuditEvent.objects.filter(subject_type="governance.project").order_by("pk")] == [
        "project_added",
        "project_spend_asked",
        "project_closed",
        "project_reopened",
    ]
