"""How an action stood at a moment: which dates and updates counted then, and on which day it is late."""

import datetime as dt

import pytest

from governance import board
from governance.models import DateMove
from lib.quarters import Quarter
from tests.factories import governance as made

pytestmark = pytest.mark.django_db

Q3, Q4 = Quarter.parse("2017-18-q3"), Quarter.parse("2017-18-q4")
LAST_DAY = dt.date(2018, 3, 31)
JANUARY, MARCH, MAY = dt.date(2018, 1, 31), dt.date(2018, 3, 16), dt.date(2018, 5, 31)
State = DateMove.State


def at(month: int, day: int, hour: int = 12) -> dt.datetime:
    return dt.datetime(2018, month, day, hour, tzinfo=dt.UTC)


def line(action, when=None, on=LAST_DAY, quarter=Q4) -> board.Line:
    plan = action.delivery_plan
    return board.gather([plan], quarter, on=on, known_at=when)[plan.pk].lines[0]


def move(action, was, proposed, *, proposed_at, decided_at=None, state=State.ACCEPTED):
    by = action.delivery_plan.drafted_by if decided_at else None
    because = {"decided_because": "Too late"} if state == State.REFUSED else {}
    return made.DateMoveFactory(
        action=action, was=was, proposed=proposed, proposed_at=proposed_at, decided_at=decided_at, decided_by=by,
        state=state, **because,
    )  # fmt: skip


@pytest.fixture
def moved():
    """Moved from January to March on 20 January, and on to May on 20 April; both proposed ten days before."""
    action = made.ActionFactory(due_on=MAY, first_due_on=JANUARY)
    move(action, JANUARY, MARCH, proposed_at=at(1, 10), decided_at=at(1, 20))
    move(action, MARCH, MAY, proposed_at=at(4, 10), decided_at=at(4, 20))
    return action


@pytest.mark.parametrize(
    ("when", "due", "moves", "waiting"),
    [
        (at(1, 9), JANUARY, 0, None),
        (at(1, 10), JANUARY, 0, MARCH),
        (at(1, 20, 11), JANUARY, 0, MARCH),
        (at(1, 20), MARCH, 1, None),  # at the very moment of its acceptance
        (at(4, 20, 11), MARCH, 1, MAY),
        (at(4, 20), MAY, 2, None),
        (None, MAY, 2, None),
    ],
)
def test_the_date_that_counted_is_that_accepted_by_then(moved, when, due, moves, waiting):
    then = line(moved, when, on=dt.date(2018, 4, 20))
    assert (then.due_on, len(then.moves)) == (due, moves)
    assert (then.waiting.proposed if then.waiting else None) == waiting


@pytest.mark.parametrize(
    ("decided", "due", "state"),
    [
        (at(3, 31, 22), LAST_DAY, "no_update"),  # 23:00 in London, where summer time has begun
        (at(3, 31, 23), JANUARY, "late"),  # 1 April there: the quarter was late, and stays it
        (at(5, 14), JANUARY, "late"),
    ],
)
@pytest.mark.parametrize("when", [at(5, 31), None])
def test_a_date_accepted_after_the_day_excuses_nothing_on_it(decided, due, state, when):
    action = made.ActionFactory(due_on=LAST_DAY, first_due_on=JANUARY)
    move(action, JANUARY, LAST_DAY, proposed_at=at(1, 10), decided_at=decided)
    then = line(action, when)
    assert (then.due_on, then.state, then.waiting) == (due, state, None)


@pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN])
def test_a_date_that_was_not_accepted_waited_until_it_was_decided_and_never_counted(state):
    action = made.ActionFactory(due_on=JANUARY)
    move(action, JANUARY, MAY, proposed_at=at(1, 10), decided_at=at(1, 20), state=state)
    assert line(action, at(1, 19)).waiting.proposed == MAY
    for when in (at(1, 20), None):
        then = line(action, when)
        assert (then.due_on, then.moves, then.waiting) == (JANUARY, (), None)


@pytest.mark.parametrize(
    ("due", "on", "state", "days"),
    [
        (dt.date(2018, 3, 31), LAST_DAY, "no_update", 0),  # due on the day itself
        (dt.date(2018, 3, 30), LAST_DAY, "late", 1),
        (dt.date(2018, 3, 31), dt.date(2018, 4, 1), "late", 1),
        (dt.date(2018, 2, 28), LAST_DAY, "late", 31),
    ],
)
def test_late_begins_on_the_day_after_its_date(due, on, state, days):
    then = line(made.ActionFactory(due_on=due), on=on)
    assert (then.state, then.standing.days_late) == (state, days)


@pytest.mark.parametrize(
    ("quarter", "brag", "after", "within"),
    [
        (Q4, "amber", "at_risk", "at_risk"),
        (Q3, "amber", "no_update", "at_risk"),  # an earlier quarter's colour says nothing of this one
        (Q3, "green", "no_update", "on_track"),
        (Q3, "blue", "complete", "complete"),  # what is complete needs no further update
        (Q4, "red", "late", "late"),
    ],
)
def test_from_its_last_day_on_only_the_quarters_own_update_gives_a_colour(quarter, brag, after, within):
    action = made.ActionFactory(due_on=MAY)
    made.UpdateFactory(
        action=action, quarter=quarter, brag=brag, brag_reason="Because", agreed_at=at(1, 22),
        agreed_by=action.delivery_plan.drafted_by,
    )  # fmt: skip
    then = line(action)
    assert (then.state, then.update.quarter) == (after, quarter)
    assert line(action, on=dt.date(2018, 4, 1)).state == after
    assert line(action, on=dt.date(2018, 3, 30)).state == within


def test_an_update_counts_from_when_it_is_agreed_and_later_quarters_never():
    action = made.ActionFactory(due_on=MAY)
    agreed = {"action": action, "agreed_by": action.delivery_plan.drafted_by}
    made.UpdateFactory(quarter=Q3, brag="green", agreed_at=at(1, 22), **agreed)
    made.UpdateFactory(quarter=Q4, brag="amber", brag_reason="Ill", agreed_at=at(4, 20), **agreed)
    made.UpdateFactory(quarter=Q4.next, brag="blue", agreed_at=at(4, 21), **agreed)
    states = [line(action, when).state for when in (at(1, 21), at(4, 19), at(4, 20), None)]
    assert states == ["no_update", "no_update", "at_risk", "at_risk"]
    assert line(action, at(1, 21)).update is None
    assert line(action, at(4, 19)).update.quarter == Q3


def test_what_ended_after_the_day_was_open_on_it():
    action = made.ActionFactory(due_on=MARCH)
    type(action).objects.filter(pk=action.pk).update(
        ending="complete", ended_on=dt.date(2018, 4, 10), ended_by=action.delivery_plan.drafted_by
    )
    assert line(action).state == "late"
    assert line(action, on=dt.date(2018, 4, 10)).state == "complete"
