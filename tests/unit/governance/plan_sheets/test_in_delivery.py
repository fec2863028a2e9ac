"""A file for a plan in delivery: it drafts the updates of one quarter and proposes dates; what was agreed stays."""

import datetime as dt

import pytest
import time_machine

from governance.models import Action, Brag, DateMove, Update
from lib.quarters import Quarter
from tests.factories.governance import DateMoveFactory, UpdateFactory, agreed
from tests.unit.governance.plan_sheets.world import REPORT, World, kinds

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(dt.datetime(2018, 3, 14, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def world() -> World:
    return World(running=True)


def test_an_update_is_drafted_and_a_date_proposed(world):
    upload = world.upload(f"{REPORT}\nASB 3,Two visits,Eight more,Amber,Short of staff,16/03/2018,The van broke down\n")
    world.record(upload)
    update, move = Update.objects.get(), DateMove.objects.get()
    assert (update.done, update.next, update.brag, update.brag_reason) == (
        "Two visits",
        "Eight more",
        Brag.AMBER,
        "Short of staff",
    )
    assert (update.drafted_by, update.is_agreed, str(update.quarter)) == (world.sam, False, "2017-18 Q4")
    assert (move.proposed, move.reason, move.state) == (dt.date(2018, 3, 16), "The van broke down", "proposed")
    world.action.refresh_from_db()
    assert world.action.due_on == dt.date(2018, 1, 31)  # until the chair accepts it


def test_a_date_alone(world):
    comparison = world.compared(f"{REPORT}\nASB 3,,,,,16/03/2018,The van broke down\n")
    assert kinds(comparison) == ["changed"]
    world.record(world.upload(f"{REPORT}\nASB 3,,,,,16/03/2018,The van broke down\n"))
    assert DateMove.objects.count() == 1 and Update.objects.count() == 0


def test_a_drafted_update_is_changed(world):
    UpdateFactory(action=world.action, done="One visit", next="", brag=Brag.GREEN)
    comparison = world.compared("Reference,Done,Colour\nASB 3,Two visits,green\n")
    assert [(line.was, line.now) for line in comparison.results[0].lines] == [("One visit", "Two visits")]
    world.record(world.upload("Reference,Done,Colour\nASB 3,Two visits,green\n"))
    assert Update.objects.get().done == "Two visits"


def test_an_empty_row_changes_nothing(world):
    UpdateFactory(action=world.action)
    DateMoveFactory(action=world.action)
    assert kinds(world.compared(f"{REPORT}\nASB 3,,,,,,\n")) == ["same"]


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        ("ASB 3,Two,,purple,,,", [("D2", "“purple” is not one of the colours: Red, Amber, Green and Blue.")]),
        ("ASB 3,Two,,,,,", [("D2", "Say how it goes: red, amber, green or blue.")]),
        ("ASB 3,,Three,Green,,,", [("B2", "Say what was done; “nothing” is an answer too.")]),
        ("ASB 3,Two,,Red,,,", [("E2", "Say why it is red.")]),
        ("ASB 3,Two,,Green,,31/06/2018,Rain", [("F2", "“31/06/2018” doesn’t exist: June has 30 days.")]),
        ("ASB 3,,,,,01/04/2018,Rain", [("F2", "The new date must be on or before 31 March 2018, the last day of the plan’s year. What takes longer is carried forward at the year’s end.")]),
        ("ASB 3,,,,,31/01/2018,Rain", [("F2", "The new date must be another one than 31 January 2018, which counts now.")]),
        ("ASB 3,,,,,13/03/2018,Rain", [("F2", "13 March 2018 is over: say that the action is complete, or carry it forward at the year’s end.")]),
        ("ASB 3,,,,,31/03/2018,", [("G2", "Say why the date moves.")]),
        ("ASB 3,,,,,,Rain", [("G2", "Give the new date too, or take its reason out.")]),
        ("ASB 3,Two,,Blue,,31/03/2018,Rain", [("F2", "ASB 3 is said to be complete, so it needs no new date.")]),
        ("ASB 4,Two,,Green,,,", [("A2", "“ASB 4” is not the reference of an action of this plan.")]),
        (",Two,,Green,,,", [("A2", "Say which action it is: once the plan is agreed, a file adds none.")]),
    ],
)  # fmt: skip
def test_what_is_refused_and_where(world, row, refused):
    assert world.refused(f"{REPORT}\n{row}\n") == refused


def test_the_last_day_of_the_year_can_be_proposed(world):
    assert world.refused(f"{REPORT}\nASB 3,,,,,31/03/2018,Rain\n") == []


def test_a_day_that_leaves_a_milestone_outside_the_action(world):
    world.step("The last visit", dt.date(2018, 1, 26))
    with time_machine.travel(dt.datetime(2018, 1, 12, 9, tzinfo=dt.UTC), tick=False):
        (refused,) = world.refused(f"{REPORT}\nASB 3,,,,,19/01/2018,Rain\n")
    assert refused[0] == "F2"
    assert "still be to do: “The last visit” by 26 January 2018" in refused[1]


def test_what_was_agreed_stays(world):
    refused = world.refused(
        "Reference,Action,Lead post,Due on,Partners\nASB 3,Another title,Inspector,28/02/2018,Probation\n"
    )
    assert refused == [
        ("B2", "The plan is agreed, so a file changes no action: it stays “Visit the hotspots”."),
        ("D2", "The plan is agreed, so a file changes no day it is due: it stays “31 January 2018”."),
        ("E2", "The plan is agreed, so a file changes no partners: it stays empty."),
    ]


def test_an_agreed_update_stays(world):
    agreed(UpdateFactory(action=world.action, done="One visit"), by=world.owen)
    assert world.refused("Reference,Done,Colour\nASB 3,Two visits,green\n") == [
        ("B2", "The update for 2017-18 Q4 has been agreed, and stays as it is.")
    ]


def test_a_second_date_waits_for_the_first(world):
    DateMoveFactory(action=world.action, proposed=dt.date(2018, 3, 16))
    assert world.refused(f"{REPORT}\nASB 3,,,,,30/03/2018,Rain\n") == [
        ("F2", "A new date waits to be accepted already, 16 March 2018. The chair decides on it first.")
    ]


def test_an_action_that_has_ended(world):
    Action.objects.filter(pk=world.action.pk).update(
        ending="complete", ended_on=dt.date(2018, 1, 9), ended_by=world.sam
    )
    assert world.refused(f"{REPORT}\nASB 3,Two,,Green,,,\n") == [
        ("B2", "ASB 3 has ended, so nothing more is said of it.")
    ]


@pytest.mark.parametrize(("on", "count"), [(dt.date(2017, 12, 31), 1), (dt.date(2018, 1, 1), 0)])
def test_nothing_is_said_of_a_quarter_before_it_begins(world, on, count):
    with time_machine.travel(dt.datetime(on.year, on.month, on.day, 12, tzinfo=dt.UTC), tick=False):
        refused = world.refused(f"{REPORT}\nASB 3,Two,,Green,,,\n")
    assert len(refused) == count


def test_a_row_of_another_quarter(world):
    refused = world.refused("Reference,Quarter,Done,Colour\nASB 3,2017-18 Q3,Two,Green\n")
    assert refused == [("B2", "This row is about 2017-18 Q3, and you chose 2017-18 Q4.")]
    assert world.refused("Reference,Quarter,Done,Colour\nASB 3,Q4 2017/18,Two,Green\n") == []


def test_the_plan_is_closed_between_looking_and_recording(world):
    from django.utils import timezone

    from governance.actions import uploads
    from governance.models import DeliveryPlan

    upload = world.upload(f"{REPORT}\nASB 3,Two,,Green,,,\n")
    DeliveryPlan.objects.filter(pk=world.plan.pk).update(state="closed", closed_at=timezone.now(), closed_by=world.sam)
    with pytest.raises(uploads.MovedOn):
        world.record(upload)
    assert not Update.objects.exists()


def test_a_quarter_of_another_year(world):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="2018-19 Q1 is not in the year of this plan"):
        world.upload(f"{REPORT}\nASB 3,Two,,Green,,,\n", quarter=Quarter.parse("2018-19-q1"))
