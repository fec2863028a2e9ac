"""Which quarter of the plan the page of its commitments shows, and the others that can be looked at."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from governance import promises
from governance.promises import CommitmentLine
from lib.quarters import Quarter, Year
from priorities.models import Commitment, Plan


@dataclass(frozen=True)
class Group:
    letter: str
    title: str
    lines: tuple[CommitmentLine, ...]


@dataclass(frozen=True)
class Page:
    """`quarters` are those of the shown year that have ended; `years` those that have commitments, each with the quarter to open it at."""

    plan: Plan
    quarter: Quarter
    has_ended: bool
    lines: tuple[CommitmentLine, ...]
    quarters: tuple[Quarter, ...]
    years: tuple[tuple[Year, Quarter], ...]
    without_lead: int

    @property
    def headline(self) -> str:
        return promises.headline(self.lines)

    @property
    def groups(self) -> list[Group]:
        parts = groupby(self.lines, key=lambda line: (line.letter, line.priority))
        return [Group(letter, title, tuple(own)) for (letter, title), own in parts]


def gather(plan: Plan, asked: str, now: dt.datetime) -> Page:
    """`asked` is a quarter as in addresses; anything else stands for the last one that has ended and whose year has commitments."""
    ended = Quarter.of(timezone.localtime(now).date()).previous
    years = sorted(set(Commitment.objects.filter(priority__plan=plan).values_list("year", flat=True)))
    quarter = _asked(asked, plan) or _latest(years or [plan.years[0]], ended)
    lines = promises.commitments(plan, quarter, now)
    return Page(
        plan=plan,
        quarter=quarter,
        has_ended=quarter <= ended,
        lines=lines,
        quarters=tuple(one for one in quarter.year.quarters if one <= ended or one == quarter),
        years=tuple((year, _latest([year], ended)) for year in years),
        without_lead=sum(line.lead is None for line in lines),
    )


def _asked(asked: str, plan: Plan) -> Quarter | None:
    try:
        quarter = Quarter.parse(asked)
    except ValueError:
        return None
    return quarter if quarter.year in plan.years else None


def _latest(years: list[Year], ended: Quarter) -> Quarter:
    """The last of their quarters that has ended; while none has, the first of all."""
    every = [quarter for year in years for quarter in year.quarters]
    return max((quarter for quarter in every if quarter <= ended), default=every[0])
