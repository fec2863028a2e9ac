"""Who is told by mail of a draft, of a pack to approve, of an issue, and of a public report under embargo; and what the mails say."""

import datetime as dt
import email
import email.policy

import pytest
from django.core import mail as sent
from django.utils import timezone

from accounts import outbox
from accounts.models import Mail, RoleGrant
from governance.models import Body, Membership
from reporting.clearing import telling
from reporting.models import Pack
from tests.factories.accounts import UserFactory
from tests.factories.governance import BodyFactory, DelegationFactory, place
from tests.factories.governing import MeetingFactory
from tests.factories.packs import PackFactory

pytestmark = pytest.mark.django_db
Role, Seat = RoleGrant.Role, Membership.Role


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def executive():
    return BodyFactory(slug="csp-executive", code="CSPE", kind=Body.Kind.EXECUTIVE)


@pytest.fixture
def jo(executive):
    person = UserFactory(name="Jo Mercer", roles=[Role.EXECUTIVE])
    place(person, executive, Seat.CO_CHAIR)
    return person


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=[Role.COORDINATOR])


def told(mails):
    return sorted((one.to.name, one.stage) for one in mails)


def send(mails):
    for one in mails:
        outbox.send(one.pk)
    return sent.outbox


def test_a_draft_of_the_schedule_is_told_to_the_team_with_what_is_missing(sam, jo, today):
    draft = PackFactory(standing=Pack.Standing.DRAFT, requested_by=None)
    mails = telling.built(draft, on=today, by=None)
    assert told(mails) == [("Sam Carrick", "pack_draft")]
    (message,) = send(mails)
    assert message.subject == "Draft: Pack for 2017-18 Q4, draft 1 of issue 1"
    assert "- C1 is missing: awaiting partner." in message.body
    assert f"/packs/{draft.pk}/" in message.body
    assert "Just" not in message.body


def test_a_draft_that_somebody_asked_for_is_told_to_nobody(sam, today):
    assert telling.built(PackFactory(standing=Pack.Standing.DRAFT, requested_by=sam), on=today, by=None) == []


def test_a_draft_that_has_been_built_again_is_not_told_any_more(sam, today):
    draft = PackFactory(standing=Pack.Standing.DRAFT, requested_by=None)
    mails = telling.built(draft, on=today, by=None)
    PackFactory(plan=draft.plan, build=2)
    assert send(mails) == []
    assert Mail.objects.get().state == Mail.State.DROPPED


def test_a_pack_to_approve_is_told_to_those_who_may_and_did_not_ask_for_it(sam, jo, executive, today):
    chair, deputy = UserFactory(name="Lee Okafor"), UserFactory(name="Una Reid")
    place(chair, executive, Seat.CO_CHAIR)
    seat = place(deputy, executive, Seat.DEPUTY)
    DelegationFactory(deputy=seat, given_by=chair, starts_on=today, ends_on=today)
    place(UserFactory(name="Max Field"), executive, Seat.DEPUTY)  # nothing delegated
    mails = telling.built(PackFactory(requested_by=chair), on=today, by=None)
    assert told(mails) == [("Jo Mercer", "pack_to_approve"), ("Una Reid", "pack_to_approve")]


@pytest.mark.parametrize(
    ("build", "subject", "says"), [(1, "To approve: ", False), (2, "To approve, built again: ", True)]
)
def test_a_build_after_another_says_so(sam, jo, today, build, subject, says):
    (message,) = send(telling.built(PackFactory(requested_by=sam, build=build), on=today, by=None))
    assert message.subject.startswith(subject)
    assert ("takes the place of an earlier build" in message.body) is says


def test_nobody_is_asked_to_approve_what_has_been_approved_since(sam, jo, today):
    pack = PackFactory(requested_by=sam)
    mails = telling.built(pack, on=today, by=None)
    Pack.objects.filter(pk=pack.pk).update(standing=Pack.Standing.APPROVED)
    assert send(mails) == []


def test_an_issue_reaches_the_members_with_the_meeting_as_a_calendar_entry(sam, jo, executive, today):
    starts = timezone.now().replace(microsecond=0) + dt.timedelta(days=6)
    pack = PackFactory(issued=True, requested_by=sam)
    MeetingFactory(body=executive, quarter=pack.quarter, starts_at=starts, place="Town Hall")
    mails = telling.issued(pack, on=today, by=sam)
    assert told(mails) == [("Jo Mercer", "pack_issued")]
    (message,) = send(mails)
    assert "Town Hall" in message.body
    whole = email.message_from_bytes(message.message().as_bytes(), policy=email.policy.default)
    (entry,) = [part for part in whole.walk() if part.get_content_type() == "text/calendar"]
    lines = entry.get_payload(decode=True).decode().splitlines()
    assert entry.get_filename() == "csp-executive.ics"
    assert f"DTSTART:{starts.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}" in lines
    assert lines.count("BEGIN:VEVENT") == 1


def test_an_issue_without_a_meeting_to_come_says_so(jo, today):
    (message,) = send(telling.issued(PackFactory(issued=True), on=today, by=None))
    assert "No meeting that takes it is planned yet." in message.body
    assert message.attachments == []


def test_an_issue_withdrawn_before_the_mail_goes_is_not_told(jo, sam, today):
    pack = PackFactory(issued=True)
    mails = telling.issued(pack, on=today, by=sam)
    told_of = {"withdrawn_at": timezone.now(), "withdrawn_by": sam, "withdrawn_because": "A figure was wrong"}
    Pack.objects.filter(pk=pack.pk).update(standing=Pack.Standing.WITHDRAWN, **told_of)
    assert send(mails) == []


def test_scrutinys_officer_hears_of_a_public_report_before_it_is_published(jo, today):
    committee = BodyFactory(slug="osc", code="OSC", kind=Body.Kind.SCRUTINY)
    nell, member = UserFactory(name="Nell Ashby", roles=[Role.SCRUTINY]), UserFactory(roles=[Role.SCRUTINY])
    place(nell, committee, Seat.SUPPORT)
    place(member, committee, Seat.MEMBER)
    at = timezone.now() + dt.timedelta(days=2)
    mails = telling.issued(PackFactory(public=True, issued=True, publish_at=at), on=today, by=None)
    assert told(mails) == [("Nell Ashby", "pack_dispatched")]
    (message,) = send(mails)
    assert "under embargo until" in message.body
    assert "/committee/" in message.body


def test_told_twice_is_told_once(sam, jo, today):
    pack = PackFactory(requested_by=sam)
    telling.built(pack, on=today, by=None)
    telling.built(pack, on=today, by=None)
    assert Mail.objects.count() == 1
