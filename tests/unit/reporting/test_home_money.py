"""What of money stands on somebody's first page and in their digest: decisions on applications, conditions, reports to funders."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import RoleGrant
from governance.models import Body, Membership
from lib.quarters import Quarter
from reporting import digests, home_governing
from reporting.home_item import OVERDUE, WAITING, WANTED
from tests.factories.accounts import UserFactory
from tests.factories.funding import (
    FunderReportFactory,
    FundingApplicationFactory,
    FundingInterestFactory,
    ProjectFactory,
)
from tests.factories.governance import BodyFactory, place
from tests.factories.governing import ApprovalFactory, MeetingFactory, UndertakingFactory
from tests.factories.priorities import PriorityFactory

pytestmark = pytest.mark.django_db
Role = RoleGrant.Role
ON = dt.date(2018, 5, 1)
SUBMITTED = dt.datetime(2018, 4, 3, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def first_of_may():
    with time_machine.travel(dt.datetime(2018, 5, 1, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def executive():
    return BodyFactory(kind=Body.Kind.EXECUTIVE)


@pytest.fixture
def member():
    return UserFactory(name="Jo Mercer", roles=[Role.EXECUTIVE])


@pytest.fixture
def body():
    return BodyFactory(code="ASB", name="ASB Operations Group")


def applied(body, number=1, title="Lighting"):
    return FundingApplicationFactory(body=body, number=number, title=title, submitted=True, submitted_at=SUBMITTED)


def meets(executive, day):
    return MeetingFactory(body=executive, starts_at=dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC))


def items(person):
    return list(home_governing.items(person, ON))


# ---------------------------------------------------------------- decisions on applications


@pytest.mark.parametrize(
    ("meeting", "urgency", "state"),
    [
        (dt.date(2018, 4, 30), OVERDUE, "Overdue"),
        (ON, WANTED, ""),
        (dt.date(2018, 5, 29), WANTED, ""),
        (dt.date(2018, 5, 30), WAITING, ""),  # four weeks and a day ahead it waits, and is told all the same
    ],
)
def test_who_may_decide_sees_the_application_and_until_when(executive, member, body, meeting, urgency, state):
    application = applied(body)
    meets(executive, meeting)
    (item,) = items(member)
    assert (item.urgency, item.state, item.due_on) == (urgency, state, meeting)
    assert item.name == "Application for money to decide on: ASB F1 Lighting"
    assert item.why.startswith("It waits for your decision. It ")
    assert (item.do, item.url) == ("Read the application", application.get_absolute_url())


def test_who_sits_on_the_applying_body_does_not(executive, body):
    applied(body)
    own = UserFactory(roles=[Role.EXECUTIVE])
    place(own, body, Membership.Role.MEMBER)
    UserFactory(roles=[Role.EXECUTIVE])
    assert items(own) == []


def test_a_draft_waits_for_nobody(member, body):
    FundingApplicationFactory(body=body)
    assert items(member) == []


def test_three_have_a_line_each_and_four_have_one_together(executive, member, body):
    meets(executive, dt.date(2018, 5, 24))
    for number in (1, 2, 3):
        applied(body, number, f"Thing {number}")
    assert len(items(member)) == 3
    applied(body, 4, "Thing 4")
    (item,) = items(member)
    assert item.name == "4 applications for money wait for your decision"
    assert item.why == (
        "The first: Application for money to decide on: ASB F1 Thing 1. It is due on Thursday 24 May 2018."
    )
    assert (item.do, item.url, item.urgency) == ("See the applications", "/funding/applications/", WANTED)


def test_the_team_sees_what_waits_for_the_csp_executive(executive, member, body):
    meets(executive, dt.date(2018, 5, 24))
    UserFactory(roles=[Role.EXECUTIVE])  # a second member owes the same decision: it is told once
    applied(body)
    (item,) = items(UserFactory(roles=[Role.COORDINATOR]))
    assert (item.name, item.urgency) == ("Application for money to decide on: ASB F1 Lighting", WAITING)
    assert item.why == "It waits for the CSP Executive’s decision. It is due on Thursday 24 May 2018."


# ---------------------------------------------------------------- what only the team or the chair can see to


def test_the_team_sees_at_once_what_nobody_may_decide_on(executive, member, body):
    application = applied(body)
    meets(executive, dt.date(2018, 6, 28))  # eight weeks ahead
    FundingInterestFactory(application=application, user=member)
    assert items(member) == []
    (item,) = items(UserFactory(roles=[Role.COORDINATOR]))
    assert item.name == "Application for money that only a meeting can decide on: ASB F1 Lighting"
    assert item.why == (
        "Nobody on the CSP Executive may decide on it here: put it on its agenda, and record what the meeting decides. "
        "It is due on Thursday 21 June 2018."
    )
    assert (item.urgency, item.url) == (WAITING, application.get_absolute_url())


def test_the_team_sees_at_once_what_was_agreed_and_is_no_project_yet(executive, member, body):
    application = FundingApplicationFactory(body=body, number=1, title="Lighting", agreed=True, decided_on=ON)
    (item,) = items(UserFactory(roles=[Role.COORDINATOR]))
    assert item.name == "Agreed money to be made a project: ASB F1 Lighting"
    # 2 to 4 May 3, 8 to 11 May 4 (7 May is a bank holiday), 14 to 18 May 5, 21 to 25 May 5, 29 to 31 May 3
    assert item.why == "It is agreed. It is due on Thursday 31 May 2018."
    assert (item.urgency, item.url) == (WAITING, application.get_absolute_url())
    assert items(member) == []


def test_four_for_the_team_have_one_line_together(executive, body):
    for number in (1, 2, 3, 4):
        FundingApplicationFactory(body=body, number=number, title=f"Thing {number}", agreed=True, decided_on=ON)
    (item,) = items(UserFactory(roles=[Role.COORDINATOR]))
    assert item.name == "4 applications for money wait for the partnership team"
    assert item.why == (
        "The first: Agreed money to be made a project: ASB F1 Thing 1. It is due on Thursday 31 May 2018."
    )


def test_the_mail_tells_the_team_before_the_meeting(executive, member, body):
    FundingInterestFactory(application=applied(body), user=member)
    meets(executive, dt.date(2018, 5, 9))  # 8 May 1, 4 to 1 May 5 (7 May is a bank holiday): due on 1 May
    sam = UserFactory(roles=[Role.COORDINATOR])
    (digest,) = [digest for digest in digests.due(ON) if digest.person == sam]
    assert [item.owed.what for item in digest.items] == [
        "Application for money that only a meeting can decide on: ASB F1 Lighting"
    ]


def test_its_chair_sees_a_draft_that_lacks_nothing(body):
    chair, support = UserFactory(roles=[Role.MEMBER]), UserFactory(roles=[Role.MEMBER])
    place(chair, body, Membership.Role.CHAIR)
    place(support, body, Membership.Role.SUPPORT)
    whole = {"body": body, "priority": PriorityFactory()}
    application = FundingApplicationFactory(**whole, number=1, title="Lighting")
    FundingApplicationFactory(**whole, number=2, exit_plan="")
    FundingApplicationFactory(priority=PriorityFactory())
    (item,) = (item for item in items(chair) if "Application" in item.name)
    assert item.name == "Application for money to submit: ASB F1 Lighting"
    assert item.why == "Nothing is missing in the draft. It waits for you to submit it to the CSP Executive."
    assert (item.do, item.url) == ("Read the draft", application.get_absolute_url())
    assert application.title not in str(items(support))


def test_many_drafts_cost_the_chair_as_many_queries_as_few(body):
    chair = UserFactory(roles=[Role.MEMBER])
    place(chair, body, Membership.Role.CHAIR)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            items(chair)
        return len(captured)

    for number in (1, 2):
        FundingApplicationFactory(body=body, number=number, priority=PriorityFactory())
    items(chair)
    few = queries()
    for number in range(3, 20):
        FundingApplicationFactory(body=body, number=number, priority=PriorityFactory())
    assert queries() == few


# ---------------------------------------------------------------- conditions and reports


def test_an_open_condition_is_its_owners(executive, body):
    owner = UserFactory(roles=[Role.MEMBER])
    application = FundingApplicationFactory(
        body=body, number=1, title="Lighting", agreed=True, decided_on=dt.date(2018, 4, 26)
    )
    approval = ApprovalFactory(delivery_plan=None, application=application, verdict="subject")
    UndertakingFactory(kind="condition", meeting=None, approval=approval, owner=owner, text="Name the parks", due_on=ON)
    (item,) = items(owner)
    assert item.name == "Condition on ASB F1 Lighting: Name the parks"


def test_a_report_to_the_funder_is_filled_in_from_the_first_page(body):
    support = UserFactory(roles=[Role.MEMBER])
    place(support, body, Membership.Role.SUPPORT)
    project = ProjectFactory(name="Patrols", slug="patrols", lead_body=body)
    FunderReportFactory(project=project, due_on=dt.date(2018, 4, 27), until_quarter=Quarter.parse("2017-18-q4"))
    (item,) = items(support)
    assert (item.name, item.state) == ("Report to the funder of Patrols, until 2017-18 Q4", "Overdue")
    assert (item.do, item.url) == ("Fill in the report", "/funding/projects/patrols/return/2017-18-q4/")


# ---------------------------------------------------------------- the digest


def test_the_digest_words_a_decision_as_it_does_other_things(
    executive, member, body, django_capture_on_commit_callbacks
):
    applied(body)
    meets(executive, ON)
    with django_capture_on_commit_callbacks(execute=True):
        digests.send(on=ON, by=None)
    (message,) = mail.outbox
    assert message.to == [member.email]
    assert message.subject == "1 thing to do due today"
    assert "Application for money to decide on: ASB F1 Lighting\nIt is due today, Tuesday 1 May 2018.\n" in message.body


def test_the_digest_words_a_report_to_a_funder(body, django_capture_on_commit_callbacks):
    support = UserFactory(roles=[Role.MEMBER])
    place(support, body, Membership.Role.SUPPORT)
    project = ProjectFactory(name="Patrols", slug="patrols", lead_body=body)
    FunderReportFactory(project=project, due_on=ON, until_quarter=Quarter.parse("2017-18-q4"))
    with django_capture_on_commit_callbacks(execute=True):
        digests.send(on=ON, by=None)
    (message,) = mail.outbox
    assert "Report to the funder of Patrols, until 2017-18 Q4\nIt is due today, Tuesday 1 May 2018.\n" in message.body
    assert "/funding/projects/patrols/return/2017-18-q4/" in message.body
    assert "If there is no figure this quarter" not in message.body  # no figure is asked for


# ---------------------------------------------------------------- costs


def test_many_applications_cost_as_many_queries_as_few(executive, member):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            items(member)
        return len(captured)

    for number in range(2):
        applied(BodyFactory(code=f"B{number}"))
    items(member)  # their roles are read once
    few = queries()
    for number in range(2, 30):
        applied(BodyFactory(code=f"B{number}"))
    assert queries() == few
