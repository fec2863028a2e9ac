"""Every expected day is counted on a calendar. Bank holidays of England (gov.uk): 25 and 26 December 2017, 1 January, Good Friday 30 March,
Easter Monday 2 April, 7 and 28 May 2018."""

import datetime as dt

import pytest

from indicators import deadlines
from lib import working_days
from lib.quarters import Quarter

Q2, Q3, Q4 = (Quarter.parse(f"2017-18-q{number}") for number in (2, 3, 4))
OVER = dt.date(2018, 4, 1)  # the day after Q4's last
MEETING = dt.date(2018, 5, 24)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def days(opens: str, due: str, verify: str, words: str, closes: str) -> dict[str, dt.date]:
    return dict(zip(deadlines.NAMES, map(day, (opens, due, verify, words, closes)), strict=True))


class TestFromTheMeeting:
    @pytest.mark.parametrize(
        ("quarter", "meets", "expected"),
        [
            # over early May's bank holiday, Monday the 7th
            (Q4, "2018-05-24", days("2018-04-03", "2018-04-26", "2018-05-03", "2018-05-08", "2018-05-10")),
            # over Easter
            (Q3, "2018-04-12", days("2018-01-02", "2018-03-14", "2018-03-21", "2018-03-23", "2018-03-27")),
            # over Christmas and New Year
            (Q2, "2018-01-11", days("2017-10-02", "2017-12-12", "2017-12-19", "2017-12-21", "2017-12-27")),
        ],
    )
    def test_each_is_counted_back_in_working_days(self, quarter, meets, expected):
        assert deadlines.from_meeting(quarter, day(meets), opened_on=quarter.end) == expected

    def test_the_papers_go_out_five_clear_working_days_before(self):
        """Sent on Wednesday 16 May; clear are the 17th, 18th, 21st, 22nd and 23rd; the meeting is on Thursday the 24th."""
        assert working_days.add(MEETING, -deadlines.PAPERS_GO_OUT) == day("2018-05-16")
        assert deadlines.from_meeting(Q4, MEETING, opened_on=OVER)["closes_on"] < day("2018-05-16")

    @pytest.mark.parametrize(
        ("meets", "due"),
        [
            ("2018-05-04", "2018-04-09"),  # a Friday
            ("2018-05-05", "2018-04-10"),  # the Saturday
            ("2018-05-07", "2018-04-10"),  # the bank holiday
            ("2018-05-08", "2018-04-10"),  # the first working day after it
            ("2018-05-09", "2018-04-11"),
        ],
    )
    def test_a_meeting_on_a_day_off_counts_from_the_working_day_after_it(self, meets, due):
        assert deadlines.from_meeting(Q4, day(meets), opened_on=OVER)["due_on"] == day(due)

    def test_they_follow_in_order_from_any_meeting(self):
        for later in range(400):
            found = deadlines.from_meeting(Q4, day("2018-05-04") + dt.timedelta(later), opened_on=OVER)
            assert list(found.values()) == sorted(found.values())
            assert found["opens_on"] < found["due_on"] < found["verify_by"]


class TestTooEarly:
    def test_a_working_week_is_left_to_give_the_figures(self):
        """Q4 ends on Saturday 31 March: the 3rd, 4th, 5th, 6th and 9th of April are five working days."""
        assert deadlines.from_meeting(Q4, day("2018-05-04"), opened_on=OVER)["due_on"] == day("2018-04-09")
        with pytest.raises(deadlines.TooEarly) as refusal:
            deadlines.from_meeting(Q4, day("2018-05-03"), opened_on=Q4.end)
        assert str(refusal.value) == (
            "That is too early for 2017-18 Q4: figures would be due on 6 April 2018, 4 working days after the quarter’s end. "
            "Its dates can be worked out from a meeting on 4 May 2018 or later"
        )
        assert refusal.value.first_day == day("2018-05-04")

    @pytest.mark.parametrize("meets", ["2018-04-27", "2018-03-22", "2017-05-24"])
    def test_a_meeting_for_which_figures_would_be_due_within_the_quarter(self, meets):
        with pytest.raises(deadlines.TooEarly, match="before the quarter’s end"):
            deadlines.from_meeting(Q4, day(meets), opened_on=Q4.start)

    def test_opened_late_the_week_begins_with_the_opening(self):
        """Due on Thursday 26 April: from Thursday the 19th that is five working days, from Friday the 20th four."""
        found = deadlines.from_meeting(Q4, MEETING, opened_on=day("2018-04-19"))
        assert (found["opens_on"], found["due_on"]) == (day("2018-04-19"), day("2018-04-26"))
        with pytest.raises(deadlines.TooEarly, match="on 26 April 2018, 4 working days after it opens") as refusal:
            deadlines.from_meeting(Q4, MEETING, opened_on=day("2018-04-20"))
        assert refusal.value.first_day == day("2018-05-25")


class TestFromTheQuarter:
    def test_without_a_meeting_they_are_counted_from_its_end(self):
        """30 April is the 20th working day after Easter, 8 May the 25th (the 7th is a bank holiday), 14 May the 29th."""
        expected = days("2018-04-03", "2018-04-30", "2018-05-08", "2018-05-08", "2018-05-14")
        assert deadlines.work_out(Q4, None, opened_on=OVER) == expected
        assert deadlines.work_out(Q4, None, opened_on=day("2018-04-30")) == expected | {"opens_on": day("2018-04-30")}

    def test_of_a_quarter_long_past_from_the_day_it_is_opened(self):
        """On Tuesday 1 May the 20th working day after the quarter's end is over. From then: 31 May (7 and 28 May are bank holidays)."""
        found = deadlines.work_out(Q4, None, opened_on=day("2018-05-01"))
        assert found == days("2018-05-01", "2018-05-31", "2018-06-07", "2018-06-07", "2018-06-13")

    def test_it_opens_on_the_first_working_day_after_the_quarter(self):
        assert deadlines.work_out(Q3, None, opened_on=day("2017-12-20"))["opens_on"] == day("2018-01-02")


class TestWhoMoves:
    HELD = days("2018-04-03", "2018-04-26", "2018-05-04", "2018-05-08", "2018-05-10")

    def test_what_differs_from_the_day_worked_out_was_set_by_hand(self):
        worked_out = deadlines.from_meeting(Q4, MEETING, opened_on=OVER)
        assert deadlines.by_hand(self.HELD, worked_out) == ["verify_by"]
        assert deadlines.by_hand(self.HELD | {"opens_on": day("2018-04-05")}, worked_out) == ["verify_by"]
        assert deadlines.by_hand(self.HELD | {"commentary_due_on": None}, worked_out) == ["verify_by"]

    def test_only_what_nobody_touched_moves_and_never_the_opening(self):
        """A week later: Thursday 31 May, over the bank holiday of the 28th, so that three move by four working days."""
        worked_out = deadlines.from_meeting(Q4, day("2018-05-31"), opened_on=day("2018-04-04"))
        assert deadlines.moved(self.HELD, worked_out, by_hand=["verify_by"]) == {
            "due_on": day("2018-05-02"),
            "commentary_due_on": day("2018-05-14"),
            "closes_on": day("2018-05-16"),
        }

    def test_commentary_that_is_not_asked_for_stays_so(self):
        worked_out = deadlines.from_meeting(Q4, day("2018-05-31"), opened_on=OVER)
        held = self.HELD | {"commentary_due_on": None}
        assert "commentary_due_on" not in deadlines.moved(held, worked_out, by_hand=[])

    def test_a_day_to_come_that_would_be_over(self):
        new = {"due_on": day("2018-04-19"), "closes_on": day("2018-05-03")}
        assert deadlines.gone_by(self.HELD, new, today=day("2018-04-19")) == []
        assert deadlines.gone_by(self.HELD, new, today=day("2018-04-20")) == ["due_on"]
        assert deadlines.gone_by(self.HELD, new, today=day("2018-04-27")) == []  # it was over already
        assert deadlines.gone_by(self.HELD, new, today=day("2018-05-04")) == ["closes_on"]
