"""The CSP Executive's word on a pack: by whom, on which bytes, given here or recorded."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEvent
from governance.models import Body, Membership
from lib.editing import Stale
from reporting.actions import approving
from reporting.clearing import approvers
from reporting.models import Pack, PackApproval
from tests.factories.accounts import UserFactory
from tests.factories.governance import BodyFactory, DelegationFactory, MembershipFactory, place
from tests.factories.governing import MeetingFactory
from tests.factories.packs import PackFactory

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def executive():
    return BodyFactory(kind=Body.Kind.EXECUTIVE, name="CSP Executive", slug="csp-executive", code="CSPE")


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def jo(executive):
    person = UserFactory(name="Jo Mercer", roles=["executive"])
    place(person, executive, Role.CO_CHAIR)
    return person


@pytest.fixture
def pack(sam):
    return PackFactory(requested_by=sam)


def said(refusal):
    return refusal.value.message_dict if hasattr(refusal.value, "error_dict") else refusal.value.messages


def today():
    return timezone.localdate()


def by_mail(pack, sam, **told):
    given = {"verdict": "approved", "given_on": today(), "given_by": "Jo Mercer", "route": "mail"}
    return approving.record(pack, **given | {"evidence": "Mail of today"} | told, version=pack.version, by=sam)


# ---------------------------------------------------------------- given here


def test_a_co_chair_approves_these_very_bytes(pack, jo):
    word = approving.approve(pack, said="Good", version=1, by=jo)
    pack.refresh_from_db()
    assert (pack.standing, pack.version, pack.issued_at) == ("approved", 2, None)
    assert (word.verdict, word.route, word.given_by, word.post) == ("approved", "here", "Jo Mercer", "Superintendent")
    assert (word.giver, word.recorded_by, word.given_on, word.said) == (jo, jo, today(), "Good")
    assert word.pdf_sha256 == pack.pdf_sha256
    event = AuditEvent.objects.get(kind="pack_approved")
    assert event.actor == jo and pack.pdf_sha256 in str(event.changes)


def test_a_deputy_approves_only_while_the_chair_is_delegated(pack, executive, jo):
    tom = UserFactory(name="Tom Okafor", roles=["executive"])
    deputy = place(tom, executive, Role.DEPUTY)
    with pytest.raises(ValidationError) as refusal:
        approving.approve(pack, version=1, by=tom)
    assert said(refusal) == [
        "Only the CSP Executive’s chair, a co-chair or a deputy who acts for them approves a pack: ask Jo Mercer."
    ]
    yesterday = today() - dt.timedelta(days=1)
    DelegationFactory(deputy=deputy, starts_on=yesterday, ends_on=yesterday)
    with pytest.raises(ValidationError):
        approving.approve(pack, version=1, by=tom)
    DelegationFactory(deputy=deputy, starts_on=today(), ends_on=today())
    assert approving.approve(pack, version=1, by=tom).given_by == "Tom Okafor"


def test_chair_of_another_body_does_not_speak_for_it(pack, jo):
    other = UserFactory(name="Dana Reid", roles=["executive"])
    place(other, BodyFactory(), Role.CHAIR)
    with pytest.raises(ValidationError):
        approving.approve(pack, version=1, by=other)


def test_somebody_whose_time_as_chair_is_over_does_not(pack, executive, jo):
    was = UserFactory(name="Ann Was")
    MembershipFactory(user=was, body=executive, role=Role.CHAIR, ends_on=today() - dt.timedelta(days=1))
    with pytest.raises(ValidationError):
        approving.approve(pack, version=1, by=was)
    will = UserFactory(name="Will Be")
    MembershipFactory(user=will, body=executive, role=Role.CHAIR, starts_on=today() + dt.timedelta(days=1))
    with pytest.raises(ValidationError):
        approving.approve(pack, version=1, by=will)


def test_nobody_approves_what_they_asked_for(executive, jo):
    pack = PackFactory(requested_by=jo)
    with pytest.raises(ValidationError) as refusal:
        approving.approve(pack, version=1, by=jo)
    assert said(refusal) == [
        "You asked for this build, so somebody else approves it: "
        "ask the partnership team to record what the CSP Executive’s chair says."
    ]
    place(UserFactory(name="Tom Okafor"), executive, Role.CHAIR)
    place(UserFactory(name="Ana Bell"), executive, Role.CO_CHAIR)
    with pytest.raises(ValidationError) as refusal:
        approving.approve(pack, version=1, by=jo)
    assert said(refusal) == ["You asked for this build, so somebody else approves it: ask Tom Okafor or Ana Bell."]


def test_the_same_person_with_a_second_account_does_not_either(executive):
    pack = PackFactory(requested_by=UserFactory(name="Jo Mercer"))
    twin = UserFactory(name="Cllr Jo Mercer")
    place(twin, executive, Role.CHAIR)
    with pytest.raises(ValidationError):
        approving.approve(pack, version=1, by=twin)


def test_what_the_calendar_asked_for_is_approved_by_anyone_who_speaks_for_it(jo):
    assert approving.approve(PackFactory(requested_by=None), version=1, by=jo)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"standing": "draft"}, "A draft is to be looked at. Build the pack to be issued, and have that approved."),
        ({"standing": "approved"}, "This pack is approved already."),
        ({"issued": True}, "This pack is issued already."),
        ({"standing": "set_aside"}, "This build has been set aside. Open the newest one."),
        ({"job_state": "running"}, "This pack is not built yet."),
        ({"job_state": "failed"}, "This pack is not built yet."),
    ],
)
def test_only_what_waits_for_a_word_gets_one(jo, fields, sentence):
    with pytest.raises(ValidationError) as refusal:
        approving.approve(PackFactory(**fields), version=1, by=jo)
    assert said(refusal) == [sentence]
    assert not PackApproval.objects.exists()


def test_word_on_another_version_is_not_taken(pack, jo):
    with pytest.raises(Stale):
        approving.approve(pack, version=2, by=jo)
    assert not PackApproval.objects.exists()


def test_not_approved_is_set_aside_with_the_reason(pack, jo):
    with pytest.raises(ValidationError) as refusal:
        approving.refuse(pack, said="  ", version=1, by=jo)
    assert list(said(refusal)) == ["said"]
    word = approving.refuse(pack, said="D2 says nothing", version=1, by=jo)
    pack.refresh_from_db()
    assert (pack.standing, word.verdict, word.said) == ("set_aside", "refused", "D2 says nothing")
    assert AuditEvent.objects.get(kind="pack_refused").comment == "D2 says nothing"


def test_issued_at_once_where_that_was_asked_for(sam, jo):
    pack = PackFactory(requested_by=sam, issue_when_approved=True)
    approving.approve(pack, version=1, by=jo)
    pack.refresh_from_db()
    assert (pack.standing, pack.issued_by, pack.version) == ("issued", jo, 3)
    assert pack.publish_at is None


def test_stays_approved_where_something_stands_in_the_way(sam, jo):
    pack = PackFactory(requested_by=sam, issue_when_approved=True, public=True)  # its executive edition isn't issued
    approving.approve(pack, version=1, by=jo)
    pack.refresh_from_db()
    assert pack.standing == Pack.Standing.APPROVED


# ---------------------------------------------------------------- given elsewhere


def test_a_mail_is_recorded_with_where_it_can_be_read(pack, sam, jo):
    word = by_mail(pack, sam, given_by="mercer, jo")
    pack.refresh_from_db()
    assert pack.standing == Pack.Standing.APPROVED
    assert (word.given_by, word.post, word.giver, word.recorded_by) == ("Jo Mercer", "Superintendent", None, sam)
    assert (word.route, word.evidence, word.pdf_sha256) == ("mail", "Mail of today", pack.pdf_sha256)


def test_a_chair_without_an_account_gives_a_word_by_mail(pack, sam, executive):
    MembershipFactory(body=executive, user=None, name="Dana Reid", post="Borough Commander", role=Role.CHAIR)
    assert by_mail(pack, sam, given_by="Dana Reid").post == "Borough Commander"


def test_a_word_of_a_meeting_names_it(pack, sam, jo, executive):
    meeting = MeetingFactory(body=executive, starts_at=timezone.now())
    word = by_mail(pack, sam, route="meeting", meeting=meeting, evidence="")
    assert word.meeting == meeting
    other = PackFactory(requested_by=sam)
    with pytest.raises(ValidationError) as refusal:
        by_mail(other, sam, route="meeting", meeting=MeetingFactory(starts_at=timezone.now()), evidence="")
    assert said(refusal) == {"meeting": ["Choose a meeting of the CSP Executive"]}


def test_a_refusal_given_elsewhere_sets_it_aside(pack, sam, jo):
    by_mail(pack, sam, verdict="refused", said="Not yet")
    pack.refresh_from_db()
    assert pack.standing == Pack.Standing.SET_ASIDE


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"given_on": dt.date(2100, 1, 1)}, "given_on"),
        ({"given_by": ""}, "given_by"),
        ({"given_by": "Lena Fox"}, "given_by"),
        ({"route": "here"}, "route"),
        ({"route": ""}, "route"),
        ({"evidence": " "}, "evidence"),
        ({"route": "meeting", "evidence": ""}, "evidence"),
    ],
)
def test_what_a_record_must_say(pack, sam, jo, told, field):
    with pytest.raises(ValidationError) as refusal:
        by_mail(pack, sam, **told)
    assert field in said(refusal)
    assert not PackApproval.objects.exists()


def test_nobody_approved_a_file_before_it_was_built(sam, jo):
    built = timezone.now() - dt.timedelta(days=2)
    pack = PackFactory(requested_by=sam, ended_at=built)
    day = timezone.localdate(built)
    with pytest.raises(ValidationError) as refusal:
        by_mail(pack, sam, given_on=day - dt.timedelta(days=1))
    assert "nobody can have approved it before then" in said(refusal)["given_on"][0]
    assert by_mail(pack, sam, given_on=day).given_on == day


def test_who_asked_for_the_build_is_no_giver_of_a_recorded_word(sam, executive):
    place(sam, executive, Role.CHAIR)
    place(UserFactory(name="Tom Okafor"), executive, Role.CO_CHAIR)
    with pytest.raises(ValidationError) as refusal:
        by_mail(PackFactory(requested_by=sam), sam, given_by="Sam Carrick")
    assert said(refusal)["given_by"] == [
        "Sam Carrick asked for this build, so somebody else approves it: ask Tom Okafor"
    ]


def test_who_chaired_on_the_day_counts_not_who_chairs_today(sam, executive):
    was = UserFactory(name="Ann Was")
    yesterday = today() - dt.timedelta(days=1)
    MembershipFactory(user=was, name="Ann Was", body=executive, role=Role.CHAIR, ends_on=yesterday)
    pack = PackFactory(requested_by=sam, ended_at=timezone.now() - dt.timedelta(days=3))
    with pytest.raises(ValidationError):
        by_mail(pack, sam, given_by="Ann Was", given_on=today())
    assert by_mail(pack, sam, given_by="Ann Was", given_on=yesterday)


def test_vacant_chairs_are_nobody(executive):
    MembershipFactory(body=executive, user=None, name="", role=Role.CHAIR)
    assert approvers.on(today()) == []
