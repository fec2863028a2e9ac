"""Which concerns came first, by each of the three honest ways of counting, and where the ways disagree. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from consultation import results
from consultation.counts import ConcernCount, Counts
from consultation.results import TOP, Placed, Way
from lib.numerals import figure, listed
from reporting.told import wording


@dataclass(frozen=True)
class Score:
    """What a concern has by one way, and its place, which a group of concerns has not."""

    number: str
    share: str
    interval: str
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
    found = results.orders(counts.concerns)
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
    return Ranking(ways, orders, rows, base(counts), of_whom(counts), _notes(counts, ways, groups))


def base(counts: Counts) -> int:
    """Of whom percentages of concerns are."""
    return results.named_one(counts)


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
    leading = [found[0][1].concern for found in results.leading(counts.concerns, TOP)]
    return [concern for concern in leading if not concern.is_other]


def came(counts: Counts, key: str) -> str:
    """Where one concern came, in words; "" without a place."""
    return results.came(results.places(counts.concerns).get(key, ()))


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
        return Score("", "", "", "")
    place = results.in_words(placed) if placed else ""
    if way is results.ALL_POINTS:
        return Score(figure(number), "", "", place)
    return Score(figure(number), wording.share(number, of), wording.interval(number, of), place)


def _notes(counts: Counts, ways: Sequence[Way], groups: Sequence[ConcernCount]) -> tuple[str, ...]:
    notes = []
    if len(ways) == 1:
        notes.append("Second and third choices are not published, so concerns can be ranked by first choices only.")
    elif len(ways) > 1:
        notes += _differences(counts)
    notes += [f"{group.text}: counted together, so they have no place of their own." for group in groups]
    return tuple(notes)


def _differences(counts: Counts) -> list[str]:
    differing = results.differing(counts.concerns, TOP)
    if not differing:
        return ["All three ways of counting give the same order of the first five."]
    return [
        "The three ways of counting do not give the same order.",
        *(f"{found[0][1].concern.text} is {results.came(found)}." for found in differing),
    ]
