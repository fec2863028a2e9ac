"""What packs want of a person: on the first page, and in the reminders."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import RoleGrant
from governance.models import Body, Membership
from reporting import digests, home_packs
from reporting.clearing import owing
from reporting.models import Pack
from tests.factories.accounts import UserFactory
from tests.factories.governance import BodyFactory, place
from tests.factories.indicators import RoundFactory
from tests.factories.packs import PackFactory

pytestmark = pytest.mark.django_db
Role, Standing = RoleGrant.Role, Pack.Standing
BUILT = dt.datetime(2018, 5, 15, 9, tzinfo=dt.UTC)  # a Tuesday
MEETS = dt.date(2018, 5, 24)


@pytest.fixture
def jo():
    person = UserFactory(name="Jo Mercer", roles=[Role.EXECUTIVE])
    place(person, BodyFactory(slug="csp-executive", code="CSPE", kind=Body.Kind.EXECUTIVE), Membership.Role.CO_CHAIR)
    return person


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=[Role.COORDINATOR])


def meeting(on=MEETS):
    RoundFactory(
        quarter=PackFactory.quarter, opens_on=dt.date(2018, 4, 3), due_on=dt.date(2018, 4, 27),
        verify_by=dt.date(2018, 5, 4), closes_on=dt.date(2018, 5, 10), executive_meets_on=on,
    )  # fmt: skip


def told(person, on):
    found = home_packs.items(person, home_packs.in_sight(person), on)
    return [(item.name, item.state, item.do) for item in found]


def test_a_pack_to_approve_waits_until_the_meeting(jo, sam):
    meeting()
    pack = PackFactory(ended_at=BUILT, requested_by=sam)
    (owed,) = owing.owed(dt.date(2018, 5, 16))
    assert (owed.due_on, owed.person_id, owed.url) == (MEETS, jo.pk, f"/packs/{pack.pk}/")
    name = "Approve: Pack for 2017-18 Q4, executive edition, issue 1"
    assert (name, "", "Read and approve it") in told(jo, MEETS)
    assert (name, "Overdue", "Read and approve it") in told(jo, MEETS + dt.timedelta(days=1))
    assert told(sam, MEETS) == []


def test_without_a_meeting_to_come_it_waits_five_working_days(jo, sam):
    PackFactory(ended_at=BUILT, requested_by=sam)
    (owed,) = owing.owed(dt.date(2018, 5, 16))
    assert owed.due_on == dt.date(2018, 5, 22)


def test_built_after_the_meeting_it_is_not_late_at_once(jo, sam):
    meeting(on=dt.date(2018, 5, 10))
    PackFactory(ended_at=BUILT, requested_by=sam)
    (owed,) = owing.owed(dt.date(2018, 5, 16))
    assert owed.due_on == dt.date(2018, 5, 22)


def test_nobody_owes_the_word_on_what_they_asked_for_or_on_a_draft(jo):
    PackFactory(requested_by=jo)
    PackFactory(standing=Standing.DRAFT)
    assert owing.owed(MEETS) == []


def test_an_approved_pack_waits_for_the_team_to_issue_it(sam):
    PackFactory(standing=Standing.APPROVED)
    (item,) = told(sam, MEETS)
    assert item == ("Issue: Pack for 2017-18 Q4, executive edition, issue 1", "", "Go and issue it")


def test_a_build_that_failed_and_was_built_since_is_told_no_more(sam):
    failed = PackFactory(job_state="failed", failure="The storage is full.")
    assert told(sam, MEETS) == [("Pack for 2017-18 Q4, executive edition", "Failed", "Look at what happened")]
    PackFactory(plan=failed.plan, build=2)
    assert told(sam, MEETS) == []


def test_a_build_that_failed_because_its_number_was_issued_is_told_no_more(sam):
    first = PackFactory(issued=True)
    PackFactory(plan=first.plan, build=2, job_state="failed", failure="Issue 1 was issued while this was being built.")
    assert told(sam, MEETS) == []
    PackFactory(plan=first.plan, issue=2, job_state="failed", failure="The storage is full.")
    assert told(sam, MEETS) == [("Pack for 2017-18 Q4, executive edition", "Failed", "Look at what happened")]


def test_the_word_is_reminded_of_like_anything_owed(jo, sam):
    meeting()
    PackFactory(ended_at=BUILT, requested_by=sam)
    (digest,) = digests.due(dt.date(2018, 5, 17))  # a week before, a Thursday
    assert digest.person == jo
    assert [item.owed.what for item in digest.items] == ["Approval of: Pack for 2017-18 Q4, executive edition, issue 1"]


def test_many_packs_cost_as_many_queries_as_one(jo, sam):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as counted:
            owing.owed(MEETS)
        return len(counted)

    PackFactory(requested_by=sam)
    one = queries()
    for _ in range(9):
        PackFactory(requested_by=sam)
    assert len(owing.owed(MEETS)) == 10
    assert queries() == one <= 5


def test_a_report_under_embargo_is_to_be_read_by_scrutinys_officer_alone(jo, sam):
    nell = UserFactory(name="Nell Ashby", roles=[Role.SCRUTINY])
    place(nell, BodyFactory(slug="osc", code="OSC", kind=Body.Kind.SCRUTINY), Membership.Role.SUPPORT)
    councillor = UserFactory(name="Ade Bello", roles=[Role.SCRUTINY])
    now = timezone.now()
    pack = PackFactory(public=True, issued=True, publish_at=now + dt.timedelta(days=2))
    line = ("Read under embargo: Report for 2017-18 Q4, issue 1", "", "Read the report")
    assert told(nell, now.date()) == [line]
    assert told(councillor, now.date()) == []
    assert line not in told(jo, now.date()) and line not in told(sam, now.date())
    Pack.objects.filter(pk=pack.pk).update(publish_at=now)
    assert told(nell, now.date()) == []


def test_the_day_by_which_a_pack_is_to_be_approved_is_a_sentence_of_its_own(jo, sam):
    PackFactory(ended_at=BUILT, requested_by=sam)
    (item,) = home_packs.items(jo, [], dt.date(2018, 5, 16))
    assert item.why == (
        "It waits for the CSP Executive’s word. It is due on Tuesday 22 May 2018. What is approved is issued unchanged."
    )
