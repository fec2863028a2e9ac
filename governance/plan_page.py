"""What the page of a delivery plan shows besides its board."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from accounts import audit
from accounts.models import User
from governance import board, equalities, lateness, next_step, opening, readiness
from governance.board import Board, Group
from governance.models import Approval, DeliveryPlan, EqualityAnalysis, Undertaking
from governance.next_step import Step, address
from governance.readiness import Readiness
from lib.numerals import in_words
from lib.quarters import Quarter
from lib.written import capitalised, day_year


@dataclass(frozen=True)
class Condition:
    undertaking: Undertaking
    state: str  # "Overdue", "Due", "Done", "No longer needed"
    may_end: bool


@dataclass(frozen=True)
class Link:
    words: str
    url: str


@dataclass(frozen=True)
class PlanPage:
    board: Board
    headline: str
    lacks: Readiness | None  # of a draft
    step: Step
    analysis: EqualityAnalysis | None
    equality_lacks: tuple[str, ...]
    conditions: tuple[Condition, ...]
    approvals: tuple[Approval, ...]  # withdrawn ones too
    links: tuple[Link, ...]
    history: tuple[audit.Line, ...]
    shown: Quarter | None  # at whose end the actions are shown; None: today
    quarters: tuple[Quarter, ...]  # that can be asked for
    judged: bool  # the actions stand somewhere: the plan is agreed
    groups: tuple[Group, ...]  # of actions; one of all of them before that
    may_submit_without: bool  # what is missing may be given later
    may_draft: bool  # its words and actions can be changed now, by this person
    may_send_back: bool
    may_withdraw: bool


def gather(plan: DeliveryPlan, user: User, today: dt.date, asked: Quarter | None = None) -> PlanPage:
    """With its actions as they stand today, or as they stood at the end of the quarter asked for. The number of queries does not grow with
    the actions."""
    over = tuple(quarter for quarter in plan.year.quarters if quarter.end < today)
    shown = asked if asked in over else None
    quarter, on = (shown, shown.end) if shown else (board.quarter_on(plan.year, today), today)
    stands = board.gather([plan], quarter, on=on)[plan.pk]
    lacks = readiness.of(plan) if plan.is_draft else None
    analysis = equalities.of(plan)
    judged = plan.is_running or plan.is_closed
    conditions = tuple(_conditions(plan, user, today))
    is_opening = not shown and opening.is_opening(plan, today)
    may_draft = not (plan.is_submitted or plan.is_closed) and user.has_perm("governance.draft_plan", plan)
    return PlanPage(
        board=stands,
        headline=_opening(plan, stands, conditions) if is_opening else _headline(plan, stands, lacks),
        lacks=lacks,
        step=next_step.of(plan, user, today, lacks),
        analysis=analysis,
        equality_lacks=tuple(equalities.missing(analysis)),
        conditions=conditions,
        approvals=tuple(plan.approvals.select_related("body", "meeting", "recorded_by", "withdrawn_by")),
        links=tuple(_links(plan, user, today, may_draft)),
        history=tuple(audit.lines(audit.history(plan)[:50])),
        shown=shown,
        quarters=over if judged else (),
        judged=judged,
        groups=stands.groups if judged else (Group("", "", stands.lines),),
        may_submit_without=lacks is not None
        and not lacks.faults
        and not lacks.is_ready
        and user.has_perm("governance.submit_plan", plan),
        may_draft=may_draft,
        may_send_back=plan.is_submitted and may_send_back(user, plan),
        may_withdraw=plan.state == DeliveryPlan.State.AGREED and user.has_perm("governance.record_approval"),
    )


def may_send_back(user: User, plan: DeliveryPlan) -> bool:
    return bool(user.has_perm("governance.record_approval") or user.has_perm("governance.agree_plan", plan))


def may_end(user: User, condition: Undertaking, plan: DeliveryPlan) -> bool:
    """Its owner, the partnership team and those who work for the body; only the team may say that it is no longer needed."""
    return bool(user.has_perm("governance.see_to", condition) or user.has_perm("governance.draft_plan", plan))


def _headline(plan: DeliveryPlan, stands: Board, lacks: Readiness | None) -> str:
    count = len(stands.lines)
    if lacks and not count:
        return f"{capitalised(_missing(lacks))} before it can be submitted"
    if not count or plan.is_running or plan.is_closed:
        return stands.headline
    actions = f"{count} action{'' if count == 1 else 's'}"
    if lacks is None:
        return f"{actions} wait{'s' if count == 1 else ''} for the CSP Executive’s word"
    if not lacks.missing:
        return f"{actions}, and nothing is missing"
    return f"{actions}, and {_missing(lacks)} before it can be submitted"


def _missing(lacks: Readiness) -> str:
    """ "three things are missing"."""
    things = len(lacks.missing)
    return f"{in_words(things)} thing{' is' if things == 1 else 's are'} missing"


def _opening(plan: DeliveryPlan, stands: Board, conditions: Iterable[Condition]) -> str:
    """That no action has an update yet is as it should be; anything else about them is said besides."""
    told = opening.headline(plan, sum(not one.undertaking.ending for one in conditions))
    is_telling = any(number for state, number in stands.counts.items() if state != lateness.NO_UPDATE)
    return f"{told}. {stands.headline}" if is_telling else told


def _conditions(plan: DeliveryPlan, user: User, today: dt.date) -> list[Condition]:
    """Open ones first, by day."""
    found = plan.conditions.filter(kind=Undertaking.Kind.CONDITION).select_related("owner", "ended_by", "body")
    rows = sorted(found, key=lambda one: (bool(one.ending), one.due_on, one.pk))
    return [Condition(one, _state(one, today), not one.ending and may_end(user, one, plan)) for one in rows]


def _state(condition: Undertaking, today: dt.date) -> str:
    if condition.ending:
        return f"{condition.get_ending_display()}, {day_year(condition.ended_on)}"
    return "Overdue" if condition.due_on < today else "Due"


def _links(plan: DeliveryPlan, user: User, today: dt.date, may_draft: bool) -> list[Link]:
    """Other pages about the plan."""
    found: list[tuple[str, str]] = []
    if plan.is_running or plan.is_closed:
        started = [quarter for quarter in plan.year.quarters if quarter.start <= today]
        for quarter in reversed(started):
            found.append((f"Updates of {quarter}", address("delivery-plan-updates", plan, quarter)))
        if started and user.has_perm("governance.view_body_work", plan):
            told = [quarter for quarter in started if quarter.end < today] or started
            sheet = reverse("reporting:sheet-detail", args=[plan.body.slug, told[-1]])
            found.append((f"Sheet for its meeting, {told[-1]}", sheet))
        found.append(("Timeline", address("delivery-plan-timeline", plan)))
    found.append(("Print the plan", address("delivery-plan-print", plan)))
    found.append(("Download the actions (Excel)", address("delivery-plan-workbook", plan)))
    if may_draft:
        found.append(("Upload a spreadsheet of actions", address("plan-upload-add", plan)))
    if plan.is_running and today <= plan.ends_on and user.has_perm("governance.run_plan", plan):
        found.append(("Year end", address("delivery-plan-year-end", plan)))
    return [Link(words, url) for words, url in found]
