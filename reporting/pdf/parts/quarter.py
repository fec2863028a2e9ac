"""The quarter on a page: what matters, how many ratings there are, the scorecard, and what is not there."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.rating import WORDS, Why
from lib.numerals import in_words
from lib.written import day_year
from reporting.pdf.parts import cover, delivery, matters, said, scorecard
from reporting.snapshots.shape import IndicatorPart, PriorityPart, Snapshot

MOST_ON_A_PAGE = 20  # beyond that, exceptions only, and the scorecard on pages of its own
MOST_GAPS, MOST_GAPS_ALONE = 9, 24  # named one by one: beside a scorecard, and where the scorecard has its own pages
LIKELY_LINES = 19  # of indicators and gaps: 15 and 4 fill the page
MOST_REFERENCES, FEW_REFERENCES = 6, 2  # in a cell of the counts; fewer where there are many columns
MANY_HEADS = 6
# Counted even where there is none: colours once anything is rated, otherwise what every quarter has to tell of.
ALWAYS = {True: said.COLOURS, False: ("data_only", "not_yet_verified", "missing")}
# What gives way, in this order, when the page is full. Type is never made smaller.
LEVELS = FULL, NOTES_MOVED, MISSING_BY_REASON, NO_SECOND_LINES, COUNTS_IN_WORDS, MATTERS_AS_HEADINGS = range(6)


@dataclass(frozen=True)
class Count:
    """One state in one priority: how many, and which."""

    how_many: int
    references: str


@dataclass(frozen=True)
class CountRow:
    letter: str
    title: str
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class Gap:
    """What is not there: a name, or a reason with its references; and a sentence."""

    heading: str
    text: str


@dataclass(frozen=True)
class QuarterPage:
    notice: str
    matters_heading: str
    matters: tuple[matters.Matter, ...]
    matters_wrap: bool  # one of the headings takes two lines
    counts_heading: str
    summary: str  # instead of the table of counts, when one sentence says it all
    count_heads: tuple[said.State, ...]
    has_many_heads: bool  # so that they are set in two lines
    count_rows: tuple[CountRow, ...]
    count_total: CountRow
    count_note: str
    delivery: str  # one line of the actions; empty where a pack of that time held nothing of them
    scorecard: scorecard.Scorecard
    scorecard_is_here: bool
    notes: str  # what the signs in the scorecard mean; empty when it stands under "Definitions" alone
    shows_details: bool
    gaps_heading: str
    gaps: tuple[Gap, ...]
    gaps_empty: str
    gaps_more: bool  # the whole list is in "Data quality"


def build(snapshot: Snapshot, level: int = FULL) -> QuarterPage:
    """`level` says how much has given way so that it stays one page."""
    parts, states = snapshot.indicators, said.by_state(snapshot.indicators)
    always = [code for code in ALWAYS[snapshot.is_rated] if code != Why.UNVERIFIED or not snapshot.is_public]
    heads = tuple(said.State(code, word) for code, word in WORDS.items() if code in states or code in always)
    is_said = level >= COUNTS_IN_WORDS or set(states) <= {"data_only"}
    found = matters.build(snapshot, in_headings=level >= MATTERS_AS_HEADINGS)
    gaps, gaps_more = _gaps(snapshot, by_reason=level >= MISSING_BY_REASON)
    rows = scorecard.build(snapshot)
    return QuarterPage(
        notice=cover.notice(snapshot),
        matters_heading=matters.heading(len(found)),
        matters=found,
        matters_wrap=any(len(matter.heading) > matters.LONGEST_LINE for matter in found),
        counts_heading="Ratings by priority" if snapshot.is_rated else "Figures by priority",
        summary=_summary(snapshot),
        count_heads=heads,
        has_many_heads=len(heads) > MANY_HEADS,
        count_rows=() if is_said else tuple(_count_row(one, heads) for one in snapshot.priorities if one.indicators),
        count_total=CountRow(
            "",
            f"All {len(parts)}{' in this edition' if snapshot.is_public else ''}",
            tuple(_count(parts, head, most=0) for head in heads),
        ),
        count_note=""
        if snapshot.is_rated
        else f"No targets are agreed for {snapshot.quarter.year}, so no figure is rated.",
        delivery=delivery.in_a_line(snapshot),
        scorecard=rows,
        scorecard_is_here=holds_scorecard(snapshot),
        notes=rows.notes if level < NOTES_MOVED else "",
        shows_details=level < NO_SECOND_LINES,
        gaps_heading="What is missing" if snapshot.is_public else "What is missing or not yet verified",
        gaps=gaps,
        gaps_empty=_no_gaps(snapshot),
        gaps_more=gaps_more,
    )


def holds_scorecard(snapshot: Snapshot) -> bool:
    """Whether the scorecard stands on the quarter's page, or on pages of its own after it."""
    return len(snapshot.indicators) <= MOST_ON_A_PAGE


def likely_fits(snapshot: Snapshot) -> bool:
    """Whether it is worth trying the whole pack with nothing given way. Only that: what fits is found by setting it."""
    gaps, _ = _gaps(snapshot, by_reason=False)
    return len(snapshot.indicators) + len(gaps) <= LIKELY_LINES


# ---------------------------------------------------------------- counts


def _summary(snapshot: Snapshot) -> str:
    """The table of counts as a sentence; references of all but what is merely data only."""
    parts, states = snapshot.indicators, said.by_state(snapshot.indicators)
    if not parts:
        return ""
    only = "" if snapshot.is_rated else f"No targets are agreed for {snapshot.quarter.year}"
    if set(states) == {"data_only"}:
        return f"{only}: all {len(parts)} are data only." if only else f"All {len(parts)} are data only."
    order = WORDS if snapshot.is_rated else ("data_only", *(code for code in WORDS if code != "data_only"))
    named = [
        f"{in_words(len(own))} {'is' if len(own) == 1 else 'are'} {WORDS[code].lower()}"
        + (f" ({said.references(own)})" if code != "data_only" else "")
        for code in order
        if (own := states.get(code))
    ]
    start = f"{only}, so no figure is rated. " if only else ""
    return f"{start}Of {len(parts)}, {said.listed(named)}."


def _count_row(priority: PriorityPart, heads: Sequence[said.State]) -> CountRow:
    most = FEW_REFERENCES if len(heads) > MANY_HEADS else MOST_REFERENCES
    counts = tuple(_count(priority.indicators, head, most) for head in heads)
    return CountRow(priority.letter, priority.short_title, counts)


def _count(parts: Sequence[IndicatorPart], head: said.State, most: int) -> Count:
    """References that do not fit on one line are left out; the count stays."""
    own = [part for part in parts if part.verdict.code == head.code]
    shown = " ".join(part.reference for part in own) if len(own) <= most else ""
    return Count(len(own), shown)


# ---------------------------------------------------------------- what is not there


def _gaps(snapshot: Snapshot, *, by_reason: bool) -> tuple[tuple[Gap, ...], bool]:
    """One for each indicator while there is room, otherwise one for each reason with a link to the whole list."""
    parts = [part for part in snapshot.indicators if part.verdict.code in ("missing", "no_return", "not_yet_verified")]
    if not snapshot.round_exists:
        return (), False
    most = MOST_GAPS if holds_scorecard(snapshot) else MOST_GAPS_ALONE
    if not by_reason and len(parts) <= most:
        return tuple(Gap(f"{part.reference} {part.short_name}", _gap_text(part, snapshot)) for part in parts), False
    reasons: dict[str, list[IndicatorPart]] = {}
    for part in parts:
        reasons.setdefault(_reason(part), []).append(part)
    return tuple(
        Gap(f"{len(own)} {said.lower_first(reason)}:", f"{said.references(own)}.") for reason, own in reasons.items()
    ), True


def _no_gaps(snapshot: Snapshot) -> str:
    """Said in place of the list when it is empty."""
    if not snapshot.round_exists:
        return "Nothing was asked for, so nothing is missing."
    if not snapshot.indicators:
        return "No indicator is in this quarter’s monitoring."
    return "Nothing is missing." if snapshot.is_public else "Nothing is missing, and every figure is verified."


def _reason(part: IndicatorPart) -> str:
    if part.this.state == "unverified":
        return "Sent, not yet verified"
    if part.this.state == "not_collected":
        return "No return was asked for"
    return said.capital(said.reason(part.this))


def _gap_text(part: IndicatorPart, snapshot: Snapshot) -> str:
    said_of = [f"{_reason(part)}.", f"Owner: {part.owner}."]
    if part.this.expected_on:
        said_of.append(
            f"{'Due again' if part.this.state == 'awaited' else 'Expected'} {day_year(part.this.expected_on)}."
        )
    elif part.this.state == "awaited" and snapshot.due_on:
        said_of.append(f"Was due {day_year(snapshot.due_on)}.")
    return " ".join(said_of)
