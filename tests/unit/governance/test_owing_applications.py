"""What applications for money want of whom: a decision, the project that comes of it, and the conditions."""

import datetime as dt

import pytest

from governance import owing
from governance.models import Body, Meeting, Undertaking
from governance.owing import applications
from lib.owed import NOBODY
from tests.factories import UserFactory
from tests.factories.funding import FundingApplicationFactory, FundingInterestFactory, ProjectFactory
from tests.factories.governance import BodyFactory, MembershipFactory
from tests.factories.governing import ApprovalFactory, MeetingFactory, UndertakingFactory

pytestmark = pytest.mark.django_db

ON = dt.date(2017, 5, 2)  # applications of the factory are submitted on Thursday 20 April 2017


@pytest.fixture
def jo():
    return UserFactory(name="Jo Mercer", roles=["executive"])


@pytest.fixture
def tom():
    return UserFactory(name="Tom Okafor", roles=["executive"])


def told(on, person=None):
    return [(item.person_id, item.due_on, item.stage) for item in applications.owed(on, person)]


def meets(*days, **fields):
    executive = BodyFactory(kind=Body.Kind.EXECUTIVE)
    for day in days:
        MeetingFactory(body=executive, starts_at=dt.datetime(*day, 9, 0, tzinfo=dt.UTC), **fields)


class TestADecision:
    def test_is_owed_by_every_member_who_may_decide(self, jo, tom):
        application = FundingApplicationFactory(submitted=True)
        assert {who for who, _, _ in told(ON)} == {jo.pk, tom.pk}
        FundingInterestFactory(application=application, user=tom)
        assert [who for who, _, _ in told(ON)] == [jo.pk]
        MembershipFactory(body=application.body, user=None, name="Ms Jo Mercer")
        assert [who for who, _, _ in told(ON)] == [NOBODY]

    def test_by_its_drafter_or_submitter_it_is_not_owed(self, jo, tom):
        FundingApplicationFactory(submitted=True, drafted_by=jo, submitted_by=tom)
        assert [who for who, _, _ in told(ON)] == [NOBODY]

    def test_where_nobody_may_decide_the_team_is_told_a_week_before_the_meeting(self, jo):
        application = FundingApplicationFactory(submitted=True, title="Patrols", number=2, body=BodyFactory(code="ASB"))
        FundingInterestFactory(application=application, user=jo)
        meets((2017, 6, 8))
        (item,) = applications.owed(ON)
        # 7, 6, 5 June 3, 2 June 4, 1 June 5
        assert (item.person_id, item.due_on) == (NOBODY, dt.date(2017, 6, 1))
        assert item.what == "Application for money that only a meeting can decide on: ASB F2 Patrols"

    def test_but_not_before_it_was_submitted(self, jo):
        FundingInterestFactory(application=FundingApplicationFactory(submitted=True), user=jo)
        meets((2017, 4, 24))  # two working days after 20 April
        assert told(dt.date(2017, 4, 20)) == [(NOBODY, dt.date(2017, 4, 20), "due")]

    def test_with_a_person_only_theirs(self, jo, tom):
        FundingApplicationFactory(submitted=True)
        assert [who for who, _, _ in told(ON, tom)] == [tom.pk]

    def test_without_a_meeting_it_is_due_twenty_working_days_after_its_submission(self, jo):
        FundingApplicationFactory(submitted=True)
        # 21 to 28 April are 6, 2 to 5 May 4 (1 May is a bank holiday), 8 to 12 May 5, 15 to 19 May 5
        assert told(ON) == [(jo.pk, dt.date(2017, 5, 19), "due")]
        assert told(dt.date(2017, 5, 19))[0][2] == "due"
        assert told(dt.date(2017, 5, 20))[0][2] == "overdue"

    def test_it_is_due_in_the_first_meeting_after_its_submission(self, jo):
        FundingApplicationFactory(submitted=True)
        meets((2017, 4, 20), (2017, 6, 8), (2017, 7, 6))
        assert told(ON) == [(jo.pk, dt.date(2017, 6, 8), "due")]
        assert told(dt.date(2017, 6, 9)) == [(jo.pk, dt.date(2017, 6, 8), "overdue")]

    def test_a_meeting_that_was_called_off_or_is_anothers_does_not_count(self, jo):
        FundingApplicationFactory(submitted=True)
        meets((2017, 6, 8), state=Meeting.State.CANCELLED, cancelled_because="Away")
        MeetingFactory(starts_at=dt.datetime(2017, 5, 4, 9, 0, tzinfo=dt.UTC))
        assert told(ON) == [(jo.pk, dt.date(2017, 5, 19), "due")]

    def test_a_draft_and_what_is_settled_want_none(self, jo):
        FundingApplicationFactory()
        ProjectFactory(application=FundingApplicationFactory(agreed=True))
        assert told(ON) == []

    def test_submitted_again_reminders_begin_anew(self, jo):
        application = FundingApplicationFactory(submitted=True)
        (before,) = applications.owed(ON)
        type(application).objects.filter(pk=application.pk).update(version=3)
        (after,) = applications.owed(ON)
        assert (before.thing, before.url) == (after.thing, application.get_absolute_url())
        assert before.cycle != after.cycle


def test_agreed_money_is_to_become_a_project_and_the_team_is_told(jo):
    application = FundingApplicationFactory(agreed=True)  # on Thursday 25 May 2017
    (item,) = applications.owed(dt.date(2017, 6, 1))
    # 26 May 1, 30 May to 2 June 4 (29 May is a bank holiday), 5 to 9 June 5, 12 to 16 June 5, 19 to 23 June 5
    assert (item.person_id, item.due_on, item.stage) == (NOBODY, dt.date(2017, 6, 23), "due")
    assert owing.is_nobodys(item) and application.title in item.what


class TestConditions:
    @pytest.fixture
    def condition(self, jo):
        application = FundingApplicationFactory(agreed=True, title="Patrols", number=2, body=BodyFactory(code="ASB"))
        ProjectFactory(application=application)
        approval = ApprovalFactory(application=application, delivery_plan=None)
        due = {"due_on": dt.date(2017, 10, 26), "text": "Report", "meeting": None}
        return UndertakingFactory(kind=Undertaking.Kind.CONDITION, approval=approval, owner=jo, **due)

    def test_an_open_one_is_its_owners(self, condition, jo):
        (item,) = applications.owed(ON, jo)
        assert (item.due_on, item.thing) == (dt.date(2017, 10, 26), f"governance.undertaking:{condition.pk}")
        assert item.what == "Condition on ASB F2 Patrols: Report"

    def test_it_is_told_once_among_all_that_is_owed(self, condition, jo):
        assert [item.thing for item in owing.owed(ON, jo)].count(f"governance.undertaking:{condition.pk}") == 1


@pytest.mark.parametrize("count", [1, 20])
def test_as_many_queries_for_twenty(jo, tom, count, django_assert_num_queries):
    for _ in range(count):
        FundingInterestFactory(application=FundingApplicationFactory(submitted=True))
        FundingApplicationFactory(agreed=True)
    with django_assert_num_queries(8):
        applications.owed(ON)
