"""The sheet of a body for its meeting: its own indicators, actions, money and risks, all from one snapshot."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from governance import lateness
from lib.govuk_tags import day_year
from reporting.dashboard import headline, scorecard
from reporting.dashboard.leading import is_rated, leading
from reporting.pdf.parts import funding as pack
from reporting.pdf.parts import said, spending
from reporting.snapshots.funded import ApplicationPart, Funding, ProjectPart
from reporting.snapshots.governed import (
    ActionPart,
    BodyPart,
    DecisionPart,
    DeliveryPart,
    Governance,
    RiskPart,
    UndertakingPart,
)
from reporting.snapshots.shape import IndicatorPart, PriorityPart, Snapshot

NO_ACTIONS = {
    "none": "There is no delivery plan for this year.",
    "draft": "The delivery plan is a draft. Its actions count when it is agreed.",
    "submitted": "The delivery plan waits to be agreed. Its actions count then.",
}


@dataclass(frozen=True)
class Group:
    """Actions that stand alike: "Late", with them, longest late first."""

    state: str
    words: str
    actions: tuple[ActionPart, ...]


@dataclass(frozen=True)
class ProjectRow:
    """A project that the body leads, in the words of the pack: what is there this year, spent this quarter and this year, and expected."""

    part: ProjectPart
    name: str  # that says when it was made up
    year: said.Figure
    this: said.Figure
    to_date: said.Figure
    forecast: said.Figure
    sayings: tuple[spending.Saying, ...]


@dataclass(frozen=True)
class Sheet:
    """`snapshot` holds nothing but this body's. `lede` is the body's quarter in a sentence or two."""

    snapshot: Snapshot
    body: BodyPart
    plan: DeliveryPart
    lede: str
    scorecard: scorecard.Scorecard | None  # None: no indicator is the body's own
    groups: tuple[Group, ...]
    risks: tuple[RiskPart, ...]
    decisions: tuple[DecisionPart, ...]
    undertakings: tuple[UndertakingPart, ...]
    projects: tuple[ProjectRow, ...]
    made_up: str  # what of its real projects is not
    applications: tuple[ApplicationPart, ...]  # that wait, or were decided since the last quarter closed
    conditions: tuple[UndertakingPart, ...]  # open ones, of money that it was agreed

    @property
    def judged_on(self) -> dt.date:
        return _governance(self.snapshot).judged_on

    @property
    def no_actions(self) -> str:
        """In the place of the actions, where there are none."""
        return NO_ACTIONS.get(self.plan.state, "The delivery plan has no actions.")


def bodies(snapshot: Snapshot) -> tuple[BodyPart, ...]:
    """Those for which there is a sheet: bodies with a delivery plan, or that owe one, in their order."""
    governance = _governance(snapshot)
    delivering = {part.slug for part in governance.delivery}
    return tuple(body for body in governance.bodies if body.slug in delivering)


def build(snapshot: Snapshot, slug: str, sees: Callable[[IndicatorPart], bool]) -> Sheet | None:
    """The sheet of the body with that slug; None where there is none. `sees`: whether an indicator may be shown to whoever reads it."""
    body = next((one for one in bodies(snapshot) if one.slug == slug), None)
    if body is None:
        return None
    own = narrowed(snapshot, body, sees)
    governance = _governance(own)
    plan, money = governance.delivery[0], own.funding
    return Sheet(
        snapshot=own,
        body=body,
        plan=plan,
        lede=_lede(own, plan),
        scorecard=scorecard.build(own, leading(own)) if own.indicators else None,
        groups=_groups(plan),
        risks=governance.risks,
        decisions=governance.decisions,
        undertakings=governance.undertakings,
        projects=tuple(_project(money, part) for part in money.projects) if money else (),
        made_up=pack.made_up(money) if money else "",
        applications=money.applications if money else (),
        conditions=money.conditions if money else (),
    )


def narrowed(snapshot: Snapshot, body: BodyPart, sees: Callable[[IndicatorPart], bool]) -> Snapshot:
    """The snapshot with nothing in it but what is this body's: indicators of the priorities it serves or that its actions are to move."""
    governance = _governance(snapshot)
    (plan,) = (part for part in governance.delivery if part.slug == body.slug)
    moved = {name for action in plan.actions for name in action.indicators}

    def is_own(priority: PriorityPart, part: IndicatorPart) -> bool:
        return (priority.letter in body.letters or (part.reference or part.short_name) in moved) and sees(part)

    priorities = []
    for priority in snapshot.priorities:
        own = tuple(part for part in priority.indicators if is_own(priority, part))
        if own or priority.letter in body.letters:
            priorities.append(dataclasses.replace(priority, indicators=own, context=(), commitments=(), outcomes=()))
    slugs = {part.slug for priority in priorities for part in priority.indicators}
    return dataclasses.replace(
        snapshot,
        priorities=tuple(priorities),
        restatements=tuple(one for one in snapshot.restatements if one.slug in slugs),
        governance=dataclasses.replace(
            governance,
            bodies=(body,),
            delivery=(plan,),
            decisions=tuple(one for one in governance.decisions if one.body == body.short_name),
            undertakings=tuple(one for one in governance.undertakings if one.body == body.short_name),
            recommendations=(),
            risks=tuple(one for one in governance.risks if one.body == body.short_name),
        ),
        funding=_own_money(snapshot.funding, body),
    )


def _own_money(funding: Funding | None, body: BodyPart) -> Funding | None:
    """Projects that it leads, and what it applied for. Streams are nobody's."""
    if funding is None:
        return None
    projects = tuple(one for one in funding.projects if one.body == body.short_name)
    slugs = {one.slug for one in projects}
    return dataclasses.replace(
        funding,
        streams=(),
        projects=projects,
        restated=tuple(one for one in funding.restated if one.project in slugs),
        budget_changes=(),
        posts=tuple(one for one in funding.posts if one.body == body.short_name),
        applications=tuple(one for one in funding.applications if one.body == body.short_name),
        conditions=tuple(one for one in funding.conditions if one.body == body.short_name),
    )


def _project(funding: Funding, part: ProjectPart) -> ProjectRow:
    line = spending.line(funding.quarter, part)
    year, *quarters, to_date, forecast = line.cells
    return ProjectRow(part, line.name, year, quarters[funding.quarter.number - 1], to_date, forecast, line.sayings)


def _governance(snapshot: Snapshot) -> Governance:
    assert snapshot.governance is not None, "taken now, so it holds who governs"
    return snapshot.governance


def _groups(plan: DeliveryPart) -> tuple[Group, ...]:
    found = []
    for state in (*lateness.STATES, lateness.ENDED):
        if actions := plan.in_state(state):
            in_order = sorted(actions, key=lambda action: -action.days_late)
            found.append(Group(state, lateness.WORDS[state], tuple(in_order)))
    return tuple(found)


def _lede(snapshot: Snapshot, plan: DeliveryPart) -> str:
    """ "2 of 4 indicators are red. 3 of 10 actions are late." Where nothing is rated, of the indicators what the dashboard says."""
    red, total = sum(part.verdict.code == "red" for part in snapshot.indicators), len(snapshot.indicators)
    told = []
    if any(map(is_rated, snapshot.indicators)):
        told.append(_of(red, total, "indicator", "red"))
    elif total:
        told.append(headline.build(snapshot, leading(snapshot)).strong)
    counts = plan.counts
    if actions := sum(counts.values()):
        told.append(_of(counts[lateness.LATE], actions, "action", "late"))
    elif not plan.is_agreed:
        told.append("No delivery plan is agreed for this year.")
    return " ".join(told)


def _of(number: int, total: int, what: str, state: str) -> str:
    first = str(number) if number else "None"
    return f"{first} of {total} {what}{'' if total == 1 else 's'} {'is' if number < 2 else 'are'} {state}."


def meets(snapshot: Snapshot) -> str:
    """When the CSP Executive meets next, for the aside; empty where no date is set."""
    on = _governance(snapshot).executive_meets_next_on
    return f"The CSP Executive meets on {day_year(on)}." if on else ""
