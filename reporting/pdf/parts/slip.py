"""How far the dates of actions have slipped: one time line for a whole table, in points. Takes dates, gives places."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.points import tenth
from lib.written import day_year

WIDTH = Decimal(104)
LEFT, RIGHT = Decimal(4), Decimal(100)  # where the first and the last day stand; half a mark is left at both ends
APART = Decimal(21)  # between ticks, so that their words don't touch
STEPS = (1, 3, 6, 12, 24, 60, 120)  # months


@dataclass(frozen=True)
class Tick:
    x: Decimal
    words: str


@dataclass(frozen=True)
class Axis:
    """The time line over the column. `now` is the day by which lateness is judged."""

    first: dt.date
    last: dt.date
    now: dt.date

    @property
    def width(self) -> Decimal:
        return WIDTH

    @property
    def title(self) -> str:
        return f"Time line from {self.first:%B %Y} to {self.last:%B %Y}; the upright is {day_year(self.now)}"

    def x(self, day: dt.date) -> Decimal:
        share = Decimal((day - self.first).days) / Decimal((self.last - self.first).days)
        return tenth(LEFT + share * (RIGHT - LEFT))

    @property
    def ticks(self) -> tuple[Tick, ...]:
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next((one for one in STEPS if (RIGHT - LEFT) * one >= APART * max(months, 1)), STEPS[-1])
        starts = [day for day in _months(self.first, self.last) if (day.year * 12 + day.month - 1) % step == 0]
        ticks = [Tick(self.x(day), f"{day:%b}" if step < 12 else str(day.year)) for day in starts]
        return tuple(tick for tick in ticks if LEFT + 4 <= tick.x <= RIGHT - 4)


@dataclass(frozen=True)
class Slip:
    """One action: its first date, the one that counts where that is another, one that is proposed, or an open end where a date is lacking.

    `line` and `dashes` are from and to; None where nothing is drawn.
    """

    title: str
    now: Decimal
    first: Decimal
    due: Decimal | None
    proposed: Decimal | None
    is_open: bool

    @property
    def width(self) -> Decimal:
        return WIDTH

    @property
    def line(self) -> tuple[Decimal, Decimal] | None:
        return (self.first, self.due) if self.due is not None else None

    @property
    def dashes(self) -> tuple[Decimal, Decimal] | None:
        end = self.proposed if self.proposed is not None else RIGHT if self.is_open else None
        return (self.due if self.due is not None else self.first, end) if end is not None else None

    @property
    def end(self) -> Decimal:
        """Where the question mark stands."""
        return RIGHT

    @property
    def plate(self) -> Decimal:
        """Where the white under it begins."""
        return RIGHT - 3


def axis(days: Iterable[dt.date], now: dt.date) -> Axis:
    """From the start of the first month to the start of the one after the last, two months at least."""
    every = sorted({*days, now})
    return Axis(_start(every[0]), _after(_after(every[-1])), now)


def slip(reference: str, on: Axis, *, first: dt.date, due: dt.date, proposed: dt.date | None, is_open: bool) -> Slip:
    told = [f"first due {day_year(first)}"]
    told += [f"now {day_year(due)}"] if due != first else []
    told += [f"{day_year(proposed)} is proposed"] if proposed else ["no revised date"] if is_open else []
    return Slip(
        title=f"{reference}: {', '.join(told)}",
        now=on.x(on.now),
        first=on.x(first),
        due=on.x(due) if due != first else None,
        proposed=on.x(proposed) if proposed else None,
        is_open=is_open and not proposed,
    )


def _months(first: dt.date, last: dt.date) -> Sequence[dt.date]:
    days = [_start(first)]
    while (following := _after(days[-1])) <= last:
        days.append(following)
    return days


def _start(day: dt.date) -> dt.date:
    return day.replace(day=1)


def _after(day: dt.date) -> dt.date:
    """The first day of the next month."""
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
