"""The plan as its pages show it: gathered in a fixed number of queries, with no figures.

Figures reach these pages only through issued public reports, so the names of indicators stand here alone. The plan is a public document,
and so are the names it prints, restricted indicators' included.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from consultation.models import Consultation
from indicators.models import Indicator, Placement, Round
from lib.quarters import Year
from priorities.models import Commitment, FocusPoint, LinkedStrategy, Outcome, Plan, Priority, Section, SectionItem
from reporting import register
from reporting.register import addresses

Part = FocusPoint | Commitment | Outcome

GOOD: dict[str, str] = {
    Indicator.Polarity.HIGHER: "Higher",
    Indicator.Polarity.LOWER: "Lower",
    Indicator.Polarity.NONE: "Not settled",
}
ON_CONSULTATION = "consultation"  # the key of the section "What people told us"
_SENTENCE = re.compile(r"(?<=[.!?])\s")


@dataclass(frozen=True)
class Count:
    """How many of something, in the words of the page: 1 "indicator", 7 "focus points"."""

    number: int
    one: str
    many: str

    def __str__(self) -> str:
        return f"{self.number:,} {self.one if self.number == 1 else self.many}"


@dataclass(frozen=True)
class Card:
    """A priority on the plan's own page."""

    priority: Priority
    why: str  # its first sentence
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class SectionBlock:
    """A section with the shape its list takes: "list", "dated" (a table by date) or "counted" (a table of numbers).

    `more` are the published results that the section on the consultation tells of in short.
    """

    section: Section
    paragraphs: list[str]
    items: list[SectionItem]
    shape: str
    more: tuple[Consultation, ...]


@dataclass(frozen=True)
class Group:
    """Parts under one sub-heading; `theme` is "" for those without. `start` is the number of the first among its neighbours."""

    theme: str
    parts: list[Part]
    start: int


@dataclass(frozen=True)
class YearBlock:
    """What will be done in one year of the plan, under the words of its heading."""

    heading: str
    slug: str
    groups: list[Group]


@dataclass(frozen=True)
class Measure:
    """An indicator as the plan prints it. `url` leads to its page where the reader may open that."""

    name: str
    reference: str
    good: str  # "Higher", "Lower" or "Not settled"
    url: str


@dataclass(frozen=True)
class PlanPage:
    plan: Plan
    years: int
    cards: list[Card]
    totals: tuple[Count, ...]
    sections: list[SectionBlock]
    strategies: list[LinkedStrategy]


@dataclass(frozen=True)
class PriorityPage:
    priority: Priority
    why: list[str]
    focus: list[Group]
    years: list[YearBlock]
    outcomes: list[Group]
    measures: list[Measure]
    beside: list[Measure]  # mentioned by the plan, outside its numbered indicators
    previous: Priority | None = None
    next: Priority | None = None
    unmeasured: int = field(default=0)  # outcomes that nothing measures yet


def plan_page(plan: Plan) -> PlanPage:
    """All that the plan's own page shows."""
    priorities = list(plan.priorities.with_parts())
    numbered = Counter(Placement.objects.filter(plan=plan).exclude(reference="").values_list("priority_id", flat=True))
    told = tuple(Consultation.objects.published().filter(plan=plan))
    cards = [_card(priority, numbered[priority.pk]) for priority in priorities]
    return PlanPage(
        plan=plan,
        years=len(plan.years),
        cards=cards,
        totals=(Count(len(cards), "priority", "priorities"), *_sums(cards)),
        sections=[_section(section, told) for section in plan.sections.prefetch_related("items")],
        strategies=list(plan.linked_strategies.select_related("plan")),
    )


def priority_page(priority: Priority, user: User | AnonymousUser) -> PriorityPage:
    """All that a priority's page shows. `priority` comes from `with_parts`."""
    plan, themes = priority.plan, {theme.pk: theme.title for theme in priority.themes.all()}
    outcomes = list(priority.outcomes.all())
    placements = Placement.objects.filter(priority=priority).select_related("indicator")
    open_to_reader = _open_to(user, placements)
    measures = [_measure(placement, open_to_reader) for placement in placements]
    before, after = _neighbours(priority)
    return PriorityPage(
        priority=priority,
        why=paragraphs(priority.why),
        focus=grouped(priority.focus_points.all(), themes),
        years=_years(plan, list(priority.commitments.all()), themes),
        outcomes=grouped(outcomes, themes),
        measures=[measure for measure in measures if measure.reference],
        beside=[measure for measure in measures if not measure.reference],
        previous=before,
        next=after,
        unmeasured=sum(1 for outcome in outcomes if not outcome.known_by),
    )


def first_report_after(on: dt.date) -> dt.date | None:
    """The CSP Executive's next meeting that a quarter's figures go to; None where no date is set."""
    meetings = Round.objects.filter(executive_meets_on__gte=on).order_by("executive_meets_on")
    return meetings.values_list("executive_meets_on", flat=True).first()


@dataclass(frozen=True)
class Reading:
    """A published report as something to read: "2017-18 Q3", and the address of the part that is meant."""

    quarter: str
    url: str


def figures_of(priority: Priority, at: dt.datetime) -> Reading | None:
    """Where the newest public report tells of the priority; None before the first is published."""
    report = register.latest(at)
    if report is None:
        return None
    return Reading(str(report.quarter), f"{addresses.reading(report)}#priority-{priority.letter.lower()}")


def paragraphs(text: str) -> list[str]:
    """Text as people typed it, split at empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def first_sentence(text: str) -> str:
    """The first sentence of a text, for a line on a card; "" for an empty text."""
    return _SENTENCE.split(text.strip(), maxsplit=1)[0]


def grouped(parts: Iterable[Part], themes: dict[int, str]) -> list[Group]:
    """Parts by sub-heading, in the order in which the sub-headings first appear; those without one come first."""
    by_theme: dict[str, list[Part]] = {"": []}
    for part in parts:
        by_theme.setdefault(themes.get(part.theme_id or 0, ""), []).append(part)
    groups, start = [], 1
    for theme, some in by_theme.items():
        if some:
            groups.append(Group(theme, some, start))
            start += len(some)
    return groups


def _card(priority: Priority, indicators: int) -> Card:
    return Card(
        priority=priority,
        why=first_sentence(priority.why),
        counts=(
            Count(len(priority.focus_points.all()), "focus point", "focus points"),
            Count(len(priority.commitments.all()), "commitment", "commitments"),
            Count(len(priority.outcomes.all()), "outcome", "outcomes"),
            Count(indicators, "indicator", "indicators"),
        ),
    )


def _sums(cards: Sequence[Card]) -> tuple[Count, ...]:
    columns = zip(*(card.counts for card in cards), strict=True)
    return tuple(Count(sum(count.number for count in column), column[0].one, column[0].many) for column in columns)


def _section(section: Section, told: tuple[Consultation, ...]) -> SectionBlock:
    items = list(section.items.all())
    shape = "dated" if any(item.on for item in items) else "counted" if any(item.number for item in items) else "list"
    more = told if section.key == ON_CONSULTATION else ()
    return SectionBlock(section, paragraphs(section.body), items, shape, more)


def _years(plan: Plan, commitments: list[Commitment], themes: dict[int, str]) -> list[YearBlock]:
    """One block for each year that has commitments; the plan's first year always has one."""
    first = Year.of(plan.starts_on)
    years = sorted({first, *(commitment.year for commitment in commitments)})
    return [
        YearBlock(
            heading="What we will do in the first 12 months" if year == first else f"What we will do in {year}",
            slug=str(year),
            groups=grouped([commitment for commitment in commitments if commitment.year == year], themes),
        )
        for year in years
    ]


def _open_to(user: User | AnonymousUser, placements: Iterable[Placement]) -> set[int]:
    """Ids of the indicators whose own pages the reader may open; for the public none of them."""
    if not user.is_authenticated:
        return set()
    ids = [placement.indicator_id for placement in placements]
    return set(Indicator.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))


def _measure(placement: Placement, open_to_reader: set[int]) -> Measure:
    indicator = placement.indicator
    return Measure(
        name=indicator.name,
        reference=placement.reference,
        good=GOOD[indicator.polarity],
        url=indicator.get_absolute_url() if indicator.pk in open_to_reader else "",
    )


def _neighbours(priority: Priority) -> tuple[Priority | None, Priority | None]:
    listed = list(Priority.objects.filter(plan=priority.plan).only("letter", "short_title"))
    place = listed.index(priority)
    return (
        listed[place - 1] if place else None,
        listed[place + 1] if place + 1 < len(listed) else None,
    )
