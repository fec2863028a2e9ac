"""How the actions of plans stand, in a quarter and on a day."""

import datetime as dt

import pytest

from governance import board
from governance.models import Action, Brag, DateMove
from lib.quarters import Quarter, Year
from tests.factories import UserFactory
from tests.factories.governance import (
    Q3,
    Q4,
    ActionFactory,
    DateMoveFactory,
    DeliveryPlanFactory,
    UpdateFactory,
    agreed,
)

pytestmark = pytest.mark.django_db

LAST, FIRST = dt.date(2018, 3, 31), dt.date(2018, 4, 1)


@pytest.fixture
def priya():
    return UserFactory(name="Priya Nair")


@pytest.fixture
def plan():
    return DeliveryPlanFactory(running=True, body__code="ASB")


def at(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T09:00+00:00")


def said(action, quarter, brag, by, on=None):
    update = agreed(UpdateFactory(action=action, quarter=quarter, brag=brag, brag_reason="Because"), by=by)
    if on:
        type(update).objects.filter(pk=update.pk).update(agreed_at=at(on))
    return update


def moved(action, to, by, on):
    DateMoveFactory(
        action=action,
        was=action.due_on,
        proposed=to,
        state=DateMove.State.ACCEPTED,
        decided_by=by,
        decided_at=at(on),
    )
    Action.objects.filter(pk=action.pk).update(due_on=to)
    action.refresh_from_db()


def line_of(plan, on, quarter=Q4, **options):
    (line,) = board.gather([plan], quarter, on=on, **options)[plan.pk].lines
    return line


@pytest.mark.parametrize(
    ("due", "on", "brag", "words", "days"),
    [
        (LAST, LAST, "green", "On track", 0),
        (LAST, FIRST, "green", "Late, said green", 1),
        (LAST, FIRST, "amber", "Late, said amber", 1),
        (LAST, FIRST, "red", "Late", 1),
        (LAST, FIRST, "blue", "Complete", 0),
        (LAST, FIRST, None, "Late", 1),
        (LAST, LAST, None, "No update", 0),
        (LAST, LAST, "red", "Late", 0),
        (LAST, LAST, "amber", "At risk", 0),
        (dt.date(2018, 2, 28), dt.date(2018, 3, 1), "green", "Late, said green", 1),
        (dt.date(2018, 1, 31), LAST, "green", "Late, said green", 59),
    ],
)
def test_an_action_stands_by_its_day_and_by_what_is_said(plan, priya, due, on, brag, words, days):
    action = ActionFactory(delivery_plan=plan, due_on=due)
    if brag:
        said(action, Q4, brag, priya)
    line = line_of(plan, on)
    assert (line.words, line.standing.days_late) == (words, days)


def test_the_latest_agreed_update_up_to_the_quarter_counts(plan, priya):
    action = ActionFactory(delivery_plan=plan, due_on=LAST)
    said(action, Quarter(2017, 1), Brag.AMBER, priya)
    said(action, Q4, Brag.GREEN, priya)
    UpdateFactory(action=action, quarter=Q3, brag=Brag.RED, brag_reason="A draft, which counts for nothing")
    assert line_of(plan, dt.date(2017, 12, 30), Q3).words == "At risk"
    assert line_of(plan, Q3.end, Q3).words == "No update"  # the quarter is over, and nothing was agreed for it
    assert line_of(plan, LAST, Q4).words == "On track"


def test_a_date_counts_once_it_is_accepted_and_the_first_is_kept(plan, priya):
    action = ActionFactory(delivery_plan=plan, due_on=dt.date(2017, 9, 29))
    moved(action, dt.date(2017, 12, 15), priya, "2017-10-12")
    moved(action, dt.date(2018, 2, 28), priya, "2018-01-11")
    DateMoveFactory(action=action, was=action.due_on, proposed=LAST)
    line = line_of(plan, dt.date(2018, 2, 28))
    assert (line.due_on, line.dates, line.slip) == (
        dt.date(2018, 2, 28),
        "was 29 September 2017, moved twice",
        152,
    )
    assert line.waiting.proposed == LAST
    assert line.state == "no_update"
    assert line_of(plan, dt.date(2018, 3, 1)).state == "late"


def test_what_was_not_accepted_by_a_moment_is_not_known_then(plan, priya):
    action = ActionFactory(delivery_plan=plan, due_on=dt.date(2017, 9, 29))
    moved(action, LAST, priya, "2018-01-11")
    said(action, Q3, Brag.AMBER, priya, on="2018-01-11")
    before = line_of(plan, dt.date(2018, 1, 12), Q3, known_at=at("2018-01-10"))
    after = line_of(plan, dt.date(2018, 1, 12), Q3, known_at=at("2018-01-11"))
    assert (before.words, before.due_on, before.dates) == ("Late", dt.date(2017, 9, 29), "")
    assert (after.words, after.due_on, after.dates) == ("At risk", LAST, "was 29 September 2017, moved once")


def test_an_ended_action_says_how_it_ended_and_counts_nowhere(plan, priya):
    ended = {"ended_on": LAST, "ended_by": priya, "ended_because": "The grant ended"}
    ActionFactory(delivery_plan=plan, number=1, ending=Action.Ending.CLOSED, **ended)
    ActionFactory(delivery_plan=plan, number=2, due_on=LAST)
    stands = board.gather([plan], Q4, on=LAST)[plan.pk]
    assert stands.counts == {"late": 0, "at_risk": 0, "no_update": 1, "on_track": 0, "complete": 0}
    assert [(group.words, [line.words for line in group.lines]) for group in stands.groups] == [
        ("No update", ["No update"]),
        ("Ended otherwise", ["Closed without completing"]),
    ]
    day_before = board.gather([plan], Q4, on=dt.date(2018, 3, 30))[plan.pk]
    assert day_before.counts["late"] == 1, "the day before it ended it was open, and due on 31 January"


def test_the_headline_tells_late_first(plan, priya):
    assert board.gather([plan], Q4, on=LAST)[plan.pk].headline == "There are no actions yet"
    early, late = dt.date(2018, 1, 31), LAST
    for due, brag in [(early, "green"), (early, "amber"), (late, "amber"), *[(late, "green")] * 7]:
        said(ActionFactory(delivery_plan=plan, due_on=due), Q4, brag, priya)
    stands = board.gather([plan], Q4, on=LAST)[plan.pk]
    assert stands.headline == "2 of 10 actions are late, 1 is at risk and 7 are on track"


def test_the_headline_of_actions_that_all_stand_alike(plan, priya):
    said(ActionFactory(delivery_plan=plan, due_on=LAST), Q4, "green", priya)
    assert board.gather([plan], Q4, on=LAST)[plan.pk].headline == "The one action is on track"
    said(ActionFactory(delivery_plan=plan, due_on=LAST), Q4, "green", priya)
    assert board.gather([plan], Q4, on=LAST)[plan.pk].headline == "All 2 actions are on track"


def test_the_longest_late_stand_first(plan):
    for due in (dt.date(2018, 3, 30), dt.date(2017, 6, 30), dt.date(2017, 12, 29)):
        ActionFactory(delivery_plan=plan, due_on=due)
    (group,) = board.gather([plan], Q4, on=LAST)[plan.pk].groups
    assert [line.due_on.month for line in group.lines] == [6, 12, 3]


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        ("2017-03-31", "2017-18 Q1"),
        ("2017-04-01", "2017-18 Q1"),
        ("2017-12-31", "2017-18 Q3"),
        ("2018-01-01", "2017-18 Q4"),
        ("2018-03-31", "2017-18 Q4"),
        ("2018-04-01", "2017-18 Q4"),
    ],
)
def test_the_quarter_in_which_a_plan_is_looked_at(day, quarter):
    assert str(board.quarter_on(Year(2017), dt.date.fromisoformat(day))) == quarter


def test_any_number_of_plans_and_actions_costs_three_queries(plan, priya, django_assert_num_queries):
    for _ in range(3):
        said(ActionFactory(delivery_plan=plan), Q4, "green", priya)
        ActionFactory()
    plans = list(type(plan).objects.select_related("body"))
    with django_assert_num_queries(3):
        for stands in board.gather(plans, Q4, on=LAST).values():
            assert [(line.action.reference, line.words, line.action.owner_label) for line in stands.lines]
