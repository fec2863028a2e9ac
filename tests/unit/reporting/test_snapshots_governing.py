"""What a snapshot holds of bodies, delivery, decisions, scrutiny and risks, and when it came to know it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Body, BodyLink, DeliveryPlan, Membership, Recommendation, Undertaking
from lib.quarters import Quarter
from reporting import snapshots
from tests.factories import governance as made
from tests.factories import governing
from tests.factories import reporting as data
from tests.factories.indicators import RoundFactory

pytestmark = pytest.mark.django_db

Q3, Q4 = Quarter.parse("2017-18-q3"), Quarter.parse("2017-18-q4")
MAY_8 = dt.datetime(2018, 5, 8, 16, tzinfo=dt.UTC)
DRAFTED = dt.datetime(2017, 4, 3, 9, tzinfo=dt.UTC)


def on(month: int, day: int, hour: int = 9, year: int = 2018) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=dt.UTC)


@pytest.fixture
def plan():
    return data.plan()


@pytest.fixture
def body():
    return made.BodyFactory(code="ASB", name="ASB Operations Group", short_name="ASB group")


@pytest.fixture
def delivery_plan(body):
    return made.DeliveryPlanFactory(body=body, running=True, drafted_at=DRAFTED)


def taken(plan, moment=MAY_8, quarter=Q4):
    return snapshots.take(plan, quarter, moment).governance


def decided(body, number, day, recorded, **fields):
    """Between meetings, so that any number of them can be on one day."""
    return governing.DecisionFactory(
        body=body, number=number, decided_on=day, recorded_at=recorded, route="delegation", meeting=None,
        delegate="The chair", authority="Terms of reference", **fields,
    )  # fmt: skip


def only(plan, moment=MAY_8, quarter=Q4):
    """The one action of the one delivery plan."""
    ((action,),) = (part.actions for part in taken(plan, moment, quarter).delivery)
    return action


# ---------------------------------------------------------------- bodies


def test_bodies_stand_with_chairs_of_the_day_priorities_and_links(plan, body):
    csp = made.BodyFactory(code="CSP", kind=Body.Kind.PARTNERSHIP, order=1)
    gone = made.BodyFactory(code="OLD", ended_on=dt.date(2018, 5, 7), order=2)
    body.order = 3
    Body.objects.filter(pk=body.pk).update(order=3)
    made.BodyLinkFactory(body=body, to=csp, is_sample=True)
    made.BodyLinkFactory(body=body, to=gone, kind=BodyLink.Kind.WORKS_WITH)
    made.BodyPriorityFactory(body=body, priority=plan.priorities.get(letter="A"))
    chair = {"body": body, "user": None, "post": "ASB manager"}
    made.MembershipFactory(role=Membership.Role.CHAIR, name="Ada One", ends_on=dt.date(2018, 5, 7), **chair)
    made.MembershipFactory(role=Membership.Role.CHAIR, name="Ben Two", starts_on=dt.date(2018, 5, 8), **chair)
    made.MembershipFactory(role=Membership.Role.DEPUTY, name="Cy Three", **chair)
    first, second = taken(plan).bodies
    assert (first.code, second.code) == ("CSP", "ASB")
    assert second.chairs == ("Ben Two, ASB manager",)
    assert (second.letters, second.letters_are_sample) == (("A",), False)
    assert [(link.to, link.kind, link.is_sample) for link in second.links] == [(csp.slug, "parent", True)]


# ---------------------------------------------------------------- delivery


def test_a_subgroup_without_a_plan_is_told_and_others_owe_none(plan, body):
    made.BodyFactory(kind=Body.Kind.OPERATIONAL)
    made.BodyFactory(ended_on=dt.date(2018, 3, 30))  # stood no longer on the quarter's last day
    (part,) = taken(plan).delivery
    assert (part.code, part.state, part.is_agreed, part.actions) == ("ASB", "none", False, ())


def test_a_plan_of_another_year_is_none_of_this_one(plan, body):
    made.DeliveryPlanFactory(body=body, year=Q4.year.next, drafted_at=DRAFTED)
    (part,) = taken(plan).delivery
    assert part.state == "none"


@pytest.mark.parametrize(
    ("moment", "state", "actions"),
    [
        (on(4, 2, year=2017), "none", 0),
        (on(4, 3, year=2017), "draft", 0),
        (on(4, 20, year=2017), "submitted", 0),
        (on(5, 25, year=2017), "in_delivery", 1),
        (on(4, 20, hour=8), "in_delivery", 1),
        (on(4, 20), "closed", 1),
    ],
)
def test_a_plan_is_as_far_as_it_was_then_and_shows_actions_once_agreed(plan, body, moment, state, actions):
    closed = made.DeliveryPlanFactory(body=body, closed=True, drafted_at=DRAFTED)
    made.ActionFactory(delivery_plan=closed)
    (part,) = taken(plan, moment).delivery
    assert (part.state, len(part.actions)) == (state, actions)


def test_an_action_is_late_by_the_quarters_last_day(plan, delivery_plan):
    made.ActionFactory(delivery_plan=delivery_plan, number=3, due_on=dt.date(2018, 3, 30))
    action = only(plan)
    assert (action.reference, action.state, action.days_late) == ("ASB 3", "late", 1)
    assert taken(plan).judged_on == dt.date(2018, 3, 31)


def test_within_the_quarter_it_is_late_by_the_day_of_the_snapshot(plan, delivery_plan):
    made.ActionFactory(delivery_plan=delivery_plan, due_on=dt.date(2018, 2, 28))
    assert only(plan, on(2, 28, hour=23)).state == "no_update"  # 23:00 in London too
    assert (only(plan, on(3, 1)).state, only(plan, on(3, 1)).days_late) == ("late", 1)


def test_an_accepted_date_counts_from_its_acceptance_and_the_first_is_kept(plan, delivery_plan):
    june = dt.date(2018, 6, 29)
    action = made.ActionFactory(delivery_plan=delivery_plan, due_on=june, first_due_on=dt.date(2018, 1, 31))
    move = made.DateMoveFactory(
        action=action, proposed=june, proposed_at=on(3, 10), state="accepted", decided_at=on(3, 20),
        decided_by=delivery_plan.drafted_by,
    )  # fmt: skip
    before, after = only(plan, on(3, 20, hour=8)), only(plan, on(3, 20))
    assert (before.due_on, before.proposed_on, before.moves, before.state) == (dt.date(2018, 1, 31), june, 0, "late")
    assert (after.due_on, after.proposed_on, after.moves, after.slip) == (june, None, 1, 149)  # 28 + 31 + 30 + 31 + 29
    assert (after.first_due_on, after.state) == (dt.date(2018, 1, 31), "no_update")
    type(move).objects.update(decided_at=on(4, 20))  # the quarter was over, so in it the action stays late
    since = only(plan)
    assert (since.due_on, since.moves, since.state) == (dt.date(2018, 1, 31), 0, "late")


def test_the_agreed_update_of_the_quarter_counts_and_an_earlier_one_is_named(plan, delivery_plan):
    action = made.ActionFactory(delivery_plan=delivery_plan, due_on=dt.date(2018, 6, 29))
    agreed = {"action": action, "agreed_by": delivery_plan.drafted_by}
    made.UpdateFactory(quarter=Q3, brag="amber", brag_reason="Ill", agreed_at=on(1, 22), **agreed)
    made.UpdateFactory(quarter=Q4, brag="green", agreed_at=on(4, 20), **agreed)
    before, after = only(plan, on(4, 19)), only(plan, on(4, 20))
    assert (before.state, before.update.quarter, before.update.reason) == ("no_update", Q3, "Ill")
    assert (after.state, after.update.quarter, after.update.agreed_on) == ("on_track", Q4, dt.date(2018, 4, 20))


def test_a_draft_update_is_not_known(plan, delivery_plan):
    made.UpdateFactory(action=made.ActionFactory(delivery_plan=delivery_plan))
    assert only(plan).update is None


def test_what_ended_after_the_quarter_is_late_in_it_and_says_when_it_ended(plan, delivery_plan):
    made.ActionFactory(
        delivery_plan=delivery_plan, due_on=dt.date(2018, 2, 28), ending="complete", ended_on=dt.date(2018, 4, 10),
        ended_by=delivery_plan.drafted_by,
    )  # fmt: skip
    assert (only(plan).state, only(plan).ending, only(plan).ended_on) == ("late", "complete", dt.date(2018, 4, 10))
    assert (only(plan, on(4, 9)).ending, only(plan, on(4, 9)).ended_on) == ("", None)


def test_what_is_recorded_later_with_an_earlier_day_is_not_known_before(plan, delivery_plan):
    """An action added on 9 May, and one whose ending of March is typed on that day: on 8 May nobody knows of either."""
    made.ActionFactory(
        delivery_plan=delivery_plan, number=1, due_on=dt.date(2018, 2, 28), ending="complete",
        ended_on=dt.date(2018, 3, 1), ended_at=on(5, 9), ended_by=delivery_plan.drafted_by,
    )  # fmt: skip
    made.ActionFactory(delivery_plan=delivery_plan, number=2, recorded_at=on(5, 9))
    before, after = (taken(plan, moment).delivery[0].actions for moment in (on(5, 9, hour=8), on(5, 9)))
    assert [(one.reference, one.state, one.ended_on) for one in before] == [("ASB 1", "late", None)]
    assert [(one.reference, one.state) for one in after] == [("ASB 1", "complete"), ("ASB 2", "late")]


def test_an_agreement_counts_from_its_recording_until_it_is_withdrawn(plan, delivery_plan):
    given = {"body": made.BodyFactory(kind=Body.Kind.EXECUTIVE), "delivery_plan": delivery_plan}
    wrong = governing.ApprovalFactory(**given, given_on=dt.date(2017, 5, 24), recorded_at=on(6, 1, year=2017))
    type(wrong).objects.update(
        withdrawn_at=on(6, 2, year=2017), withdrawn_by=delivery_plan.drafted_by, withdrawn_because="Of another plan"
    )
    governing.ApprovalFactory(**given, recorded_at=on(6, 5, year=2017))
    moments = [on(5, 31, year=2017), on(6, 1, year=2017), on(6, 2, year=2017), on(6, 5, year=2017)]
    parts = [part for moment in moments for part in taken(plan, moment).delivery if part.code == "ASB"]
    assert [(part.state, part.agreed_on) for part in parts] == [
        ("submitted", None),
        ("in_delivery", dt.date(2017, 5, 24)),
        ("submitted", None),
        ("in_delivery", dt.date(2017, 5, 25)),
    ]


def test_counts_tell_every_state_and_leave_out_what_ended_otherwise(plan, delivery_plan):
    ended = {"ended_on": dt.date(2018, 3, 1), "ended_by": delivery_plan.drafted_by}
    made.ActionFactory(delivery_plan=delivery_plan, ending="complete", **ended)
    made.ActionFactory(delivery_plan=delivery_plan, ending="closed", ended_because="No money", **ended)
    made.ActionFactory(delivery_plan=delivery_plan)
    governance = taken(plan)
    expected = {"late": 1, "at_risk": 0, "no_update": 0, "on_track": 0, "complete": 1}
    assert governance.delivery[0].counts == governance.counts == expected


def test_an_action_says_what_it_serves(plan, delivery_plan):
    commitment = governing.CommitmentFactory(
        priority=plan.priorities.get(letter="A"), year=Q4.year, key="a-commitment-1"
    )
    action = made.ActionFactory(delivery_plan=delivery_plan, commitment=commitment)
    action.indicators.add(data.indicator(plan, "A2"), data.indicator(plan, "A1"))
    made.MilestoneFactory(action=action, done_on=dt.date(2018, 5, 9))
    found = only(plan)
    assert (found.commitment, found.indicators) == ("a-commitment-1", ("A1", "A2"))
    assert found.milestones[0].done_on is None  # not yet, on 8 May


def test_open_conditions_stand_with_their_plan(plan, delivery_plan):
    given = {"kind": Undertaking.Kind.CONDITION, "delivery_plan": delivery_plan, "meeting": None, "due_on": dt.date(2018, 5, 1), "recorded_at": on(2, 1)}  # fmt: skip
    governing.UndertakingFactory(text="Open", **given)
    governing.UndertakingFactory(text="Done", ending="done", ended_on=dt.date(2018, 5, 8), ended_by=delivery_plan.drafted_by, **given)  # fmt: skip
    governing.UndertakingFactory(text="Later", **{**given, "recorded_at": on(5, 9)})
    governance = taken(plan)
    assert [(one.text, one.days_late) for one in governance.delivery[0].conditions] == [("Open", 7)]
    assert governance.undertakings == ()


# ---------------------------------------------------------------- decisions and what arises


def test_decisions_since_last_quarters_collection_closed(plan, body):
    RoundFactory(quarter=Q3, closes_on=dt.date(2018, 2, 8))
    decided(body, 1, dt.date(2018, 2, 8), on(2, 9))
    decided(body, 2, dt.date(2018, 2, 9), on(2, 9))
    decided(body, 3, dt.date(2018, 2, 9), on(5, 9))
    assert [one.reference for one in taken(plan).decisions] == ["ASB D2"]
    assert taken(plan).decided_since == dt.date(2018, 2, 8)


def test_without_a_last_quarter_decisions_of_the_quarter_are_new(plan, body):
    for number, day in ((1, dt.date(2017, 12, 31)), (2, dt.date(2018, 1, 1))):
        decided(body, number, day, on(1, 2))
    assert [one.reference for one in taken(plan).decisions] == ["ASB D2"]


def test_a_decision_is_late_from_the_day_after_and_done_by_day(plan, body):
    decided(
        body, 1, dt.date(2018, 2, 22), on(2, 23), owner_post="Manager",
        due_on=dt.date(2018, 5, 7), done_on=dt.date(2018, 5, 8), done_by=made.UserFactory(),
    )  # fmt: skip
    (before,), (after,) = taken(plan, on(5, 7)).decisions, taken(plan).decisions
    assert (before.days_late, before.done_on, before.owner) == (0, None, "Manager")
    assert (after.days_late, after.done_on) == (0, dt.date(2018, 5, 8))


def test_a_decision_that_was_replaced_says_by_which(plan, body):
    first = decided(body, 1, dt.date(2018, 2, 22), on(2, 23))
    decided(body, 2, dt.date(2018, 5, 3), on(5, 4), replaces=first)
    assert [one.replaced_by for one in taken(plan).decisions] == ["ASB D2", ""]
    assert [one.replaced_by for one in taken(plan, on(5, 3)).decisions] == [""]


def test_open_undertakings_say_where_they_come_from(plan, body):
    meeting = governing.MeetingFactory(body=body, starts_at=on(2, 22))
    governing.UndertakingFactory(body=body, meeting=meeting, due_on=dt.date(2018, 4, 13), recorded_at=on(2, 23))
    (one,) = taken(plan).undertakings
    assert (one.kind, one.body, one.days_late) == ("arising", "ASB group", 25)
    assert one.source == "Meeting of 22 February 2018"


# ---------------------------------------------------------------- scrutiny, risks, the next meeting


def test_an_answer_counts_from_its_recording(plan):
    """Of December, typed on 9 May and closed at once: on 8 May it is still owed."""
    governing.RecommendationFactory(
        committee=made.BodyFactory(code="OSC", kind=Body.Kind.SCRUTINY), number=1, recorded_at=on(1, 2),
        made_on=dt.date(2017, 10, 2), sent_on=dt.date(2017, 10, 2), due_on=dt.date(2017, 10, 30), answer="Yes",
        outcome=Recommendation.Outcome.ACCEPTED, answered_on=dt.date(2017, 12, 1), answer_recorded_by=made.UserFactory(),
        answer_recorded_at=on(5, 9), closed_on=dt.date(2017, 12, 1),
    )  # fmt: skip
    (before,) = taken(plan).recommendations
    assert (before.days_left, before.answer, before.is_closed) == (-190, "", False)
    assert taken(plan, on(5, 9)).recommendations == ()


def test_recommendations_are_open_or_answered_since_the_quarter_began(plan):
    committee = made.BodyFactory(code="OSC", kind=Body.Kind.SCRUTINY)
    asked_ = {"committee": committee, "recorded_at": on(1, 2)}
    sent = {"made_on": dt.date(2017, 10, 2), "sent_on": dt.date(2017, 10, 2), "due_on": dt.date(2017, 10, 30)}

    def answered(number: int, day: dt.date, **more):
        governing.RecommendationFactory(
            number=number, answer="Yes", outcome=Recommendation.Outcome.ACCEPTED, answered_on=day,
            answer_recorded_by=made.UserFactory(), **asked_, **sent, **more,
        )  # fmt: skip

    answered(1, dt.date(2017, 12, 31), closed_on=dt.date(2017, 12, 31))
    answered(2, dt.date(2018, 1, 1), closed_on=dt.date(2018, 1, 1))
    answered(3, dt.date(2017, 12, 1))  # accepted, and not followed up to its end
    answered(4, dt.date(2018, 5, 9))  # not yet, on 8 May
    governing.RecommendationFactory(
        number=5, **asked_, made_on=dt.date(2018, 4, 9), sent_on=dt.date(2018, 4, 10), due_on=dt.date(2018, 5, 8)
    )
    found = {one.reference: one for one in taken(plan).recommendations}
    assert sorted(found) == ["OSC 2", "OSC 3", "OSC 4", "OSC 5"]
    assert (found["OSC 2"].is_closed, found["OSC 3"].is_closed) == (True, False)
    assert (found["OSC 2"].days_left, found["OSC 2"].outcome) == (None, "Accepted")
    assert (found["OSC 4"].days_left, found["OSC 4"].answer) == (-190, "")  # 1 + 30 + 31 + 31 + 28 + 31 + 30 + 8
    assert found["OSC 5"].days_left == 0


def test_risks_over_appetite_by_their_score_of_then(plan, body):
    risk = made.RiskFactory(body=body, number=2, review_on=dt.date(2018, 5, 7))  # the body's appetite is 9
    made.RiskScoreFactory(risk=risk, likelihood=3, impact=3, scored_at=on(1, 10))
    made.RiskScoreFactory(risk=risk, likelihood=3, impact=4, scored_at=on(4, 10))
    made.RiskScoreFactory(risk=made.RiskFactory(body=body, number=3), likelihood=5, impact=5, scored_at=on(5, 9))
    made.RiskFactory(body=body, number=4, before_likelihood=2, before_impact=2)  # never scored: as before any control
    governance = taken(plan)
    (found,) = governance.over_appetite
    assert (found.reference, found.now, found.previous, found.before, found.target) == ("ASB R2", 12, 9, 16, 6)
    assert (found.appetite, found.is_review_late, len(governance.risks)) == (9, True, 2)
    assert taken(plan, on(4, 9)).over_appetite == ()  # 9 is not over 9


def test_a_closed_risk_was_open_until_then(plan, body):
    risk = made.RiskFactory(body=body, closed_at=on(5, 8, hour=16), closed_by=made.UserFactory(), closed_because="Over")
    assert taken(plan, on(5, 8, hour=15)).risks[0].reference == risk.reference
    assert taken(plan).risks == ()


def test_the_next_meeting_of_the_executive_is_the_first_after_the_moment(plan):
    executive = made.BodyFactory(kind=Body.Kind.EXECUTIVE)
    governing.MeetingFactory(body=executive, starts_at=MAY_8)
    governing.MeetingFactory(body=executive, starts_at=on(5, 9), state="cancelled", cancelled_because="Strike")
    governing.MeetingFactory(body=executive, starts_at=on(5, 22, hour=23))
    assert taken(plan).executive_meets_next_on == dt.date(2018, 5, 23)  # midnight in London


# ---------------------------------------------------------------- commitments and outcomes


def test_it_is_sample_once_anything_of_it_is(plan, delivery_plan):
    assert not snapshots.take(plan, Q4, MAY_8).is_sample
    DeliveryPlan.objects.update(is_sample=True)
    assert snapshots.take(plan, Q4, MAY_8).is_sample


def test_text_gives_the_same_back(plan, delivery_plan):
    made.ActionFactory(delivery_plan=delivery_plan)
    snapshot = snapshots.take(plan, Q4, MAY_8)
    assert snapshots.from_json(snapshots.to_json(snapshot)) == snapshot


# ---------------------------------------------------------------- costs


def grow(bodies: int, actions: int) -> None:
    """So many more bodies, each with a chair, a plan, actions with all that goes with them, a decision, a recommendation and a risk."""
    for body in made.BodyFactory.create_batch(bodies):
        made.MembershipFactory(body=body, role=Membership.Role.CHAIR)
        own = made.DeliveryPlanFactory(body=body, running=True, drafted_at=DRAFTED)
        governing.UndertakingFactory(body=body, delivery_plan=own, kind="condition", meeting=None, recorded_at=on(2, 1))
        governing.UndertakingFactory(body=body, recorded_at=on(2, 1))
        decided(body, 1, dt.date(2018, 2, 1), on(2, 1))
        governing.RecommendationFactory(committee=body, made_on=dt.date(2018, 2, 1), recorded_at=on(2, 1))
        made.RiskScoreFactory(risk=made.RiskFactory(body=body), scored_at=on(2, 1))
        for action in made.ActionFactory.create_batch(actions, delivery_plan=own):
            made.UpdateFactory(action=action, agreed_at=on(4, 20), agreed_by=own.drafted_by)
            made.MilestoneFactory(action=action)
            made.DateMoveFactory(action=action)


def queries(plan) -> int:
    with CaptureQueriesContext(connection) as captured:
        taken(plan)
    return len(captured)


@pytest.mark.once
def test_50_bodies_and_200_actions_cost_as_many_queries_as_5_and_10(plan):
    grow(5, 2)
    small = queries(plan)
    grow(44, 4)
    grow(1, 14)
    made_of = taken(plan)
    assert (len(made_of.delivery), sum(len(part.actions) for part in made_of.delivery)) == (50, 200)
    assert queries(plan) == small
