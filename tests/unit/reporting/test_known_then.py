"""What a snapshot says of aims, series and words as they were known at its moment, whatever was said later."""

import datetime as dt

import pytest

from indicators.models import DatedNote, Definition, Rebase, Target
from lib.quarters import Quarter, Year
from reporting import snapshots
from tests.factories import reporting as data
from tests.factories.reporting import Q4, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def farida():
    return data.person()


@pytest.fixture
def plan():
    return data.plan()


@pytest.fixture
def indicator(plan):
    return data.indicator(plan)


def part(plan, moment, quarter=Q4):
    (found,) = snapshots.take(plan, quarter, moment).indicators
    return found


def verified(indicator, quarter, number, farida):
    return data.figure(data.return_(indicator, quarter), number, by=farida, verified=at(3))


def test_a_target_counts_from_the_moment_it_was_set(plan, indicator, farida):
    verified(indicator, Q4, 10, farida)
    terms = {"rule": "tolerance", "basis": "quarter", "value": 10, "tolerance": 5, "reason": "Agreed in May."}
    agreed = {"agreed_by": "CSP Executive", "agreed_on": dt.date(2018, 5, 8)}
    Target.objects.create(indicator=indicator, year=Year(2017), set_at=at(8), **terms, **agreed)
    assert part(plan, at(8) - dt.timedelta(seconds=1)).verdict.code == "data_only"
    assert part(plan, at(8)).verdict.code == "green"


def test_a_break_that_was_entered_later_was_not_known_then(plan, indicator, farida):
    verified(indicator, Q4.previous, 10, farida), verified(indicator, Q4, 10, farida)
    new = {"starts": Q4, "text": "Counted anew.", "breaks_series": True, "break_reason": "New system."}
    Definition.objects.create(indicator=indicator, made_at=at(8), **new)
    before, after = part(plan, at(7)), part(plan, at(8))
    assert (before.breaks, before.short.trend) == ((), "similar")
    assert (after.breaks, after.short.trend) == (((Q4, "New system."),), "not_comparable")


@pytest.mark.parametrize(("day", "stretches"), [(4, 1), (5, 2), (8, 2), (9, 1)])
def test_a_fresh_start_counts_from_when_it_was_made_until_it_was_taken_back(plan, indicator, farida, day, stretches):
    for quarter in Q4.back_to(4):
        verified(indicator, quarter, 10, farida)
    said = {"reason": "Patrols began", "approved_by": "CSP Executive"}
    taken_back = {"withdrawn_at": at(9), "withdrawn_by": farida}
    Rebase.objects.create(indicator=indicator, starts=Q4.previous, made_at=at(5), **said, **taken_back)
    assert len(part(plan, at(day)).stretches) == stretches


@pytest.mark.parametrize(("day", "is_there"), [(4, False), (5, True), (8, True), (9, False)])
def test_a_note_counts_from_when_it_was_made_until_it_was_taken_back(plan, indicator, farida, day, is_there):
    verified(indicator, Q4, 10, farida)
    on, taken_back = dt.date(2018, 1, 8), {"withdrawn_at": at(9), "withdrawn_by": farida}
    DatedNote.objects.create(indicator=indicator, on=on, words="Levy began", made_at=at(5), **taken_back)
    assert part(plan, at(day)).notes == (((on, "Levy began"),) if is_there else ())


def test_what_happened_after_the_quarter_is_not_noted_in_it(plan, indicator, farida):
    verified(indicator, Q4, 10, farida)
    for on in (Q4.end, Q4.end + dt.timedelta(days=1)):
        DatedNote.objects.create(indicator=indicator, on=on, words="Levy began", made_at=at(2))
    assert part(plan, at(8)).notes == ((Q4.end, "Levy began"),)


def test_an_old_figure_that_was_verified_later_was_missing_then(plan, indicator, farida):
    old = Quarter.parse("2015-16-q4")
    data.figure(data.return_(indicator, old), 10, by=farida, verified=at(8))
    verified(indicator, Q4, 10, farida)
    assert [cell.quarter for cell in part(plan, at(7)).series] == [Q4]
    assert (part(plan, at(8)).series[0].quarter, part(plan, at(8)).series[0].state) == (old, "verified")


def test_an_old_figure_that_was_restated_and_then_confirmed_still_shows_what_it_was(plan, indicator, farida):
    return_ = data.return_(indicator, Quarter.parse("2015-16-q4"))
    for day, number in ((2, 10), (3, 12), (4, 12)):
        data.figure(return_, number, by=farida, recorded=at(day), verified=at(day + 1))
    verified(indicator, Q4, 10, farida)
    cell = part(plan, at(8)).series[0]
    assert (cell.value.numerator, cell.was.numerator) == (12, 10)


def test_a_quarter_that_asked_for_nothing_had_no_rating_to_change_from(plan, indicator, farida):
    verified(indicator, Q4, 10, farida)
    assert part(plan, at(8)).last_verdict is None
    data.return_(indicator, Q4.previous)
    assert part(plan, at(8)).last_verdict.code == "missing"
