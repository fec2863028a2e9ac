"""The same questions asked twice: percentages beside those of the consultation before, where the answers match. Pure.

Answers match by their key or by their words. Where a question was put in other words, that is said: the figures may differ for it alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from consultation import results
from consultation.counts import ConcernCount, Counts, OptionCount, QuestionCounts
from lib.numerals import change, figure, listed
from reporting.told import ranking, wording

ONE_EACH = ("safe", "connection")  # roles that match whatever their key
Choice = TypeVar("Choice", ConcernCount, OptionCount)


@dataclass(frozen=True)
class Line:
    """`difference` is in percentage points: "+2.0", its `interval` "−0.5 to +4.5"; "" where one of the two is not known."""

    text: str
    now: str
    then: str
    difference: str
    interval: str
    may_be_chance: bool


@dataclass(frozen=True)
class Comparison:
    """One question. `reworded` says how it was put each time, where that differs; `apart` which answers have no counterpart."""

    text: str
    of_now: str  # "of 1,204"; "" where it is not known
    of_then: str
    lines: tuple[Line, ...]
    reworded: str
    apart: tuple[str, ...]


def compare(now: Counts, then: Counts, *, year: int) -> tuple[Comparison, ...]:
    """`year` is that of the earlier one. Questions that were not asked then, or of which no answer matches, are left out."""
    found = [_concerns(now, then, year)]
    for question in now.questions:
        other = next((one for one in then.questions if _is_same(question, one)), None)
        if other is not None:
            found.append(_question(question, now.responses, other, then.responses, year))
    return tuple(one for one in found if one is not None)


def _concerns(now: Counts, then: Counts, year: int) -> Comparison | None:
    ranked = sorted(filter(_is_one, now.concerns), key=lambda one: -one.first)
    earlier = list(filter(_is_one, then.concerns))
    pairs, alone, gone = _matched(ranked, earlier)
    if not pairs:
        return None
    base, then_base = ranking.base(now), ranking.base(then)
    together = any(one.is_group for one in then.concerns)
    return Comparison(
        "Named first",
        f"of {figure(base)}",
        f"of {figure(then_base)}",
        tuple(_line(one.text, one.first, base, other.first, then_base) for one, other in pairs),
        _reworded(now.concerns_text, then.concerns_text, year),
        _apart(alone, gone, year, together=together),
    )


def _is_one(concern: ConcernCount) -> bool:
    """A concern of its own. What "something else" is depends on what else was listed."""
    return not concern.is_group and not concern.is_other


def _question(
    question: QuestionCounts, responses: int, other: QuestionCounts, then_responses: int, year: int
) -> Comparison | None:
    base, then_base = results.base(question, responses).of, results.base(other, then_responses).of
    pairs, alone, gone = _matched(
        [one for one in question.options if not one.is_dont_know],
        [one for one in other.options if not one.is_dont_know],
    )
    if not pairs:
        return None
    return Comparison(
        question.text,
        _of(base),
        _of(then_base),
        tuple(_line(one.text, one.count, base, then.count, then_base) for one, then in pairs),
        _reworded(question.text, other.text, year),
        _apart(alone, gone, year),
    )


def _matched(
    now: Sequence[Choice], then: Sequence[Choice]
) -> tuple[list[tuple[Choice, Choice]], list[Choice], list[Choice]]:
    """Pairs in the order of now; those that are only now; those that were only then. Each is matched once."""
    left, pairs, alone = list(then), [], []
    for one in now:
        other = next((two for two in left if two.key == one.key), None)
        other = other or next((two for two in left if results.alike(two.text) == results.alike(one.text)), None)
        if other is None:
            alone.append(one)
        else:
            left.remove(other)
            pairs.append((one, other))
    return pairs, alone, left


def _is_same(now: QuestionCounts, then: QuestionCounts) -> bool:
    if now.role in ONE_EACH or then.role in ONE_EACH:
        return now.role == then.role
    return now.key == then.key or results.alike(now.text) == results.alike(then.text)


def _line(text: str, count: int | None, base: int | None, earlier: int | None, then_base: int | None) -> Line:
    now, then = _shown(count, base), _shown(earlier, then_base)
    if count is None or base is None or earlier is None or then_base is None:
        return Line(text, now, then, "", "", may_be_chance=False)
    found = results.difference(count, base, earlier, then_base)
    if found is None:
        return Line(text, now, then, "", "", may_be_chance=False)
    between = f"{_points(found.low)} to {_points(found.high)}"
    return Line(text, now, then, _points(found.share), between, found.may_be_chance)


def _shown(count: int | None, base: int | None) -> str:
    return wording.share(count, base) or wording.NOT_SHOWN


def _of(base: int | None) -> str:
    return "" if base is None else f"of {figure(base)}"


def _points(share: Decimal) -> str:
    return change(share * 100, 1)


def _reworded(now: str, then: str, year: int) -> str:
    if results.alike(now) == results.alike(then):
        return ""
    return (
        f"The question was put in other words in {year}: “{then}”. Now: “{now}”. A difference may come from that alone."
    )


def _apart(
    alone: Iterable[ConcernCount | OptionCount],
    gone: Iterable[ConcernCount | OptionCount],
    year: int,
    *,
    together: bool = False,
) -> tuple[str, ...]:
    """`together`: some of then were counted together, so nobody can say whether these were among them."""
    told, new, old = [], listed(one.text for one in alone), listed(one.text for one in gone)
    if new:
        told.append(f"Not counted by themselves in {year}: {new}." if together else f"Not asked in {year}: {new}.")
    if old:
        told.append(f"Asked in {year} and not now: {old}.")
    return tuple(told)
