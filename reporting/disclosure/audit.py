"""The last look before anything goes out: whether all public editions together give a hidden figure back. Pure.

It reads what the snapshots say and not how they came to say it, so that a slip in what hides is found here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from indicators.disclosure import FEWER, Interval, Total, intervals, is_given_back
from lib.quarters import Quarter, Year
from reporting.disclosure.told import Issue, Version, cells, issues_of, parts
from reporting.snapshots.shape import IndicatorPart, Snapshot, ToDate, Value

MET, BASE = "met", "base"
Number = tuple[Version, str]


class GivesBack(ValueError):
    """What would be published tells a number that is hidden; its text is the sentence for the coordinator."""


def check(public: Snapshot, full: Snapshot, before: Sequence[Snapshot]) -> None:
    """Raises GivesBack. `full` is the executive snapshot that the public one was made from."""
    true = {part.slug: truth(full, part) for part in parts(full)}
    for part in parts(public):
        own = issues_of(part.slug, [*before, public])
        if given := given_back(own, true.get(part.slug, {})):
            name = " ".join(filter(None, (part.reference, part.short_name)))
            raise GivesBack(
                f"{name}, {given}: the number that must be hidden could be worked out from what is published, here or in an earlier issue. "
                "Nothing was published. Make the indicator restricted, so that this edition leaves it out, or put its figure right."
            )


def truth(full: Snapshot, part: IndicatorPart) -> dict[Number, Decimal]:
    """Every number of an indicator as it is, by quarter, version and which of the two."""
    (issue,) = issues_of(part.slug, [full])
    return {
        (version, of): number
        for version, value in issue.versions.items()
        for of, number in ((MET, value.numerator), (BASE, value.denominator))
        if number is not None
    }


def given_back(issues: Sequence[Issue], true: dict[Number, Decimal]) -> Quarter | None:
    """The first quarter whose hidden figure can be told too closely from these public snapshots, the newest last."""
    facts = _Facts(true)
    for issue in issues:
        facts.take(issue)
    if facts.shown_after_hiding:
        return min(facts.shown_after_hiding)
    found = intervals(facts.rooms, facts.known, facts.told, facts.sums)
    tight = [key for key, room in facts.rooms.items() if is_given_back(found[key], room)]
    return min((_quarter(key) for key in tight), default=None)


def _quarter(key: Number) -> Quarter:
    return key[0][0]


@dataclass
class _Facts:
    """`rooms`: how many numbers each hidden figure must be able to be, by the rules it was first hidden by: what those told is told. Figures that were published before they were hidden are no secret."""

    true: dict[Number, Decimal]
    known: dict[Number, Decimal] = field(default_factory=dict)
    told: dict[Number, Interval] = field(default_factory=dict)
    sums: list[Total[Number]] = field(default_factory=list)
    rooms: dict[Number, Decimal] = field(default_factory=dict)
    shown_after_hiding: set[Quarter] = field(default_factory=set)

    def take(self, issue: Issue) -> None:
        for version, value in issue.versions.items():
            self._figure(issue, (version, MET), value.numerator, value)
            if value.denominator is not None or (version, BASE) in self.true:
                self._figure(issue, (version, BASE), value.denominator, value)
        for one in (*_to_date(issue), *_baselines(issue), *_trends(issue)):
            if self._holds(one):
                self.sums.append(one)

    def _figure(self, issue: Issue, key: Number, number: Decimal | None, value: Value) -> None:
        """What is rounded is not known; what the truth contradicts is another figure."""
        if value.hidden:
            if key not in self.known:
                self.rooms.setdefault(key, issue.rules.room)
            if value.hidden == FEWER:
                low, high = issue.rules.told
                before_low, before_high = self.told.get(key, (Decimal(0), None))
                self.told[key] = max(low, before_low), high if before_high is None else min(high, before_high)
        elif number is not None and not issue.rounds and self.true.get(key, number) == number:
            if key in self.rooms:
                self.shown_after_hiding.add(_quarter(key))
            self.known[key] = number

    def _holds(self, one: Total[Number]) -> bool:
        if not one.parts or not one.parts.keys() <= self.true.keys():
            return bool(one.parts) and one.parts.keys().isdisjoint(self.true.keys())
        return sum((sign * self.true[key] for key, sign in one.parts.items()), Decimal(0)) == one.total


def _to_date(issue: Issue) -> Iterator[Total[Number]]:
    """Years and parts of years, added up of the figures that stood then."""
    quarter, part = issue.snapshot.quarter, issue.part
    last = quarter.year.previous.quarters
    so_far = [one for one in quarter.year.quarters if one <= quarter]
    there = cells(part)
    compared = [one.year_ago for one in so_far if one in there and there[one].state == "verified"]
    yield from _sums(issue, part.year_to_date, so_far)
    yield from _sums(issue, part.last_year_to_date, compared or [one.year_ago for one in so_far])
    yield from _sums(issue, part.last_year, last)


def _sums(issue: Issue, to_date: ToDate, quarters: Iterable[Quarter]) -> Iterator[Total[Number]]:
    held = [issue.current[one] for one in quarters if one in issue.current]
    if to_date.mode == "latest":
        held = held[-1:]
    value = to_date.value
    if not held or value is None or value.hidden:
        return
    for of, number in ((MET, value.numerator), (BASE, value.denominator)):
        if number is not None:
            yield Total({(version, of): 1 for version in held}, number)


def _baselines(issue: Issue) -> Iterator[Total[Number]]:
    """A year's number in print, for the figures that stood then and for those known first."""
    part = issue.part
    totals = [(Year.parse(year), number) for year, number, _ in part.baselines]
    if part.target and part.target.baseline is not None:
        totals.append((issue.snapshot.quarter.year.previous, part.target.baseline))
    if part.measure != "count":
        return
    for year, number in totals:
        held = [issue.current[one] for one in year.quarters if one in issue.current]
        if part.year_to_date.mode == "latest":
            held = held[-1:]
        yield Total({(version, MET): 1 for version in held}, number)
        yield Total({((quarter, 0), MET): 1 for quarter, _ in held}, number)


def _trends(issue: Issue) -> Iterator[Total[Number]]:
    """ "+128" is one figure less another."""
    if issue.part.measure != "count":
        return
    quarter = issue.snapshot.quarter
    for trend, then in ((issue.part.short, quarter.previous), (issue.part.long, quarter.year_ago)):
        number = _signed(trend.signed)
        if number is not None and {quarter, then} <= issue.current.keys():
            yield Total({(issue.current[quarter], MET): 1, (issue.current[then], MET): -1}, number)


def _signed(words: str) -> Decimal | None:
    if words == "no change":
        return Decimal(0)
    plain = words.replace("−", "-").replace(",", "").replace("+", "")
    return Decimal(plain) if plain.lstrip("-").isdigit() else None
