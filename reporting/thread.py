"""The golden thread: from what people told the partnership, and what it promised, to actions, indicators and decisions, and back.

Everything hangs on the actions of agreed delivery plans: what is only drafted promises nothing yet. Indicators stand here for whoever may see
them, and nothing tells that there are others.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from accounts.models import User
from consultation import told
from consultation.models import Concern
from governance import board, lateness
from governance.models import Action, CommitmentLead, Decision, DeliveryPlan, Project
from indicators.models import Indicator, Placement
from lib.numerals import listed, pounds
from lib.quarters import Quarter, Year
from lib.written import day_year
from priorities.models import Commitment, Plan, Priority
from reporting import ratings
from reporting.ratings import Rated
from reporting.told import ranking, reading
from reporting.told.shape import Found

TAGS = {lateness.LATE: "red", lateness.AT_RISK: "orange", lateness.NO_UPDATE: "grey"}
SAID = {
    lateness.LATE: "late",
    lateness.AT_RISK: "at risk",
    lateness.NO_UPDATE: "without an update",
    lateness.ON_TRACK: "on track",
    lateness.COMPLETE: "complete",
    lateness.ENDED: "ended otherwise",
}


@dataclass(frozen=True)
class Measure:
    """An indicator of the plan, and how it is rated in the latest quarter; None where it isn't."""

    indicator: Indicator
    reference: str
    rated: Rated | None

    @property
    def name(self) -> str:
        return f"{self.reference} {self.indicator.name}".strip()


@dataclass(frozen=True)
class Step:
    """An action, how it stands today, and what hangs on it."""

    line: board.Line
    measures: tuple[Measure, ...]
    decisions: tuple[Decision, ...]
    commitment: Commitment | None
    concerns: tuple[Concern, ...]
    moves_nothing: bool  # no indicator is expected to move, whoever asks

    @property
    def action(self) -> Action:
        return self.line.action

    @property
    def colour(self) -> str:
        return TAGS.get(self.line.state, "")

    @property
    def late_words(self) -> str:
        days = self.line.standing.days_late
        return f"{days:,} day{'' if days == 1 else 's'} late" if days else ""


@dataclass(frozen=True)
class Money:
    """A project that pays for a promise, with all that it may cost and its last day."""

    project: Project

    @property
    def amount(self) -> str:
        """ "£105,650 until 31 March 2019"; "£105,650, closed on 30 June 2018"."""
        whole, project = pounds(self.project.amount), self.project
        if project.closed_on:
            return f"{whole}, closed on {day_year(project.closed_on)}"
        return f"{whole} until {day_year(project.ends_on)}" if project.ends_on else f"{whole}, last day not known"


@dataclass(frozen=True)
class Strand:
    """One promise, concern or indicator with everything that hangs on it. `direct` are decisions and indicators that name it themselves;
    `money` is that of a promise."""

    steps: tuple[Step, ...]
    measures: tuple[Measure, ...]
    decisions: tuple[Decision, ...]
    commitments: tuple[Commitment, ...]
    concerns: tuple[Concern, ...]
    money: tuple[Money, ...] = ()

    @property
    def stands(self) -> str:
        """ "2 actions: 1 late and 1 on track"; "1 action: late"; "No action"."""
        return f"{self._many}: {self._how}" if self.steps else "No action"

    @property
    def serves(self) -> str:
        """What a commitment's page opens with: "2 actions serve it: 1 late and 1 on track."."""
        return self._told("serves it", "serve it")

    @property
    def answers(self) -> str:
        """The same of a concern."""
        return self._told("answers it", "answer it")

    @property
    def moves(self) -> str:
        """The same of an indicator."""
        return self._told("is expected to move it", "are expected to move it")

    def _told(self, one: str, many: str) -> str:
        if not self.steps:
            return f"No action of an agreed delivery plan {one}."
        return f"{self._many} {one if len(self.steps) == 1 else many}: {self._how}."

    @property
    def _many(self) -> str:
        return f"{len(self.steps):,} action{'' if len(self.steps) == 1 else 's'}"

    @property
    def _how(self) -> str:
        """ "late"; "both late"; "all late"; "1 late and 3 on track"."""
        states = [step.line.state for step in self.steps]
        told = [(states.count(state), words) for state, words in SAID.items() if state in states]
        if len(told) > 1:
            return listed([f"{count:,} {words}" for count, words in told])
        return {1: "", 2: "both "}.get(len(states), "all ") + told[0][1]


@dataclass(frozen=True)
class CommitmentStrand:
    commitment: Commitment
    strand: Strand


@dataclass(frozen=True)
class Group:
    """The commitments of one priority: those that actions serve, and the others. `money` is for it, and for none of its commitments."""

    priority: Priority
    served: list[CommitmentStrand]
    others: list[CommitmentStrand]
    money: tuple[Money, ...]


class Thread:
    """All of a plan's thread as somebody sees it on a day, read in a fixed number of queries, however many actions there are."""

    def __init__(self, plan: Plan, user: User, on: dt.date) -> None:
        self.plan, self.user, self.on = plan, user, on

    # ------------------------------------------------------------ what is read, each once

    @cached_property
    def ratings(self) -> ratings.Ratings:
        return ratings.latest(self.on)

    @cached_property
    def priorities(self) -> list[Priority]:
        return list(Priority.objects.filter(plan=self.plan))

    @cached_property
    def commitments(self) -> dict[int, Commitment]:
        """Of all years, in the plan's order."""
        rows = Commitment.objects.filter(priority__plan=self.plan).select_related("priority", "theme")
        return {row.pk: row for row in rows.order_by("priority__letter", "year", "order", "pk")}

    @cached_property
    def concerns(self) -> dict[int, Concern]:
        """Of published consultations for the plan."""
        rows = Concern.objects.told().filter(consultation__plan=self.plan).select_related("consultation", "priority")
        return {row.pk: row for row in rows}

    @cached_property
    def first_choices(self) -> dict[int, str]:
        """By the concern's id: "339 of 1,389 named it first"."""
        return told.first_choices(self.concerns.values())

    @cached_property
    def found(self) -> list[Found]:
        """What was counted of the consultations that the concerns are of."""
        return reading.read_all({one.consultation_id: one.consultation for one in self.concerns.values()}.values())

    @cached_property
    def leading(self) -> set[int]:
        """Ids of the concerns that are among the first five, one way or another."""
        keys = {(found.slug, one.key) for found in self.found for one in ranking.top(found.counts)}
        return {pk for pk, one in self.concerns.items() if (one.consultation.slug, one.key) in keys}

    def came(self, concern: Concern) -> str:
        """ "third by first choices, and first by points"; "" where its place is not known."""
        found = next((one for one in self.found if one.slug == concern.consultation.slug), None)
        return ranking.came(found.counts, concern.key) if found else ""

    @cached_property
    def measures(self) -> dict[int, Measure]:
        """By the indicator's id: those that the reader may see."""
        references = dict(Placement.objects.filter(plan=self.plan).values_list("indicator_id", "reference"))
        return {
            one.pk: Measure(one, references.get(one.pk, ""), self.ratings.of(one.slug))
            for one in Indicator.objects.visible_to(self.user)
        }

    @cached_property
    def steps(self) -> dict[int, Step]:
        """By the action's id, in the order of bodies, years and numbers."""
        seen = DeliveryPlan.objects.visible_to(self.user).filter(state__in=DeliveryPlan.AGREED)
        plans = list(seen.select_related("body").order_by("body__order", "body__name", "year"))
        boards = board.gather(plans, Quarter.of(self.on), on=self.on)
        moved = _pairs(Action.indicators.through.objects.filter(action__delivery_plan__in=plans), "indicator_id")
        answered = _pairs(Action.concerns.through.objects.filter(action__delivery_plan__in=plans), "concern_id")
        return {
            line.action.pk: self._step(line, moved[line.action.pk], answered[line.action.pk])
            for plan in plans
            for line in boards[plan.pk].lines
        }

    def _step(self, line: board.Line, moved: Sequence[int], answered: Sequence[int]) -> Step:
        pk = line.action.pk
        return Step(
            line=line,
            measures=self._shown(moved),
            decisions=self._named(self._decided_actions[pk]),
            commitment=self.commitments.get(line.action.commitment_id or 0),
            concerns=tuple(concern for key, concern in self.concerns.items() if key in set(answered)),
            moves_nothing=not moved,
        )

    @cached_property
    def decisions(self) -> dict[int, Decision]:
        """By id, latest first."""
        seen = Decision.objects.visible_to(self.user).select_related("body")
        return {one.pk: one for one in seen.order_by("-decided_on", "-pk")}

    @cached_property
    def _decided_actions(self) -> dict[int, list[int]]:
        return _pairs(Decision.actions.through.objects.all(), "decision_id", by="action_id")

    @cached_property
    def _decided_commitments(self) -> dict[int, list[int]]:
        return _pairs(Decision.commitments.through.objects.all(), "decision_id", by="commitment_id")

    @cached_property
    def _decided_indicators(self) -> dict[int, list[int]]:
        return _pairs(Decision.indicators.through.objects.all(), "decision_id", by="indicator_id")

    @cached_property
    def _placed(self) -> list[tuple[int, int]]:
        """(commitment, indicator) where people said that the one helps to know about the other."""
        rows = Placement.commitments.through.objects.filter(placement__plan=self.plan)
        return list(rows.values_list("commitment_id", "placement__indicator_id"))

    @cached_property
    def projects(self) -> dict[int, Project]:
        """By id, in the order of their streams."""
        seen = Project.objects.visible_to(self.user).select_related("stream")
        return {one.pk: one for one in seen.order_by("stream__name", "order", "name")}

    @property
    def running(self) -> list[Project]:
        """Those that have begun and are not over."""
        return [one for one in self.projects.values() if _runs_on(one, self.on)]

    @cached_property
    def paid(self) -> dict[int, list[int]]:
        """Projects by the commitment that they pay for."""
        return _pairs(Project.commitments.through.objects.all(), "project_id", by="commitment_id")

    # ------------------------------------------------------------ strands

    def of_commitment(self, commitment: Commitment) -> Strand:
        steps = [step for step in self.steps.values() if step.line.action.commitment_id == commitment.pk]
        placed = [indicator for one, indicator in self._placed if one == commitment.pk]
        strand = self._strand(steps, placed, self._decided_commitments[commitment.pk], [])
        return replace(strand, money=self.money_for(commitment))

    def money_for(self, commitment: Commitment) -> tuple[Money, ...]:
        paying = set(self.paid[commitment.pk])
        return tuple(Money(one) for pk, one in self.projects.items() if pk in paying)

    def _money_of(self, priority: Priority, year: Year) -> tuple[Money, ...]:
        """Of projects for it that name no commitment and have a day in the year."""
        naming = {pk for paying in self.paid.values() for pk in paying}
        own = [one for pk, one in self.projects.items() if one.priority_id == priority.pk and pk not in naming]
        return tuple(Money(one) for one in own if _runs_in(one, year))

    def of_concern(self, concern: Concern) -> Strand:
        steps = [step for step in self.steps.values() if concern in step.concerns]
        return self._strand(steps, [], [], [])

    def of_indicator(self, indicator: Indicator) -> Strand:
        steps = [step for step in self.steps.values() if any(one.indicator == indicator for one in step.measures)]
        placed = [one for one, other in self._placed if other == indicator.pk]
        return self._strand(steps, [], self._decided_indicators[indicator.pk], placed)

    def _strand(
        self, steps: Sequence[Step], placed: Iterable[int], decided: Iterable[int], served: Iterable[int]
    ) -> Strand:
        """`placed`, `decided` and `served` are ids of indicators, decisions and commitments beyond those of the steps."""
        moved = [one.indicator.pk for step in steps for one in step.measures]
        taken = [one.pk for step in steps for one in step.decisions]
        keys = {*served, *(step.commitment.pk for step in steps if step.commitment)}
        told = {one.pk for step in steps for one in step.concerns}
        return Strand(
            steps=tuple(steps),
            measures=self._shown([*moved, *placed]),
            decisions=self._named([*decided, *taken]),
            commitments=tuple(one for pk, one in self.commitments.items() if pk in keys),
            concerns=tuple(one for pk, one in self.concerns.items() if pk in told),
        )

    def _shown(self, indicators: Iterable[int]) -> tuple[Measure, ...]:
        """Each once, in the order of their references; those out of the reader's sight are left out."""
        found = {pk: self.measures[pk] for pk in indicators if pk in self.measures}
        return tuple(sorted(found.values(), key=lambda one: (not one.reference, one.reference, one.indicator.name)))

    def _named(self, decisions: Iterable[int]) -> tuple[Decision, ...]:
        wanted = set(decisions)
        return tuple(one for pk, one in self.decisions.items() if pk in wanted)

    # ------------------------------------------------------------ the start

    def groups(self, year: Year, letter: str = "") -> list[Group]:
        """The year's commitments by priority; of one priority where its letter is given."""
        found = []
        for priority in self.priorities:
            if letter and priority.letter != letter:
                continue
            rows = [row for row in self.commitments.values() if row.priority_id == priority.pk and row.year == year]
            strands = [CommitmentStrand(row, self.of_commitment(row)) for row in rows]
            served = [one for one in strands if one.strand.steps]
            others = [one for one in strands if not one.strand.steps]
            found.append(Group(priority, served, others, self._money_of(priority, year)))
        return found

    def concern_strands(self) -> list[tuple[Concern, Strand]]:
        return [(concern, self.of_concern(concern)) for concern in self.concerns.values()]


def year_shown(plan: Plan, asked: str, on: dt.date) -> Year:
    """The year that was asked for, where the plan has it; otherwise the running one, or the nearest of the plan that has commitments."""
    try:
        year = Year.parse(asked)
    except ValueError:
        year = None
    if year in plan.years:
        return year
    held = Commitment.objects.filter(priority__plan=plan).order_by().values_list("year", flat=True).distinct()
    found = Year.of(on).nearest(held) or Year.of(on).nearest(plan.years)
    assert found is not None  # a plan has years
    return found


def leading_body(commitment: Commitment) -> CommitmentLead | None:
    return CommitmentLead.objects.filter(commitment=commitment).select_related("body").first()


def _runs_in(project: Project, year: Year) -> bool:
    """Whether a day of it lies in the year, as far as its days are known."""
    first, last = project.starts_on, project.last_day
    return (first is None or first <= year.end) and (last is None or last >= year.start)


def _runs_on(project: Project, day: dt.date) -> bool:
    """As `ProjectQuerySet.running` has it: one whose days are not known runs."""
    first, last = project.starts_on, project.ends_on
    return not project.is_closed and (first is None or first <= day) and (last is None or day <= last)


def _pairs(rows: Iterable[object], of: str, by: str = "action_id") -> dict[int, list[int]]:
    """Ids of the one side by those of the other, of a many-to-many table."""
    found: dict[int, list[int]] = defaultdict(list)
    for key, value in rows.values_list(by, of):  # type: ignore[attr-defined]
        found[key].append(value)
    return found
