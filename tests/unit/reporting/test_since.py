"""What differs from what was issued, worked out by hand on two small snapshots."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from lib.quarters import Quarter
from reporting.imprint import Came
from reporting.since import came, since
from reporting.snapshots.shape import Restatement, SmallNumbers, TargetPart, Value, VerdictPart
from tests.factories import snapshot_governance, snapshots
from tests.factories.snapshot_parts import alone, part

Q2, Q3, Q4 = (Quarter.parse(f"2017-18 Q{number}") for number in (2, 3, 4))


def value(number):
    return Value(Decimal(number), None, None)


def with_figure(one, quarter, number, state="verified"):
    """The indicator with another figure in one of its eight quarters."""
    return replace(
        one,
        history=tuple(
            snapshots.cell(quarter, number, state=state) if each.quarter == quarter else each for each in one.history
        ),
        series=(),
    )


@pytest.fixture
def a1():
    """Eight quarters, nothing aimed at."""
    return replace(part("violence-with-injury-hotspots"), reference="A1", series=())


def restated(one, quarter, why):
    return Restatement(
        one.reference, one.short_name, one.slug, quarter, value(1), value(2), "revision", why, dt.date(2018, 5, 9),
        "Dana", None, False, True,
    )  # fmt: skip


def test_the_same_differs_in_nothing(a1):
    assert since(alone(a1), alone(a1)) == ()
    assert came(alone(a1), alone(a1)) == ()


def test_a_figure_that_came_is_told(a1):
    before = with_figure(a1, Q4, None, "awaited")
    now = with_figure(a1, Q4, 629)
    assert since(alone(before), alone(now)) == ("A1, 2017-18 Q4 has come: 629.",)
    assert came(alone(before), alone(now)) == (Came(a1.slug, "A1, 2017-18 Q4 has come: 629."),)


def test_what_is_sent_and_not_verified_has_not_come(a1):
    before, now = with_figure(a1, Q4, None, "awaited"), with_figure(a1, Q4, 629, "unverified")
    assert since(alone(before), alone(now)) == ()


def test_a_restated_figure_says_what_it_was_is_and_why(a1):
    before, now = with_figure(a1, Q2, 771), with_figure(a1, Q2, 743)
    told = alone(now, restatements=(restated(a1, Q2, "28 lay outside the area"),))
    assert since(alone(before), told) == ("A1, 2017-18 Q2 restated: was 771, now 743. 28 lay outside the area.",)


def test_many_quarters_under_one_reason_are_told_in_one_sentence(a1):
    now = a1
    for quarter in a1.history[:4]:
        now = with_figure(now, quarter.quarter, 10)
    before = a1
    for quarter in a1.history[:4]:
        before = with_figure(before, quarter.quarter, 9)
    assert since(alone(before), alone(now)) == (
        "A1, four quarters from 2016-17 Q1 to 2016-17 Q4 restated; the last was 9, now 10.",
    )


def test_a_figure_that_is_no_longer_verified_is_told(a1):
    before, now = with_figure(a1, Q3, 700), with_figure(a1, Q3, None, "missing")
    assert since(alone(before), alone(now)) == ("A1, 2017-18 Q3: no longer a verified figure.",)


def test_the_new_quarter_itself_is_no_change_of_the_earlier_issue(a1):
    """The pack of Q3 could not tell of Q4."""
    q3 = alone(with_figure(a1, Q4, None, "not_collected"), quarter=Q3)
    assert since(q3, alone(with_figure(a1, Q4, 629))) == ()


def rated(one, code, last=None):
    return replace(one, verdict=VerdictPart(code, ""), last_verdict=VerdictPart(last, "") if last else None)


def test_a_rating_of_the_same_quarter_that_changed_is_told(a1):
    assert since(alone(rated(a1, "amber")), alone(rated(a1, "red"))) == ("A1 was amber and is red.",)


def test_of_the_quarter_before_the_rating_is_compared_with_what_is_known_of_it_now(a1):
    before = alone(rated(a1, "green"), quarter=Q3)
    assert since(before, alone(rated(a1, "red", last="amber"))) == ("A1 was green and is amber.",)
    assert since(before, alone(rated(a1, "red", last="green"))) == ()


def test_of_a_quarter_further_back_no_rating_is_compared(a1):
    before = alone(rated(a1, "green"), quarter=Q2)
    assert since(before, alone(rated(a1, "red", last="amber"))) == ()


def target(number, *, minimum=None, agreed=True, rule="minimum_and_target"):
    number = None if number is None else Decimal(number)
    minimum = None if minimum is None else Decimal(minimum)
    return TargetPart(rule, "", "year_to_date", number, minimum, None, (), None, agreed, "")


@pytest.mark.parametrize(
    ("was", "now", "line"),
    [
        (None, target(2700, minimum=2800), "A1: a target for 2017-18 is set, 2,700 (minimum expectation 2,800)."),
        (target(None, rule="none"), target(2700), "A1: a target for 2017-18 is set, 2,700."),
        (None, target(2700, agreed=False), "A1: a target for 2017-18 is proposed, 2,700."),
        (target(2700, agreed=False), target(2700), "A1: the target for 2017-18 is agreed, 2,700."),
        (target(2700), target(2600), "A1: the target for 2017-18 was 2,700 and is 2,600."),
        (target(2700), target(None, rule="none"), "A1: the target for 2017-18 was 2,700 and is data only."),
    ],
)
def test_targets_that_were_set_or_changed_are_told(a1, was, now, line):
    assert since(alone(replace(a1, target=was)), alone(replace(a1, target=now))) == (line,)


def test_the_targets_of_another_year_are_no_change(a1):
    before = alone(replace(a1, target=target(2700)), quarter=Quarter.parse("2016-17 Q4"))
    assert since(before, alone(replace(a1, target=target(2600)))) == ()


def test_indicators_in_one_of_both_packs_are_told(a1):
    other = replace(a1, slug="other", reference="D1")
    assert since(alone(a1), alone(a1, other)) == ("One indicator is in this pack and not in that one: D1.",)
    assert since(alone(a1, other), alone(a1)) == ("One indicator is in that pack and not in this one: D1.",)


def test_what_a_public_edition_hides_comes_out_of_neither(a1):
    """Two small numbers that differ look the same; one that grew says no more than both packs show."""
    small = SmallNumbers(5, False, 0)

    def public(number, hidden=""):
        shown = Value(None, None, None, hidden) if hidden else value(number)
        cell = replace(snapshots.cell(Q4, 7), value=shown)
        one = replace(a1, history=(*a1.history[:-1], cell), series=())
        return alone(one, edition="public", small_numbers=small)

    assert since(public(0, "fewer"), public(0, "fewer")) == ()
    assert since(public(0, "fewer"), public(7)) == ("A1, 2017-18 Q4 restated: was fewer than 5, now 7.",)
    assert since(public(7), public(0, "withheld")) == ("A1, 2017-18 Q4: no longer shown.",)


def test_a_number_that_is_hidden_by_now_is_not_printed_once_more(a1):
    """The earlier edition may have been withdrawn for showing it. What this one prints of an earlier figure may be said."""
    small, hidden = SmallNumbers(5, False, 0), Value(None, None, None, "fewer")

    def public(shown, code, aimed_at, restatements=()):
        cell = replace(snapshots.cell(Q4, 7), value=shown)
        one = replace(rated(a1, code), history=(*a1.history[:-1], cell), series=(), target=target(aimed_at))
        return alone(one, edition="public", small_numbers=small, restatements=restatements)

    before = public(value(4), "amber", 12)
    assert since(before, public(hidden, "not_shown", None)) == ("A1, 2017-18 Q4: no longer shown.",)
    known = replace(restated(a1, Q4, "Two lay outside"), was=value(6), now=hidden)
    assert since(public(value(6), "amber", 12), public(hidden, "not_shown", 12, (known,))) == (
        "A1, 2017-18 Q4 restated: was 6, now fewer than 5. Two lay outside.",
    )


def test_actions_that_were_late_or_are_stand_together_by_the_way_they_went():
    held = snapshot_governance.governed().governance
    first = held.delivery[0]
    action = first.actions[0]

    def with_states(*states):
        own = tuple(replace(action, reference=f"ASB {n}", state=one) for n, one in enumerate(states, 1))
        return alone(governance=replace(held, delivery=(replace(first, actions=own),)))

    before = with_states("late", "late", "on_track", "on_track", "at_risk")
    now = with_states("complete", "complete", "late", "at_risk", "at_risk")
    assert since(before, now) == (
        "ASB 3 was on track and is late.",
        "ASB 1 and ASB 2 were late and are complete.",
    )
