"""The order of what is owed: by day, by person, and in the order in which the things were made."""

import datetime as dt

from lib.owed import Owed

DAY = dt.date(2018, 4, 30)


def owed(thing: str, due_on: dt.date = DAY, person: int = 1) -> Owed:
    return Owed(due_on, person, thing, "due", "Something", "reporting:home")


def test_the_tenth_comes_after_the_ninth():
    things = ["governance.undertaking:9", "governance.undertaking:10", "governance.undertaking:10:drafts"]
    assert [one.thing for one in sorted(map(owed, reversed(things)))] == things


def test_the_day_comes_first_then_the_person():
    late, ours, theirs = owed("z:9", dt.date(2018, 4, 29), 2), owed("a:2", person=1), owed("a:1", person=2)
    assert sorted([theirs, ours, late]) == [late, ours, theirs]
    assert min(theirs, ours, late) == late
