"""Two people at one stream's projects at the same moment, each on a connection of their own."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from governance.actions import projects, projects_forecasts, projects_outputs, projects_reports
from governance.actions.projects import Content
from governance.models import Forecast, FunderReport, FundingStream, Output, Project
from indicators import actions as indicator_actions
from indicators.models import Figure, Return
from lib.quarters import Quarter
from tests.factories.accounts import UserFactory
from tests.factories.funding import Y1, FunderReportFactory, FundingStreamFactory, ProjectFactory
from tests.factories.indicators import ReturnFactory, RoundFactory
from tests.integration.test_returns_race import at_once, one_won

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 6


@pytest.fixture
def people():
    return UserFactory(name="Sam Carrick", roles=["coordinator"]), UserFactory(name="Lena Fox", roles=["coordinator"])


def one_refused(outcomes: list[object], words: str) -> bool:
    """Exactly one act went through, and the other was refused with that sentence."""
    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(outcome, ValidationError) and words in " ".join(outcome.messages) for outcome in refused), (
        refused
    )
    return len(outcomes) - len(refused) == 1


def test_two_projects_that_together_exceed_the_stream(people):
    for _ in range(ROUNDS):
        stream = FundingStreamFactory()  # £100,000

        def adding(name, by, stream=stream):
            mine = FundingStream.objects.get(pk=stream.pk)
            return lambda: projects.add(mine, content=Content(name, Decimal(60000)), by=by)

        outcomes = at_once(adding("Night patrols", people[0]), adding("Day patrols", people[1]))
        assert one_refused(outcomes, "would come to £120,000, £20,000 more than its £100,000")
        assert [project.amount for project in stream.projects.all()] == [60000]


def test_two_projects_of_one_name_in_one_stream_and_in_two(people):
    for _ in range(ROUNDS):
        stream, other = FundingStreamFactory(), FundingStreamFactory()

        def adding(where, by):
            mine = FundingStream.objects.get(pk=where.pk)
            return lambda: projects.add(mine, content=Content("Night patrols", Decimal(10)), by=by)

        assert one_refused(
            at_once(adding(stream, people[0]), adding(stream, people[1])), "has a project of that name already"
        )
        before = Project.objects.count()
        third = FundingStreamFactory()
        outcomes = at_once(adding(other, people[0]), adding(third, people[1]))
        assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes
        assert Project.objects.count() == before + 2
        assert Project.objects.values("slug").distinct().count() == before + 2


def test_two_raise_two_projects_beyond_the_stream(people):
    for _ in range(ROUNDS):
        stream = FundingStreamFactory()
        first, second = ProjectFactory(stream=stream), ProjectFactory(stream=stream)  # £20,000 each

        def raising(project, by):
            mine = Project.objects.get(pk=project.pk)
            said = Content(project.name, Decimal(70000))
            return lambda: projects.edit(mine, content=said, version=1, by=by)

        outcomes = at_once(raising(first, people[0]), raising(second, people[1]))
        assert one_refused(outcomes, "would come to £140,000, £40,000 more than its £100,000")
        assert sorted(stream.projects.values_list("amount", flat=True)) == [20000, 70000]


def test_changed_and_closed_at_once(people):
    sam, lena = people
    for _ in range(ROUNDS):
        project = ProjectFactory()
        mine, theirs = Project.objects.get(pk=project.pk), Project.objects.get(pk=project.pk)
        said = Content(project.name, Decimal(70000))
        outcomes = at_once(
            lambda mine=mine, said=said: projects.edit(mine, content=said, version=1, by=sam),
            lambda theirs=theirs: projects.close(
                theirs, closed_on=dt.date(2018, 3, 31), because="Over", version=1, by=lena
            ),
        )
        assert one_won(outcomes)
        project.refresh_from_db()
        assert (project.amount == 70000) != project.is_closed
        assert project.version == 2


def test_closed_while_its_spend_is_sent(people):
    sam, _ = people
    round_, quarter = RoundFactory(quarter=Quarter.parse("2017-18-q4")), Quarter.parse("2017-18-q3")
    farida = UserFactory(name="Farida Begum", roles=["data_lead"])
    for _ in range(ROUNDS):
        project = ProjectFactory(spending=True)
        return_ = ReturnFactory(indicator=project.spend, round=round_)
        mine, theirs = Return.objects.get(pk=return_.pk), Project.objects.get(pk=project.pk)
        sending, closing = at_once(
            lambda mine=mine: indicator_actions.submit(
                mine, version=1, numerator=Decimal("10.50"), supplied_by=farida, by=farida
            ),
            lambda theirs=theirs: projects.close(
                theirs, closed_on=dt.date(2017, 12, 31), because="Over", version=1, by=sam
            ),
        )
        assert isinstance(sending, ValidationError) != isinstance(closing, ValidationError), (sending, closing)
        project.refresh_from_db()
        return_.refresh_from_db()
        project.spend.refresh_from_db()
        given = Figure.objects.filter(for_return=return_).exists()
        assert project.is_closed != given
        assert project.spend.asked_until == (quarter if project.is_closed else Quarter.parse("2018-19-q4"))
        assert return_.status == (Return.Status.SUBMITTED if given else Return.Status.MISSING)


def test_spend_asked_for_twice(people):
    leads = [UserFactory(roles=["data_lead"]) for _ in range(2)]
    for _ in range(ROUNDS):
        project = ProjectFactory(organisation=leads[0].organisation)

        def asking(lead, by, project=project):
            mine = Project.objects.get(pk=project.pk)
            return lambda: projects.ask_spend(mine, lead=lead, version=1, by=by)

        assert one_won(at_once(*map(asking, leads, people)))
        project.refresh_from_db()
        assert project.spend.leads.count() == 1


def test_two_forecasts_of_one_year(people):
    for _ in range(ROUNDS):
        project = ProjectFactory()

        def giving(amount, by, project=project):
            mine = Project.objects.get(pk=project.pk)
            said = {"year": Y1, "amount": Decimal(amount), "reason": "", "version": 1}
            return lambda: projects_forecasts.give(mine, **said, by=by)

        assert one_won(at_once(*map(giving, (9000, 9500), people)))
        assert Forecast.objects.filter(project=project).count() == 1


def test_the_same_output_and_the_same_day_entered_twice(people):
    for _ in range(ROUNDS):
        project = ProjectFactory()
        both = [Project.objects.get(pk=project.pk) for _ in range(2)]
        outcomes = at_once(
            *(
                lambda mine=mine, by=by: projects_outputs.add(mine, text="Young people", promised=None, by=by)
                for mine, by in zip(both, people, strict=True)
            )
        )
        assert one_refused(outcomes, "has that output already")
        outcomes = at_once(
            *(
                lambda mine=mine, by=by: projects_reports.add(
                    mine, due_on=dt.date(2018, 5, 31), until_quarter=Quarter.parse("2017-18-q4"), by=by
                )
                for mine, by in zip(both, people, strict=True)
            )
        )
        assert one_refused(outcomes, "A report is due on 31 May 2018 already")
        assert (Output.objects.filter(project=project).count(), project.funder_reports.count()) == (1, 1)


def test_sent_and_dropped_at_once(people):
    sam, lena = people
    for _ in range(ROUNDS):
        report = FunderReportFactory()
        mine, theirs = FunderReport.objects.get(pk=report.pk), FunderReport.objects.get(pk=report.pk)
        outcomes = at_once(
            lambda mine=mine: projects_reports.mark_sent(
                mine, sent_on=dt.date(2018, 5, 30), note="", version=1, by=sam
            ),
            lambda theirs=theirs: projects_reports.drop(theirs, because="Not wanted", version=1, by=lena),
        )
        assert one_won(outcomes)
