"""What scrutiny asks, from the day it is recorded to the day it is closed. Today is 23 May 2018 unless said otherwise."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent, Organisation
from governance.actions import scrutiny as actions
from governance.models import Body, Recommendation
from lib.editing import Stale
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.governance import BodyFactory
from tests.factories.governing import MeetingFactory, RecommendationFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2018, 5, 23)
Kind, Outcome = Recommendation.Kind, Recommendation.Outcome


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2018, 5, 23, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", post="Partnership coordinator", roles=["coordinator"])


@pytest.fixture
def committee():
    return BodyFactory(name="Overview and Scrutiny Committee", code="OSC", kind=Body.Kind.SCRUTINY)


def asked(committee, by, **changed):
    told = {
        "kind": Kind.RECOMMENDATION,
        "text": " Report burglary by ward ",
        "made_on": dt.date(2018, 5, 2),
        "sent_on": dt.date(2018, 5, 4),
        "meeting": None,
        "owner": None,
        "owner_post": "Partnership coordinator",
        "sent_to": [],
        **changed,
    }
    return actions.record(committee, **told, by=by)


def answered(one, by, **changed):
    told = {
        "answer": "From October on",
        "outcome": Outcome.ACCEPTED,
        "answered_by": "CSP Executive",
        "answered_on": dt.date(2018, 5, 22),
        "follow_up_on": None,
        "closes": False,
        "version": one.version,
        **changed,
    }
    return actions.answer(one, **told, by=by)


def said(one, by, **changed):
    told = {"said": "It is there", "follow_up_on": None, "closes": False, "version": one.version, **changed}
    return actions.follow_up(one, **told, by=by)


def refusal(call, *args, **told):
    with pytest.raises(ValidationError) as refused:
        call(*args, **told)
    error = refused.value
    return error.message_dict if hasattr(error, "error_dict") else error.messages


class TestRecording:
    def test_the_answer_is_due_28_days_after_it_was_sent(self, committee, sam):
        one = asked(committee, sam)
        assert (one.number, one.text, one.due_on) == (1, "Report burglary by ward", dt.date(2018, 6, 1))
        event = AuditEvent.objects.get(kind="recommendation_recorded")
        assert (event.actor, event.subject_label) == (sam, "OSC 1: Report burglary by ward")

    def test_each_committee_counts_its_own(self, committee, sam):
        asked(committee, sam)
        other = BodyFactory(kind=Body.Kind.SCRUTINY)
        assert [asked(committee, sam).number, asked(other, sam).number] == [2, 1]

    def test_made_at_a_meeting_it_needs_no_day_of_its_own(self, committee, sam):
        meeting = MeetingFactory(body=committee, starts_at=dt.datetime(2018, 5, 2, 18, 30, tzinfo=dt.UTC))
        assert asked(committee, sam, made_on=None, meeting=meeting).made_on == dt.date(2018, 5, 2)

    def test_whoever_is_sent_it_is_named_as_on_that_day(self, committee, sam):
        health = OrganisationFactory(kind=Organisation.Kind.HEALTH)
        health.names.update(name="Care Trust", ends_on=dt.date(2018, 5, 3))
        health.names.create(name="Commissioning Group", starts_on=dt.date(2018, 5, 4))
        one = asked(committee, sam, sent_to=[health], others=["Victim Support"])
        assert [(row.name, row.organisation, row.sent_on) for row in one.recipients.all()] == [
            ("Commissioning Group", health, dt.date(2018, 5, 4)),
            ("Victim Support", None, dt.date(2018, 5, 4)),
        ]

    @pytest.mark.parametrize(
        ("changed", "field", "sentence"),
        [
            ({"text": "  "}, "text", "Enter what was asked"),
            ({"made_on": None}, "made_on", "Enter the day it was made, or choose the meeting"),
            ({"made_on": dt.date(2018, 5, 24)}, "made_on", "today or in the past"),
            ({"sent_on": dt.date(2018, 5, 24)}, "sent_on", "today or in the past"),
            ({"sent_on": dt.date(2018, 5, 1)}, "sent_on", "before it was made, on 2 May 2018"),
            ({"owner_post": " "}, "owner_post", "a post, a person or both"),
            ({"kind": "order"}, "kind", "Say what was asked for"),
            ({"others": ["Victim Support", "victim support"]}, "others", "On the list already: victim support"),
            ({"others": ["V" * 121]}, "others", "120 characters or fewer"),
        ],
    )
    def test_what_is_refused(self, committee, sam, changed, field, sentence):
        refused = refusal(asked, committee, sam, **changed)
        assert list(refused) == [field]
        assert sentence in refused[field][0]
        assert Recommendation.objects.count() == 0

    def test_only_a_scrutiny_committee_asks(self, sam):
        assert "is no scrutiny committee" in refusal(asked, BodyFactory(), sam)["committee"][0]

    def test_a_meeting_of_another_body_is_refused(self, committee, sam):
        assert list(refusal(asked, committee, sam, meeting=MeetingFactory())) == ["meeting"]

    @pytest.mark.parametrize("roles", [["data_lead"], ["scrutiny"], ["administrator"], []])
    def test_nobody_owns_the_answer_who_can_not_give_it(self, committee, sam, roles):
        assert list(refusal(asked, committee, sam, owner=UserFactory(roles=roles))) == ["owner"]

    @pytest.mark.parametrize("role", ["coordinator", "executive", "member"])
    def test_the_partnership_answers(self, committee, sam, role):
        person = UserFactory(roles=[role])
        assert asked(committee, sam, owner=person, owner_post="").owner == person


class TestCorrecting:
    def correct(self, one, by, **changed):
        told = {name: getattr(one, name) for name in ("kind", "text", "made_on", "sent_on", "meeting", "version")}
        return actions.correct(one, **{**told, "reason": "Misread", **changed}, by=by)

    def test_the_28_days_are_counted_anew(self, sam):
        one = RecommendationFactory()
        self.correct(one, sam, sent_on=dt.date(2018, 5, 8))
        one.refresh_from_db()
        assert (one.due_on, one.version) == (dt.date(2018, 6, 5), 2)
        event = AuditEvent.objects.get(kind="recommendation_corrected")
        assert [line["what"] for line in event.changes] == ["Sent on", "Answer due"]
        assert event.comment == "Misread"

    def test_it_needs_a_reason(self, sam):
        refused = refusal(self.correct, RecommendationFactory(), sam, text="By street", reason=" ")
        assert refused == {"reason": ["Say why it changes"]}

    def test_the_same_again_leaves_no_trace(self, sam):
        one = self.correct(RecommendationFactory(), sam, reason="")
        assert (one.version, AuditEvent.objects.count()) == (1, 0)

    def test_what_is_answered_stays_as_it_was_asked(self, sam):
        one = answered(RecommendationFactory(), sam)
        assert refusal(self.correct, one, sam, text="By street") == [actions.ANSWERED]


class TestAnswering:
    def test_who_answered_and_who_recorded_it_are_both_kept(self, sam):
        one = answered(RecommendationFactory(), sam)
        one.refresh_from_db()
        assert (one.answered_by, one.answer_recorded_by, one.outcome) == ("CSP Executive", sam, "accepted")
        assert one.closed_on is None

    def test_it_never_changes(self, sam):
        one = answered(RecommendationFactory(), sam)
        assert "answered already" in refusal(answered, one, sam, answer="No")[0]
        one.refresh_from_db()
        assert one.answer == "From October on"

    def test_two_who_answer_at_a_time(self, sam):
        one = RecommendationFactory()
        late = Recommendation.objects.get(pk=one.pk)
        answered(one, sam)
        with pytest.raises(Stale):
            answered(late, sam, answer="No")

    @pytest.mark.parametrize(
        ("kind", "outcome"),
        [
            (Kind.RECOMMENDATION, Outcome.GIVEN),
            (Kind.INFORMATION, Outcome.ACCEPTED),
            (Kind.ATTENDANCE, Outcome.PARTLY),
            (Kind.RECOMMENDATION, ""),
        ],
    )
    def test_the_outcome_suits_what_was_asked(self, sam, kind, outcome):
        refused = refusal(answered, RecommendationFactory(kind=kind), sam, outcome=outcome)
        assert refused == {"outcome": ["Choose the outcome"]}

    @pytest.mark.parametrize(
        ("day", "counts"),
        [
            (dt.date(2018, 5, 3), False),  # the day before it was sent
            (dt.date(2018, 5, 4), True),
            (dt.date(2018, 5, 23), True),
            (dt.date(2018, 5, 24), False),  # tomorrow
        ],
    )
    def test_the_day_of_the_answer(self, sam, day, counts):
        if counts:
            found = answered(RecommendationFactory(), sam, answered_on=day)
            assert (found.answered_on, found.answer_recorded_at) == (day, dt.datetime(2018, 5, 23, 9, 0, tzinfo=dt.UTC))
        else:
            assert list(refusal(answered, RecommendationFactory(), sam, answered_on=day)) == ["answered_on"]

    def test_it_can_be_closed_at_once(self, sam):
        one = answered(RecommendationFactory(kind=Kind.INFORMATION), sam, outcome=Outcome.GIVEN, closes=True)
        assert one.closed_on == TODAY

    def test_not_both_closed_and_looked_at_again(self, sam):
        told = {"follow_up_on": dt.date(2018, 6, 29), "closes": True}
        assert list(refusal(answered, RecommendationFactory(), sam, **told)) == ["follow_up_on"]

    @pytest.mark.parametrize("day", [dt.date(2018, 5, 23), dt.date(2017, 5, 24)])
    def test_it_is_looked_at_again_in_the_future(self, sam, day):
        assert list(refusal(answered, RecommendationFactory(), sam, follow_up_on=day)) == ["follow_up_on"]


class TestFollowingUp:
    def test_each_is_added_under_the_last_with_its_day_and_who_said_it(self, sam):
        one = answered(RecommendationFactory(), sam, follow_up_on=dt.date(2018, 6, 29))
        said(one, sam, said="Half of the wards", follow_up_on=dt.date(2018, 9, 28))
        said(one, sam, said="All of them", closes=True)
        one.refresh_from_db()
        head = "23 May 2018, Sam Carrick, Partnership coordinator:\n"
        assert one.follow_up == f"{head}Half of the wards\n\n{head}All of them"
        assert (one.follow_up_on, one.closed_on) == (None, TODAY)

    def test_what_is_closed_opens_again(self, sam):
        one = answered(RecommendationFactory(), sam, closes=True)
        assert said(one, sam).closed_on is None

    def test_not_before_it_is_answered(self, sam):
        assert "not answered yet" in refusal(said, RecommendationFactory(), sam)[0]

    def test_it_says_something(self, sam):
        assert list(refusal(said, answered(RecommendationFactory(), sam), sam, said=" ")) == ["said"]


class TestOwnerAndCopies:
    def test_somebody_else_sees_to_it(self, sam):
        one = RecommendationFactory()
        actions.give_to(one, owner=sam, owner_post="", version=one.version, by=sam)
        one.refresh_from_db()
        assert (one.owner, one.owner_post, one.version) == (sam, "", 2)

    def test_the_same_owner_again_leaves_no_trace(self, sam):
        one = RecommendationFactory()
        actions.give_to(one, owner=None, owner_post=one.owner_post, version=one.version, by=sam)
        assert AuditEvent.objects.count() == 0

    def test_nobody_is_on_the_list_twice_under_another_name(self, committee, sam):
        police = OrganisationFactory()
        one = asked(committee, sam, sent_to=[police])
        one.recipients.update(name="The Met")
        told = {"sent_to": [police], "others": [], "sent_on": TODAY}
        assert list(refusal(actions.send_copies, one, **told, by=sam)) == ["others"]

    @pytest.mark.parametrize("day", [dt.date(2018, 5, 1), dt.date(2018, 5, 24)])
    def test_a_copy_is_sent_between_the_making_and_today(self, sam, day):
        told = {"sent_to": [], "others": ["Victim Support"], "sent_on": day}
        assert list(refusal(actions.send_copies, RecommendationFactory(), **told, by=sam)) == ["sent_on"]

    def test_an_empty_list_adds_nobody(self, sam):
        told = {"sent_to": [], "others": [], "sent_on": TODAY}
        assert list(refusal(actions.send_copies, RecommendationFactory(), **told, by=sam)) == ["others"]
