"""What the counts say: bases, percentages that say of whom, rankings side by side, and how far a percentage can be relied on. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from consultation.counts import ConcernCount, Counts, QuestionCounts
from lib.numerals import figure, listed

# The 97.5th percentile of the normal distribution: 95% lie between it and its negative.
Z = Decimal("1.959963984540054")
POINTS = (3, 2, 1)  # for a first, a second and a third choice
TOP = 5  # concerns that a page speaks of


@dataclass(frozen=True)
class Interval:
    """From and to, as shares between 0 and 1."""

    low: Decimal
    high: Decimal


def share(count: int, base: int) -> Decimal | None:
    """The unrounded share; None of nobody."""
    return Decimal(count) / Decimal(base) if base else None


def wilson(count: int, base: int) -> Interval | None:
    """The 95% score interval of a share (E. B. Wilson, 1927). None of nobody, and where what is printed is more than everybody.

    It says how far the share could be off by chance alone if those who answered were drawn at random: nobody drew them.
    """
    if not base or count > base:
        return None
    n, p, zz = Decimal(base), Decimal(count) / Decimal(base), Z * Z
    middle = (p + zz / (2 * n)) / (1 + zz / n)
    half = Z * (p * (1 - p) / n + zz / (4 * n * n)).sqrt() / (1 + zz / n)
    return Interval(max(middle - half, Decimal(0)), min(middle + half, Decimal(1)))


# ---------------------------------------------------------------- one question


@dataclass(frozen=True)
class Base:
    """Of whom a question's percentages speak: all who answered and had an opinion. None where it is not published."""

    responses: int
    answered: int | None
    dont_know: int | None

    @property
    def skipped(self) -> int | None:
        return None if self.answered is None else self.responses - self.answered

    @property
    def of(self) -> int | None:
        if self.answered is None or self.dont_know is None:
            return None
        return self.answered - self.dont_know


def base(question: QuestionCounts, responses: int) -> Base:
    """`responses` is how many could have answered it. "Don't know" counts as answered and is no part of a percentage."""
    unsure = [option.count for option in question.options if option.is_dont_know]
    known = [count for count in unsure if count is not None]
    dont_know = sum(known) if len(known) == len(unsure) else None
    return Base(responses, question.answered, dont_know)


@dataclass(frozen=True)
class Mean:
    """What a scale comes to on average, of how many."""

    value: Decimal
    of: int


def mean(question: QuestionCounts) -> Mean | None:
    """Of a scale: the number that an answer begins with, else its place; "don't know" is no part. None where a count is hidden, or of nobody."""
    rated = [option for option in question.options if not option.is_dont_know]
    known = [(_value(option.text, place), option.count) for place, option in enumerate(rated, start=1)]
    of = sum(count for _, count in known if count is not None)
    if not question.is_scale or not of or any(count is None for _, count in known):
        return None
    return Mean(Decimal(sum(value * (count or 0) for value, count in known)) / of, of)


def _value(text: str, place: int) -> int:
    number = re.match(r"\d{1,3}\b", text)
    return int(number.group()) if number else place


# ---------------------------------------------------------------- then and now


@dataclass(frozen=True)
class Difference:
    """Of two shares, now less then, between -1 and 1, with its 95% interval."""

    share: Decimal
    low: Decimal
    high: Decimal

    @property
    def may_be_chance(self) -> bool:
        return self.low <= 0 <= self.high


def difference(count: int, base: int, then: int, then_base: int) -> Difference | None:
    """R. G. Newcombe's method 10 (1998), made from the score intervals of both. None where either has none."""
    now_range, then_range = wilson(count, base), wilson(then, then_base)
    if now_range is None or then_range is None:
        return None
    p, q = Decimal(count) / base, Decimal(then) / then_base
    below = ((p - now_range.low) ** 2 + (then_range.high - q) ** 2).sqrt()
    above = ((now_range.high - p) ** 2 + (q - then_range.low) ** 2).sqrt()
    return Difference(p - q, p - q - below, p - q + above)


def alike(text: str) -> str:
    """Texts are the same answer when this is: case, spaces and signs are none of it."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())


# ---------------------------------------------------------------- rankings


def named_one(counts: Counts) -> int:
    """Of whom percentages of concerns are: all who named one, for nobody has a second choice without a first.

    Of printed totals it is all who answered: not every first choice need be in print.
    """
    return sum(concern.first for concern in counts.concerns) if counts.holds_responses else counts.responses


@dataclass(frozen=True)
class Placed:
    """A concern in a ranking. `place` is 1 for the most; those with the same number share the better place."""

    concern: ConcernCount
    count: int
    place: int
    is_shared: bool


def any_of_three(concern: ConcernCount) -> int | None:
    """How many chose it at all; None where only first choices were published."""
    if concern.second is None or concern.third is None:
        return None
    return concern.first + concern.second + concern.third


def points(concern: ConcernCount) -> int | None:
    """Three for a first choice, two for a second, one for a third; None where only first choices were published."""
    if concern.second is None or concern.third is None:
        return None
    return POINTS[0] * concern.first + POINTS[1] * concern.second + POINTS[2] * concern.third


def by_first(concern: ConcernCount) -> int:
    return concern.first


def ranked(concerns: Sequence[ConcernCount], counted: Callable[[ConcernCount], int | None]) -> tuple[Placed, ...]:
    """Most first; of equal ones the order of the form. Empty where one of them is not known. Groups have no place."""
    numbers = [(concern, counted(concern)) for concern in concerns if not concern.is_group]
    known = [(concern, count) for concern, count in numbers if count is not None]
    if len(known) != len(numbers):
        return ()
    order = sorted(known, key=lambda one: -one[1])
    times: Mapping[int, int] = {count: sum(other == count for _, other in order) for _, count in order}
    places = {count: place for place, (_, count) in reversed(list(enumerate(order, start=1)))}
    return tuple(Placed(concern, count, places[count], times[count] > 1) for concern, count in order)


@dataclass(frozen=True)
class Way:
    """One honest way to rank concerns. `by` is how a sentence names it."""

    key: str
    title: str
    by: str
    counted: Callable[[ConcernCount], int | None]


FIRST = Way("first", "First choices", "by first choices", by_first)
ANY = Way("any", "Any of three choices", "by any of three choices", any_of_three)
ALL_POINTS = Way("points", "Points, 3-2-1", "by points", points)
WAYS = (FIRST, ANY, ALL_POINTS)


def orders(concerns: Sequence[ConcernCount]) -> tuple[tuple[Way, tuple[Placed, ...]], ...]:
    """The ways by which these can be ranked: only by first choices, where the others were not published."""
    return tuple((way, order) for way in WAYS if (order := ranked(concerns, way.counted)))


Places = tuple[tuple[Way, Placed], ...]  # of one concern, by each way


def places(concerns: Sequence[ConcernCount]) -> dict[str, Places]:
    """Where each concern comes, by its key; most first choices first."""
    found: dict[str, list[tuple[Way, Placed]]] = {}
    for way, order in orders(concerns):
        for one in order:
            found.setdefault(one.concern.key, []).append((way, one))
    return {key: tuple(every) for key, every in found.items()}


def leading(concerns: Sequence[ConcernCount], top: int) -> tuple[Places, ...]:
    """Those that are among the first `top` by any way, where somebody chose them at all."""
    every = places(concerns).values()
    return tuple(one for one in every if any(placed.place <= top and placed.count for _, placed in one))


def differing(concerns: Sequence[ConcernCount], top: int) -> tuple[Places, ...]:
    """Of the leading ones, those whose place depends on the way."""
    return tuple(one for one in leading(concerns, top) if len({placed.place for _, placed in one}) > 1)


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def ordinal(place: int) -> str:
    """1 -> "first", 11 -> "11th", 22 -> "22nd"."""
    if place <= len(_ORDINALS):
        return _ORDINALS[place - 1]
    teens = 10 <= place % 100 <= 20
    return f"{figure(place)}{'th' if teens else _ENDINGS.get(place % 10, 'th')}"


def in_words(one: Placed) -> str:
    """ "first"; "joint third" of several with the same number."""
    return f"joint {ordinal(one.place)}" if one.is_shared else ordinal(one.place)


def came(found: Places) -> str:
    """ "second"; "third by first choices, and first by points" where the ways disagree; "" without a place."""
    told: dict[str, list[str]] = {}
    for way, one in found:
        told.setdefault(in_words(one), []).append(way.by)
    if len(told) < 2:
        return "".join(told)
    every = [f"{place} {listed(ways)}" for place, ways in told.items()]
    return ", and ".join(every) if len(every) == 2 else listed(every)


@dataclass(frozen=True)
class Ballots:
    """How many chose how many: every response is in one of these. None: not published."""

    none: int
    one: int | None
    two: int | None
    three: int | None


def ballots(counts: Counts) -> Ballots:
    """From the counts alone: as many chose a second concern as there are second choices."""
    first = sum(concern.first for concern in counts.concerns)
    seconds = [concern.second for concern in counts.concerns]
    thirds = [concern.third for concern in counts.concerns]
    if None in seconds or None in thirds:
        return Ballots(counts.responses - first, None, None, None)
    second, third = sum(filter(None, seconds)), sum(filter(None, thirds))
    return Ballots(counts.responses - first, first - second, second - third, third)
