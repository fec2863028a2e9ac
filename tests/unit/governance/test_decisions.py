"""Decisions are numbered, seen to, put right in their wording, and replaced: never changed. What arose is ended by one press."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from governance import decisions, naming
from governance.actions import decisions as actions
from governance.actions import undertakings
from governance.models import Decision, Undertaking
from lib.editing import Stale
from tests.factories.accounts import UserFactory
from tests.factories.governance import ActionFactory, BodyFactory, place
from tests.factories.governing import DecisionFactory, MeetingFactory, UndertakingFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.priorities import CommitmentFactory

pytestmark = pytest.mark.django_db
D = dt.date
DAY, DUE = D(2018, 5, 24), D(2018, 6, 14)


@pytest.fixture
def sam():
    return UserFactory(roles=["coordinator"])


@pytest.fixture
def body():
    return BodyFactory(code="ASB")


def record(body, by, **told):
    given = {
        "text": "Two patrols more",
        "reason": "Fridays",
        "decided_on": DAY,
        "delegate": "Jo Mercer",
        "authority": "ASB D1",
    }
    if "meeting" in told:
        given |= {"delegate": "", "authority": ""}
    return actions.record(body, **{**given, **told}, by=by)


def test_each_body_counts_its_own(body, sam):
    other = BodyFactory(code="TMG")
    made = [record(one, sam).reference for one in (body, body, other, body)]
    assert made == ["ASB D1", "ASB D2", "TMG D1", "ASB D3"]


def test_in_a_meeting_and_by_delegation(body, sam):
    meeting = MeetingFactory(body=body)
    assert record(body, sam, meeting=meeting).route == Decision.Route.MEETING
    between = record(body, sam)
    assert (between.route, between.delegate, between.meeting) == (Decision.Route.DELEGATION, "Jo Mercer", None)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"delegate": ""}, "delegate"),
        ({"authority": " "}, "authority"),
        ({"owner_post": "Superintendent"}, "due_on"),
        ({"due_on": DUE}, "who"),
        ({"owner_post": "Superintendent", "due_on": D(2018, 5, 23)}, "due_on"),
    ],
)
def test_what_is_missing_is_said_at_its_field(body, sam, told, field):
    with pytest.raises(ValidationError) as refused:
        record(body, sam, **told)
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize("told", [{"text": " "}, {"reason": ""}])
def test_without_words(body, sam, told):
    with pytest.raises(ValidationError, match="Say what was decided, and why"):
        record(body, sam, **told)


def test_at_a_meeting_of_another_body_or_one_that_was_called_off(body, sam):
    for meeting in (MeetingFactory(), MeetingFactory(body=body, state="cancelled", cancelled_because="x")):
        with pytest.raises(ValidationError, match="Choose a meeting of this body"):
            record(body, sam, meeting=meeting)


# ---------------------------------------------------------------- replaced, never changed


def test_a_later_decision_replaces_an_earlier_one(body, sam):
    first = record(body, sam, owner=sam, due_on=DUE)
    second = record(body, sam, text="One patrol more", replaces=first)
    first.refresh_from_db()
    assert (second.replaces, first.text, first.replaced_by) == (first, "Two patrols more", second)
    assert not Decision.objects.not_done().exists(), "nobody is to see to the first any more"
    with pytest.raises(ValidationError, match="ASB D1 has been replaced already, by ASB D2"):
        record(body, sam, replaces=first)
    with pytest.raises(ValidationError, match="was replaced by ASB D2"):
        actions.see_to(first, note="", on=DUE, version=first.version, by=sam)


def test_only_its_own_body_replaces_it(body, sam):
    theirs = DecisionFactory()
    with pytest.raises(ValidationError, match="another body’s decision"):
        record(body, sam, replaces=theirs)


def test_wording_is_put_right_with_a_reason(body, sam):
    decision = record(body, sam, text="Two patrol more")
    told = {"text": "Two patrols more", "reason": "Fridays"}
    with pytest.raises(ValidationError, match="Say what was wrong"):
        actions.correct(decision, **told, why=" ", version=1, by=sam)
    actions.correct(decision, **told, why="A letter was missing", version=1, by=sam)
    event = AuditEvent.objects.get(kind="decision_corrected")
    assert event.changes == [{"what": "Decision", "was": "Two patrol more", "now": "Two patrols more"}]
    assert event.comment == "A letter was missing"
    actions.correct(decision, **told, why="", version=2, by=sam)
    assert decision.version == 2, "nothing to put right"
    with pytest.raises(Stale):
        actions.correct(decision, **told, why="", version=1, by=sam)


# ---------------------------------------------------------------- seen to, linked


def test_a_decision_is_seen_to_once(body, sam):
    decision = record(body, sam, owner=sam, due_on=DUE)
    actions.see_to(decision, note=" Rota changed ", on=D(2018, 6, 1), version=1, by=sam)
    assert (decision.done_on, decision.done_by, decision.done_note) == (D(2018, 6, 1), sam, "Rota changed")
    with pytest.raises(ValidationError, match="was seen to already, on 1 June 2018"):
        actions.see_to(decision, note="", on=DUE, version=2, by=sam)


def test_one_from_which_nothing_follows(body, sam):
    with pytest.raises(ValidationError, match="Nothing is to be done about ASB D1"):
        actions.see_to(record(body, sam), note="", on=DUE, version=1, by=sam)


def test_what_it_is_about(body, sam):
    decision, action = record(body, sam), ActionFactory(delivery_plan__body__code="TMG", number=4)
    told = {"commitments": [CommitmentFactory()], "indicators": [IndicatorFactory()], "actions": [action]}
    actions.link(decision, **told, version=1, by=sam)
    assert [one.reference for one in decision.actions.all()] == ["TMG 4"]
    with pytest.raises(Stale):
        actions.link(decision, commitments=[], indicators=[], actions=[], version=1, by=sam)
    actions.link(decision, commitments=[], indicators=[], actions=[], version=2, by=sam)
    event = AuditEvent.objects.filter(kind="decision_linked").latest("pk")
    assert {"what": "Actions", "was": "TMG 4", "now": "nothing"} in event.changes


def test_the_trail_does_not_name_restricted_indicators(body, sam):
    decision = record(body, sam)
    secret, other = (IndicatorFactory(name=name, is_restricted=True) for name in ("Secret", "Covert"))
    calls, rest = IndicatorFactory(name="999 calls"), {"commitments": [], "actions": []}
    actions.link(decision, indicators=[secret, calls], **rest, version=1, by=sam)
    actions.link(decision, indicators=[other, calls], **rest, version=2, by=sam)
    actions.link(decision, indicators=[other, secret], **rest, version=3, by=sam)
    events = AuditEvent.objects.filter(kind="decision_linked").order_by("pk")
    assert [line["now"] for event in events for line in event.changes] == [
        "999 calls; a restricted indicator",
        "999 calls; a restricted indicator, not the same as before",
        "two restricted indicators",
    ]


def test_those_of_a_body_between_two_days(body, sam):
    days = (D(2018, 3, 31), D(2018, 4, 1), D(2018, 6, 30), D(2018, 7, 1))
    made = [record(body, sam, decided_on=day) for day in days]
    assert list(decisions.of_body(body, D(2018, 4, 1), D(2018, 6, 30))) == [made[2], made[1]]


# ---------------------------------------------------------------- what arose


def end(undertaking, by, ending="done", note="", version=1):
    return undertakings.end(undertaking, ending=ending, note=note, on=DUE, version=version, by=by)


def test_done_and_no_longer_needed(sam):
    done, dropped = UndertakingFactory(), UndertakingFactory()
    end(done, sam)
    with pytest.raises(ValidationError, match="Say why it is no longer needed"):
        end(dropped, sam, "dropped", " ")
    end(dropped, sam, "dropped", "The service was closed")
    assert not Undertaking.objects.open().exists()
    assert set(AuditEvent.objects.values_list("kind", flat=True)) == {"undertaking_done", "undertaking_dropped"}
    with pytest.raises(ValidationError, match="It was ended already, on 14 June 2018: done"):
        end(done, sam, "dropped", "x", version=2)


def test_no_other_end(sam):
    with pytest.raises(ValidationError):
        end(UndertakingFactory(), sam, "")


def test_somebody_changed_it_meanwhile(sam):
    with pytest.raises(Stale):
        end(UndertakingFactory(version=2), sam)


def test_ones_own_first_then_the_most_urgent(sam):
    later, soon, mine = (
        UndertakingFactory(due_on=D(2018, 7, 1)),
        UndertakingFactory(due_on=D(2018, 6, 1)),
        UndertakingFactory(due_on=D(2018, 8, 1), owner=sam),
    )
    assert decisions.in_line([later, soon, mine], sam.pk) == [mine, soon, later]


def test_somebody_and_something_is_asked_for(body, sam):
    given = {"due_on": DUE, "owner": None, "owner_post": "", "meeting": MeetingFactory(body=body), "by": sam}
    with pytest.raises(ValidationError, match="Say who does it"):
        undertakings.add(body, text="Ask", **given)
    with pytest.raises(ValidationError, match="Say what is to be done"):
        undertakings.add(body, text=" ", **given)


# ---------------------------------------------------------------- who is named


def test_a_name_or_a_post(body):
    owen, dana = UserFactory(name="Owen Tranter", post="Superintendent"), UserFactory(name="Dana Reid", post="")
    people = [owen, dana]
    assert naming.who("Owen Tranter, Superintendent", people) == (owen, "Superintendent")
    assert naming.who("  owen   tranter ", people) == (owen, "Superintendent")
    assert naming.who("Dana Reid", people) == (dana, "")
    assert naming.who("Licensing manager", people) == (None, "Licensing manager")
    assert naming.who(" ", people) == (None, "")


def test_two_people_of_one_name():
    people = [UserFactory(name="Dana Reid", post=post) for post in ("Nurse", "Officer")]
    with pytest.raises(ValidationError, match="More than one person is called Dana Reid"):
        naming.who("Dana Reid", people)
    assert naming.who("Dana Reid, Nurse", people) == (people[0], "Nurse")


def test_those_on_the_body_are_offered_first_and_administrators_not_at_all(body):
    ada = UserFactory(name="Ada", roles=["data_lead"])
    zoe = UserFactory(name="Zoe", roles=["member"])
    place(zoe, body)
    UserFactory(name="Bea", roles=["administrator"])
    UserFactory(name="Cid", roles=["member"], is_active=False, left_at=dt.datetime(2018, 5, 1, tzinfo=dt.UTC))
    assert naming.offered(body, DAY) == [zoe, ada]
