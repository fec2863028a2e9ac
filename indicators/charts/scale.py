"""The vertical scale: round ticks, four to six of them, from zero where the figures come near it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import count

Formatter = Callable[[Decimal], str]

FEWEST, MOST = 4, 6  # gridlines
_ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5))
ZERO = Decimal(0)


@dataclass(frozen=True)
class Scale:
    """`low` and `high` are the ends of the axis; a tick is never beyond what is possible, though a figure may be."""

    low: Decimal
    high: Decimal
    step: Decimal
    ticks: tuple[Decimal, ...]

    @property
    def starts_at_zero(self) -> bool:
        return self.low <= 0


def scale(
    values: Sequence[Decimal],
    *,
    floor: Decimal | None = None,
    ceiling: Decimal | None = None,
    is_whole: bool = False,
) -> Scale | None:
    """For at least one value; None for none.

    Starts at zero when the least value is under a third of the greatest. Otherwise the axis lies below the least, so that no figure
    lies on it and looks like nothing. `is_whole` refuses ticks between whole numbers.
    """
    if not values:
        return None
    least, greatest = _stretched(min(values), max(values), floor, ceiling)
    if 0 <= least and least * 3 < greatest:
        least = ZERO
    for step in _steps(greatest - least, is_whole):
        low, high = _ends(least, greatest, step, floor)
        if (high - low) / step + 1 <= MOST:
            break
    low, high = _filled(low, high, step, floor, ceiling)
    drawn = (low + step * index for index in range(int((high - low) / step) + 1))
    ticks = tuple(tick for tick in drawn if (floor is None or tick >= floor) and (ceiling is None or tick <= ceiling))
    return Scale(
        low if floor is None else max(low, min(floor, least)),
        high if ceiling is None else min(high, max(ceiling, greatest)),
        step,
        ticks,
    )


def numeral(value: Decimal) -> str:
    """ "1,604", "2.5", "−3": as few decimals as it has, at most one unless it is under one."""
    places = Decimal("0.1") if abs(value) >= 1 else Decimal("0.01")
    rounded = value if value == value.to_integral_value() else value.quantize(places, rounding=ROUND_HALF_UP)
    words = f"{abs(rounded):,f}"
    return ("−" if rounded < 0 else "") + (words.rstrip("0").rstrip(".") if "." in words else words)


def tick_words(ticks: Sequence[Decimal], step: Decimal, unit: str) -> tuple[str, ...]:
    """Every tick with as many decimals as the step has: "2.5", "5.0"."""
    places = max(0, -int(step.normalize().as_tuple().exponent))
    return tuple(f"{'−' if tick < 0 else ''}{abs(tick):,.{places}f}{unit}" for tick in ticks)


def _stretched(
    least: Decimal, greatest: Decimal, floor: Decimal | None, ceiling: Decimal | None
) -> tuple[Decimal, Decimal]:
    """A range to draw even when all are equal: a tenth up and down."""
    if least < greatest:
        return least, greatest
    if least == 0:
        return ZERO, Decimal(1)
    room = abs(least) / 10
    down, up = least - room, least + room
    if floor is not None and floor <= least:
        down = max(down, floor)
    if ceiling is not None and greatest <= ceiling:
        up = min(up, ceiling)
    return down, up


def _steps(extent: Decimal, is_whole: bool) -> Iterator[Decimal]:
    for exponent in count(extent.adjusted() - 1):
        for mantissa in _ROUND:
            step = mantissa.scaleb(exponent)
            if not is_whole or step == step.to_integral_value():
                yield step


def _ends(least: Decimal, greatest: Decimal, step: Decimal, floor: Decimal | None) -> tuple[Decimal, Decimal]:
    low = (least / step).to_integral_value(ROUND_FLOOR) * step
    high = (greatest / step).to_integral_value(ROUND_CEILING) * step
    if low == least and low != 0 and (floor is None or low - step >= floor):
        low -= step
    return low, high


def _filled(
    low: Decimal, high: Decimal, step: Decimal, floor: Decimal | None, ceiling: Decimal | None
) -> tuple[Decimal, Decimal]:
    """Up to the fewest gridlines, downwards first while that doesn't pass zero, then upwards."""
    while (high - low) / step + 1 < FEWEST:
        can_fall = not 0 <= low < step and (floor is None or low - step >= floor)
        can_rise = ceiling is None or high + step <= ceiling
        if can_fall:
            low -= step
        if (high - low) / step + 1 < FEWEST:
            if can_rise:
                high += step
            elif not can_fall:
                break
    return low, high
