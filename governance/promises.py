"""How the plan's commitments and outcomes stand, as known at a moment: for the pages, and for whatever tells of them.

A commitment's status comes from the actions that serve it, as soon as an agreed delivery plan holds one; the worst counts. Until then it is what
was said for the quarter, by hand; what was said to be complete stays complete. Nothing said is a state of its own, never green.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from governance import board, lateness
from governance.models import (
    Brag,
    CommitmentLead,
    CommitmentStatus,
    DeliveryPlan,
    OutcomeJudgement,
    OutcomeMeasure,
)
from indicators.models import Indicator
from lib.numerals import figure, listed
from lib.quarters import Quarter, Year
from priorities.models import Commitment, Outcome, Plan

AS_PLANNED = "plan"  # beside the kinds of measure: known by the words of the plan alone
FROM_ACTIONS, GIVEN, MISSING = "actions", "given", ""
NO_STATUS = "No status yet"
SHAPES = {
    lateness.LATE: "red",
    lateness.AT_RISK: "amber",
    lateness.NO_UPDATE: "no_return",
    lateness.ON_TRACK: "green",
    lateness.COMPLETE: "blue",
    lateness.ENDED: "data_only",
}


@dataclass(frozen=True)
class Lead:
    """The body that leads a commitment."""

    body_id: int
    slug: str
    short_name: str

    @property
    def url(self) -> str:
        return reverse("governance:body-detail", args=[self.slug])


@dataclass(frozen=True)
class Serving:
    """An action that serves a commitment."""

    pk: int
    delivery_plan_id: int
    reference: str  # "ASB 3"

    @property
    def url(self) -> str:
        return reverse("governance:action-detail", args=[self.pk])


@dataclass(frozen=True)
class CommitmentLine:
    """One commitment in a quarter. `state` is one of `lateness.STATES`, or ENDED where all its actions ended otherwise than by completing.

    `source` is FROM_ACTIONS, GIVEN or MISSING. `said_in` is the quarter for which it was given: an earlier one where that said complete.
    `reached` is the last number given up to the quarter, None where none was; `number` None where the plan prints none.
    """

    pk: int
    key: str
    year: Year
    letter: str
    priority: str
    theme: str
    order: int  # within its priority
    text: str
    lead: Lead | None
    state: str
    source: str
    actions: tuple[Serving, ...]
    said: str
    said_in: Quarter | None
    given_by: str
    given_at: dt.datetime | None
    reached: int | None
    number: int | None
    unit: str

    @property
    def place(self) -> str:
        """ "commitment 21 of D", for who can't see the table."""
        return f"commitment {self.order} of {self.letter}"

    @property
    def is_missing(self) -> bool:
        return self.source == MISSING

    @property
    def shape(self) -> str:
        """Which shape stands before its words."""
        return SHAPES[self.state]

    @property
    def words(self) -> str:
        return NO_STATUS if self.is_missing else lateness.WORDS[self.state]

    @property
    def basis(self) -> str:
        """ "from 3 actions"; "said by hand"; empty while nothing was said."""
        if self.source == FROM_ACTIONS:
            return f"from {len(self.actions)} action{'' if len(self.actions) == 1 else 's'}"
        if self.source == MISSING or self.said_in is None:
            return ""
        return f"given for {self.said_in}"

    @property
    def progress(self) -> str:
        """ "7 of 20 Criminal Behaviour Orders"; empty where the plan prints no number."""
        if self.number is None:
            return ""
        reached = "Not known how many" if self.reached is None else figure(self.reached)
        return f"{reached} of {figure(self.number)} {self.unit}"


@dataclass(frozen=True)
class Judgement:
    year: Year
    verdict: str
    evidence: str
    given_by: str
    given_at: dt.datetime


@dataclass(frozen=True)
class OutcomeLine:
    """One outcome: how it will be known, and what each year said, latest first.

    `kind` is a code of `OutcomeMeasure.Kind`, AS_PLANNED where only the plan's own words say it, "" where there is no measure yet.
    """

    pk: int
    key: str
    letter: str
    priority: str
    theme: str
    text: str
    kind: str
    kind_words: str
    known_by: str
    indicator: Indicator | None
    judgements: tuple[Judgement, ...]

    @property
    def has_measure(self) -> bool:
        return bool(self.kind)

    @property
    def is_as_planned(self) -> bool:
        """Whether only the plan's own words say it, and no measure has been set."""
        return self.kind == AS_PLANNED


def commitments(plan: Plan, quarter: Quarter, as_at: dt.datetime) -> tuple[CommitmentLine, ...]:
    """The commitments of the quarter's year in the plan's order. Seven queries at most, however many there are."""
    those = Commitment.objects.filter(priority__plan=plan, year=quarter.year).select_related("priority", "theme")
    rows = list(those.order_by("priority__letter", "order", "pk"))
    leads = _leads(rows)
    given = _given(rows, quarter, as_at)
    serving = _serving(rows, quarter, as_at)
    return tuple(_line(row, quarter, leads.get(row.pk), given.get(row.pk, ()), serving.get(row.pk, ())) for row in rows)


def served(rows: Iterable[Commitment]) -> set[int]:
    """Ids of those that have an action in an agreed delivery plan. One query."""
    agreed = DeliveryPlan.objects.filter(
        state__in=DeliveryPlan.AGREED, actions__commitment__in=[row.pk for row in rows]
    )
    return set(agreed.values_list("actions__commitment", flat=True).distinct()) & {row.pk for row in rows}


def _leads(rows: Sequence[Commitment]) -> dict[int, Lead]:
    those = CommitmentLead.objects.filter(commitment__in=rows).select_related("body")
    return {one.commitment_id: Lead(one.body_id, one.body.slug, one.body.short_name) for one in those}


def _given(rows: Sequence[Commitment], quarter: Quarter, as_at: dt.datetime) -> dict[int, list[CommitmentStatus]]:
    """What was said by then, up to the quarter, in the order of the quarters and then of saying."""
    those = CommitmentStatus.objects.filter(commitment__in=rows, quarter__lte=quarter, given_at__lte=as_at)
    found: dict[int, list[CommitmentStatus]] = {}
    for status in those.select_related("given_by").order_by("quarter", "given_at", "pk"):
        found.setdefault(status.commitment_id, []).append(status)
    return found


def _serving(rows: Sequence[Commitment], quarter: Quarter, as_at: dt.datetime) -> dict[int, list[board.Line]]:
    plans = DeliveryPlan.objects.filter(state__in=DeliveryPlan.AGREED, actions__commitment__in=rows)
    known = timezone.localtime(as_at).date()
    boards = board.gather(plans.select_related("body").distinct(), quarter, on=min(known, quarter.end), known_at=as_at)
    found: dict[int, list[board.Line]] = {}
    for line in (line for one in boards.values() for line in one.lines):
        if line.action.commitment_id is not None:
            found.setdefault(line.action.commitment_id, []).append(line)
    return found


def _line(
    row: Commitment,
    quarter: Quarter,
    lead: Lead | None,
    given: Sequence[CommitmentStatus],
    serving: Sequence[board.Line],
) -> CommitmentLine:
    status = None if serving else counting(given, quarter)
    numbers = [one.number for one in given if one.number is not None]
    if serving:
        state, source = worst(line.state for line in serving), FROM_ACTIONS
    elif status is not None:
        state, source = lateness.SAID[status.brag], GIVEN
    else:
        state, source = lateness.NO_UPDATE, MISSING
    return CommitmentLine(
        pk=row.pk,
        key=row.key,
        year=row.year,
        letter=row.priority.letter,
        priority=row.priority.short_title,
        theme=row.theme.title if row.theme else "",
        order=row.order,
        text=row.text,
        lead=lead,
        state=state,
        source=source,
        actions=tuple(Serving(line.action.pk, line.action.delivery_plan_id, line.action.reference) for line in serving),
        said=status.said if status else "",
        said_in=status.quarter if status else None,
        given_by=status.given_by.name if status else "",
        given_at=status.given_at if status else None,
        reached=numbers[-1] if numbers else None,
        number=row.number,
        unit=row.unit,
    )


def counting(given: Sequence[CommitmentStatus], quarter: Quarter) -> CommitmentStatus | None:
    """The status with a colour that counts in the quarter: its own last one; of an earlier quarter only that it is complete."""
    last = next((one for one in reversed(given) if one.brag), None)
    return last if last and (last.quarter == quarter or last.brag == Brag.BLUE) else None


def worst(states: Iterable[str]) -> str:
    """The first of `lateness.STATES` that one of them is in, late before all; ENDED where all ended otherwise."""
    found = set(states)
    return next((state for state in lateness.STATES if state in found), lateness.ENDED)


def headline(lines: Sequence[CommitmentLine]) -> str:
    """ "2 of 52 commitments are late, 3 are at risk and 40 have no status yet"."""
    total = len(lines)
    if not total:
        return "There are no commitments for this year yet"
    said = {
        lateness.LATE: ("is late", "are late"),
        lateness.AT_RISK: ("is at risk", "are at risk"),
        NO_STATUS: ("has no status yet", "have no status yet"),
        lateness.NO_UPDATE: ("has no update", "have no update"),
        lateness.ON_TRACK: ("is on track", "are on track"),
        lateness.COMPLETE: ("is complete", "are complete"),
        lateness.ENDED: ("ended otherwise", "ended otherwise"),
    }
    counts = dict.fromkeys(said, 0)
    for line in lines:
        counts[NO_STATUS if line.is_missing else line.state] += 1
    told = [f"{count} {said[state][count != 1]}" for state, count in counts.items() if count]
    if len(told) == 1:
        state = next(state for state, count in counts.items() if count)
        return f"The one commitment {said[state][0]}" if total == 1 else f"All {total} commitments {said[state][1]}"
    first, *rest = told
    count, _, words = first.partition(" ")
    return listed([f"{count} of {total} commitments {words}", *rest])


def outcomes(plan: Plan, as_at: dt.datetime) -> tuple[OutcomeLine, ...]:
    """The plan's outcomes in its order. Three queries."""
    those = Outcome.objects.filter(priority__plan=plan).select_related("priority", "theme")
    rows = list(those.order_by("priority__letter", "order", "pk"))
    measures = {
        one.outcome_id: one for one in OutcomeMeasure.objects.filter(outcome__in=rows).select_related("indicator")
    }
    judged: dict[int, dict[Year, Judgement]] = {}
    given = OutcomeJudgement.objects.filter(outcome__in=rows, given_at__lte=as_at).select_related("given_by")
    for one in given.order_by("year", "given_at", "pk"):
        told = Judgement(one.year, one.get_verdict_display(), one.evidence, one.given_by.name, one.given_at)
        judged.setdefault(one.outcome_id, {})[one.year] = told  # the latest of a year stands
    return tuple(_outcome(row, measures.get(row.pk), judged.get(row.pk, {})) for row in rows)


def _outcome(row: Outcome, measure: OutcomeMeasure | None, judged: dict[Year, Judgement]) -> OutcomeLine:
    return OutcomeLine(
        pk=row.pk,
        key=row.key,
        letter=row.priority.letter,
        priority=row.priority.short_title,
        theme=row.theme.title if row.theme else "",
        text=row.text,
        kind=str(measure.kind) if measure else AS_PLANNED if row.known_by else "",
        kind_words=measure.get_kind_display() if measure else "",
        known_by=str(measure) if measure else row.known_by,
        indicator=measure.indicator if measure else None,
        judgements=tuple(judged[year] for year in sorted(judged, reverse=True)),
    )


def measured(lines: Sequence[OutcomeLine]) -> str:
    """ "9 of 23 outcomes have no measure yet. Of 6 only the plan says how they will be known." """
    total, without = len(lines), sum(not line.has_measure for line in lines)
    planned = sum(line.is_as_planned for line in lines)
    if not total:
        return "The plan has no outcomes yet."
    told = [f"{without} of {total} outcomes {'has' if without == 1 else 'have'} no measure yet."]
    if not without:
        told = ["The one outcome has a measure." if total == 1 else f"All {total} outcomes have a measure."]
    if planned:
        told.append(f"Of {planned} only the plan says how {'it' if planned == 1 else 'they'} will be known.")
    return " ".join(told)
