"""The plan's own workbook: what stands in it, that it changes nothing when it comes back, and that no text in it is a formula."""

import datetime as dt
import io

import openpyxl
import pytest

from governance.models import Action, Milestone
from governance.plan_sheets import results, workbook
from lib.quarters import Quarter, Year
from tests.factories.governance import ActionFactory, DateMoveFactory, UpdateFactory
from tests.unit.governance.plan_sheets.world import Q4, World, kinds

pytestmark = pytest.mark.django_db
NASTY = ("=HYPERLINK(1)", "+1", "-1", "@x", "'=1", "a  b", " -  first\nsecond")


def opened(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def refilled(content: bytes, sheet: str, row: int, **cells: object) -> bytes:
    """The workbook with some cells of a row typed over, by heading."""
    book = opened(content)
    page = book[sheet]
    headings = {cell.value: cell.column for cell in page[1]}
    for heading, value in cells.items():
        page.cell(row, headings[heading.replace("_", " ")], value)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.fixture
def draft() -> World:
    return World()


@pytest.fixture
def running() -> World:
    return World(running=True)


def test_what_stands_in_a_draft(draft):
    draft.step("Routes are agreed", dt.date(2017, 9, 29))
    book = opened(draft.workbook())
    assert book.sheetnames == ["Read me", "Actions", "Milestones", "Choices"]
    headings, row = ([cell.value for cell in book["Actions"][number]] for number in (1, 2))
    told = dict(zip(headings, row, strict=True))
    assert told["Reference"] == "ASB 3"
    assert told["Commitment"] == "Patrol the ten hotspots"
    assert told["Indicators"] == "A1"
    assert told["Lead’s email address"] == "owen.tranter@example.org"
    assert told["Due on"] == dt.datetime(2018, 1, 31)
    assert "Colour" not in told
    assert [cell.value for cell in book["Milestones"][2]] == [
        "ASB 3", "Visit the hotspots", "Routes are agreed", dt.datetime(2017, 9, 29),
    ]  # fmt: skip


def test_a_running_plan_has_the_columns_of_the_quarter(running):
    UpdateFactory(action=running.action, quarter=Q4, done="Two visits", brag="amber", brag_reason="Short of staff")
    page = opened(running.workbook())["Actions"]
    told = dict(zip([cell.value for cell in page[1]], [cell.value for cell in page[2]], strict=True))
    assert (told["Quarter"], told["Done"], told["Colour"]) == ("2017-18 Q4", "Two visits", "Amber")
    assert page.protection.sheet
    locked = {heading.value: cell.protection.locked for heading, cell in zip(page[1], page[2], strict=True)}
    assert locked["Action"] and not locked["Done"]


@pytest.mark.parametrize("is_running", [False, True])
def test_uploaded_as_it_is_it_changes_nothing(is_running):
    world = World(running=is_running)
    world.step("Routes are agreed", dt.date(2017, 9, 29))
    world.step("Ten visits", dt.date(2018, 1, 31))
    world.action.indicators.add(world.hidden)
    ActionFactory(
        delivery_plan=world.plan, number=4, title="-  dash", owner_post="'=1", partners="+44", resources="@x  y"
    )
    if is_running:
        UpdateFactory(action=world.action, done=" - one\n\n\n - two ", next="=2+2", brag="red", brag_reason="-")
        DateMoveFactory(action=world.action, reason="=because")
    upload = world.upload(world.workbook(), "actions.xlsx")
    comparison = world.compared(world.workbook(), "actions.xlsx")
    assert kinds(comparison) == ["same", "same"]
    assert '"notes":[]' in upload.preview


@pytest.mark.parametrize("text", NASTY)
def test_no_text_is_a_formula(draft, text):
    Action.objects.filter(pk=draft.action.pk).update(title=text[:200], partners=text)
    for row in opened(draft.workbook())["Actions"].iter_rows(min_row=2):
        for cell in row:
            assert cell.data_type != "f"
            assert not str(cell.value or "").startswith(("=", "+", "-", "@"))
    assert kinds(draft.compared(draft.workbook(), "a.xlsx")) == ["same"]


@pytest.mark.parametrize(("heading", "cell"), [("Action", "B2"), ("Due_on", "J2"), ("Reference", "A2")])
def test_a_formula_is_refused_at_its_cell(draft, heading, cell):
    content = refilled(draft.workbook(), "Actions", 2, **{heading: "=1+1"})
    refused = draft.refused(content)
    assert (cell, "This cell holds a formula. Put in its place what it comes to, and upload the file again.") in refused


def test_milestones_are_added_and_moved_and_none_is_taken_out(draft):
    for text, day in (("One", dt.date(2017, 6, 30)), ("Two", dt.date(2017, 9, 29))):
        draft.step(text, day)
    content = refilled(draft.workbook(), "Milestones", 2, Milestone="Two", Due_on=dt.datetime(2017, 10, 31))
    content = refilled(content, "Milestones", 3, Milestone="Three", Due_on=dt.datetime(2017, 12, 29))
    upload = draft.upload(content, "a.xlsx")
    draft.record(upload)
    assert [(one.text, one.due_on) for one in Milestone.objects.order_by("due_on")] == [
        ("One", dt.date(2017, 6, 30)),
        ("Two", dt.date(2017, 10, 31)),
        ("Three", dt.date(2017, 12, 29)),
    ]


def test_a_new_action_with_milestones_by_its_title(draft):
    content = refilled(
        draft.workbook(), "Actions", 3, Action="Train the wardens", Lead_post="Manager",
        Starts_on=dt.datetime(2017, 4, 1), Due_on=dt.datetime(2017, 12, 29),
    )  # fmt: skip
    content = refilled(
        content, "Milestones", 2, Action="Train the wardens", Milestone="First course", Due_on="30/06/2017"
    )
    draft.record(draft.upload(content, "a.xlsx"))
    assert Milestone.objects.get().action.number == 4


@pytest.mark.parametrize(
    ("cells", "refused"),
    [
        ({"Reference": "ASB 3", "Milestone": "One", "Due_on": "31/06/2017"}, [("D2", "“31/06/2017” doesn’t exist: June has 30 days.")]),
        ({"Reference": "ASB 3", "Milestone": "One", "Due_on": ""}, [("D2", "Say by when the milestone is due.")]),
        ({"Reference": "ASB 3", "Due_on": "30/06/2017"}, [("C2", "Say what the milestone is.")]),
        ({"Milestone": "One", "Due_on": "30/06/2017"}, [("A2", "Say which action it is a milestone of: give its reference, or the title of a new action.")]),
        ({"Reference": "ASB 9", "Milestone": "One", "Due_on": "30/06/2017"}, [("C2", "No row of the actions has the reference or title that stands beside this milestone.")]),
        ({"Reference": "ASB 3", "Milestone": "Late", "Due_on": "01/02/2018"}, [("C2", "A milestone must lie within its action, from 1 April 2017 to 31 January 2018: “Late”.")]),
    ],
)  # fmt: skip
def test_milestones_that_are_refused(draft, cells, refused):
    content = refilled(draft.workbook(), "Milestones", 2, **cells)
    assert [
        (line.place.name, line.why)
        for one in draft.compared(content, "a.xlsx").results
        for line in one.lines
        if line.kind == results.REFUSED
    ] == refused


def test_a_workbook_from_before_somebody_else_changed_the_action(draft):
    content = refilled(draft.workbook(), "Actions", 2, Partners="Probation")
    Action.objects.filter(pk=draft.action.pk).update(owner_post="Sergeant", version=2)
    assert [cell for cell, _ in draft.refused(content)] == ["A2"]
    content = refilled(draft.workbook(), "Actions", 2, Partners="Probation")
    assert draft.refused(content) == []


@pytest.mark.parametrize(
    ("on", "quarter"),
    [
        (dt.date(2017, 3, 31), "2017-18-q1"),
        (dt.date(2017, 6, 30), "2017-18-q1"),
        (dt.date(2017, 7, 1), "2017-18-q1"),
        (dt.date(2017, 10, 1), "2017-18-q2"),
        (dt.date(2018, 3, 31), "2017-18-q3"),
        (dt.date(2018, 4, 1), "2017-18-q4"),
        (dt.date(2019, 4, 1), "2017-18-q4"),
    ],
)
def test_the_quarter_that_ended_last(on, quarter):
    assert workbook.last_ended(Year(2017), on) == Quarter.parse(quarter)


def test_as_many_queries_for_ten_actions_as_for_two_hundred(running, django_assert_max_num_queries):
    for number in range(10, 20):
        ActionFactory(delivery_plan=running.plan, number=number)
    running.workbook()  # reads the roles of whoever asks
    with django_assert_max_num_queries(16) as few:
        running.workbook()
    for number in range(20, 210):
        ActionFactory(delivery_plan=running.plan, number=number)
    with django_assert_max_num_queries(16) as many:
        running.workbook()
    assert len(few) == len(many)
