"""Two people at the end of a plan's year at the same moment, each on a connection of their own: one wins, the other is told, nothing is carried twice."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from governance.actions import date_moves, plans, uploads, year_end
from governance.actions.updates import RowsRefused
from governance.actions.year_end import Choice
from governance.models import Action, DeliveryPlan, Milestone
from lib.editing import Stale
from lib.quarters import Quarter, Year
from tests.factories.accounts import UserFactory
from tests.factories.governance import ActionFactory, DateMoveFactory, DeliveryPlanFactory
from tests.integration.test_returns_race import at_once, one_won

# On SQLite writers queue one after the other; what a late one meets there is in the tests of the actions.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 6
CARRY = Choice("carry", 1, day=dt.date(2018, 6, 29), reason="The trainer was ill")
COMPLETE = Choice("complete", 1, day=dt.date(2018, 3, 29))


@pytest.fixture(autouse=True)
def april():
    with time_machine.travel(dt.datetime(2018, 4, 12, 12, tzinfo=dt.UTC), tick=True):
        yield


@pytest.fixture
def owen():
    return UserFactory(name="Owen Tranter", roles=["member"])


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def settling(plan, by, **choices):
    mine = DeliveryPlan.objects.select_related("body").get(pk=plan.pk)
    return lambda: year_end.settle(mine, choices={int(pk[1:]): choice for pk, choice in choices.items()}, by=by)


def test_carried_and_completed_at_once(owen, sam):
    for _ in range(ROUNDS):
        action = ActionFactory()
        plan, one = action.delivery_plan, f"a{action.pk}"
        outcomes = at_once(settling(plan, owen, **{one: CARRY}), settling(plan, sam, **{one: COMPLETE}))
        lost = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        assert len(lost) == 1 and isinstance(lost[0], RowsRefused), outcomes
        assert isinstance(lost[0].rows[action.pk], Stale)
        action.refresh_from_db()
        assert action.version == 2
        assert Action.objects.filter(carried_from=action).count() == (action.ending == "carried")
        trail = AuditEvent.objects.filter(subject_id=str(action.pk), kind__in=["action_carried", "action_completed"])
        assert trail.count() == 1


def test_two_actions_carried_at_once_into_a_plan_that_is_not_there_yet(owen, sam):
    for _ in range(ROUNDS):
        plan = DeliveryPlanFactory(running=True)
        first, second = (ActionFactory(delivery_plan=plan, number=number) for number in (1, 2))
        outcomes = at_once(
            settling(plan, owen, **{f"a{first.pk}": CARRY}), settling(plan, sam, **{f"a{second.pk}": CARRY})
        )
        assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes
        following = DeliveryPlan.objects.get(body=plan.body, year=Year(2018))
        assert sorted(following.actions.values_list("number", flat=True)) == [1, 2]


def test_carried_while_somebody_starts_the_next_plan(owen, sam):
    for _ in range(ROUNDS):
        action = ActionFactory()
        body = action.delivery_plan.body
        carried, started = at_once(
            settling(action.delivery_plan, owen, **{f"a{action.pk}": CARRY}),
            lambda body=body: plans.start(body, year=Year(2018), by=sam),
        )
        assert not isinstance(carried, Exception), carried
        assert not isinstance(started, Exception) or isinstance(started, ValidationError)
        assert DeliveryPlan.objects.filter(body=body, year=Year(2018)).count() == 1


def test_two_close_a_plan(owen, sam):
    for _ in range(ROUNDS):
        plan = DeliveryPlanFactory(running=True)
        acts = []
        for by in (owen, sam):
            mine = DeliveryPlan.objects.get(pk=plan.pk)
            acts.append(lambda mine=mine, by=by: year_end.close(mine, note=by.name, version=1, by=by))
        assert one_won(at_once(*acts))
        plan.refresh_from_db()
        assert plan.closing_note == plan.closed_by.name
        assert AuditEvent.objects.filter(kind="delivery_plan_closed", subject_id=str(plan.pk)).count() == 1


def test_settled_while_its_new_date_is_accepted(owen, sam):
    """Either the date counts first, and whoever settles is told, or it falls away with the action. In March, while the date is to come."""
    monday = Choice("complete", 1, day=dt.date(2018, 3, 12))
    with time_machine.travel(dt.datetime(2018, 3, 13, 12, tzinfo=dt.UTC), tick=True):
        settle_and_accept(owen, sam, monday)


def settle_and_accept(owen, sam, choice):
    for _ in range(ROUNDS):
        action = ActionFactory()
        move = DateMoveFactory(action=action)
        settled, accepted = at_once(
            settling(action.delivery_plan, owen, **{f"a{action.pk}": choice}),
            lambda move=move: date_moves.accept(move, by=sam),
        )
        assert isinstance(settled, Exception) != isinstance(accepted, Exception), (settled, accepted)
        move.refresh_from_db()
        assert move.state == ("accepted" if isinstance(settled, Exception) else "withdrawn")


def test_one_file_is_recorded_by_two(owen, sam):
    for _ in range(ROUNDS):
        plan = DeliveryPlanFactory()
        content = b"Reference,Action,Lead post,Starts on,Due on\n,Train,Manager,1/4/2017,30/6/2017\n"
        upload = uploads.add(
            DeliveryPlan.objects.select_related("body").get(pk=plan.pk),
            content=content,
            name="a.csv",
            quarter=Quarter.parse("2017-18-q4"),
            by=sam,
        )
        acts = [
            lambda by=by, upload=upload: uploads.record(
                type(upload).objects.get(pk=upload.pk), fingerprint=upload.fingerprint, by=by
            )
            for by in (sam, sam)
        ]
        outcomes = at_once(*acts)
        assert sum(isinstance(outcome, ValidationError) for outcome in outcomes) == 1, outcomes
        assert plan.actions.count() == 1 and Milestone.objects.count() == 0


def test_two_files_for_one_action_at_once(owen, sam):
    """The second is told that the plan has changed, and looks again."""
    for _ in range(ROUNDS):
        action = ActionFactory(delivery_plan__running=False, number=3, title="Visit")
        plan = DeliveryPlan.objects.select_related("body").get(pk=action.delivery_plan_id)
        files = [
            uploads.add(
                plan,
                content=f"Reference,Action,Partners\n3,Visit,{partner}\n".encode(),
                name="a.csv",
                quarter=Quarter.parse("2017-18-q4"),
                by=sam,
            )
            for partner in ("Probation", "Police")
        ]
        outcomes = at_once(*(lambda one=one: uploads.record(one, fingerprint=one.fingerprint, by=sam) for one in files))
        assert sum(isinstance(outcome, uploads.MovedOn) for outcome in outcomes) == 1, outcomes
