"""Delivery on the dashboard: a row for each body."""

from governance import lateness
from reporting import dashboard
from reporting.dashboard import delivering
from tests.factories import snapshot_governance as made
from tests.factories import snapshots


def rows(*parts):
    return delivering.build(made.governed(made.governance(delivery=parts))).rows


def test_each_body_has_its_counts_and_its_longest_late_actions():
    built = delivering.build(made.governed())
    asb, hate, tension, prevent = built.rows
    assert [(count.state, count.number) for count in asb.counts] == [
        ("Late", 3),
        ("At risk", 1),
        ("No update", 1),
        ("On track", 3),
        ("Complete", 1),
    ]
    assert asb.note == "Late: ASB 5, ASB 2 and ASB 7"  # 59 and 31 days, and one that will miss its day
    assert (hate.note, hate.has_plan) == ("", True)
    assert (tension.note, tension.has_plan, tension.counts) == ("No plan yet", False, ())
    assert (prevent.note, prevent.has_plan, prevent.counts) == ("Submitted, not agreed yet", True, ())
    assert built.headline.startswith("Three of 11 actions are late")


def test_of_many_late_ones_four_are_named():
    (row,) = rows(
        made.delivery("ASB", "ASB", *(made.action(f"ASB {number}", lateness.LATE) for number in range(1, 10)))
    )
    assert row.note == "Late: ASB 1, ASB 2, ASB 3, ASB 4 and 5 more"


def test_there_is_no_such_part_where_nothing_is_held_or_owed():
    assert delivering.build(snapshots.sample()) is None
    assert delivering.build(made.governed(made.nothing())) is None
    assert dashboard.build(snapshots.sample()).delivering is None
