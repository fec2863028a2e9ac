"""People who answered, made up by hypothesis, counted here in the plainest way there is, and an attacker who has all that is published of them."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array

from consultation.counts import ConcernCount, Counts, Group, Line, Named, OptionCount, QuestionCounts, Table

CHANNELS = ("web", "kiosk", "paper", "imported")
TICKS = ("live", "work", "visit")
PATTERNS = tuple(product((False, True), repeat=len(TICKS)))
GROUPS = ("live", "work-or-study", "visit", "unsaid")
CONCERNS = ("drugs", "gangs", "burglary", "noise", "other")
SAFE = ("agree", "disagree", "dont-know")
LINES = {"concerns": (*CONCERNS, ""), "safe": (*SAFE, "")}


@dataclass(frozen=True)
class Kind:
    """So many people who answered alike."""

    channel: str
    ticks: tuple[bool, ...]
    choices: tuple[str, ...]
    safe: str  # "": didn't answer
    number: int

    @property
    def group(self) -> str:
        return next((group for group, ticked in zip(GROUPS, self.ticks, strict=False) if ticked), "unsaid")

    def line(self, question: str) -> str:
        return self.safe if question == "safe" else (self.choices or ("",))[0]

    def side(self, by: str) -> str:
        return self.channel if by == "channel" else self.group


kinds = st.builds(
    Kind,
    channel=st.sampled_from(CHANNELS),
    ticks=st.sampled_from(PATTERNS),
    choices=st.lists(st.sampled_from(CONCERNS), max_size=3, unique=True).map(tuple),
    safe=st.sampled_from(("agree", "agree", "disagree", "dont-know", "")),
    number=st.one_of(st.integers(1, 6), st.integers(1, 60)),
)
few = st.lists(kinds, min_size=1, max_size=24)


def _many(seed: int, number: int) -> list[Kind]:
    """Uneven, as people are: most came by one way, most live here."""
    chance = random.Random(seed)
    return [
        Kind(
            chance.choices(CHANNELS, [60, 20, 15, 5])[0],
            chance.choices(PATTERNS, [2, 2, 1, 1, 10, 1, 3, 1])[0],
            tuple(chance.sample(CONCERNS, chance.choice([0, 1, 2, 3, 3]))),
            chance.choices([*SAFE, ""], [6, 4, 1, 1])[0],
            chance.randint(1, 6),
        )
        for _ in range(number)
    ]


many = st.builds(_many, st.integers(0, 10**9), st.integers(10, 400))
populations = st.one_of(many, few)


def count(people: Sequence[Kind]) -> Counts:
    total = sum(kind.number for kind in people)
    ranks = [Counter[str]() for _ in range(3)]
    for kind in people:
        for place, concern in enumerate(kind.choices):
            ranks[place][concern] += kind.number
    ticked = tuple(
        OptionCount(tick, tick, _of(people, lambda kind, at=place: kind.ticks[at])) for place, tick in enumerate(TICKS)
    )
    safe = tuple(
        OptionCount(key, key, _of(people, lambda kind, of=key: kind.safe == of), key == "dont-know") for key in SAFE
    )
    return Counts(
        responses=total,
        concerns=tuple(
            ConcernCount(key, key, *(rank[key] for rank in ranks), is_other=key == "other") for key in CONCERNS
        ),
        concerns_text="Which?",
        concerns_hint="",
        questions=(
            QuestionCounts("safe", "Safe?", "", "safe", False, False, _of(people, lambda kind: kind.safe != ""), safe),
            QuestionCounts(
                "connection", "How?", "", "connection", True, False, _of(people, lambda kind: any(kind.ticks)), ticked
            ),
        ),
        tables=tuple(_table(people, question, by) for by in ("channel", "connection") for question in LINES),
        channels=tuple(Named(key, key, _of(people, lambda kind, of=key: kind.channel == of)) for key in CHANNELS),
    )


def _of(people: Iterable[Kind], matches: Callable[..., bool]) -> int:
    return sum(kind.number for kind in people if matches(kind))


def _table(people: Sequence[Kind], question: str, by: str) -> Table:
    sides = CHANNELS if by == "channel" else GROUPS
    cells = Counter[tuple[str, str]]()
    for kind in people:
        cells[kind.line(question), kind.side(by)] += kind.number
    groups = tuple(Group(side, side, sum(cells[line, side] for line in LINES[question])) for side in sides)
    lines = tuple(Line(line, line, tuple(cells[line, side] for side in sides), line == "") for line in LINES[question])
    return Table(question, by, groups, lines)


# ---------------------------------------------------------------- the attacker


class Attack:
    """How many people there are of each kind is unknown; every published number is an equation. Solved for the least and the most of a cell.

    The unknowns are, for each question, its line × the channel × what was ticked about connection, so that all tables and the counts of
    all responses bear on each other. A cell that can be worked out by any subtraction has its least equal to its most here.
    """

    def __init__(self, counts: Counts, published: Counts) -> None:
        self.keys = [
            (question, line, channel, ticks)
            for question, lines in LINES.items()
            for line in lines
            for channel in CHANNELS
            for ticks in PATTERNS
        ]
        self.place = {key: place for place, key in enumerate(self.keys)}
        self.rows: list[list[int]] = []
        self.signs: list[list[int]] = []
        self.sums: list[int] = []
        self._totals(counts)
        self._same_people()
        self._channels(counts, published)
        for table in published.tables:
            self._table(counts, table)

    def _known(self, places: Iterable[int], number: int) -> None:
        held = list(places)
        self._equation(held, [1] * len(held), number)

    def _equation(self, places: list[int], signs: list[int], number: int) -> None:
        self.rows.append(places), self.signs.append(signs), self.sums.append(number)

    def where(
        self, question: str, *, line: str | None = None, channel: str | None = None, group: str | None = None
    ) -> list[int]:
        return [
            place
            for place, (of, at, by, ticks) in enumerate(self.keys)
            if of == question
            and line in (None, at)
            and channel in (None, by)
            and group in (None, Kind("", ticks, (), "", 0).group)
        ]

    def _totals(self, counts: Counts) -> None:
        for concern in counts.concerns:
            self._known(self.where("concerns", line=concern.key), concern.first)
        safe, connection = counts.questions
        for option in safe.options:
            self._known(self.where("safe", line=option.key), option.count or 0)
        for question in LINES:
            self._known(self.where(question), counts.responses)
            for tick, option in enumerate(connection.options):
                ticked = [place for place in self.where(question) if self.keys[place][3][tick]]
                self._known(ticked, option.count or 0)
            self._known(self.where(question, group="unsaid"), counts.responses - (connection.answered or 0))

    def _same_people(self) -> None:
        """Who came by which way and ticked what is the same for every question."""
        for channel, ticks in product(CHANNELS, PATTERNS):
            mine = [self.place["concerns", line, channel, ticks] for line in LINES["concerns"]]
            theirs = [self.place["safe", line, channel, ticks] for line in LINES["safe"]]
            self._equation(mine + theirs, [1] * len(mine) + [-1] * len(theirs), 0)

    def _channels(self, counts: Counts, published: Counts) -> None:
        shown = {name.key: name.count for name in published.channels}
        for key in CHANNELS:
            if shown.get(key) is not None:
                self._known(self.where("concerns", channel=key), shown[key] or 0)

    def members(self, counts: Counts, table: Table, place: int) -> list[str]:
        """Which channels or connections a published group is made of."""
        whole = next(one for one in counts.tables if (one.question, one.by) == (table.question, table.by))
        alone = {group.key for group in table.groups}
        if table.groups[place].key in {group.key for group in whole.groups}:
            return [table.groups[place].key]
        return [group.key for group in whole.groups if group.key not in alone and group.responses]

    def cell(self, counts: Counts, table: Table, line: Line, place: int) -> list[int]:
        """The unknowns that a published cell is the sum of."""
        alone = {one.key for one in table.lines}
        lines = (
            [line.key] if line.key in LINES[table.question] else [k for k in LINES[table.question] if k not in alone]
        )
        return [
            at
            for key in lines
            for member in self.members(counts, table, place)
            for at in self.where(table.question, line=key, **{"channel" if table.by == "channel" else "group": member})
        ]

    def _table(self, counts: Counts, table: Table) -> None:
        side = "channel" if table.by == "channel" else "group"
        for place, group in enumerate(table.groups):
            members = self.members(counts, table, place)
            self._known((at for one in members for at in self.where(table.question, **{side: one})), group.responses)
            for line in table.lines:
                if line.cells[place] is not None:
                    self._known(self.cell(counts, table, line, place), line.cells[place] or 0)

    def width(self, places: Iterable[int]) -> tuple[float, float]:
        """The least and the most that these can come to."""
        aim = np.zeros(len(self.keys))
        aim[list(places)] = 1
        at = [
            (row, place, sign)
            for row, (held, signs) in enumerate(zip(self.rows, self.signs, strict=True))
            for place, sign in zip(held, signs, strict=True)
        ]
        rows, columns, values = zip(*at, strict=True)
        matrix = csr_array((values, (rows, columns)), shape=(len(self.rows), len(self.keys)))
        least, most = (
            linprog(sign * aim, A_eq=matrix, b_eq=self.sums, bounds=(0, None), method="highs") for sign in (1, -1)
        )
        assert least.status == 0 and most.status == 0, (least.message, most.message)
        return least.fun, -most.fun


def without_tables(published: Counts) -> Counts:
    """Only what is published of all responses."""
    return replace(published, tables=())
