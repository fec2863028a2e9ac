"""Whoever kept every public edition: all that they publish as one linear programme, and how closely it tells each hidden number.

Knows nothing of how numbers are hidden. Unknowns are figures by quarter, version and which of the two; a version is known by its place
among the restatements that a snapshot lists.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from lib.quarters import Quarter
from reporting.snapshots.shape import IndicatorPart, Snapshot, ToDate, Value
from tests.factories.public_snapshots import QUARTERS

Unknown = tuple[Quarter, int, str]
Line = tuple[dict[Unknown, float], float, float]  # Σ factor × unknown lies between the two
MUCH = 1e7


def narrowest(public: Sequence[Snapshot], extra: Sequence[Line] = ()) -> Iterator[tuple[Unknown, float, float]]:
    """Every hidden number with how many numbers it can still be, and how many it must be able to be."""
    lines, rooms = list(extra), {}
    shown: set[Unknown] = set()
    for snapshot in public:
        small = snapshot.small_numbers
        assert small is not None
        (part,) = snapshot.indicators
        told = list(_figures(snapshot, part))
        rounded = small.rounds_to / 2 if part.has_small_numbers else 0
        for unknown, number, why in told:
            if why:
                if unknown not in shown:
                    rooms.setdefault(unknown, small.threshold - (not small.hides_zero))
                if why == "fewer":
                    lines.append(({unknown: 1}, 0 if small.hides_zero else 1, small.threshold - 1))
            elif number is not None:
                lines.append(({unknown: 1}, float(number) - rounded, float(number) + rounded))
                if not rounded:
                    shown.add(unknown)
        lines += _derived(snapshot, part)
    unknowns = sorted({one for line in lines for one in line[0]} | rooms.keys())
    system = _system(unknowns, lines)
    for place, unknown in enumerate(unknowns):
        if unknown in rooms:
            low, high = _range(place, len(unknowns), system)
            yield unknown, high - low + 1, rooms[unknown]


def _system(unknowns: Sequence[Unknown], lines: Sequence[Line]) -> tuple[csr_array, np.ndarray]:
    place = {one: index for index, one in enumerate(unknowns)}
    rows, columns, factors, limits = [], [], [], []
    for index, (line, low, high) in enumerate(lines):
        for sign in (0, 1):
            rows += [2 * index + sign] * len(line)
            columns += [place[one] for one in line]
            factors += [-factor if sign else factor for factor in line.values()]
        limits += [high + 1e-7, -low + 1e-7]
    return csr_array((factors, (rows, columns)), shape=(2 * len(lines), len(unknowns))), np.array(limits)


def _range(place: int, width: int, system: tuple[csr_array, np.ndarray]) -> tuple[float, float]:
    found = []
    for sign in (1, -1):
        aim = np.zeros(width)
        aim[place] = sign
        solved = linprog(aim, A_ub=system[0], b_ub=system[1], bounds=(0, MUCH))
        assert solved.status == 0, solved.message
        found.append(sign * solved.fun)
    return round(found[0], 3), round(found[1], 3)


def _versions(snapshot: Snapshot, part: IndicatorPart) -> dict[Quarter, list[Value]]:
    found: dict[Quarter, list[Value]] = {}
    for one in snapshot.restatements:
        found.setdefault(one.quarter, [one.was]).append(one.now)
    for cell in part.history:
        if cell.state == "verified" and cell.value:
            assert found.setdefault(cell.quarter, [cell.value])[-1] == cell.value
            assert (cell.was or None) == ([None, *found[cell.quarter]][-2])
    return found


def _figures(snapshot: Snapshot, part: IndicatorPart) -> Iterator[tuple[Unknown, Decimal | None, str]]:
    for quarter, chain in _versions(snapshot, part).items():
        for version, value in enumerate(chain):
            yield (quarter, version, "met"), value.numerator, value.hidden
            if part.measure != "count":
                yield (quarter, version, "base"), value.denominator, value.hidden


def _derived(snapshot: Snapshot, part: IndicatorPart) -> Iterator[Line]:
    """Totals, trends, usual ranges and shares of a year, each as the equation that it is."""
    stood = {quarter: len(chain) - 1 for quarter, chain in _versions(snapshot, part).items()}
    this, last = snapshot.quarter.year.quarters, snapshot.quarter.year.previous.quarters
    so_far = [one for one in this if one <= snapshot.quarter]
    compared = [one.year_ago for one in so_far if one in stood] or [one.year_ago for one in so_far]
    for to_date, quarters in (
        (part.year_to_date, so_far),
        (part.last_year_to_date, compared),
        (part.last_year, last),
    ):
        yield from _total(to_date, [one for one in quarters if one in stood], stood)
    for trend, then in ((part.short, snapshot.quarter.previous), (part.long, snapshot.quarter.year_ago)):
        if part.measure == "count" and trend.signed:
            number = 0.0 if trend.signed == "no change" else float(trend.signed.replace("−", "-").replace(",", ""))
            now = (snapshot.quarter, stood[snapshot.quarter], "met")
            yield {now: 1, (then, stood[then], "met"): -1}, number, number
    for stretch in part.stretches:
        if part.measure == "count" and stretch.mean is not None:
            held = [one for one in QUARTERS if stretch.first <= one <= stretch.last and one in stood]
            total = float(stretch.mean) * len(held)
            yield {(one, stood[one], "met"): 1 for one in held}, total - 1e-6, total + 1e-6
    target = part.target
    if target and target.profile and len(set(target.profile)) > 1:  # worked out from what was known first
        for quarter, share in zip(last, target.profile, strict=True):
            yield _share(quarter, float(share), last, 1), -MUCH * 8, 0
            yield _share(quarter, float(share), last, -1), -MUCH * 8, 0
    if target and target.baseline is not None:
        yield {(one, 0, "met"): 1 for one in last}, float(target.baseline), float(target.baseline)


def _share(quarter: Quarter, share: float, year: Sequence[Quarter], sign: int) -> dict[Unknown, float]:
    """A quarter's share of its year is within a hundredth of what is printed."""
    return {(one, 0, "met"): sign * ((one == quarter) - share / 100) - 0.0001 for one in year}


def _total(to_date: ToDate, held: Sequence[Quarter], stood: Mapping[Quarter, int]) -> Iterator[Line]:
    value = to_date.value
    if value is None or value.hidden or not held:
        return
    if to_date.mode == "latest":
        held = held[-1:]
    for of, number in (("met", value.numerator), ("base", value.denominator)):
        if number is not None:
            yield {(one, stood[one], of): 1 for one in held}, float(number), float(number)
