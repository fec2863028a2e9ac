"""A file of actions for a plan that is a draft: what it adds and changes, and what is refused at which cell."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from governance.actions import uploads
from governance.models import Action, Milestone
from tests.unit.governance.plan_sheets.world import HEAD, World, kinds

pytestmark = pytest.mark.django_db
NEW_ROW = ",Train the wardens,a-commitment-2,People feel safer,A1,Manager,,1/9/2017,31/3/2018"


@pytest.fixture
def world() -> World:
    return World()


def test_a_new_action_and_a_changed_one(world):
    upload = world.upload(
        f"{HEAD}\nASB 3,Visit the hotspots,Hold two courses,People feel safer,A1,Inspector,owen.tranter@example.org,01/04/2017,28/02/2018\n{NEW_ROW}\n"
    )
    world.record(upload)
    held = Action.objects.get(number=3)
    assert (held.commitment, held.due_on, held.first_due_on) == (
        world.courses,
        dt.date(2018, 2, 28),
        dt.date(2018, 2, 28),
    )
    assert held.success_measure == "Ten visits a month"  # there was no column for it
    new = Action.objects.get(number=4)
    assert (new.title, new.commitment, new.outcome) == ("Train the wardens", world.courses, world.safer)
    assert (new.starts_on, new.due_on, new.owner_post) == (dt.date(2017, 9, 1), dt.date(2018, 3, 31), "Manager")
    assert list(new.indicators.all()) == [world.calls]


def test_what_changes_is_told_from_what_to_what(world):
    comparison = world.compared("Reference,Action,Due on,Lead post\n3,Visit the hotspots,28/02/2018,\n")
    assert kinds(comparison) == ["changed"]
    told = [(line.what, line.was, line.now, line.place.name) for line in comparison.results[0].lines]
    assert told == [("Due on", "31 January 2018", "28 February 2018", "C2"), ("Lead post", "Inspector", "", "D2")]


def test_an_empty_cell_takes_out_what_may_be_empty(world):
    world.record(world.upload("Reference,Commitment,Indicators,Success measure,Action\nASB 3,,,,Visit the hotspots\n"))
    world.action.refresh_from_db()
    assert (world.action.commitment, world.action.success_measure) == (None, "")
    assert list(world.action.indicators.all()) == []


ROW = "{},{},{},{},{},{},{},{},{}"
GOOD = ["", "Train the wardens", "a-commitment-2", "", "", "Manager", "", "1/9/2017", "31/3/2018"]


@pytest.mark.parametrize(
    ("column", "typed", "cell", "sentence"),
    [
        (
            0,
            "ASB 99",
            "A2",
            "“ASB 99” is not the reference of an action of this plan. Leave it empty for a new action.",
        ),
        (0, "PRV 3", "A2", "“PRV 3” is not the reference of an action of this plan. Leave it empty for a new action."),
        (1, "", "B2", "Say what is to be done."),
        (1, "x" * 201, "B2", "Action must be 200 characters or fewer; this has 201."),
        (1, "visit the HOTSPOTS", "B2", "ASB 3 has this title already. Give that reference, or another title."),
        (2, "Plant trees", "C2", "“Plant trees” is not the key or the words of a commitment of this plan’s year."),
        (
            2,
            "a-commitment-9",
            "C2",
            "“a-commitment-9” is not the key or the words of a commitment of this plan’s year.",
        ),
        (3, "Fewer cars", "D2", "“Fewer cars” is not the key or the words of an outcome of the plan."),
        (4, "Z9", "E2", "“Z9” is not the reference of an indicator you can see."),
        (5, "", "F2", "Say who leads it: a post, a person or both."),
        (
            6,
            "no.one@example.org",
            "G2",
            "Nobody with the address “no.one@example.org” has an account here. Give the post alone, or ask for an account.",
        ),
        (7, "", "H2", "Say on which day it starts."),
        (7, "31/03/2017", "H2", "Its year begins on 1 April 2017: the action can’t start before then."),
        (8, "", "I2", "Say by which day it is due."),
        (8, "31/06/2018", "I2", "“31/06/2018” doesn’t exist: June has 30 days."),
        (8, "29/02/2018", "I2", "“29/02/2018” doesn’t exist: February 2018 has 28 days."),
        (8, "13/13/2017", "I2", "“13/13/2017” is not a day like 25/04/2018, day first."),
        (8, "soon", "I2", "“soon” is not a day like 25/04/2018, day first."),
        (8, "01/04/2018", "I2", "Its year ends on 31 March 2018: carry it forward then."),
        (8, "31/08/2017", "I2", "It must be due on or after the day it starts, 1 September 2017."),
    ],
)
def test_what_is_refused_and_where(world, column, typed, cell, sentence):
    row = [typed if at == column else good for at, good in enumerate(GOOD)]
    assert world.refused(f"{HEAD}\n{ROW.format(*row)}\n") == [(cell, sentence)]


@pytest.mark.parametrize(("column", "typed"), [(7, "01/04/2017"), (8, "31/03/2018"), (8, "1 September 2017")])
def test_the_first_and_last_day_that_are_taken(world, column, typed):
    row = [typed if at == column else good for at, good in enumerate(GOOD)]
    assert world.refused(f"{HEAD}\n{ROW.format(*row)}\n") == []


def test_the_same_action_twice(world):
    refused = world.refused("Reference,Action\nASB 3,Visit the hotspots\n3,Visit them\n,Train\n,train\n")
    assert [(cell, why) for cell, why in refused if "stands in" in why] == [
        ("A2", "The same action stands in A3 as well. Leave one of them."),
        ("A3", "The same action stands in A2 as well. Leave one of them."),
        ("A4", "The same action stands in A5 as well. Leave one of them."),
        ("A5", "The same action stands in A4 as well. Leave one of them."),
    ]


def test_reporting_on_a_draft_is_refused(world):
    assert world.refused("Reference,Action,Colour,Done\nASB 3,Visit the hotspots,Green,\n") == [
        ("C2", "The plan is not agreed yet, so nothing is reported on its actions. Leave this cell empty.")
    ]


def test_one_refused_cell_and_nothing_is_recorded(world):
    upload = world.upload(f"{HEAD}\n{NEW_ROW}\n,Other,,,,Manager,,1/9/2017,1/4/2018\n")
    with pytest.raises(ValidationError, match="Put the refused cells right"):
        world.record(upload)
    assert Action.objects.count() == 1


def test_an_indicator_out_of_sight_can_not_be_named_and_is_not_taken_out(world):
    world.action.indicators.add(world.hidden)
    world.sam = world.owen  # a member sees no restricted one
    assert world.refused('Reference,Action,Indicators\nASB 3,Visit the hotspots,"A1, A2"\n')[0][0] == "C2"
    world.record(world.upload("Reference,Action,Indicators\nASB 3,Visit the hotspots,\n"))
    assert list(world.action.indicators.all()) == [world.hidden]


@pytest.mark.parametrize(
    ("trait", "sentence"),
    [("submitted", "ask for it to be sent back"), ("closed", "year of this delivery plan is closed")],
)
def test_a_plan_that_takes_none(world, trait, sentence):
    from tests.factories.governance import DeliveryPlanFactory

    world.plan = DeliveryPlanFactory(body__code="X", **{trait: True})
    with pytest.raises(ValidationError, match=sentence):
        world.upload(f"{HEAD}\n{NEW_ROW}\n")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "There is nothing in this file."),
        ("Name,Colour of the sky\nx,y\n", "No row of headings was found"),
        (HEAD + "\n", "There is no action in this file, only headings."),
        ("Action,Due on,Deadline\nx,y,z\n", "Columns B and C both mean “Due on”."),
        ("Action,Lead post\n" + "x,y\n" * 501, "more than 500 rows"),
        (b"\x00\x01\x02" * 400000, "smaller than 1 MB"),
    ],
)
def test_files_that_are_no_use(world, content, sentence):
    with pytest.raises(ValidationError) as refused:
        world.upload(content)
    assert sentence in refused.value.messages[0]
    assert list(refused.value.message_dict) == ["file"]


def test_five_hundred_rows_are_read(world):
    rows = "".join(f",Action {number},Manager\n" for number in range(500))
    assert len(world.compared(f"Reference,Action,Lead post\n{rows}").results) == 500


def test_unknown_columns_are_named(world):
    upload = world.upload("Reference,Action,Budget code\nASB 3,Visit the hotspots,12\n")
    assert "nothing of them is kept: “Budget code”" in upload.preview
    assert '"12"' not in upload.preview


def test_an_action_that_has_ended(world):
    Action.objects.filter(pk=world.action.pk).update(
        ending="closed", ended_on=dt.date(2017, 9, 1), ended_by=world.sam, ended_because="No"
    )
    assert world.refused("Reference,Action\nASB 3,Other\n") == [("A2", "ASB 3 has ended, so it stays as it is.")]
    assert kinds(world.compared("Reference,Action\nASB 3,Visit the hotspots\n")) == ["same"]


def test_what_was_looked_at_is_what_is_recorded(world):
    upload = world.upload("Reference,Action,Lead post\nASB 3,Visit the hotspots,Sergeant\n")
    Action.objects.filter(pk=world.action.pk).update(owner_post="Chief Inspector", version=2)
    with pytest.raises(uploads.MovedOn):
        world.record(upload)
    seen, upload = upload.fingerprint, uploads.compare_again(upload, by=world.sam)
    assert upload.fingerprint != seen
    with pytest.raises(uploads.MovedOn):
        uploads.record(upload, fingerprint=seen, by=world.sam)  # a page that shows the old one
    world.record(upload)
    world.action.refresh_from_db()
    assert world.action.owner_post == "Sergeant"
    with pytest.raises(ValidationError, match="recorded already"):
        world.record(upload)
    assert Milestone.objects.count() == 0
