"""The delivery plans of a year: one row for each body that owes one or has one."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import RoleGrant, User
from governance import asking, board, standing
from governance.board import Board
from governance.lateness import LATE
from governance.models import Body, DeliveryPlan
from lib.numerals import listed
from lib.quarters import Quarter, Year
from priorities.models import Plan

State = DeliveryPlan.State


@dataclass(frozen=True)
class Row:
    """`plan` is None where none has been begun; `board` is there once there is something to count: the plan is agreed."""

    body: Body
    plan: DeliveryPlan | None
    board: Board | None
    state: str
    next: str
    may_start: bool = False


@dataclass(frozen=True)
class PlanList:
    year: Year
    years: tuple[Year, ...]  # that can be looked at, latest first
    rows: tuple[Row, ...]
    headline: str
    may_start: bool


def gather(user: User, asked: Year | None, today: dt.date) -> PlanList:
    """The number of queries grows with neither bodies nor actions."""
    seen = DeliveryPlan.objects.visible_to(user)
    with_plans = set(seen.order_by().values_list("year", flat=True))
    year = asked or _first_shown(with_plans, today)
    plans = {plan.body_id: plan for plan in seen.filter(year=year).select_related("body")}
    boards = board.gather(
        [plan for plan in plans.values() if plan.is_running or plan.is_closed], board.quarter_on(year, today), on=today
    )
    bodies = _bodies(user, plans, year)
    ask = asking.names_drafting([body.pk for body in bodies], today)
    its = standing.of(user)
    own = its.acts_as_chair | its.supports
    coordinates = user.has_role(RoleGrant.Role.COORDINATOR)
    rows = tuple(
        _row(body, plans.get(body.pk), boards, year, today, ask.get(body.pk, []), coordinates or body.pk in own)
        for body in bodies
    )
    years = sorted({*with_plans, year, Year.of(today), Year.of(today).next}, reverse=True)
    return PlanList(year, tuple(years), rows, _headline(rows, year), coordinates or bool(own))


def _first_shown(with_plans: set[Year], today: dt.date) -> Year:
    """This year, if it has plans or the partnership's plan holds it; else the nearest that has some."""
    this, term = Year.of(today), Plan.objects.current(today)
    if this in with_plans or (term and this in term.years):
        return this
    return this.nearest(with_plans) or this


def _bodies(user: User, plans: dict[int, DeliveryPlan], year: Year) -> list[Body]:
    """Those with a plan in sight, and of those that owe one and have none as many as this person is told of: all for the partnership team
    and the CSP Executive, otherwise one's own."""
    owing = Body.objects.visible_to(user).owing_plans().standing(year.start)
    if not user.has_role(RoleGrant.Role.COORDINATOR, RoleGrant.Role.EXECUTIVE):
        owing = owing.filter(pk__in=standing.of(user).sits_on)
    found = {body.pk: body for body in owing} | {plan.body_id: plan.body for plan in plans.values()}
    return sorted(found.values(), key=lambda body: (body.order, body.name))


def _row(
    body: Body,
    plan: DeliveryPlan | None,
    boards: dict[int, Board],
    year: Year,
    today: dt.date,
    ask: list[str],
    may_start: bool,
) -> Row:
    if plan is None:
        asking = f"Begin it: ask {listed(ask)}" if ask else "Begin it: name a support officer or a chair first"
        return Row(body, None, None, "Not begun", "Begin it" if may_start else asking, may_start)
    return Row(body, plan, boards.get(plan.pk), plan.get_state_display(), next_words(plan, today))


def next_words(plan: DeliveryPlan, today: dt.date) -> str:
    """What comes next, whoever does it."""
    if plan.is_draft:
        return "Change it and submit it again" if plan.sent_back_because else "Complete the draft and submit it"
    if plan.is_submitted:
        return "The CSP Executive agrees it"
    if plan.state == State.AGREED:
        return "Delivery begins"
    if plan.is_closed:
        return "Nothing"
    if today > plan.ends_on:
        return "Close the year: carry forward, merge or close what is open"
    return f"Give and agree the updates of {updates_quarter(plan, today)}"


def updates_quarter(plan: DeliveryPlan, today: dt.date) -> Quarter:
    """Whose updates are wanted: the quarter that ended last, within the plan's year; in its first quarter that one."""
    first, last = plan.year.quarters[0], plan.year.quarters[-1]
    return min(max(Quarter.of(today).previous, first), last)


def _headline(rows: tuple[Row, ...], year: Year) -> str:
    if not rows:
        return f"There are no delivery plans for {year} yet"
    agreed = sum(1 for row in rows if row.plan and (row.plan.is_running or row.plan.is_closed))
    if len(rows) == 1:
        told = f"The one delivery plan for {year} is {'agreed' if agreed else 'not agreed yet'}"
    else:
        told = f"{agreed or 'None'} of {len(rows)} delivery plans for {year} {'is' if agreed <= 1 else 'are'} agreed"
    boards = [row.board for row in rows if row.board]
    late, total = sum(one.counts[LATE] for one in boards), sum(one.total for one in boards)
    if not total:
        return told
    return f"{told}. {late or 'None'} of {total} actions {'is' if late <= 1 else 'are'} late"
