"""Two people at one action's date, or at one quarter's updates, at the same moment, over two connections."""

import datetime as dt

import pytest
import time_machine

from accounts.models import User
from governance.actions import date_moves, plan_actions, updates
from governance.actions.plan_actions import Content, Step
from governance.actions.updates import Verdict, Words
from governance.models import Action, DateMove, DeliveryPlan, Update
from lib.quarters import Quarter
from tests.factories.accounts import UserFactory
from tests.factories.governance import ActionFactory, DateMoveFactory, UpdateFactory
from tests.integration.test_races_of_people import race

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

Q4 = Quarter.parse("2017-18-q4")
NEW, OLD = dt.date(2018, 3, 16), dt.date(2018, 1, 31)


@pytest.fixture
def while_the_dates_are_to_come():
    with time_machine.travel(dt.datetime(2018, 1, 15, 9, tzinfo=dt.UTC)):
        yield


def test_a_date_that_is_accepted_is_not_refused_as_well(while_the_dates_are_to_come):
    move = DateMoveFactory()
    first, second = DateMove.objects.select_related("action").get(), DateMove.objects.select_related("action").get()
    chairs = UserFactory.create_batch(2)
    outcomes = race(
        lambda: date_moves.accept(first, by=chairs[0]),
        lambda: date_moves.refuse(second, because="It can be done", by=chairs[1]),
    )
    assert outcomes[0] == "done"
    assert outcomes[1].startswith("This new date has been decided on")
    move.refresh_from_db()
    move.action.refresh_from_db()
    assert (move.state, move.decided_by, move.action.due_on) == ("accepted", chairs[0], NEW)


def test_a_date_that_is_refused_is_not_accepted_as_well(while_the_dates_are_to_come):
    move = DateMoveFactory()
    first, second = DateMove.objects.select_related("action").get(), DateMove.objects.select_related("action").get()
    chairs = UserFactory.create_batch(2)
    outcomes = race(
        lambda: date_moves.refuse(first, because="It can be done", by=chairs[0]),
        lambda: date_moves.accept(second, by=chairs[1]),
    )
    assert outcomes[0] == "done"
    assert outcomes[1].startswith("This new date has been decided on")
    move.action.refresh_from_db()
    assert move.action.due_on == OLD


def test_of_two_dates_proposed_at_once_one_waits(while_the_dates_are_to_come):
    action = ActionFactory()
    people = UserFactory.create_batch(2)
    days = (NEW, dt.date(2018, 3, 30))

    def propose(number: int) -> None:
        date_moves.propose(action, proposed=days[number], reason="The trainer was ill", by=people[number])

    outcomes = race(lambda: propose(0), lambda: propose(1))
    assert outcomes == ["done", date_moves.WAITS]
    assert DateMove.objects.get().proposed == NEW


def with_a_milestone(action: Action, on: dt.date, by: User) -> None:
    """The action as it is, and one milestone more."""
    content = Content(
        title=action.title,
        starts_on=action.starts_on,
        due_on=action.due_on,
        owner_post=action.owner_post,
        success_measure="Three courses",
        milestones=(Step("The third course is held", on),),
    )
    plan_actions.edit(action, content=content, reason="Agreed with schools", version=action.version, by=by)


@pytest.mark.parametrize("milestone_first", [True, False])
def test_no_milestone_is_left_behind_a_date_that_is_brought_forward(milestone_first, while_the_dates_are_to_come):
    """A milestone on 26 January, and a date brought forward from 31 January to 24 January: whoever comes second is refused."""
    action = ActionFactory()
    forward = dt.date(2018, 1, 24)
    move = DateMoveFactory(action=action, was=OLD, proposed=forward)
    lena, chair = UserFactory.create_batch(2)
    own = Action.objects.select_related("delivery_plan__body").get()

    def adds() -> None:
        with_a_milestone(own, dt.date(2018, 1, 26), lena)

    def accepts() -> None:
        date_moves.accept(move, by=chair)

    outcomes = race(adds, accepts) if milestone_first else race(accepts, adds)
    assert outcomes[0] == "done"
    assert outcomes[1] not in ("", "done")
    action.refresh_from_db()
    assert all(one.due_on <= action.due_on for one in action.milestones.all())
    assert (action.due_on, action.milestones.count()) == ((OLD, 1) if milestone_first else (forward, 0))


def test_of_two_who_write_the_first_update_one_wins():
    action = ActionFactory()
    people = UserFactory.create_batch(2)

    def write(number: int) -> None:
        words = {action: Words(0, f"Written by {number}", "", "green")}
        updates.draft(DeliveryPlan.objects.get(), quarter=Q4, words=words, by=people[number])

    outcomes = race(lambda: write(0), lambda: write(1))
    assert outcomes[0] == "done"
    assert "has been changed since you opened it" in outcomes[1]
    assert Update.objects.get().done == "Written by 0"


def test_what_is_written_while_the_chair_agrees_is_not_agreed_unseen():
    update = UpdateFactory()
    plan, action = update.action.delivery_plan, update.action
    chair, lena = UserFactory.create_batch(2)
    outcomes = race(
        lambda: updates.draft(plan, quarter=Q4, words={action: Words(1, "More", "", "green")}, by=lena),
        lambda: updates.agree(plan, quarter=Q4, verdicts={action.pk: Verdict(update=update.pk, version=1)}, by=chair),
    )
    assert outcomes[0] == "done"
    assert "has been changed since you opened it" in outcomes[1]
    update.refresh_from_db()
    assert (update.done, update.is_agreed) == ("More", False)


def test_what_the_chair_agrees_is_not_written_over():
    update = UpdateFactory()
    plan, action = update.action.delivery_plan, update.action
    chair, lena = UserFactory.create_batch(2)
    outcomes = race(
        lambda: updates.agree(plan, quarter=Q4, verdicts={action.pk: Verdict(update=update.pk, version=1)}, by=chair),
        lambda: updates.draft(plan, quarter=Q4, words={action: Words(1, "More", "", "green")}, by=lena),
    )
    assert outcomes[0] == "done"
    assert "has been changed since you opened it" in outcomes[1]
    update.refresh_from_db()
    assert (update.done, update.is_agreed) == ("Two courses were held", True)
