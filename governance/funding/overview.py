"""The page of money, gathered for one person and one year: what there is, what it is for, what is spent, what ends when."""

import datetime as dt
from dataclasses import dataclass

from django.utils.text import Truncator

from accounts.models import User
from governance.funding import (
    attention,
    by_priority,
    by_year,
    ending,
    held,
    notes,
    results,
    rows,
    saying,
    telling,
)
from governance.funding.attention import Kind
from governance.funding.by_priority import Group
from governance.funding.by_stream import StreamLine
from governance.funding.by_year import Years
from governance.funding.ending import Endings
from governance.funding.held import Held
from governance.funding.rows import Cells, Row
from governance.funding.saying import Said
from governance.funding.telling import Told
from governance.models import FundedPosts, FundingStream
from lib.numerals import listed, pence, pounds
from lib.quarters import Year

SHORT = 110  # characters of a stream's terms


@dataclass(frozen=True)
class Theme:
    title: str
    rows: tuple[Row, ...]
    cells: Cells


@dataclass(frozen=True)
class Stream:
    """`whole` and `in_year` are the stream's own; `cells` what its projects come to; `left` is of the year's money, after what is spent in it."""

    stream: FundingStream
    terms: str
    whole: Said
    in_year: Said
    given: Said
    cells: Cells
    left: Said
    themes: tuple[Theme, ...]

    @property
    def count(self) -> int:
        return sum(len(theme.rows) for theme in self.themes)

    @property
    def shown(self) -> tuple[tuple[str, Said], ...]:
        """Each cell with the heading of its column."""
        cells = self.cells
        return (
            ("Whole amount", self.whole),
            (f"For {cells.year}", self.in_year),
            ("Given to projects", self.given),
            (f"Spent in {cells.year}", cells.spent_in_year),
            ("Spent so far", cells.spent),
            (f"Left of {cells.year}", self.left),
        )


@dataclass(frozen=True)
class Page:
    """`idle` are streams that have nothing in the year."""

    held: Held
    year: Year
    headline: str
    told: tuple[Told, ...]
    streams: tuple[Stream, ...]
    idle: tuple[FundingStream, ...]
    groups: tuple[Group, ...]
    by_year: Years
    posts: tuple[FundedPosts, ...]
    endings: Endings
    kinds: tuple[Kind, ...]

    @property
    def people(self) -> int:
        return sum(one.number for one in self.posts)

    @property
    def notes(self) -> list[tuple[str, str]]:
        return notes.beside(self.held)

    @property
    def holds_closed(self) -> bool:
        return any(line.project.is_closed for line in self.held.projects.lines)

    @property
    def made_up(self) -> str:
        """Of which projects only a part is real."""
        number = sum(line.project.has_sample_parts for line in self.held.projects.lines)
        return saying.made_up(number)

    @property
    def as_they_stand(self) -> str:
        """Of when the indicators' figures are."""
        is_over = self.held.on > self.year.end
        return f"as they stood at the end of {self.year}" if is_over else "as they stand now"


def gather(user: User, on: dt.date, asked: str) -> Page:
    """`asked`: a year as in addresses; anything else stands for the year that `Held.year` chooses."""
    money = held.gather(user, on)
    year = money.year(asked)
    moved = [one for line in money.projects.lines for one in line.project.indicators.all()]
    found = results.gather(moved, year)
    endings, kinds = ending.find(money, found), attention.find(money, year)
    return Page(
        held=money,
        year=year,
        headline=telling.headline(money, year),
        told=telling.lines(money, year, endings, kinds),
        streams=tuple(_stream(line, year, found) for line in money.streams if line.lies_in(year)),
        idle=tuple(line.stream for line in money.streams if not line.lies_in(year)),
        groups=by_priority.groups(money, year, found),
        by_year=by_year.table(money),
        posts=tuple(one for one in money.posts if _are_there_in(one, year)),
        endings=endings,
        kinds=kinds,
    )


def _are_there_in(one: FundedPosts, year: Year) -> bool:
    return (one.starts_on is None or one.starts_on <= year.end) and (one.ends_on is None or one.ends_on >= year.start)


def _stream(line: StreamLine, year: Year, found: dict[int, results.Result]) -> Stream:
    themes = tuple(
        Theme(
            theme.title,
            tuple(rows.row(one, year, found) for one in theme.projects.lines),
            rows.together(theme.projects, year),
        )
        for theme in line.themes
    )
    cells = rows.together(line.projects, year)
    return Stream(
        stream=line.stream,
        terms=Truncator(line.stream.terms).chars(SHORT),
        whole=Said(saying.amount(line.whole).words, line.sum_of),
        in_year=_in_year(line, year),
        given=_given(line, cells),
        cells=cells,
        left=_left(line, year),
        themes=themes,
    )


def _left(line: StreamLine, year: Year) -> Said:
    """ "At most" where not all that was spent of it is known."""
    left = line.left_in(year)
    if left is None:
        return Said(saying.NOT_KNOWN)
    is_whole = line.projects.knows_spend_in(year)
    return Said(pence(left), "overspent" if left < 0 else "" if is_whole else "at most")


def _in_year(line: StreamLine, year: Year) -> Said:
    """With what of it teams have, as far as that is known."""
    unknown = saying.NOT_SPLIT if line.is_unsplit_in(year) else saying.NOT_KNOWN
    teams = listed(f"{pounds(row.amount)} for the {row.team}" for row in line.teams_in(year))
    return Said(saying.amount(line.money_in(year), unknown=unknown).words, teams and f"of it {teams}")


def _given(line: StreamLine, cells: Cells) -> Said:
    if not line.projects:
        return Said("No project")
    rest = line.not_given
    return Said(cells.given.words, f"{pounds(rest)} not given yet" if rest else "")
