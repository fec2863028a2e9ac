"""The quarter on a page: what matters, how many figures there are, the scorecard, and what is not there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indicators import charts
from lib.govuk_tags import day_year, in_words
from reporting.pdf import figures
from reporting.pdf.parts import cover, said
from reporting.snapshots.shape import IndicatorPart, PriorityPart, Snapshot

MOST_ON_A_PAGE = 20  # beyond that, exceptions only, and the scorecard on pages of its own
MOST_GAPS, MOST_GAPS_ALONE = 9, 24  # named one by one: beside a scorecard, and where the scorecard has its own pages
# What gives way, in this order, when the page is full. Type is never made smaller.
FULL, NOTES_MOVED, MISSING_BY_REASON, NO_SECOND_LINES, COUNTS_IN_WORDS = range(5)
LEVELS = (NOTES_MOVED, MISSING_BY_REASON, NO_SECOND_LINES, COUNTS_IN_WORDS)


@dataclass(frozen=True)
class Matter:
    """A finding as a heading, at most four lines under it, references at the end."""

    heading: str
    text: str
    references: str


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
class Row:
    named: said.Reference
    this: said.Figure
    last: said.Figure
    year_ago: said.Figure
    to_date: said.Figure
    same_period: said.Figure
    state: said.State
    spark: charts.Quarters | None


@dataclass(frozen=True)
class RowGroup:
    letter: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Gap:
    """What is not there: a name, or a reason with its references; and a sentence."""

    heading: str
    text: str


@dataclass(frozen=True)
class QuarterPage:
    notice: str
    matters_heading: str
    matters: tuple[Matter, ...]
    summary: str  # instead of the table of counts, when one sentence says it all
    count_heads: tuple[said.State, ...]
    count_rows: tuple[CountRow, ...]
    count_total: CountRow
    count_note: str
    groups: tuple[RowGroup, ...]
    scorecard_is_here: bool
    notes: str  # what the signs in the scorecard mean; empty when it stands under "Definitions" alone
    shows_details: bool
    gaps_heading: str
    gaps: tuple[Gap, ...]
    gaps_empty: str
    gaps_more: bool  # the whole list is in "Data quality"


def build(snapshot: Snapshot, level: int = FULL) -> QuarterPage:
    """`level` says how much has given way so that it stays one page."""
    parts = snapshot.indicators
    states = [said.state(part) for part in parts]
    heads = tuple(
        said.State(said.MARKS[word], word, "")
        for word in said.MARKS
        if word != said.NO_RETURN or any(one.word == word for one in states)
    )
    in_words = level >= COUNTS_IN_WORDS or all(one.word == said.DATA_ONLY for one in states)
    matters = _matters(snapshot)
    gaps, gaps_more = _gaps(snapshot, by_reason=level >= MISSING_BY_REASON)
    return QuarterPage(
        notice=cover.notice(snapshot),
        matters_heading=_heading(len(matters)),
        matters=matters,
        summary=_summary(snapshot),
        count_heads=heads,
        count_rows=() if in_words else tuple(_count_row(one, heads) for one in snapshot.priorities if one.indicators),
        count_total=CountRow("", f"All {len(parts)}", tuple(_count(parts, head, most=0) for head in heads)),
        count_note=f"No targets are agreed for {snapshot.quarter.year}, so no figure is rated.",
        groups=tuple(_group(snapshot, one) for one in snapshot.priorities if one.indicators),
        scorecard_is_here=holds_scorecard(snapshot),
        notes=_notes(snapshot) if level < NOTES_MOVED else "",
        shows_details=level < NO_SECOND_LINES,
        gaps_heading="What is missing or not yet verified",
        gaps=gaps,
        gaps_empty=_no_gaps(snapshot),
        gaps_more=gaps_more,
    )


def holds_scorecard(snapshot: Snapshot) -> bool:
    """Whether the scorecard stands on the quarter's page, or on pages of its own after it."""
    return len(snapshot.indicators) <= MOST_ON_A_PAGE


# ---------------------------------------------------------------- what matters


def _heading(how_many: int) -> str:
    return {0: "", 1: "What matters", 2: "Two things that matter"}.get(how_many, "Three things that matter")


def _matters(snapshot: Snapshot) -> tuple[Matter, ...]:
    """Up to three true sentences, never padded: the largest move on a year ago, what is not ready, what was restated or is owed."""
    if cover.notice(snapshot) or not snapshot.indicators:
        return ()
    makers: list[Callable[[Snapshot], Matter | None]] = [_largest_move, _not_ready, _restated, _owed, _all_verified]
    return tuple(matter for make in makers if (matter := make(snapshot)))[:3]


def _largest_move(snapshot: Snapshot) -> Matter | None:
    """Among verified counts: the one that moved most on the same quarter of last year, in per cent."""
    moves = [
        (change, part)
        for part in snapshot.in_state("verified")
        if (change := _on_a_year_ago(part)) and change.share is not None and change.direction != "none"
    ]
    if not moves:
        return None
    change, part = max(moves, key=lambda move: move[0].share or 0)
    way = "rose" if change.direction == "up" else "fell"
    now, then = said.in_cell(part.this).text, said.in_cell(part.year_ago).text  # counts: only they have a share
    text = (
        f"{now} {part.unit}, {change.words} on the same quarter of {snapshot.quarter.year.previous}, which had {then}."
    )
    to_date, before = part.year_to_date, part.last_year_to_date
    # A quarter that last year lacks is in this year's sum alone: the two are no longer the same quarters.
    if to_date.value and before.value and not before.missing and to_date.mode != "latest":
        if over_year := figures.change(to_date.value, before.value):
            text += f" The year to date is {figures.brief(to_date.value)}, {over_year.words}."
    return Matter(f"{part.short_name} {way} most on a year ago", text, part.reference)


def _on_a_year_ago(part: IndicatorPart) -> figures.Change | None:
    if part.year_ago.state != "verified" or part.this.value is None or part.year_ago.value is None:
        return None
    return figures.change(part.this.value, part.year_ago.value)


def _not_ready(snapshot: Snapshot) -> Matter | None:
    missing = snapshot.in_state("missing", "awaited", "not_collected")
    unverified = snapshot.in_state("unverified")
    if not missing and not unverified:
        return None
    how_many = len(missing) + len(unverified)
    said_of = [_are(len(missing), "missing"), _are(len(unverified), "not yet verified")]
    ready = len(snapshot.in_state("verified"))
    return Matter(
        f"{said.capital(said.many(how_many, 'figure is', 'figures are'))} not ready",
        f"{said.capital(said.listed(filter(None, said_of)))}. {ready} of {len(snapshot.indicators)} are verified.",
        said.references((*missing, *unverified)),
    )


def _are(how_many: int, state: str) -> str:
    return f"{in_words(how_many)} {'is' if how_many == 1 else 'are'} {state}" if how_many else ""


def _restated(snapshot: Snapshot) -> Matter | None:
    changed = snapshot.restatements
    if not changed:
        return None
    first = changed[0]
    text = f"{first.short_name}, {first.quarter}: was {figures.full(first.was)}, now {figures.full(first.now)}."
    if len(changed) > 1:
        text = f"The first of them: {text}"
    references = sorted({one.reference for one in changed if one.reference})
    return Matter(
        f"{said.capital(said.many(len(changed), 'verified figure has', 'verified figures have'))} changed",
        text,
        said.some_of(references),
    )


def _owed(snapshot: Snapshot) -> Matter | None:
    owed = [part for part in snapshot.indicators if said.is_owed(part.words)]
    if not owed:
        return None
    first = owed[0]
    who = first.words.owed_by if first.words else ""
    text = (
        f"{first.short_name}: owed by {who}."
        if len(owed) == 1
        else f"{said.listed(part.short_name for part in owed[:3])}."
    )
    return Matter(
        f"{said.capital(said.many(len(owed), 'explanation is', 'explanations are'))} outstanding",
        text,
        said.references(owed),
    )


def _all_verified(snapshot: Snapshot) -> Matter | None:
    verified = snapshot.in_state("verified")
    if len(verified) != len(snapshot.indicators):
        return None
    heading = "The one figure is verified" if len(verified) == 1 else f"All {len(verified)} figures are verified"
    return Matter(heading, "Nothing is missing this quarter.", "")


# ---------------------------------------------------------------- counts


def _summary(snapshot: Snapshot) -> str:
    """The counts as one sentence, when all are data only or the page has no room for the table."""
    parts = snapshot.indicators
    own = {word: [part for part in parts if said.state(part).word == word] for word in said.MARKS}
    if not parts:
        return ""
    start = f"No targets are agreed for {snapshot.quarter.year}"
    if len(own[said.DATA_ONLY]) == len(parts):
        return f"{start}: all {len(parts)} are data only."
    named = [_are(len(own[said.DATA_ONLY]), "data only")]
    named += [
        f"{_are(len(some), word.lower())} ({said.references(some)})"
        for word, some in own.items()
        if some and word != said.DATA_ONLY
    ]
    return f"{start}, so no figure is rated. Of {len(parts)}, {said.listed(filter(None, named))}."


def _count_row(priority: PriorityPart, heads: Sequence[said.State]) -> CountRow:
    return CountRow(priority.letter, priority.short_title, tuple(_count(priority.indicators, head) for head in heads))


def _count(parts: Sequence[IndicatorPart], head: said.State, most: int = 6) -> Count:
    """References that do not fit on one line are left out; the count stays."""
    own = [part for part in parts if said.state(part).word == head.word]
    shown = " ".join(part.reference for part in own) if len(own) <= most else ""
    return Count(len(own), shown)


# ---------------------------------------------------------------- scorecard


def _group(snapshot: Snapshot, priority: PriorityPart) -> RowGroup:
    return RowGroup(priority.letter, priority.short_title, tuple(_row(snapshot, part) for part in priority.indicators))


def _row(snapshot: Snapshot, part: IndicatorPart) -> Row:
    needs_pair = part.measure == "need_met"
    return Row(
        named=said.named(part),
        this=said.in_cell(part.this, strong=True, base=needs_pair),
        last=said.in_cell(part.last, base=needs_pair),
        year_ago=said.in_cell(part.year_ago, base=needs_pair),
        to_date=said.over_time(part.year_to_date, base=needs_pair),
        same_period=said.over_time(part.last_year_to_date, base=needs_pair),
        state=said.state(part),
        spark=said.spark(part, snapshot.quarter),
    )


def _notes(snapshot: Snapshot) -> str:
    """Only the signs that are used."""
    eight = [cell for part in snapshot.indicators for cell in part.history if cell.quarter <= snapshot.quarter]
    shown = [cell for part in snapshot.indicators for cell in (part.this, part.last, part.year_ago)]
    year = snapshot.quarter.year
    said_of = [f"Eight quarters: each on its own scale, grey {year.previous}, black {year}"]
    said_of += ["a dotted upright is missing"] if any(cell.state in ("missing", "awaited") for cell in eight) else []
    said_of += ["a diamond not yet verified"] if any(cell.state == "unverified" for cell in eight) else []
    signs = ["r: restated."] if any(cell.was for cell in shown) else []
    signs += ["p: provisional."] if any(cell.is_provisional for cell in shown) else []
    signs += ["none: no return was asked for."] if any(cell.state == "not_collected" for cell in shown) else []
    return " ".join([", ".join(said_of) + ".", *signs])


# ---------------------------------------------------------------- what is not there


def _gaps(snapshot: Snapshot, *, by_reason: bool) -> tuple[tuple[Gap, ...], bool]:
    """One for each indicator while there is room, otherwise one for each reason with a link to the whole list."""
    parts = snapshot.in_state("missing", "awaited", "unverified", "not_collected")
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
    return (
        "Nothing is missing, and every figure is verified."
        if snapshot.indicators
        else "No indicator is in this quarter’s monitoring."
    )


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
