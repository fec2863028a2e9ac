"""The priorities side by side: a shape for each indicator, or an arrow where few are rated, and the counts in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.rating import WORDS
from indicators.trend import Trend
from reporting.dashboard import naming
from reporting.dashboard.leading import Leading, compared, is_comparable
from reporting.snapshots.shape import IndicatorPart, PriorityPart, Snapshot


@dataclass(frozen=True)
class Shape:
    """One indicator: its rating's shape with the word for those who don't see it, or an arrow with its word beside the reference.

    `words` is the word in sight; empty where the shape says it. An arrow has a `direction` ("up", "down", "none"), a shape has none.
    """

    anchor: str
    reference: str
    code: str
    word: str
    direction: str = ""
    words: str = ""


@dataclass(frozen=True)
class Column:
    title: str
    shapes: tuple[Shape, ...]
    counts: str


def build(snapshot: Snapshot, lead: Leading) -> tuple[Column, ...]:
    return tuple(_column(priority, lead) for priority in snapshot.priorities if priority.indicators)


def _column(priority: PriorityPart, lead: Leading) -> Column:
    return Column(
        title=f"{priority.letter} {priority.title}",
        shapes=tuple(_shape(part, lead) for part in priority.indicators),
        counts=counts(priority.indicators),
    )


def _shape(part: IndicatorPart, lead: Leading) -> Shape:
    code, trend = part.verdict.code, compared(part, lead)
    made = Shape(f"row-{part.slug}", naming.short(part), code, WORDS[code])
    if lead == Leading.RATINGS:
        return made
    if not is_comparable(trend):
        known = part.this.state == "verified"
        words = Trend(trend.trend).word.lower() if known else WORDS[code].lower()
        return Shape(made.anchor, made.reference, code if not known else "", made.word, "", words)
    return Shape(made.anchor, made.reference, "", made.word, trend.direction, Trend(trend.trend).word.lower())


def counts(parts: Sequence[IndicatorPart]) -> str:
    """ "1 red, 1 green, 1 data only": only what there is, all of it."""
    codes = [part.verdict.code for part in parts]
    return ", ".join(f"{codes.count(code)} {word.lower()}" for code, word in WORDS.items() if code in codes)
