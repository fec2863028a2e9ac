"""Which concerns came first, by each of the three honest ways of counting, and where the ways disagree. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from consultation import results
from consultation.counts import ConcernCount, Counts
from consultation.results import Placed
from lib.numerals import figure, listed
from reporting.told import wording

TOP = 5


@dataclass(frozen=True)
class Way:
    """One way to count choices. `by` is how a sentence names it."""

    key: str
    title: str
    by: str
    counted: Callable[[ConcernCount], int | None]


FIRST = Way("first", "First choices", "by first choices", results.by_first)
ANY = Way("any", "Any of three choices", "by any of the three choices", results.any_of_three)
POINTS = Way("points", "Points, 3-2-1", "by points", results.points)
WAYS = (FIRST, ANY, POINTS)


@dataclass(frozen=True)
class Score:
    """What a concern has by one way, and its place, which a group of concerns has not."""

    number: str
    share: str
    place: str

    @property
    def is_known(self) -> bool:
        return bool(self.number)


@dataclass(frozen=True)
class Row:
    concern: ConcernCount
    scores: tuple[Score, ...]  # in the order of the ways that are shown


@dataclass(frozen=True)
class Ranking:
    ways: tuple[Way, ...]  # those that can be ranked by: only first choices, where others are not known
    orders: tuple[tuple[Placed, ...], ...]  # one for each way
    rows: tuple[Row, ...]  # most first choices first, groups last
    base: int  # of whom percentages of first choices are
    says: str  # who that is
    notes: tuple[str, ...]


def rank(counts: Counts) -> Ranking | None:
    """None where no concern was asked about, or nobody named one."""
    if not base(counts) or not counts.concerns:
        return None
    all_ways = [(way, results.ranked(counts.concerns, way.counted)) for way in WAYS]
    found = [(way, order) for way, order in all_ways if order]
    ways, orders = tuple(way for way, _ in found), tuple(order for _, order in found)
    first = [one.concern for one in orders[0]] if orders else []
    groups = [concern for concern in counts.concerns if concern.is_group]
    places = [{one.concern.key: one for one in order} for order in orders]
    rows = tuple(
        Row(
            concern,
            tuple(
                _score(way, concern, by.get(concern.key), base(counts)) for way, by in zip(ways, places, strict=True)
            ),
        )
        for concern in (*first, *groups)
    )
    return Ranking(ways, orders, rows, base(counts), of_whom(counts), _notes(ways, orders, groups))


def base(counts: Counts) -> int:
    """Of whom percentages of first choices are: all who named a concern, for nobody has a second choice without a first.

    Of printed totals it is all who answered: not every first choice need be in print.
    """
    return sum(concern.first for concern in counts.concerns) if counts.holds_responses else counts.responses


def of_whom(counts: Counts) -> str:
    """ "940 named a concern and 44 named none. Percentages are of those who named one."."""
    if not counts.holds_responses:
        return f"Percentages are of all {figure(counts.responses)} who answered."
    named = base(counts)
    none = counts.responses - named
    rest = f" and {figure(none)} named none" if none else ""
    return f"{figure(named)} named a concern{rest}. Percentages are of those who named one."


def top(counts: Counts) -> list[ConcernCount]:
    """The first five by first choices, then any that is among the first five another way. "Other" is no concern one can act on."""
    orders = [results.ranked(counts.concerns, way.counted) for way in WAYS]
    found = {one.concern.key: one.concern for order in orders for one in order if one.place <= TOP and one.count}
    return [concern for concern in found.values() if not concern.is_other]


def places(counts: Counts, key: str) -> list[tuple[Way, Placed]]:
    """Where one concern came, by each way that can be ranked by."""
    orders = [(way, results.ranked(counts.concerns, way.counted)) for way in WAYS]
    return [(way, one) for way, order in orders for one in order if one.concern.key == key]


def came(found: Sequence[tuple[Way, Placed]]) -> str:
    """ "second"; "third by first choices and first by points" where the ways disagree; "" without a place."""
    different = {wording.placed(one) for _, one in found}
    if len(different) <= 1:
        return "".join(different)
    told: dict[str, list[str]] = {}
    for way, one in found:
        told.setdefault(wording.placed(one), []).append(way.by)
    return listed(f"{place} {listed(ways)}" for place, ways in told.items())


def headline(counts: Counts) -> str:
    """What came first by first choices: "Gangs came first: 130 of 1,389 (9.4%) named it first."."""
    order = results.ranked(counts.concerns, results.by_first)
    if not order or not order[0].count:
        return f"{wording.people(counts.responses)} answered."
    leading = [one for one in order if one.place == 1]
    names = listed(one.concern.text for one in leading)
    said = wording.of_all(leading[0].count, base(counts))
    if len(leading) == 1:
        return f"{names} came first: {said} named it first."
    return f"{names} came first together: {said} named each of them first."


def _score(way: Way, concern: ConcernCount, placed: Placed | None, of: int) -> Score:
    number = way.counted(concern)
    if number is None:
        return Score("", "", "")
    share = "" if way is POINTS else wording.share(number, of)
    return Score(figure(number), share, wording.placed(placed) if placed else "")


def _notes(ways: Sequence[Way], orders: Sequence[Sequence[Placed]], groups: Sequence[ConcernCount]) -> tuple[str, ...]:
    notes = []
    if len(ways) == 1:
        notes.append("Second and third choices are not published, so concerns can be ranked by first choices only.")
    elif len(ways) > 1:
        notes += _differences(orders, ways)
    notes += [f"{group.text}: counted together, so they have no place of their own." for group in groups]
    return tuple(notes)


def _differences(orders: Sequence[Sequence[Placed]], ways: Sequence[Way]) -> list[str]:
    by_concern: dict[str, list[tuple[Way, Placed]]] = {}
    for way, order in zip(ways, orders, strict=True):
        for one in order:
            by_concern.setdefault(one.concern.key, []).append((way, one))
    leading = [found for found in by_concern.values() if any(one.place <= TOP for _, one in found)]
    differing = [found for found in leading if len({one.place for _, one in found}) > 1]
    if not differing:
        return ["All three ways of counting give the same order of the first five."]
    return [
        "The three ways of counting do not give the same order.",
        *(f"{found[0][1].concern.text} is {came(found)}." for found in differing),
    ]
