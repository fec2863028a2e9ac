"""What changed since last quarter: ratings, restated figures, new series."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from indicators.rating import WORDS
from lib.numerals import in_words
from reporting.dashboard import naming
from reporting.pdf import figures
from reporting.pdf.parts import further
from reporting.pdf.parts.said import some_of
from reporting.snapshots.shape import IndicatorPart, Restatement, Snapshot

MOST_ALONE = 3  # restated quarters of one series under one reason that have a line each
WAS = {code: word.lower() for code, word in WORDS.items()} | {"no_return": "not asked for"}


@dataclass(frozen=True)
class Changes:
    heading: str
    lines: tuple[str, ...]
    nothing: str  # in their place, when there are none


def build(snapshot: Snapshot) -> Changes:
    lines = (*_ratings(snapshot), *restated(snapshot.newly_restated), *_series(snapshot))
    since = naming.before(snapshot.quarter)
    return Changes(f"What changed since {since}", lines, "" if lines else _nothing(snapshot, since))


def _ratings(snapshot: Snapshot) -> list[str]:
    """ "A3 was amber and is red.", the worst first; those that went the same way together."""
    moved: dict[tuple[str, str], list[IndicatorPart]] = {}
    for part in snapshot.indicators:
        was = part.last_verdict
        if was and was.code != part.verdict.code:
            moved.setdefault((was.code, part.verdict.code), []).append(part)
    order = list(WORDS)
    return [
        f"{some_of([naming.short(part) for part in parts])} {'was' if len(parts) == 1 else 'were'} {WAS[then]} "
        f"and {'is' if len(parts) == 1 else 'are'} {WAS[now]}."
        for (then, now), parts in sorted(
            moved.items(), key=lambda one: (order.index(one[0][1]), order.index(one[0][0]))
        )
    ]


def restated(changes: Sequence[Restatement]) -> list[str]:
    """A line each; of many under one reason one for all, and one for those that are only counted."""
    lines = []
    for _, same in groupby(further.listed(changes), key=lambda one: (one.slug, one.kind, one.why, one.verified_on)):
        own = list(same)
        lines += [_together(own)] if len(own) > MOST_ALONE else [_restated(one) for one in own]
    return [*lines, *filter(None, [further.sentence(changes)])]


def _together(own: Sequence[Restatement]) -> str:
    """ "B2, 12 quarters from 2014-15 Q1 to 2017-18 Q2 restated; the last was 1,547, now 1,588. Late reports were added." """
    first, last = own[0], own[-1]
    name, why = last.reference or last.short_name, naming.sentence(last.why)
    quarters = f"{in_words(len(own))} quarters from {first.quarter} to {last.quarter}"
    was, now = _values(last)
    return f"{name}, {quarters} restated; the last was {was}, now {now}. {why}".strip()


def _restated(change: Restatement) -> str:
    """ "B2, 2017-18 Q2 restated: was 1,547, now 1,588. Late reports were added." """
    was, now = _values(change)
    name = change.reference or change.short_name
    return f"{name}, {change.quarter} restated: was {was}, now {now}. {naming.sentence(change.why)}".strip()


def _values(change: Restatement) -> tuple[str, str]:
    was, now = figures.brief(change.was), figures.brief(change.now)
    if was == now:  # the same share of other numbers
        return figures.full(change.was), figures.full(change.now)
    return was, now


def _series(snapshot: Snapshot) -> list[str]:
    return [
        f"{naming.short(part)} starts a new series, so it isn’t compared with the quarters before: {naming.sentence(why)}"
        for part in snapshot.indicators
        for start, why in part.breaks
        if start == snapshot.quarter
    ]


def _nothing(snapshot: Snapshot, since: str) -> str:
    if not any(part.last_verdict for part in snapshot.indicators):
        return f"Nothing was asked for in {since}, so there is nothing to compare with."
    return "Nothing: every rating is what it was, and no figure was restated."


def restated_of(part: IndicatorPart, snapshot: Snapshot) -> str:
    """What a pack tells of as restated of one indicator, in sentences."""
    return " ".join(restated([one for one in snapshot.told_restated if one.slug == part.slug]))
