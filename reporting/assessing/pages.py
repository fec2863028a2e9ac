"""What the pages of an assessment show: what is still to write, and the words beside the figures that they are about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from indicators.models import Commentary, Indicator
from lib.numerals import in_words, listed
from lib.quarters import Quarter, Year
from priorities.models import Plan, Priority
from reporting import imprint as imprints
from reporting.assessing import comparing, gathering, reading
from reporting.assessing.comparing import TwoYears
from reporting.models import AssessedIndicator, AssessedPriority, Assessment, AssessmentSection, Pack
from reporting.pdf.parts import said
from reporting.pdf.parts.assessed import carried_out, judged
from reporting.snapshots.canonical import Unreadable
from reporting.snapshots.shape import IndicatorPart, PriorityPart, Snapshot

MOST_NAMED = 6


@dataclass(frozen=True)
class Line:
    """An indicator's two years, its rating, and why it changed. `is_owed`: it moved, and nobody has said why."""

    years: TwoYears
    state: said.State
    why: str
    is_beside: bool

    @property
    def part(self) -> IndicatorPart:
        return self.years.part

    @property
    def is_owed(self) -> bool:
        return self.years.is_moved and not self.why and not self.is_beside

    @property
    def name(self) -> str:
        return f"{self.part.reference} {self.part.short_name}".strip()


@dataclass(frozen=True)
class Group:
    """A priority. `future` is None while nobody has said what is to become of it."""

    part: PriorityPart
    lines: tuple[Line, ...]
    commitments: str
    outcomes: str
    future: AssessedPriority | None

    @property
    def name(self) -> str:
        return f"{self.part.letter} {self.part.short_title}"


@dataclass(frozen=True)
class Overview:
    assessment: Assessment
    snapshot: Snapshot
    groups: tuple[Group, ...]
    sections: tuple[AssessmentSection, ...]
    proposals: tuple[AssessedPriority, ...]
    builds: tuple[Pack, ...]  # newest first
    is_behind: bool  # words were changed since the newest build that was not a draft

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def to_write(self) -> tuple[str, ...]:
        """What is still to be written, in words; empty when all is."""
        owed = [line.part for line in self.lines if line.is_owed]
        undecided = [group.part.letter for group in self.groups if group.future is None]
        return tuple(
            words
            for words in (
                "" if self.assessment.summary else "the summary",
                f"why {said.many(len(owed), 'indicator', 'indicators')} changed ({_named(owed)})" if owed else "",
                f"what becomes of {said.many(len(undecided), 'priority', 'priorities')} ({listed(undecided)})"
                if undecided
                else "",
            )
            if words
        )

    @property
    def lede(self) -> str:
        return f"Still to write: {'; '.join(self.to_write)}." if self.to_write else "Everything is written."

    @property
    def newest(self) -> Pack | None:
        return self.builds[0] if self.builds else None

    @property
    def standing(self) -> Pack | None:
        """The executive edition that has been issued and stands."""
        return next((one for one in self.builds if one.standing == Pack.Standing.ISSUED and not one.is_public), None)

    @property
    def being_built(self) -> Pack | None:
        return next((one for one in self.builds if not one.is_finished and not one.is_public), None)

    @property
    def after(self) -> int:
        return max((one.pk for one in self.builds if not one.is_public), default=0)


def overview(assessment: Assessment) -> Overview:
    snapshot = gathering.take(assessment.plan, assessment.year)
    rows = assessment.assessed_priorities.select_related("priority")
    decided = {one.priority.letter: one for one in rows if one.priority}
    why = causes(assessment)
    builds = _builds(assessment)
    return Overview(
        assessment=assessment,
        snapshot=snapshot,
        groups=tuple(_group(one, snapshot.quarter, why, decided.get(one.letter)) for one in snapshot.priorities),
        sections=tuple(assessment.sections.all()),
        proposals=tuple(one for one in rows if one.priority is None),
        builds=builds,
        is_behind=_is_behind(assessment, snapshot, builds),
    )


def causes(assessment: Assessment) -> dict[str, str]:
    rows = AssessedIndicator.objects.filter(assessment=assessment)
    return dict(rows.values_list("indicator__slug", "why"))


def _builds(assessment: Assessment) -> tuple[Pack, ...]:
    builds = Pack.objects.filter(plan=assessment.plan, kind=Pack.Kind.ASSESSMENT, quarter=assessment.year.quarters[-1])
    return tuple(builds.without_texts().select_related("plan").order_by("-pk"))


def _is_behind(assessment: Assessment, snapshot: Snapshot, builds: Sequence[Pack]) -> bool:
    """Whether the build that waits to be approved or issued says something else than is written now."""
    waiting = next(
        (
            one
            for one in builds
            if one.is_ready and not one.is_public and one.standing in (Pack.Standing.BUILT, Pack.Standing.APPROVED)
        ),
        None,
    )
    if waiting is None:
        return False
    try:
        held = imprints.from_json(waiting.imprint).assessed
    except Unreadable:
        return False
    return held != reading.words(assessment, snapshot, is_public=False)


def _group(part: PriorityPart, quarter: Quarter, why: dict[str, str], future: AssessedPriority | None) -> Group:
    lines = [_line(one, quarter, why, is_beside=False) for one in part.indicators]
    beside = [_line(one, quarter, why, is_beside=True) for one in part.context]
    lines += [line for line in beside if line.years.is_held]
    return Group(part, tuple(lines), carried_out(part.commitments), judged(part.outcomes), future)


def _line(part: IndicatorPart, quarter: Quarter, why: dict[str, str], *, is_beside: bool) -> Line:
    return Line(comparing.two_years(part, quarter), said.state(part), why.get(part.slug, ""), is_beside)


def _named(parts: Sequence[IndicatorPart]) -> str:
    return said.references(parts, MOST_NAMED)


# ---------------------------------------------------------------- one indicator


@dataclass(frozen=True)
class Explaining:
    """The page on which is written why one indicator changed. `following` is the next one that nobody has explained."""

    line: Line
    words: tuple[Commentary, ...]
    following: Line | None


def explaining(assessment: Assessment, slug: str) -> Explaining | None:
    """None for an indicator that the year's figures do not hold."""
    snapshot = gathering.take(assessment.plan, assessment.year)
    why = causes(assessment)
    lines = [line for one in snapshot.priorities for line in _group(one, snapshot.quarter, why, None).lines]
    place = next((index for index, line in enumerate(lines) if line.part.slug == slug), None)
    if place is None:
        return None
    around = [*lines[place + 1 :], *lines[:place]]
    return Explaining(
        line=lines[place],
        words=_quarters_words(slug, assessment.year),
        following=next((line for line in around if line.is_owed), None),
    )


def _quarters_words(slug: str, year: Year) -> tuple[Commentary, ...]:
    """What was sent for the year's quarters, to lean on: oldest first."""
    rows = Commentary.objects.filter(
        for_return__indicator__slug=slug,
        for_return__round__quarter__in=year.quarters,
        status=Commentary.Status.SENT,
    )
    return tuple(rows.select_related("for_return__round").order_by("for_return__round__quarter"))


# ---------------------------------------------------------------- the list


@dataclass(frozen=True)
class YearRow:
    """A year of the plan, with its assessment where there is one, and its newest build."""

    plan: Plan
    year: Year
    assessment: Assessment | None
    newest: Pack | None


def years(seen: Iterable[Assessment]) -> tuple[YearRow, ...]:
    """The years of all plans that have begun, newest first. Three queries."""
    today = timezone.localdate()
    held = {(one.plan_id, one.year): one for one in seen}
    builds = Pack.objects.filter(kind=Pack.Kind.ASSESSMENT, edition=Pack.Edition.EXECUTIVE)
    newest = {(one.plan_id, one.quarter.year): one for one in builds.without_texts().order_by("pk")}
    rows = [
        YearRow(plan, year, held.get((plan.pk, year)), newest.get((plan.pk, year)))
        for plan in Plan.objects.all()
        for year in plan.years
        if year.start <= today
    ]
    return tuple(sorted(rows, key=lambda row: row.year, reverse=True))


def lede(rows: Sequence[YearRow]) -> str:
    """The first line of the list: what there is."""
    written = [str(row.year) for row in rows if row.assessment]
    if not written:
        return "No year has been assessed yet."
    return f"{said.capital(in_words(len(written)))} {'year is' if len(written) == 1 else 'years are'} written or being written: {listed(written)}."


def priority_of(assessment: Assessment, letter: str) -> Priority | None:
    return Priority.objects.filter(plan=assessment.plan, letter__iexact=letter).first()


def indicator(slug: str) -> Indicator:
    return Indicator.objects.get(slug=slug)
