"""Changing the dates of a quarter, and moving them with the meeting. Working days are counted by hand in tests/unit/indicators/test_deadlines.py."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from indicators import actions
from indicators.models import Commentary, Round
from lib.editing import Stale
from tests.factories import UserFactory
from tests.factories.indicators import Q4, ReturnFactory, RoundFactory, TargetFactory
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db

MAY = {day: dt.date(2018, 5, day) for day in range(1, 32)}
DAYS = {
    "opens_on": dt.date(2018, 4, 3),
    "due_on": dt.date(2018, 4, 26),
    "verify_by": MAY[3],
    "commentary_due_on": MAY[8],
    "closes_on": MAY[10],
}
MEETING = MAY[24]
# Of a meeting a week later, on Thursday 31 May: the 28th is a bank holiday.
WEEK_LATER = {"due_on": MAY[2], "verify_by": MAY[10], "commentary_due_on": MAY[14], "closes_on": MAY[16]}


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def round_():
    """As the meeting of 24 May gives it."""
    return RoundFactory(**DAYS, executive_meets_on=MEETING)


def held(round_) -> dict[str, dt.date]:
    stands = Round.objects.get(pk=round_.pk)
    return {name: getattr(stands, name) for name in DAYS}


def change(round_, by, **changes):
    said = {**held(round_), "executive_meets_on": round_.executive_meets_on, "version": round_.version} | changes
    return actions.change_dates(round_, **said, by=by)


def told(what, was, now):
    return {"what": what, "was": was, "now": now}


class TestOpening:
    def open_(self, by):
        PlanFactory()
        TargetFactory()
        return actions.open_round(Q4, **DAYS, executive_meets_on=MEETING, by=by)

    def test_dates_as_the_meeting_gives_them_are_nobodys(self, sam):
        assert self.open_(sam).set_by_hand == []

    def test_a_date_saved_with_another_day_counts_as_set_by_hand(self, sam, monkeypatch):
        monkeypatch.setitem(DAYS, "verify_by", MAY[4])
        assert self.open_(sam).set_by_hand == ["verify_by"]
        assert told("Set by hand", "nothing", "Verify by") in AuditEvent.objects.get().changes

    def test_a_meeting_too_early_leaves_the_usual_dates_untouched(self, sam, monkeypatch):
        """30 April, 8, 8 and 14 May are the usual days after the quarter's end."""
        usual = {"due_on": dt.date(2018, 4, 30), "verify_by": MAY[8], "commentary_due_on": MAY[8], "closes_on": MAY[14]}
        for name, day in usual.items():
            monkeypatch.setitem(DAYS, name, day)
        PlanFactory()
        TargetFactory()
        round_ = actions.open_round(Q4, **DAYS, executive_meets_on=MAY[3], by=sam)
        assert round_.set_by_hand == []


class TestChanging:
    def test_what_is_not_as_the_meeting_gives_it_counts_as_set_by_hand(self, round_, sam):
        change(round_, sam, verify_by=MAY[4])
        stands = Round.objects.get()
        assert (stands.verify_by, stands.set_by_hand, stands.version) == (MAY[4], ["verify_by"], 2)
        event = AuditEvent.objects.get()
        assert (event.kind, event.actor) == ("round_dates_changed", sam)
        assert event.changes == [
            told("Verify by", "3 May 2018", "4 May 2018"),
            told("Set by hand", "nothing", "Verify by"),
        ]

    def test_set_back_to_what_the_meeting_gives_it_moves_again(self, round_, sam):
        change(round_, sam, verify_by=MAY[4])
        change(round_, sam, verify_by=MAY[3])
        assert Round.objects.get().set_by_hand == []

    def test_a_new_meeting_with_its_dates(self, round_, sam):
        change(round_, sam, executive_meets_on=MAY[31], **WEEK_LATER)
        assert held(round_) == DAYS | WEEK_LATER
        assert Round.objects.get().set_by_hand == []

    def test_a_new_meeting_alone_moves_all_that_nobody_has_touched(self, round_, sam):
        change(round_, sam, executive_meets_on=MAY[31])
        assert held(round_) == DAYS | WEEK_LATER
        assert Round.objects.get().set_by_hand == []

    def test_what_was_set_by_hand_stays_and_what_is_changed_with_the_meeting_too(self, round_, sam):
        change(round_, sam, closes_on=MAY[18])
        change(round_, sam, executive_meets_on=MAY[31], verify_by=MAY[9])
        assert held(round_) == DAYS | WEEK_LATER | {"closes_on": MAY[18], "verify_by": MAY[9]}
        assert Round.objects.get().set_by_hand == ["verify_by", "closes_on"]

    def test_a_day_typed_is_kept_although_it_is_the_one_held(self, round_, sam):
        """The page had shown the later day, worked out; somebody typed the earlier one back."""
        change(round_, sam, executive_meets_on=MAY[31], **WEEK_LATER | {"due_on": DAYS["due_on"]}, typed={"due_on"})
        assert held(round_) == DAYS | WEEK_LATER | {"due_on": DAYS["due_on"]}
        assert Round.objects.get().set_by_hand == ["due_on"]

    def test_let_move_again_a_date_gets_the_day_of_the_meeting(self, round_, sam):
        change(round_, sam, verify_by=MAY[4], closes_on=MAY[18])
        change(round_, sam, let_move={"verify_by"})
        assert held(round_) == DAYS | {"closes_on": MAY[18]}
        assert Round.objects.get().set_by_hand == ["closes_on"]
        change(round_, sam, let_move={"closes_on"}, executive_meets_on=MAY[31])
        assert held(round_) == DAYS | WEEK_LATER
        assert Round.objects.get().set_by_hand == []

    def test_let_move_again_with_a_meeting_too_early_it_keeps_its_day(self, round_, sam):
        change(round_, sam, closes_on=MAY[18])
        change(round_, sam, let_move={"closes_on"}, executive_meets_on=MAY[3])
        assert held(round_) == DAYS | {"closes_on": MAY[18]}
        assert Round.objects.get().set_by_hand == []

    def test_dates_that_stayed_when_the_meeting_moved_are_nobodys(self, round_, sam):
        """A later change of one of them does not make the others anybody's."""
        with time_machine.travel(dt.datetime(2018, 4, 26, 12, tzinfo=dt.UTC)):
            actions.reschedule(round_, executive_meets_on=MAY[23], by=sam)  # would be due the day before
        change(round_, sam, closes_on=MAY[11])
        assert held(round_) == DAYS | {"closes_on": MAY[11]}
        assert Round.objects.get().set_by_hand == ["closes_on"]

    def test_with_a_meeting_too_early_only_what_is_changed_is_set_by_hand(self, round_, sam):
        change(round_, sam, executive_meets_on=MAY[3], closes_on=MAY[11])
        assert Round.objects.get().set_by_hand == ["closes_on"]

    def test_without_a_meeting_the_quarters_end_decides(self, round_, sam):
        usual = {"due_on": dt.date(2018, 4, 30), "verify_by": MAY[8], "commentary_due_on": MAY[8], "closes_on": MAY[15]}
        change(round_, sam, executive_meets_on=None, **usual)
        assert Round.objects.get().set_by_hand == ["closes_on"]  # 14 May is usual

    def test_saying_the_same_again_leaves_no_trace(self, round_, sam):
        change(round_, sam)
        assert not AuditEvent.objects.exists()
        assert Round.objects.get().version == 1

    @pytest.mark.parametrize(
        ("field", "day", "sentence"),
        [
            ("due_on", dt.date(2018, 4, 2), "before the quarter opens"),
            ("due_on", MAY[4], "on the day they are due or later"),
            ("verify_by", MAY[11], "last day for verifying or later"),
            ("commentary_due_on", MAY[11], "between opening and closing"),
            ("commentary_due_on", None, "decided when the quarter was opened"),
        ],
    )
    def test_dates_out_of_order_are_refused(self, round_, sam, field, day, sentence):
        with pytest.raises(ValidationError, match=sentence):
            change(round_, sam, **{field: day})
        assert held(round_) == DAYS

    def test_of_a_closed_quarter_they_are_refused(self, round_, sam):
        actions.close_round(round_, version=1, by=sam)
        with pytest.raises(ValidationError, match="2017-18 Q4 is closed, so its dates stay as they are"):
            change(round_, sam, closes_on=MAY[11])
        assert held(round_) == DAYS

    def test_over_a_newer_version_is_told(self, round_, sam):
        change(Round.objects.get(), sam, closes_on=MAY[11])
        with pytest.raises(Stale):
            change(round_, sam, closes_on=MAY[14])
        assert held(round_)["closes_on"] == MAY[11]

    def test_the_day_of_the_words_moves_for_those_that_still_have_the_quarters(self, round_, sam):
        own, common = ReturnFactory(round=round_).commentary, ReturnFactory(round=round_).commentary
        Commentary.objects.filter(pk=own.pk).update(due_on=MAY[22])
        other = ReturnFactory(round=RoundFactory(quarter=Q4.previous, commentary_due_on=MAY[8])).commentary
        change(round_, sam, commentary_due_on=MAY[9])
        found = dict(Commentary.objects.values_list("pk", "due_on"))
        assert found == {own.pk: MAY[22], common.pk: MAY[9], other.pk: MAY[8]}


class TestMovingWithTheMeeting:
    def test_all_move_that_nobody_has_touched(self, round_, sam):
        moved = actions.reschedule(round_, executive_meets_on=MAY[31], by=sam)
        assert held(round_) == DAYS | WEEK_LATER
        assert (moved.closes_on, moved.executive_meets_on, moved.version) == (MAY[16], MAY[31], 2)
        event = AuditEvent.objects.get()
        assert (event.kind, event.comment) == ("round_rescheduled", "")
        assert told("CSP Executive meets on", "24 May 2018", "31 May 2018") in event.changes
        assert told("Closes on", "10 May 2018", "16 May 2018") in event.changes

    def test_what_was_set_by_hand_stays_whatever_it_is_now(self, round_, sam):
        change(round_, sam, verify_by=MAY[10])  # which is also what the later meeting gives
        actions.reschedule(round_, executive_meets_on=MAY[31], by=sam)
        assert held(round_) == DAYS | WEEK_LATER
        actions.reschedule(round_, executive_meets_on=MAY[30], by=None)
        assert held(round_) == DAYS | {
            "due_on": MAY[1],
            "verify_by": MAY[10],
            "commentary_due_on": MAY[11],
            "closes_on": MAY[15],
        }
        assert AuditEvent.objects.order_by("pk").last().scheduled

    def test_words_move_that_still_have_the_quarters_day(self, round_, sam):
        own, common = ReturnFactory(round=round_).commentary, ReturnFactory(round=round_).commentary
        Commentary.objects.filter(pk=own.pk).update(due_on=MAY[22])
        actions.reschedule(round_, executive_meets_on=MAY[31], by=sam)
        assert dict(Commentary.objects.values_list("pk", "due_on")) == {own.pk: MAY[22], common.pk: MAY[14]}

    def test_words_that_are_not_asked_for_stay_so(self, round_, sam):
        Round.objects.update(commentary_due_on=None)
        ReturnFactory(round=Round.objects.get())
        actions.reschedule(round_, executive_meets_on=MAY[31], by=sam)
        assert held(round_)["commentary_due_on"] is None
        assert Commentary.objects.get().due_on is None

    def test_a_meeting_called_off_brings_the_usual_days(self, round_, sam):
        actions.reschedule(round_, executive_meets_on=None, by=sam)
        assert held(round_) == DAYS | {
            "due_on": dt.date(2018, 4, 30),
            "verify_by": MAY[8],
            "commentary_due_on": MAY[8],
            "closes_on": MAY[14],
        }

    def test_the_same_meeting_again_changes_nothing(self, round_, sam):
        actions.reschedule(round_, executive_meets_on=MEETING, by=sam)
        assert not AuditEvent.objects.exists()

    def test_a_meeting_too_early_is_kept_and_the_dates_stay(self, round_, sam):
        actions.reschedule(round_, executive_meets_on=MAY[3], by=sam)
        assert held(round_) == DAYS
        assert Round.objects.get().executive_meets_on == MAY[3]
        assert AuditEvent.objects.get().comment == (
            "That is too early for 2017-18 Q4: figures would be due on 6 April 2018, 3 working days after it opens. "
            "Its dates can be worked out from a meeting on 8 May 2018 or later. The dates stay as they are."
        )

    def test_dates_that_would_no_longer_follow_each_other_stay(self, round_, sam):
        change(round_, sam, closes_on=MAY[9])
        actions.reschedule(round_, executive_meets_on=MAY[31], by=sam)
        assert held(round_) == DAYS | {"closes_on": MAY[9]}
        assert "no longer follow each other" in AuditEvent.objects.order_by("pk").last().comment

    def test_no_day_to_come_moves_to_one_that_is_over(self, round_, sam):
        """On 26 April the figures are due that day; for a meeting on the 23rd they would have been due the day before."""
        with time_machine.travel(dt.datetime(2018, 4, 26, 12, tzinfo=dt.UTC)):
            actions.reschedule(round_, executive_meets_on=MAY[23], by=sam)
        assert held(round_) == DAYS
        assert "“figures due on” would be 25 April 2018, which is over" in AuditEvent.objects.get().comment

    def test_of_a_closed_quarter_only_the_meeting_is_noted(self, round_, sam):
        """It closes before the meeting, which may still be put off; the pack names its day."""
        actions.close_round(round_, version=1, by=sam)
        actions.reschedule(Round.objects.get(), executive_meets_on=MAY[31], by=sam)
        assert held(round_) == DAYS
        assert Round.objects.get().executive_meets_on == MAY[31]
        comment = AuditEvent.objects.order_by("pk").last().comment
        assert comment == "The quarter is closed, so its dates stay as they are."

    def test_over_a_newer_version_is_told_where_one_is_given(self, round_, sam):
        change(Round.objects.get(), sam, closes_on=MAY[18])
        with pytest.raises(Stale):
            actions.reschedule(round_, executive_meets_on=MAY[31], version=1, by=sam)
        actions.reschedule(round_, executive_meets_on=MAY[31], by=sam)  # an instance read before
        assert held(round_) == DAYS | WEEK_LATER | {"closes_on": MAY[18]}
