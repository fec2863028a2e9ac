"""When a figure is owed and until when a closed quarter takes it: what moves, what was granted, and sources that are late.

All about 2017-18 Q4: figures are due on Friday 27 April 2018 and the quarter closes on Thursday 10 May. 2 April, 7 May and 28 May are
bank holidays. 5 working days after the quarter's end are 9 April, 20 are 30 April, 24 are 4 May, 25 are 8 May, 27 are 10 May, 28 are 11 May.
"""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from indicators import actions, round_story, wording, work
from indicators.models import Figure, Return, Round
from tests.factories.accounts import UserFactory
from tests.factories.indicators import ReturnFactory, RoundFactory

pytestmark = pytest.mark.django_db


def at(month: int, day: int):
    return time_machine.travel(dt.datetime(2018, month, day, 12, tzinfo=dt.UTC), tick=False)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2018-{text}")


@pytest.fixture
def sam():
    return UserFactory(roles=["coordinator"])


def asked(lag: int = 0, closed: str = "", **fields) -> Return:
    closed_at = timezone.make_aware(dt.datetime.combine(day(closed), dt.time(12))) if closed else None
    return ReturnFactory(round=RoundFactory(closed_at=closed_at), indicator__source_lag=lag, **fields)


# ---------------------------------------------------------------- when it is due


@pytest.mark.parametrize(
    ("given", "again", "moved_to", "due"),
    [
        ("05-04", None, "04-27", "05-04"),
        ("05-04", None, "05-03", "05-04"),
        ("05-04", None, "05-04", "05-04"),
        ("05-04", None, "05-14", "05-14"),  # everybody's day has moved past the one that was granted
        (None, None, "05-14", "05-14"),
        ("05-04", "05-02", "04-27", "05-02"),
        ("05-04", "05-02", "05-14", "05-02"),  # sent back: the day that was named then
    ],
)
def test_more_time_never_makes_it_due_before_the_others(given, again, moved_to, due):
    return_ = asked(extended_to=given and day(given), due_again_on=again and day(again))
    return_.round.due_on = day(moved_to)
    assert return_.due_on == day(due)


def test_more_time_that_the_quarter_has_overtaken_is_said_nowhere(sam):
    with at(4, 25):
        return_ = asked()
        actions.extend([return_], until=day("05-04"), reason="Their system is down.", by=sam)
        longer = round_story.gather(Round.objects.get(), timezone.localdate()).longer
        assert [one.until for one in longer] == [day("05-04")]
        Round.objects.update(due_on=day("05-04"), verify_by=day("05-14"), closes_on=day("05-30"))
        return_ = Return.objects.get()
        assert return_.due_on == day("05-04")
        assert wording.beside_due(return_) == ""
        assert round_story.gather(Round.objects.get(), timezone.localdate()).longer == ()


# ---------------------------------------------------------------- until when a closed quarter takes it


@pytest.mark.parametrize(
    ("lag", "closed", "last"),
    [
        (0, "05-10", None),
        (5, "05-10", None),  # its source had it a month before
        (27, "05-11", None),  # on the day on which it was to close
        (27, "05-10", "05-24"),  # and was closed in the course of that day
        (28, "05-10", "05-25"),  # the day after; ten working days later
        (28, "05-14", "05-25"),  # also where it closed late
        (28, "06-29", "05-25"),
        (40, "05-10", "06-13"),  # 30 May
        (25, "05-04", "05-22"),  # closed early, before its source had it
        (25, "05-08", "05-22"),
        (25, "05-09", None),
        (5, "04-04", "04-27"),  # closed very early: taken until it is due, and that is more than ten working days
    ],
)
def test_a_late_source_is_waited_for_and_not_for_ever(lag, closed, last):
    return_ = asked(lag, closed)
    days = [day("04-01") + dt.timedelta(days=n) for n in range(500)]
    assert max((each for each in days if return_.stays_open(each)), default=None) == (last and day(last))
    assert all(return_.stays_open(each) == (last is not None and each <= day(last)) for each in days)


@pytest.mark.parametrize(
    ("given", "lag", "last"),
    [
        ("05-18", 0, "05-18"),
        ("05-18", 28, "05-25"),  # more time takes nothing away
        ("06-08", 28, "06-08"),
    ],
)
def test_the_two_reasons_are_joined_by_or(given, lag, last):
    return_ = asked(lag, "05-10", extended_to=day(given))
    assert return_.stays_open(day(last))
    assert not return_.stays_open(day(last) + dt.timedelta(days=1))


def test_one_sent_back_can_be_answered_until_it_is_due_again():
    return_ = asked(28, "05-10", due_again_on=day("06-08"))
    assert return_.stays_open(day("06-08"))
    assert not return_.stays_open(day("06-09"))


def test_a_quarter_closed_early_takes_what_its_source_had_not_yet(sam):
    with at(5, 4):
        return_ = asked(25)
        actions.close_round(return_.round, version=1, reason="The meeting was brought forward.", by=sam)
    with at(5, 8):
        return_ = Return.objects.select_related("round", "indicator").get()
        sent = actions.submit(return_, version=1, numerator=Decimal(5), supplied_by=sam, by=sam)
        assert isinstance(sent, Figure)


def test_after_its_last_day_it_is_owed_no_more_and_not_taken(sam):
    with at(5, 10):
        return_ = asked(28)
        actions.close_round(return_.round, version=1, reason="The rest is late.", by=sam)
    for today, owed in ((25, 1), (26, 0)):
        with at(5, today):
            found = [one for one in work.owed(timezone.localdate()) if one.thing == f"indicators.return:{return_.pk}"]
            assert len(found) == owed, today
    with at(5, 26), pytest.raises(ValidationError, match="takes no new figures any more"):
        return_ = Return.objects.select_related("round", "indicator").get()
        actions.submit(return_, version=1, numerator=Decimal(5), supplied_by=sam, by=sam)
