"""Data quality: what is missing, not yet verified, unexplained, provisional or restated. Each says so when there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from lib.numerals import change as signed
from lib.numerals import in_words
from lib.quarters import Quarter
from lib.written import day_year
from reporting.pdf import figures
from reporting.pdf.hiding import NOT_SHOWN
from reporting.pdf.parts import further, said
from reporting.snapshots.shape import IndicatorPart, Restatement, Snapshot, Value


@dataclass(frozen=True)
class Missing:
    named: said.Reference
    state: said.State
    reason: str
    owner: str
    expected: str


@dataclass(frozen=True)
class Pending:
    named: said.Reference
    figure: said.Figure
    what: str
    owner: str


@dataclass(frozen=True)
class Owed:
    named: said.Reference
    state: said.State
    what: str
    by: str
    due: str


@dataclass(frozen=True)
class Restated:
    """One figure; `spans` rows share one reason, so only the first of them prints it."""

    reference: str
    name: str
    quarter: str
    was: said.Figure
    now: said.Figure
    change: str
    kind: str
    why: str
    verified: str
    by: str
    spans: int


@dataclass(frozen=True)
class Start:
    """Where a series, or its usual range, starts afresh among the quarters shown."""

    named: said.Reference
    when: str
    what: str


@dataclass(frozen=True)
class QualityPage:
    lede: str
    is_rated: bool
    missing: tuple[Missing, ...]
    unverified: tuple[Pending, ...]
    owed: tuple[Owed, ...]
    not_due: tuple[Owed, ...]  # explanations that are asked for by a later day
    provisional: tuple[Pending, ...]
    restated: tuple[Restated, ...]
    further: str  # revisions that are counted and not listed
    breaks_heading: str
    breaks: tuple[Start, ...]


def build(snapshot: Snapshot) -> QualityPage:
    everything = [part for one in snapshot.priorities for part in (*one.indicators, *one.context)]
    on = said.day_of(snapshot)
    return QualityPage(
        lede=_lede(snapshot),
        is_rated=snapshot.is_rated,
        missing=tuple(_missing(part, snapshot) for part in snapshot.in_state("missing", "awaited", "not_collected")),
        unverified=tuple(
            _pending(part, "Sent, and waiting for a second person") for part in snapshot.in_state("unverified")
        ),
        owed=tuple(_owed(part) for part in snapshot.indicators if said.is_outstanding(part.words, on)),
        not_due=tuple(_owed(part) for part in snapshot.indicators if said.is_not_due(part.words, on)),
        provisional=tuple(pending for part in everything if (pending := _provisional(part, snapshot))),
        restated=_restated(further.listed(snapshot.told_restated)),
        further=further.sentence(snapshot.told_restated),
        breaks_heading="Series breaks"
        + (" and fresh starts of the usual range" if any(map(_fresh, everything)) else ""),
        breaks=tuple(start for part in everything for start in _starts(part)),
    )


def _lede(snapshot: Snapshot) -> str:
    """The page in two sentences."""
    parts = snapshot.indicators
    if not parts:
        return "No indicator is in this quarter’s monitoring."
    verified, unverified = len(snapshot.in_state("verified")), len(snapshot.in_state("unverified"))
    missing = len(parts) - verified - unverified
    owed = sum(said.is_outstanding(part.words, said.day_of(snapshot)) for part in parts)
    first = f"{verified} of {len(parts)} figures {'is' if verified == 1 else 'are'} verified."
    rest = [_are(missing, "missing"), _are(unverified, "not yet verified")]
    rest += [f"{said.many(owed, 'explanation is', 'explanations are')} outstanding"] if owed else []
    more = said.listed(filter(None, rest))
    changed = len(snapshot.told_restated)
    last = (
        f" {said.capital(said.many(changed, 'verified figure has', 'verified figures have'))} changed."
        if changed
        else ""
    )
    return f"{first} {said.capital(more)}.{last}" if more else f"{first}{last}"


def _are(how_many: int, what: str) -> str:
    return f"{in_words(how_many)} {'is' if how_many == 1 else 'are'} {what}" if how_many else ""


def _missing(part: IndicatorPart, snapshot: Snapshot) -> Missing:
    cell = part.this
    reason = "No return was asked for" if cell.state == "not_collected" else said.capital(said.reason(cell))
    if cell.state == "awaited" and snapshot.due_on and not cell.reason:
        reason += f", was due {day_year(snapshot.due_on)}"
    note = f" {said.capital(cell.note.rstrip('.'))}." if cell.note else ""
    return Missing(said.named(part), said.state(part), f"{reason}.{note}", said.owner(part), said.expected(cell))


def _pending(part: IndicatorPart, what: str) -> Pending:
    return Pending(said.named(part), said.in_cell(part.this, base=True), what, said.owner(part))


def _owed(part: IndicatorPart) -> Owed:
    words = part.words
    due = day_year(words.due_on) if words and words.due_on else "no date given"
    what = said.capital(said.what_is_owed(words)) if words else ""
    return Owed(
        said.named(part),
        said.state(part),
        what or "The explanation",
        (words.owed_by if words else "") or "nobody is named",
        due,
    )


def _provisional(part: IndicatorPart, snapshot: Snapshot) -> Pending | None:
    quarters = [str(cell.quarter) for cell in part.history if cell.is_provisional and cell.quarter <= snapshot.quarter]
    if not quarters:
        return None
    return Pending(said.named(part), said.in_cell(part.this, base=True), said.listed(quarters), said.owner(part))


# ---------------------------------------------------------------- series breaks


def _starts(part: IndicatorPart) -> list[Start]:
    """Oldest first; what started with the first figure shown divides nothing."""
    shown = part.series[0].quarter if part.series else None
    broken = {
        start: f"{said.capital(why.rstrip('.'))}. Figures before are not comparable; trends and the usual range start here."
        for start, why in part.breaks
        if shown and start > shown
    }
    fresh = {
        start: "The usual range is worked out afresh from here. Figures stay comparable." for start in _fresh(part)
    }
    return [Start(said.named(part), str(start), what) for start, what in sorted((fresh | broken).items())]


def _fresh(part: IndicatorPart) -> list[Quarter]:
    """Quarters in which a usual range starts and no new series does."""
    broken = {_first_shown(part, start) for start, _ in part.breaks}
    return [one.first for one in part.stretches[1:] if one.first not in broken]


def _first_shown(part: IndicatorPart, start: Quarter) -> Quarter | None:
    """A break may lie in a quarter for which no figure is ever asked."""
    return next((cell.quarter for cell in part.series if cell.quarter >= start), None)


# ---------------------------------------------------------------- restated


def _restated(changes: Sequence[Restatement]) -> tuple[Restated, ...]:
    """One reason for a series is printed once, beside all its rows."""
    rows: list[Restated] = []
    for _, series in groupby(changes, key=lambda one: (one.slug, one.kind, one.why, one.verified_on)):
        own = list(series)
        rows.extend(_row(one, len(own) if index == 0 else 0) for index, one in enumerate(own))
    return tuple(rows)


def _row(one: Restatement, spans: int) -> Restated:
    return Restated(
        reference=one.reference,
        name=one.short_name,
        quarter=str(one.quarter),
        was=said.of_value(one.was, base=True),
        now=said.of_value(one.now, base=True, strong=True),
        change=_signed(one.was, one.now),
        kind=said.capital(one.kind),
        why=one.why,
        verified=day_year(one.verified_on),
        by=one.by,
        spans=spans,
    )


def _signed(was: Value, now: Value) -> str:
    """ "−28", "+2.1 points"; words where the two can't be subtracted, or where the reader would then know both."""
    if was.hidden or now.hidden:
        return NOT_SHOWN
    if was.percentage is not None and now.percentage is not None:
        points = figures.rounded(now.percentage - was.percentage)
        return f"{signed(points)} {'point' if abs(points) == 1 else 'points'}" if points else "no change"
    if was.numerator is None or now.numerator is None or was.denominator is not None or now.denominator is not None:
        return "not comparable"
    return signed(now.numerator - was.numerator)
