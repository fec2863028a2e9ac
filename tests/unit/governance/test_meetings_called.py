"""Meetings called, moved and called off; the dates of a quarter follow. 24 May 2018 is a Thursday."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from governance import following, meetings
from governance.actions import meetings as actions
from governance.minuting import ItemRow
from governance.models import Body, Meeting
from lib.editing import Stale
from lib.quarters import Quarter
from tests.factories.accounts import UserFactory
from tests.factories.governance import BodyFactory
from tests.factories.governing import AgendaItemFactory, MeetingFactory, PaperFactory
from tests.factories.indicators import RoundFactory

pytestmark = pytest.mark.django_db
Q4 = Quarter.parse("2017-18-q4")
D = dt.date


def london(day, hour=10, minute=0):
    """A moment in British Summer Time."""
    return dt.datetime(day.year, day.month, day.day, hour - 1, minute, tzinfo=dt.UTC)


MAY_24, MAY_31 = D(2018, 5, 24), D(2018, 5, 31)


@pytest.fixture(autouse=True)
def _in_april():
    with time_machine.travel(dt.datetime(2018, 4, 5, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def sam():
    return UserFactory(roles=["coordinator"])


@pytest.fixture
def executive():
    return BodyFactory(kind=Body.Kind.EXECUTIVE, code="CSPE", name="CSP Executive")


@pytest.fixture
def round_():
    """As it stands where its meeting is on 24 May: 10, 12, 14 and 19 working days before, without Monday 7 May."""
    return RoundFactory(
        quarter=Q4,
        due_on=D(2018, 4, 26),
        verify_by=D(2018, 5, 3),
        commentary_due_on=D(2018, 5, 8),
        closes_on=D(2018, 5, 10),
        executive_meets_on=MAY_24,
    )


def add(body, by, day=MAY_24, **told):
    given = {"kind": "ordinary", "ends_at": None, "place": "Town Hall", "quarter": None, "starts_at": london(day)}
    return actions.add(body, **{**given, **told}, by=by)


def change(meeting, by, **told):
    held = {name: getattr(meeting, name) for name in ("kind", "starts_at", "ends_at", "place", "quarter", "version")}
    return actions.change(meeting, **{**held, **told}, by=by)


def test_a_meeting_is_called_and_the_trail_says_so_in_london_time(executive, sam):
    meeting = add(executive, sam)
    assert (meeting.day, meeting.state) == (MAY_24, "planned")
    event = AuditEvent.objects.get(kind="meeting_added")
    assert {"what": "Starts", "was": "nothing", "now": "24 May 2018, 10:00"} in event.changes


def test_two_meetings_of_a_body_at_one_time(executive, sam):
    add(executive, sam)
    with pytest.raises(ValidationError, match="CSP Executive has a meeting at that time already"):
        add(executive, sam)
    add(BodyFactory(), sam)
    add(executive, sam, starts_at=london(MAY_24, 14))


def test_a_meeting_can_take_the_place_of_one_that_was_called_off(executive, sam):
    first = add(executive, sam, quarter=Q4)
    actions.call_off(first, reason="The chair is away", version=first.version, by=sam)
    assert add(executive, sam, quarter=Q4).quarter == Q4


@pytest.mark.parametrize("minutes", [0, -30])
def test_a_meeting_ends_after_it_starts(executive, sam, minutes):
    with pytest.raises(ValidationError, match="must end after it starts"):
        add(executive, sam, ends_at=london(MAY_24) + dt.timedelta(minutes=minutes))


def test_the_figures_of_a_quarter_come_to_one_meeting_of_the_csp_executive(executive, sam):
    with pytest.raises(ValidationError, match="come to the CSP Executive’s meeting"):
        add(BodyFactory(), sam, quarter=Q4)
    add(executive, sam, quarter=Q4)
    with pytest.raises(ValidationError, match="go to the meeting on 24 May 2018 already"):
        add(executive, sam, day=MAY_31, quarter=Q4)


def dates(round_):
    round_.refresh_from_db()
    return [round_.due_on, round_.verify_by, round_.commentary_due_on, round_.closes_on, round_.executive_meets_on]


# Counted back from 31 May by hand, without Mondays 7 and 28 May.
FROM_MAY_31 = [D(2018, 5, 2), D(2018, 5, 10), D(2018, 5, 14), D(2018, 5, 16), MAY_31]


def test_the_dates_of_the_quarter_move_with_its_meeting(executive, sam, round_):
    meeting = add(executive, sam, quarter=Q4)
    before = following.held(Q4)
    change(meeting, sam, starts_at=london(MAY_31))
    assert dates(round_) == FROM_MAY_31
    (said,) = following.told(before)
    assert said.startswith("The dates of 2017-18 Q4 moved with it: figures due on 2 May 2018 (was 26 April 2018);")


def test_a_new_meeting_takes_the_quarter_and_its_dates(executive, sam, round_):
    add(executive, sam, day=MAY_31, quarter=Q4)
    assert dates(round_) == FROM_MAY_31


def test_another_hour_of_the_same_day_moves_nothing(executive, sam, round_):
    meeting = add(executive, sam, quarter=Q4)
    before = dates(round_)
    change(meeting, sam, starts_at=london(MAY_24, 14))
    assert dates(round_) == before
    assert not AuditEvent.objects.filter(kind="round_rescheduled").exists()


def test_a_date_set_by_hand_stays(executive, sam, round_):
    type(round_).objects.update(set_by_hand=["due_on"], due_on=D(2018, 4, 27))
    meeting = add(executive, sam, quarter=Q4)
    change(meeting, sam, starts_at=london(MAY_31))
    assert dates(round_) == [D(2018, 4, 27), *FROM_MAY_31[1:]]


def test_dates_that_stay_say_why(executive, sam, round_):
    meeting = add(executive, sam, quarter=Q4)
    before = following.held(Q4)
    change(meeting, sam, starts_at=london(D(2018, 4, 12)))
    (said,) = following.told(before)
    assert said.startswith("The dates of 2017-18 Q4 did not move. That is too early for 2017-18 Q4")


def test_called_off_its_quarter_has_no_meeting(executive, sam, round_):
    meeting = add(executive, sam, quarter=Q4)
    actions.call_off(meeting, reason="No quorum", version=meeting.version, by=sam)
    # 20, 25, 25 and 29 working days after Saturday 31 March, without 2 April and 7 May
    assert dates(round_) == [D(2018, 4, 30), D(2018, 5, 8), D(2018, 5, 8), D(2018, 5, 14), None]


def test_another_quarter_leaves_the_first_without_a_meeting(executive, sam, round_):
    meeting = add(executive, sam, quarter=Q4)
    change(meeting, sam, quarter=None)
    assert dates(round_)[-1] is None


def test_saying_what_is_said_already_leaves_no_trace(executive, sam):
    meeting = add(executive, sam)
    change(meeting, sam)
    assert meeting.version == 1
    assert not AuditEvent.objects.filter(kind="meeting_changed").exists()


def test_a_meeting_that_has_moved_on(executive, sam):
    meeting = add(executive, sam)
    same = Meeting.objects.get(pk=meeting.pk)
    change(meeting, sam, place="Elsewhere")
    with pytest.raises(Stale):
        change(same, sam, place="Nowhere")
    with pytest.raises(Stale):
        actions.call_off(same, reason="x", version=same.version, by=sam)


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_what_was_held_or_called_off_stays_as_it_is(executive, sam, state):
    meeting = MeetingFactory(body=executive, state=state, cancelled_because="x" if state == "cancelled" else "")
    for act in (
        lambda: change(meeting, sam, place="Elsewhere"),
        lambda: actions.call_off(meeting, reason="x", version=1, by=sam),
        lambda: actions.set_agenda(meeting, rows=[], version=1, by=sam),
    ):
        with pytest.raises(ValidationError, match="so this stays as it is"):
            act()


def test_calling_off_without_a_reason(executive, sam):
    meeting = add(executive, sam)
    with pytest.raises(ValidationError, match="Say why"):
        actions.call_off(meeting, reason=" ", version=1, by=sam)


# ---------------------------------------------------------------- the agenda


def titles(meeting):
    return [item.title for item in meeting.items.order_by("order")]


def rows(meeting):
    return {item.title: ItemRow(item.pk, item.title, item.purpose, item.presenter) for item in meeting.items.all()}


def test_items_are_added_moved_and_taken_off(executive, sam):
    meeting = add(executive, sam)
    new = [ItemRow(None, title, "discuss") for title in ("One", "Two", "Three")]
    actions.set_agenda(meeting, rows=new, version=1, by=sam)
    held = rows(meeting)
    actions.set_agenda(meeting, rows=[held["Three"], held["One"]], version=2, by=sam)
    assert titles(meeting) == ["Three", "One"]
    assert meeting.version == 3
    actions.set_agenda(meeting, rows=list(held.values())[2:] + [held["One"]], version=3, by=sam)
    assert meeting.version == 3, "the same again changes nothing"


def test_an_item_with_a_paper_stays(executive, sam):
    item = AgendaItemFactory(meeting=add(executive, sam), title="Burglary")
    PaperFactory(item=item)
    with pytest.raises(ValidationError, match="“Burglary” has a paper"):
        actions.set_agenda(item.meeting, rows=[], version=1, by=sam)


def test_another_meetings_item_is_not_taken_along(executive, sam):
    other = AgendaItemFactory()
    meeting = add(executive, sam)
    with pytest.raises(Stale):
        actions.set_agenda(meeting, rows=[ItemRow(other.pk, "Mine", "note")], version=1, by=sam)


# ---------------------------------------------------------------- what others ask


def test_how_the_deadline_was_counted(executive, sam):
    assert meetings.counted(add(executive, sam)) == (
        "Papers are to be out by Wednesday 16 May 2018, so that 5 clear working days lie between that day and the meeting. "
        "Neither of the two is counted, nor are weekends."
    )
    easter = add(executive, sam, day=D(2018, 4, 3), starts_at=london(D(2018, 4, 3)))
    assert meetings.counted(easter).endswith(
        "Neither of the two is counted, nor are weekends and the bank holidays on 30 March and 2 April."
    )
