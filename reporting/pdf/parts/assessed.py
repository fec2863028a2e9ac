"""The strategic assessment as it is printed: what moved and why, how far the plan was carried out, what becomes of each priority."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from governance import lateness
from indicators import charts
from indicators.trend import Trend
from lib.numerals import in_words, listed
from reporting.assessing.comparing import TwoYears, two_years
from reporting.imprint import Assessed, Future, Imprint
from reporting.pdf import hiding
from reporting.pdf.parts import said
from reporting.pdf.parts.priority import Promises, anchor, promises
from reporting.snapshots.governed import OutcomePart
from reporting.snapshots.shape import CommitmentPart, IndicatorPart, PriorityPart, Snapshot

CHART = Decimal(231)  # points; as wide as the column in pack.css
MOST_REFERENCES = 8
ALWAYS = (Trend.BETTER, Trend.WORSE, Trend.SIMILAR)  # counted where none went that way, too
# In the order in which they are counted: what went well first.
WAYS = (
    (Trend.BETTER, "Better"),
    (Trend.WORSE, "Worse"),
    (Trend.SIMILAR, "Similar"),
    (Trend.HIGHER, "Higher"),
    (Trend.LOWER, "Lower"),
    (Trend.NOT_COMPARABLE, "Not comparable"),
    (Trend.NOT_SHOWN, "Not shown"),
)


@dataclass(frozen=True)
class Row:
    """An indicator in the table of the two years. Measures shown beside the set have no rating."""

    named: said.Reference
    unit: str
    years: TwoYears
    state: said.State | None


@dataclass(frozen=True)
class Told:
    """An indicator with the words for it. `nobody` stands where it moved and nobody has said why."""

    named: said.Reference
    name: str
    sentence: str
    verdict: said.Verdict | None
    why: tuple[str, ...]
    nobody: str
    chart: charts.Quarters | None


@dataclass(frozen=True)
class Ways:
    """How many indicators of a priority went which way; each count with its references."""

    name: str
    counts: tuple[tuple[int, str], ...]
    future: str


@dataclass(frozen=True)
class Outcome:
    text: str
    verdict: str
    evidence: str


@dataclass(frozen=True)
class PriorityYear:
    """One priority in the parts of the assessment."""

    anchor: str
    letter: str
    title: str
    short_title: str
    rows: tuple[Row, ...]
    beside: tuple[Row, ...]
    told: tuple[Told, ...]
    unchanged: str  # of which nothing more is said
    carried_out: str
    promises: tuple[Promises, ...]
    outcomes: tuple[Outcome, ...]
    judged: str
    future: Future | None


@dataclass(frozen=True)
class AssessedPage:
    year: str
    last_year: str
    lede: str
    summary: tuple[str, ...]
    ways: tuple[str, ...]  # heads of the table of counts
    by_priority: tuple[Ways, ...]
    priorities: tuple[PriorityYear, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    new: tuple[Future, ...]
    key: tuple[tuple[str, str], ...]
    duties: tuple[tuple[str, str, str], ...]
    notes: tuple[tuple[str, str], ...]


def build(snapshot: Snapshot, imprint: Imprint) -> AssessedPage:
    told = imprint.assessed or Assessed("", (), (), ())
    causes = {one.slug: one.why for one in told.causes}
    futures = {one.letter: one for one in told.futures if one.letter}
    every = tuple(_priority(snapshot, one, causes, futures.get(one.letter)) for one in snapshot.priorities)
    ways = _ways_there_are(row for one in every for row in one.rows)
    return AssessedPage(
        year=str(snapshot.quarter.year),
        last_year=str(snapshot.quarter.year.previous),
        lede=_lede(every),
        summary=paragraphs(told.summary),
        ways=tuple(words for _, words in ways),
        by_priority=tuple(_counted(one, ways) for one in every),
        priorities=every,
        sections=tuple((one.heading, paragraphs(one.text)) for one in told.sections),
        new=tuple(one for one in told.futures if not one.letter),
        key=hiding.key(snapshot),
        duties=DUTIES,
        notes=NOTES,
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """A blank line begins a new one."""
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())


def _lede(every: Iterable[PriorityYear]) -> str:
    """ "Of 15 indicators, against the year before: 12 better, none worse, two similar and one of which that can’t be said." """
    rows = [row for one in every for row in one.rows]
    if not rows:
        return "No indicator is in this year’s monitoring."
    ways = [row.years.move.trend for row in rows]
    better, worse, similar = (ways.count(way) for way in ALWAYS)
    rest = len(rows) - better - worse - similar
    told = [f"{in_words(better) if better else 'none'} better", f"{in_words(worse) if worse else 'none'} worse"]
    told.append(f"{in_words(similar) if similar else 'none'} similar")
    told += [f"{in_words(rest)} of which that can’t be said"] if rest else []
    of = said.many(len(rows), "indicator", "indicators")
    return f"Of {of}, against the year before: {listed(told)}."


# ---------------------------------------------------------------- one priority


def _priority(snapshot: Snapshot, part: PriorityPart, causes: dict[str, str], future: Future | None) -> PriorityYear:
    of_set = [two_years(one, snapshot.quarter) for one in part.indicators]
    beside = [years for one in part.context if (years := two_years(one, snapshot.quarter)).is_held]
    told = [one for one in of_set if one.is_moved or one.part.slug in causes]
    told += [one for one in beside if one.part.slug in causes]
    rest = [one.part for one in of_set if one not in told]
    return PriorityYear(
        anchor=anchor(part),
        letter=part.letter,
        title=part.title,
        short_title=part.short_title,
        rows=tuple(_row(one, said.state(one.part)) for one in of_set),
        beside=tuple(_row(one, None) for one in beside),
        told=tuple(_told(snapshot, one, causes.get(one.part.slug, ""), part) for one in told),
        unchanged=_unchanged(rest),
        carried_out=carried_out(part.commitments),
        promises=promises(part.commitments),
        outcomes=tuple(Outcome(one.text, one.verdict or "not judged yet", one.evidence) for one in part.outcomes),
        judged=judged(part.outcomes),
        future=future,
    )


def _row(years: TwoYears, state: said.State | None) -> Row:
    how = {"latest": "latest quarter", "pooled": "pooled"}.get(years.part.year_to_date.mode, "")
    unit = f"{years.part.unit}, {how}" if how else years.part.unit
    return Row(said.named(years.part), unit, years, state)


def _told(snapshot: Snapshot, years: TwoYears, why: str, priority: PriorityPart) -> Told:
    part = years.part
    is_of_set = part in priority.indicators
    has_chart = any(cell.value and not cell.value.hidden for cell in part.history)
    return Told(
        named=said.named(part),
        name=part.name,
        sentence=sentence(years),
        verdict=said.verdict(part) if is_of_set else None,
        why=paragraphs(why),
        nobody="" if why or not (years.is_moved and is_of_set) else "Nobody has said why yet.",
        chart=said.chart(part, snapshot.quarter, CHART) if has_chart else None,
    )


def sentence(years: TwoYears) -> str:
    """ "↓ better: down 14 (1.6%)"; why the years can't be compared; empty where that is not shown."""
    if years.change:
        return f"{said.capital(years.move.words)}: {years.change}"
    return f"Not comparable: {years.why_not}" if years.why_not else "The comparison is not shown"


def _unchanged(parts: list[IndicatorPart]) -> str:
    if not parts:
        return ""
    return f"{said.references(parts, MOST_REFERENCES)}: no more than a small change, or none that can be told."


def carried_out(commitments: Iterable[CommitmentPart]) -> str:
    """ "Thirteen commitments: 8 complete, 4 on track, 1 late."; how far the year's were carried out."""
    every = list(commitments)
    if not every:
        return "The plan has no commitments for the year under this priority."
    counts = lateness.counts(one.state for one in every if one.state)
    told = [f"{count} {lateness.WORDS[state].lower()}" for state, count in counts.items() if count]
    untold = sum(not one.state for one in every)
    told += [f"{untold} of which nothing is known"] if untold else []
    return f"{said.capital(said.many(len(every), 'commitment', 'commitments'))}: {', '.join(told)}."


def judged(outcomes: Iterable[OutcomePart]) -> str:
    """What was said of the outcomes by the year's end."""
    every = list(outcomes)
    if not every:
        return "The plan has no outcomes under this priority."
    verdicts: dict[str, int] = {}
    for one in every:
        verdicts[one.verdict] = verdicts.get(one.verdict, 0) + 1
    silent = verdicts.pop("", 0)
    told = [f"{count} {said.lower_first(words)}" for words, count in verdicts.items()]
    told += [f"{silent} not judged yet"] if silent else []
    return f"{said.capital(said.many(len(every), 'outcome', 'outcomes'))}: {', '.join(told)}."


# ---------------------------------------------------------------- counts


def _ways_there_are(rows: Iterable[Row]) -> list[tuple[str, str]]:
    there = {row.years.move.trend for row in rows} | set(ALWAYS)
    return [(str(way), words) for way, words in WAYS if way in there]


def _counted(one: PriorityYear, ways: list[tuple[str, str]]) -> Ways:
    counts = []
    for way, _ in ways:
        own = [row.named.reference or row.named.name for row in one.rows if row.years.move.trend == way]
        counts.append((len(own), said.some_of(own, MOST_REFERENCES)))
    return Ways(f"{one.letter} {one.short_title}", tuple(counts), one.future.words if one.future else "Not decided yet")


# ---------------------------------------------------------------- method

# What is asked of an assessment, the part in which it stands, and that part's anchor.
DUTIES = (
    ("Levels and patterns of crime, disorder and substance misuse", "The two years side by side; The analysts’ own sections", "years"),
    ("Changes since the assessment before", "The two years side by side", "years"),
    ("Why they changed", "What changed and why", "why"),
    ("What the public say should come first", "What people said", "consulted"),
    ("How far the year’s plan was carried out", "How far the plan was carried out", "carried-out"),
    ("What should come first from now on", "What becomes of each priority", "futures"),
)  # fmt: skip
NOTES = (
    ("Two years", "Totals of both years, over the same quarters: where a quarter of the later one is missing, it is left out of both. Counts are added up, shares are pooled, and what is a state of things at a day shows its latest quarter."),
    ("Change", "Up to two per cent, or two percentage points, counts as similar. No year is compared across a series break, or with a year of which a quarter is not known."),
    ("Better and worse", "By the good direction of the indicator. Where it has none, the year is higher or lower, and neither is good."),
    ("Rating", "That of the year’s last quarter, by the rule and the basis that its sentence names."),
    ("Charts", "The eight quarters of both years; the upright is the turn of the year."),
    ("Words", "Why an indicator changed, and what should become of a priority, is the judgement of the partnership’s analysts. Figures come from the record, as at the moment on the cover."),
    ("Definitions", "Each indicator’s definition and source stand in the pack for the year’s last quarter."),
)  # fmt: skip
