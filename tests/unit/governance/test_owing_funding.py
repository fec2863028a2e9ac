"""Who owes a funder its report, and from when: worked out by hand."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance import owing
from governance.owing import funding
from lib.owed import NOBODY
from lib.quarters import Quarter
from tests.factories.accounts import UserFactory
from tests.factories.collecting import AbsenceFactory
from tests.factories.funding import FunderReportFactory, ProjectFactory
from tests.factories.governance import BodyFactory, place
from tests.factories.indicators import LeadFactory

pytestmark = pytest.mark.django_db
D = dt.date
DUE = D(2018, 5, 31)
FIRST = D(2018, 5, 16)  # ten working days before: Monday 28 May was a bank holiday


@pytest.fixture
def farida():
    return UserFactory(name="Farida Begum", roles=["data_lead"])


def report(**told):
    return FunderReportFactory(due_on=DUE, until_quarter=Quarter.parse("2017-18-q4"), **told)


@pytest.mark.parametrize(
    ("on", "stages"),
    [
        (D(2018, 5, 15), []),
        (FIRST, ["due"]),
        (DUE, ["due"]),
        (D(2018, 6, 1), ["overdue"]),
        (D(2019, 6, 1), ["overdue"]),
    ],
)
def test_due_from_ten_working_days_before_and_overdue_after(farida, on, stages):
    project = ProjectFactory(spending=True, name="Night patrols")
    LeadFactory(indicator=project.spend, user=farida)
    report(project=project)
    assert [one.stage for one in funding.owed(on)] == stages


def test_by_whoever_gives_its_spend(farida):
    project = ProjectFactory(spending=True, name="Night patrols", slug="night-patrols")
    LeadFactory(indicator=project.spend, user=farida)
    one = report(project=project)
    (owed,) = funding.owed(DUE)
    assert (owed.person_id, owed.due_on, owed.thing) == (farida.pk, DUE, f"governance.funderreport:{one.pk}")
    assert owed.what == "Report to the funder of Night patrols, until 2017-18 Q4"
    assert owed.url == "/funding/projects/night-patrols/return/2017-18-q4/"
    assert funding.owed(DUE, farida) == [owed]
    assert funding.owed(DUE, UserFactory()) == []
    assert owed in owing.owed(DUE)


def test_a_deputy_while_the_lead_is_away(farida):
    project = ProjectFactory(spending=True)
    LeadFactory(indicator=project.spend, user=farida)
    report(project=project)
    deputy = UserFactory(roles=["data_lead"])
    AbsenceFactory(person=farida, deputy=deputy, starts_on=DUE, ends_on=DUE)
    assert [one.person_id for one in funding.owed(DUE)] == [deputy.pk]


def test_without_spend_by_who_drafts_for_the_lead_body_else_by_nobody():
    support, chair = UserFactory(), UserFactory()
    body = BodyFactory()
    report(project=ProjectFactory(lead_body=body))
    assert [one.person_id for one in funding.owed(DUE)] == [NOBODY]
    place(chair, body, "chair")
    assert [one.person_id for one in funding.owed(DUE)] == [chair.pk]
    place(support, body, "support")
    assert [one.person_id for one in funding.owed(DUE)] == [support.pk]


def test_without_a_lead_who_is_here_and_without_a_body_by_nobody(farida):
    project = ProjectFactory(spending=True, lead_body=None)
    report(project=project)
    assert [one.person_id for one in funding.owed(DUE)] == [NOBODY]
    LeadFactory(
        indicator=project.spend,
        user=UserFactory(is_active=False, left_at=dt.datetime(2018, 1, 1, tzinfo=dt.UTC), roles=["data_lead"]),
    )
    assert [one.person_id for one in funding.owed(DUE)] == [NOBODY]


def test_what_was_sent_or_dropped_is_not_owed(farida):
    report(sent_on=D(2018, 5, 30), sent_by=farida)
    report(dropped_because="The funder closed the programme.")
    assert funding.owed(DUE) == []


def test_a_closed_project_owes_its_last_report():
    project = ProjectFactory(closed=True)
    report(project=project)
    assert len(funding.owed(D(2018, 7, 1))) == 1


def test_what_has_not_begun_leads_to_the_days_instead():
    project = ProjectFactory(slug="night-patrols")
    FunderReportFactory(project=project, due_on=D(2018, 4, 6), until_quarter=Quarter.parse("2018-19-q1"))
    (owed,) = funding.owed(D(2018, 3, 30))
    assert owed.url == "/funding/projects/night-patrols/reports/"


def test_as_many_queries_for_ten_projects_as_for_three_hundred():
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            funding.owed(DUE)
        return len(caught)

    lead = UserFactory(roles=["data_lead"])
    for number in range(10):
        project = ProjectFactory(spending=number % 2 == 0)
        if project.spend:
            LeadFactory(indicator=project.spend, user=lead)
        report(project=project)
    few = queries()
    for _ in range(290):
        report(project=ProjectFactory(lead_body=project.lead_body, stream=project.stream))
    assert queries() == few == 4
