"""Completed, carried forward, merged, closed: all of it or nothing, and nothing twice. Then the plan is closed."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from governance.actions import plan_actions, updates, year_end
from governance.actions.year_end import Choice
from governance.models import Action, DateMove, DeliveryPlan
from lib.editing import Stale
from lib.quarters import Quarter, Year
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ConcernFactory
from tests.factories.governance import (
    ActionFactory,
    BodyFactory,
    DateMoveFactory,
    DeliveryPlanFactory,
    MilestoneFactory,
)
from tests.factories.indicators import IndicatorFactory, RoundFactory
from tests.factories.priorities import CommitmentFactory, OutcomeFactory

pytestmark = pytest.mark.django_db
NEW = dt.date(2018, 6, 29)


def noon(day: dt.date) -> time_machine.travel:
    return time_machine.travel(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC), tick=False)


@pytest.fixture(autouse=True)
def april():
    with noon(dt.date(2018, 4, 12)):
        yield


@pytest.fixture
def by():
    return UserFactory(name="Owen Tranter", roles=["member"])


@pytest.fixture
def plan():
    return DeliveryPlanFactory(body=BodyFactory(slug="asb", code="ASB"), running=True)


@pytest.fixture
def action(plan):
    return ActionFactory(
        delivery_plan=plan, number=3, owner=UserFactory(), partners="Probation", resources="One officer"
    )


def carry(day: dt.date | None = NEW, version: int = 1, reason: str = "The trainer was ill") -> Choice:
    return Choice(year_end.CARRY, version, day=day, reason=reason)


def settle(plan, by, **choices) -> year_end.Settled:
    return year_end.settle(plan, choices={int(pk.removeprefix("a")): choice for pk, choice in choices.items()}, by=by)


def refused(plan, by, action, choice) -> dict[str, list[str]] | list[str]:
    with pytest.raises(updates.RowsRefused) as told:
        year_end.settle(plan, choices={action.pk: choice}, by=by)
    why = told.value.rows[action.pk]
    return why.message_dict if hasattr(why, "error_dict") else why.messages


def test_each_of_the_four_at_once(plan, by):
    done, late, part, dropped = (ActionFactory(delivery_plan=plan, number=number) for number in (1, 2, 3, 4))
    settled = year_end.settle(
        plan,
        choices={
            done.pk: Choice(year_end.COMPLETE, 1, day=dt.date(2018, 3, 29)),
            late.pk: carry(),
            part.pk: Choice(year_end.MERGE, 1, into=late.pk, reason="They are one"),
            dropped.pk: Choice(year_end.CLOSE, 1, reason="No money"),
        },
        by=by,
    )
    assert (settled.completed, len(settled.carried), settled.merged, settled.closed, settled.total) == (1, 1, 1, 1, 4)
    told = {
        one.number: (one.ending, one.ended_on, one.ended_by, one.ended_because)
        for one in Action.objects.filter(delivery_plan=plan)
    }
    today = dt.date(2018, 4, 12)
    assert told == {
        1: ("complete", dt.date(2018, 3, 29), by, ""),
        2: ("carried", today, by, "The trainer was ill"),
        3: ("merged", today, by, "They are one"),
        4: ("closed", today, by, "No money"),
    }
    assert Action.objects.get(pk=part.pk).merged_into == late
    recorded = {one.ended_at.date() for one in Action.objects.filter(delivery_plan=plan) if one.ended_at}
    assert recorded == {today}  # nobody knew on 29 March


def test_what_goes_along_and_what_stays(plan, by, action):
    this, following = CommitmentFactory(), CommitmentFactory(year=Year(2018))
    outcome, indicator, concern = OutcomeFactory(), IndicatorFactory(), ConcernFactory()
    Action.objects.filter(pk=action.pk).update(commitment=this, outcome=outcome, success_measure="Ten visits")
    action.indicators.set([indicator])
    action.concerns.set([concern])
    MilestoneFactory(action=action, text="Before", due_on=dt.date(2018, 1, 31))
    MilestoneFactory(action=action, text="Reached", due_on=dt.date(2018, 5, 1), done_on=dt.date(2018, 3, 1))
    MilestoneFactory(action=action, text="To come", due_on=dt.date(2018, 5, 1))
    (new,) = settle(plan, by, **{f"a{action.pk}": carry()}).carried
    new = Action.objects.select_related("delivery_plan__body").get(pk=new.pk)
    assert (new.delivery_plan.year, new.delivery_plan.state, new.delivery_plan.body) == (Year(2018), "draft", plan.body)
    assert (new.title, new.owner, new.owner_post, new.partners) == (
        action.title,
        action.owner,
        action.owner_post,
        "Probation",
    )
    assert (new.commitment, new.outcome, new.success_measure, new.resources) == (
        None,
        outcome,
        "Ten visits",
        "One officer",
    )
    assert (new.starts_on, new.due_on, new.first_due_on) == (dt.date(2018, 4, 1), NEW, NEW)
    assert (list(new.indicators.all()), list(new.concerns.all())) == ([indicator], [concern])
    assert [step.text for step in new.milestones.all()] == ["To come"]
    assert (new.carried_from, new.reference) == (action, "ASB 1")
    assert Action.objects.get(pk=action.pk).carried_to == new
    trail = AuditEvent.objects.filter(kind__startswith="action_carried").values_list("kind", "subject_id", "comment")
    assert set(trail) == {
        ("action_carried", str(action.pk), "The trainer was ill"),
        ("action_carried_here", str(new.pk), "The trainer was ill"),
    }
    other = ActionFactory(delivery_plan=plan, number=9, commitment=following)
    (second,) = settle(plan, by, **{f"a{other.pk}": carry()}).carried
    assert (second.commitment, second.number) == (following, 2)


def test_into_a_plan_that_is_there(plan, by, action):
    there = DeliveryPlanFactory(body=plan.body, year=Year(2018))
    ActionFactory(delivery_plan=there, number=7)
    settle(plan, by, **{f"a{action.pk}": carry()})
    assert action.carried_to.delivery_plan == there and action.carried_to.number == 8


@pytest.mark.parametrize(
    ("trait", "sentence"),
    [
        (
            "submitted",
            "The plan for 2018-19 is with the CSP Executive: carry ASB 3 forward once that is agreed or sent back",
        ),
        ("closed", "The plan for 2018-19 is closed already"),
    ],
)
def test_not_into_a_plan_that_takes_none(plan, by, action, trait, sentence):
    DeliveryPlanFactory(body=plan.body, year=Year(2018), **{trait: True})
    assert refused(plan, by, action, carry()) == [sentence]


def test_into_a_plan_in_delivery(plan, by, action):
    DeliveryPlanFactory(body=plan.body, year=Year(2018), running=True)
    assert settle(plan, by, **{f"a{action.pk}": carry()}).carried


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (carry(day=None), {"new_due_on": ["Enter when ASB 3 is due in 2018-19"]}),
        (carry(day=dt.date(2018, 3, 31)), {"new_due_on": ["ASB 3: the new date must be in 2018-19: from 1 April 2018 on"]}),
        (carry(day=dt.date(2019, 4, 1)), {"new_due_on": ["ASB 3: the new date must be on or before 31 March 2019, the last day of 2018-19"]}),
        (carry(reason=" "), {"carry_reason": ["Say why ASB 3 is carried forward"]}),
        (Choice("complete", 1), {"done_on": ["Enter the day ASB 3 was completed"]}),
        (Choice("complete", 1, day=dt.date(2018, 4, 13)), {"done_on": ["ASB 3: the day it was completed can’t be in the future"]}),
        (Choice("merge", 1, reason="One"), {"into": ["Choose the open action of this plan that ASB 3 is merged into"]}),
        (Choice("merge", 1, into=0), {"into": ["Choose the open action of this plan that ASB 3 is merged into"], "merge_reason": ["Say why ASB 3 is merged"]}),
        (Choice("close", 1), {"close_reason": ["Say why ASB 3 is closed"]}),
        (Choice("close", 1, reason="x" * 301), {"close_reason": ["The reason for ASB 3 must be 300 characters or fewer"]}),
        (Choice("lose", 1), ["Choose what becomes of ASB 3"]),
    ],
)  # fmt: skip
def test_what_is_refused(plan, by, action, choice, told):
    assert refused(plan, by, action, choice) == told
    assert Action.objects.filter(delivery_plan__body=plan.body).count() == 1
    assert DeliveryPlan.objects.count() == 1  # nor is a draft left behind


def test_one_refusal_and_nothing_is_done(plan, by, action):
    other = ActionFactory(delivery_plan=plan, number=4)
    with pytest.raises(updates.RowsRefused) as told:
        settle(plan, by, **{f"a{action.pk}": carry(), f"a{other.pk}": Choice("close", 1)})
    assert list(told.value.rows) == [other.pk]
    assert Action.objects.open().count() == 2 and DeliveryPlan.objects.count() == 1


@pytest.mark.parametrize("what", ["complete", "merge", "close"])
def test_no_merging_into_what_ends_itself(plan, by, action, what):
    other, third = (ActionFactory(delivery_plan=plan, number=number) for number in (4, 5))
    ends = Choice(what, 1, day=dt.date(2018, 3, 1), into=third.pk, reason="So")
    with pytest.raises(updates.RowsRefused) as told:
        settle(plan, by, **{f"a{action.pk}": Choice("merge", 1, into=other.pk, reason="One"), f"a{other.pk}": ends})
    assert told.value.rows[action.pk].message_dict == {
        "into": ["ASB 4 ends itself here: choose an action that goes on"]
    }


def test_no_merging_across_plans_or_into_itself(plan, by, action):
    elsewhere = ActionFactory()
    for into in (elsewhere.pk, action.pk):
        told = refused(plan, by, action, Choice("merge", 1, into=into, reason="One"))
        assert told == {"into": ["Choose the open action of this plan that ASB 3 is merged into"]}


def test_nothing_is_carried_twice(plan, by, action):
    settle(plan, by, **{f"a{action.pk}": carry()})
    for version in (1, 2):
        with pytest.raises(updates.RowsRefused) as told:
            settle(plan, by, **{f"a{action.pk}": carry(version=version)})
        assert isinstance(told.value.rows[action.pk], Stale)
    assert Action.objects.filter(carried_from=action).count() == 1


def test_changed_since_the_page_was_opened(plan, by, action):
    Action.objects.filter(pk=action.pk).update(version=2)
    with pytest.raises(updates.RowsRefused) as told:
        settle(plan, by, **{f"a{action.pk}": carry()})
    assert isinstance(told.value.rows[action.pk], Stale)


def test_a_date_that_waits_is_taken_back(plan, by, action):
    move = DateMoveFactory(action=action)
    settle(plan, by, **{f"a{action.pk}": Choice("close", 1, reason="No money")})
    move.refresh_from_db()
    assert (move.state, move.decided_because) == (DateMove.State.WITHDRAWN, "The action has ended")


@pytest.mark.parametrize(
    ("day", "asked", "may"),
    [
        (dt.date(2018, 2, 28), False, False),
        (dt.date(2018, 2, 28), True, True),
        (dt.date(2018, 3, 1), False, True),
        (dt.date(2018, 3, 31), False, True),
        (dt.date(2018, 4, 1), False, True),
    ],
)
def test_when_actions_are_settled(plan, by, action, day, asked, may):
    if asked:
        RoundFactory(quarter=Quarter.parse("2017-18-q4"))
    with noon(day):
        if may:
            assert settle(plan, by, **{f"a{action.pk}": Choice("close", 1, reason="So")}).closed == 1
        else:
            with pytest.raises(ValidationError, match="Its actions are settled from 1 March 2018 on"):
                settle(plan, by, **{f"a{action.pk}": Choice("close", 1, reason="So")})


@pytest.mark.parametrize("trait", [{}, {"submitted": True}, {"closed": True}])
def test_only_a_plan_in_delivery(by, trait):
    plan = DeliveryPlanFactory(**trait)
    with pytest.raises(ValidationError, match="Only a plan in delivery is settled"):
        settle(plan, by, a1=carry())


def test_nothing_chosen(plan, by):
    with pytest.raises(ValidationError, match="at least one action"):
        settle(plan, by)


def test_a_draft_made_from_a_sample_is_one_too(by):
    plan = DeliveryPlanFactory(running=True, is_sample=True)
    settle(plan, by, **{f"a{ActionFactory(delivery_plan=plan).pk}": carry()})
    assert DeliveryPlan.objects.get(year=Year(2018)).is_sample


# ---------------------------------------------------------------- closing


@pytest.mark.parametrize(("day", "may"), [(dt.date(2018, 3, 31), False), (dt.date(2018, 4, 1), True)])
def test_a_plan_is_closed_once_its_year_is_over(plan, by, day, may):
    with noon(day):
        if not may:
            with pytest.raises(ValidationError, match="It can be closed from 1 April 2018 on"):
                year_end.close(plan, note="Two of three", version=1, by=by)
            return
        year_end.close(plan, note=" Two of three ", version=1, by=by)
    held = DeliveryPlan.objects.get(pk=plan.pk)
    assert (held.state, held.closed_by, held.closing_note, held.version) == ("closed", by, "Two of three", 2)
    assert AuditEvent.objects.get(kind="delivery_plan_closed").comment == "Two of three"


def test_not_while_an_action_is_open(plan, by, action):
    with pytest.raises(ValidationError, match="One action is still open"):
        year_end.close(plan, note="So", version=1, by=by)
    ActionFactory(delivery_plan=plan, number=4)
    with pytest.raises(ValidationError, match="2 actions are still open"):
        year_end.close(plan, note="So", version=1, by=by)


def test_not_without_a_note(plan, by):
    with pytest.raises(ValidationError) as told:
        year_end.close(plan, note=" \r\n", version=1, by=by)
    assert told.value.message_dict == {"closing_note": ["Say in a sentence or two what the year came to"]}


def test_not_twice(plan, by):
    year_end.close(plan, note="So", version=1, by=by)
    for version in (1, 2):
        with pytest.raises(Stale):
            year_end.close(plan, note="Otherwise", version=version, by=by)
    assert DeliveryPlan.objects.get().closing_note == "So"


@pytest.mark.parametrize("trait", [{}, {"submitted": True}])
def test_only_a_plan_in_delivery_is_closed(by, trait):
    with pytest.raises(ValidationError, match="Only a plan in delivery is closed"):
        year_end.close(DeliveryPlanFactory(**trait), note="So", version=1, by=by)


def test_a_closed_plan_changes_no_more(plan, by):
    ended = {"ending": "complete", "ended_on": dt.date(2018, 3, 1), "ended_by": by}
    action = ActionFactory(delivery_plan=plan, number=3, **ended)
    year_end.close(plan, note="So", version=1, by=by)
    content = plan_actions.Content(
        "Other", action.starts_on, action.due_on, owner_post="Manager", success_measure="Ten"
    )
    quarter = Quarter.parse("2017-18-q4")
    for act in (
        lambda: plan_actions.add(plan, content=content, reason="Late", by=by),
        lambda: plan_actions.edit(action, content=content, reason="Late", version=action.version, by=by),
        lambda: updates.draft(plan, quarter=quarter, words={action: updates.Words(0, "x", "", "green")}, by=by),
        lambda: settle(plan, by, **{f"a{action.pk}": carry()}),
    ):
        with pytest.raises(ValidationError):
            act()
