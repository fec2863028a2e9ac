"""What matters in the quarter: up to three findings, each true and none padded."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indicators.trend import Trend
from lib.numerals import in_words
from lib.written import day_year
from reporting.pdf import figures
from reporting.pdf.parts import cover, further, said
from reporting.snapshots.shape import IndicatorPart, Restatement, Snapshot, Words

MOST = 3
LONGEST_LINE = 37  # characters of a heading that fit on one line


@dataclass(frozen=True)
class Matter:
    """A finding as a heading, at most four lines under it, references at the end."""

    heading: str
    text: str
    references: str


def heading(how_many: int) -> str:
    return {0: "", 1: "What matters", 2: "Two things that matter"}.get(how_many, "Three things that matter")


def build(snapshot: Snapshot, *, in_headings: bool = False) -> tuple[Matter, ...]:
    """In this order: what is red, worsening, worse where nothing is rated, unusual, unexplained, not ready, restated; then the largest move, or that all is verified.

    What is told of an indicator alone says as well who owes its explanation, so that it is not said twice. `in_headings` leaves out
    what stands under the headings: it is told in full where they refer to.
    """
    if cover.notice(snapshot) or not snapshot.indicators:
        return ()
    parts, on = snapshot.indicators, said.day_of(snapshot)
    reds = [part for part in parts if part.verdict.code == "red"]
    worsening = [part for part in parts if part.is_worsening and part not in reds]
    unusual = [part for part in parts if part.usual.asks_for_words and part not in (*reds, *worsening)]
    worse = [] if snapshot.is_rated else [part for part in parts if _is_worse(part) and part not in worsening]
    alone = [*(reds if len(reds) <= MOST else ()), *(own[0] for own in (worsening, unusual) if len(own) == 1)]
    owed = [part for part in parts if said.is_outstanding(part.words, on) and part not in alone]
    made = (
        *_red(reds, on),
        _worsening(worsening, on),
        _worse(worse, "other " if worsening else ""),
        _unusual(unusual, on),
        _owed(owed),
        _not_ready(snapshot),
        _restated(snapshot),
        _largest_move(snapshot, alone),
        _all_verified(snapshot),
    )
    found = tuple(matter for matter in made if matter)[:MOST]
    return tuple(replace(matter, text="") for matter in found) if in_headings else found


# ---------------------------------------------------------------- one indicator, or several


def _red(reds: Sequence[IndicatorPart], on: dt.date) -> list[Matter]:
    """One each while there is room for all; otherwise how many there are."""
    if len(reds) <= MOST:
        return [
            Matter(
                f"{part.short_name} is red{_tendency(part)}", f"{_gist(part)}{_explanation(part, on)}", part.reference
            )
            for part in reds
        ]
    worse = sum(part.long.trend == Trend.WORSE for part in reds)
    owed = sum(said.is_outstanding(part.words, on) for part in reds)
    to_come = sum(said.is_not_due(part.words, on) for part in reds)
    said_of = [f"{said.many(worse, 'is', 'are')} worse than a year ago"] if worse else []
    said_of += [f"{said.many(owed, 'explanation is', 'explanations are')} outstanding"] if owed else []
    said_of += [f"{said.many(to_come, 'explanation is', 'explanations are')} not yet due"] if to_come else []
    text = f"{said.capital(said.listed(said_of))}." if said_of else "Each is explained under its priority."
    return [
        Matter(f"{said.capital(said.many(len(reds), 'indicator', 'indicators'))} are red", text, said.references(reds))
    ]


def _tendency(part: IndicatorPart) -> str:
    if part.is_worsening:
        return " and worsening"
    return ", but improving" if {part.short.trend, part.long.trend} == {Trend.BETTER} else ""


def _gist(part: IndicatorPart) -> str:
    """The sentence of the rating without its word and without which way is good."""
    return said.capital(f"{said.verdict(part).rest.rstrip('.;')}.")


def _explanation(part: IndicatorPart, on: dt.date) -> str:
    """Who owes it, when it is lacking; until when, while it is not due."""
    if part.words is None or not said.is_owed(part.words):
        return ""
    if part.words.due_on and said.is_not_due(part.words, on):
        who = f" from {part.words.owed_by}" if part.words.owed_by else ""
        return f" Explanation due {day_year(part.words.due_on)}{who}."
    owed = _owed_by(part.words)
    if part.words.state == "owed":
        return f" Explanation {owed}."
    return f" Not yet said: {said.what_is_owed(part.words)}, {owed}."


def _owed_by(words: Words) -> str:
    return f"owed by {words.owed_by}" if words.owed_by else "owed, and nobody is named"


def _worsening(parts: Sequence[IndicatorPart], on: dt.date) -> Matter | None:
    if len(parts) != 1:
        return _several(parts, "are worsening")
    part = parts[0]
    text = part.usual.sentence
    if part.short.trend == part.long.trend == Trend.WORSE and part.this.value:
        unit = f" {part.unit}" if part.measure == "count" else ""
        moved = f"{part.short.signed} on last quarter, {part.long.signed} on a year ago"
        text = f"{figures.brief(part.this.value)}{unit}: {moved}."
    how = {"amber": "amber and worsening", "green": "green, but worsening"}.get(part.verdict.code, "worsening")
    return Matter(f"{part.short_name} is {how}", f"{text}{_explanation(part, on)}", part.reference)


def _is_worse(part: IndicatorPart) -> bool:
    return Trend.WORSE in (part.short.trend, part.long.trend)


def _worse(parts: Sequence[IndicatorPart], other: str) -> Matter | None:
    """On one comparison, or on the only one there is: without ratings it is the first thing to know."""
    if not parts:
        return None
    on = [
        words
        for words, is_so in (
            ("last quarter", any(part.short.trend == Trend.WORSE for part in parts)),
            ("a year ago", any(part.long.trend == Trend.WORSE for part in parts)),
        )
        if is_so
    ]
    than = f"worse than {' or '.join(on)}"
    if len(parts) > 1:
        some = said.many(len(parts), f"{other}indicator", f"{other}indicators")
        text = f"{said.some_of([part.short_name for part in parts], 3)}."
        return Matter(f"{said.capital(some)} are {than}", text, said.references(parts))
    part = parts[0]
    moved, then = (part.short, part.last) if part.short.trend == Trend.WORSE else (part.long, part.year_ago)
    both = (
        f"{figures.brief(part.this.value)} against {figures.brief(then.value)}"
        if part.this.value and then.value
        else ""
    )
    return Matter(f"{part.short_name} is {than}", f"{both}, {moved.words}.", part.reference)


def _unusual(parts: Sequence[IndicatorPart], on: dt.date) -> Matter | None:
    if len(parts) != 1:
        return _several(parts, "changed by more than usual")
    part = parts[0]
    how = "improved" if part.usual.state == "improving" else "changed"
    text = f"{part.usual.sentence}{_explanation(part, on)}"
    return Matter(f"{part.short_name} {how} by more than usual", text, part.reference)


def _several(parts: Sequence[IndicatorPart], what: str) -> Matter | None:
    if not parts:
        return None
    return Matter(
        f"{said.capital(said.many(len(parts), 'indicator', 'indicators'))} {what}",
        f"{said.some_of([part.short_name for part in parts], 3)}.",
        said.references(parts),
    )


def _owed(owed: Sequence[IndicatorPart]) -> Matter | None:
    if not owed:
        return None
    first, words = owed[0], owed[0].words
    text = f"{said.some_of([part.short_name for part in owed], 3)}."
    if len(owed) == 1 and words:
        what = "" if words.state == "owed" else f"{said.what_is_owed(words)}, "
        text = f"{first.short_name}: {what}{_owed_by(words)}."
    return Matter(
        f"{said.capital(said.many(len(owed), 'explanation is', 'explanations are'))} outstanding",
        text,
        said.references(owed),
    )


# ---------------------------------------------------------------- all of them


def _not_ready(snapshot: Snapshot) -> Matter | None:
    own = said.by_state(snapshot.indicators)
    missing, unverified = [*own.get("missing", ()), *own.get("no_return", ())], own.get("not_yet_verified", [])
    if not missing and not unverified:
        return None
    how_many = len(missing) + len(unverified)
    said_of = [_are(len(missing), "missing"), _are(len(unverified), "not yet verified")]
    ready = len(snapshot.in_state("verified"))
    verified = f"{ready} of {len(snapshot.indicators)} {'is' if ready == 1 else 'are'} verified"
    return Matter(
        f"{said.capital(said.many(how_many, 'figure is', 'figures are'))} not ready",
        f"{said.capital(said.listed(filter(None, said_of)))}. {verified}.",
        said.references((*missing, *unverified)),
    )


def _are(how_many: int, state: str) -> str:
    return f"{in_words(how_many)} {'is' if how_many == 1 else 'are'} {state}" if how_many else ""


def _restated(snapshot: Snapshot) -> Matter | None:
    """What is listed; small revisions that changed no rating are counted with it, and alone they don't matter."""
    new = snapshot.newly_restated
    changed = further.listed(new)
    if not changed:
        return None
    first = changed[0]
    text = f"{first.short_name}, {first.quarter}: {_was_and_now(first)}."
    if len(changed) > 1:
        text = f"The first of them: {text}"
    text = f"{text} {further.sentence(new)}".rstrip()
    references = sorted({one.reference for one in changed if one.reference})
    return Matter(
        f"{said.capital(said.many(len(changed), 'verified figure has', 'verified figures have'))} changed",
        text,
        said.some_of(references),
    )


def _was_and_now(one: Restatement) -> str:
    if one.was.hidden and one.now.hidden:
        return "neither figure is shown"
    return f"was {figures.full(one.was)}, now {figures.full(one.now)}"


def _largest_move(snapshot: Snapshot, told: Sequence[IndicatorPart]) -> Matter | None:
    """Among verified counts: the one that moved most on the same quarter of last year, in per cent; nothing if it is told of already."""
    moves = [
        (change, part)
        for part in snapshot.in_state("verified")
        if (change := _on_a_year_ago(part)) and change.share is not None and change.direction != "none"
    ]
    if not moves:
        return None
    change, part = max(moves, key=lambda move: move[0].share or 0)
    if part in told:
        return None
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
    """Nothing where a series break lies between, whatever the figures are."""
    if part.long.trend in said.NO_MOVE or part.this.value is None or part.year_ago.value is None:
        return None
    return figures.change(part.this.value, part.year_ago.value)


def _all_verified(snapshot: Snapshot) -> Matter | None:
    verified = snapshot.in_state("verified")
    if len(verified) != len(snapshot.indicators):
        return None
    one = "The one figure is verified" if len(verified) == 1 else f"All {len(verified)} figures are verified"
    return Matter(one, "Nothing is missing this quarter.", "")
