"""Which of an indicator's figures the public sees, and as what. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.aggregate import EVEN
from indicators.disclosure import FEWER, WITHHELD, Rules
from lib.quarters import Quarter, Year
from reporting.disclosure.told import Issue, Version
from reporting.snapshots.shape import Value


@dataclass(frozen=True)
class Shown:
    """`versions` are all figures that ever stood, as the public sees them; `current` those that stand.

    `unsure` are quarters whose figure is hidden or rounded: nothing that rests on one is told. `is_rounded` tells that counts are.
    `baselines` are the years whose printed total may stand beside them. `most` is the highest number that "fewer" can stand for, `slack` how far a rounded one can be off.
    """

    versions: Mapping[Version, Value]
    current: Mapping[Quarter, Value]
    unsure: frozenset[Quarter]
    hidden: frozenset[Quarter]  # of these some version is hidden
    is_rounded: bool
    baselines: frozenset[str]
    most: Decimal
    slack: Decimal

    def rests_on_unsure(self, quarters: Sequence[Quarter] | frozenset[Quarter]) -> bool:
        return self.is_rounded or not self.unsure.isdisjoint(quarters)


def hidden(why: str) -> Value:
    return Value(None, None, None, why)


def shown(now: Issue, before: Sequence[Issue], by: Rules) -> Shown:
    """`now` is the executive snapshot's, `before` what was published."""
    made = {version: _figure(version, value, now, before, by) for version, value in now.versions.items()}
    made = _within_known_totals(made, now, before, by)
    current = {quarter: made[version] for quarter, version in now.current.items()}
    is_rounded = now.part.has_small_numbers and bool(by.rounds_to) or any(one.rounds for one in before)
    away = frozenset(quarter for (quarter, _), value in made.items() if value.hidden)
    return Shown(
        versions=made,
        current=current,
        unsure=frozenset(quarter for quarter, version in now.current.items() if made[version] != now.versions[version]),
        hidden=away,
        is_rounded=is_rounded,
        most=by.told[1],
        slack=Decimal(max(by.rounds_to, *(one.rules.rounds_to for one in before), 0) if is_rounded else 0) / 2,
        baselines=frozenset(
            year
            for year, number, _ in now.part.baselines
            if away.isdisjoint(_quarters(year)) and not (now.part.measure == "count" and by.is_small(number))
        ),
    )


def _figure(version: Version, value: Value, now: Issue, before: Sequence[Issue], by: Rules) -> Value:
    """One figure by itself, and by what was told of it before."""
    told = [(one, one.versions[version]) for one in before if version in one.versions]
    known_already = any(not was.hidden and not one.rounds for one, was in told)
    why = by.hides(value.numerator, value.denominator)
    if not known_already and any(was.hidden for _, was in told):
        why = FEWER if why == FEWER and _is_told_already(told, by) else WITHHELD
    if why:
        return hidden(why)
    if known_already:
        return _rounded(value, now, by)
    rounded = [was for one, was in told if one.rounds and not was.hidden]
    return rounded[0] if rounded else _rounded(value, now, by)


def _is_told_already(told: Sequence[tuple[Issue, Value]], by: Rules) -> bool:
    return any(was.hidden == FEWER and by.tells_no_more_than(one.rules) for one, was in told)


def _rounded(value: Value, now: Issue, by: Rules) -> Value:
    if not by.rounds_to or not now.part.has_small_numbers or value.numerator is None:
        return value
    return Value(by.rounded(value.numerator), None, None) if value.denominator is None else hidden(WITHHELD)


# ---------------------------------------------------------------- years whose total is known


def _within_known_totals(
    made: Mapping[Version, Value], now: Issue, before: Sequence[Issue], by: Rules
) -> dict[Version, Value]:
    """Where a year's total is in print, a hidden quarter takes the year's others with it, and none is called few."""
    away = set()
    for year, totals in known_totals(now, before).items():
        own = {version for version in made if version[0].year == year}
        if any(made[version].hidden for version in own) or _leaves_few(year, totals, now, by):
            away |= own
    public = {version for one in before if not one.rounds for version, was in one.versions.items() if not was.hidden}
    told = {version: hidden(WITHHELD) if version in away - public else value for version, value in made.items()}
    for year in known_totals(now, before):
        told |= _told_anyway(year, told, made)
    return told


def _told_anyway(year: Year, told: Mapping[Version, Value], made: Mapping[Version, Value]) -> dict[Version, Value]:
    """The one quarter that the total gives, since the others were published as they were first known: no use in withholding it."""
    first = [(quarter, 0) for quarter in year.quarters]
    away = [version for version in first if version not in told or told[version].hidden]
    return {
        version: made[version] for version in away if len(away) == 1 and version in made and not made[version].hidden
    }


def known_totals(now: Issue, before: Sequence[Issue]) -> dict[Year, set[Decimal]]:
    """Numbers in print for whole years, whoever added them up: a plan's baselines, and those that targets start from.

    A year of which only the quarters' shares were published has none.
    """
    found: dict[Year, set[Decimal]] = {}
    if now.part.year_to_date.mode == "latest" or now.part.frequency == "annual":
        return found  # the number is one figure, no total
    for one in (now, *before):
        for year, number, _ in one.part.baselines:
            found.setdefault(Year.parse(year), set()).add(number)
        if one.part.target and one.part.target.baseline is not None:
            found.setdefault(one.snapshot.quarter.year.previous, set()).add(one.part.target.baseline)
    for one in before:
        if one.part.target and one.part.target.profile not in ((), EVEN):
            found.setdefault(one.snapshot.quarter.year.previous, set())
    return found


def _leaves_few(year: Year, totals: set[Decimal], now: Issue, by: Rules) -> bool:
    """Whether the quarters that are not known yet come to a small number, by what stands or by what was known first."""
    if now.part.measure != "count":
        return False
    stands = [now.versions[now.current[quarter]].numerator for quarter in year.quarters if quarter in now.current]
    first = [now.versions[quarter, 0].numerator for quarter in year.quarters if quarter in now.current]
    return any(
        0 <= total - sum((count or Decimal(0) for count in counts), Decimal(0)) < by.threshold
        for total in totals
        for counts in (stands, first)
        if 0 < len(counts) < len(year.quarters)
    )


def _quarters(year: str) -> tuple[Quarter, ...]:
    return Year.parse(year).quarters
