"""What a stream's page shows: what there is by year, what it is given to by the funder's themes, what of it is spent and what is left."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from governance.funding import ledger, limits, rows, saying, sums, together
from governance.funding.ledger import Line
from governance.funding.saying import Said
from governance.models import Allocation, BudgetChange, FundedPosts, FundingStream, Project
from lib.quarters import Year
from lib.written import day_year, figure, in_words, pounds

NOT_SPLIT = "Not split"


@dataclass(frozen=True)
class OfTeam:
    """What is set aside for a team: in one year, or in all."""

    team: str
    amount: Decimal
    note: str = ""


@dataclass(frozen=True)
class OfYear:
    year: Year
    amount: Decimal | None  # of the whole stream; None: not known
    note: str
    teams: tuple[OfTeam, ...]
    given: Said  # to projects in this year, and how many of its projects are not split by year


@dataclass(frozen=True)
class Theme:
    """Projects under one heading of the funder's; empty where they have none."""

    name: str
    lines: tuple[Line, ...]

    @property
    def amount(self) -> Decimal:
        return sums.add(line.amount for line in self.lines).known

    @property
    def spent(self) -> Said:
        return rows.spent_together(together.of(self.lines))

    @property
    def parts(self) -> list[tuple[Line, Said, Said]]:
        """Each project with what it has spent and not spent."""
        return [(line, rows.spent(line), rows.not_spent(line)) for line in self.lines]


@dataclass(frozen=True)
class Page:
    """`on`: the day it is looked at."""

    on: dt.date
    stream: FundingStream
    whole: Decimal | None
    years: tuple[OfYear, ...]
    teams: tuple[OfTeam, ...]  # of all years
    themes: tuple[Theme, ...]
    changes: tuple[BudgetChange, ...]
    posts: tuple[FundedPosts, ...]
    promised: Decimal = sums.NOTHING  # agreed to applications that are no project yet

    @property
    def lines(self) -> list[Line]:
        return [line for theme in self.themes for line in theme.lines]

    @property
    def given(self) -> Decimal:
        return sums.add(line.amount for line in self.lines).known

    @property
    def spent(self) -> Said:
        return rows.spent_together(together.of(self.lines))

    @property
    def made_up(self) -> str:
        return saying.made_up(sum(line.project.has_sample_parts for line in self.lines))

    @property
    def holds_sample(self) -> bool:
        every = [self.stream, *(line.project for line in self.lines), *self.changes, *self.posts]
        return any(one.is_sample for one in every) or bool(self.made_up)

    @property
    def left(self) -> Decimal | None:
        """What is neither given to a project nor agreed to an application yet."""
        return sums.less(self.whole, self.given + self.promised)

    @property
    def has_themes(self) -> bool:
        return any(theme.name for theme in self.themes)

    @property
    def is_split(self) -> bool:
        """Whether any project's money is given by year."""
        return any(row.given.words not in (NOT_SPLIT, saying.NOTHING) for row in self.years)

    @property
    def is_sum_of_years(self) -> bool:
        """Whether the whole is what its years come to, and not a sum of its own."""
        return self.stream.amount is None and self.whole is not None

    @property
    def _pays(self) -> int:
        return sum(group.number for group in self.posts if group.are_there(self.on))

    @property
    def lede(self) -> str:
        return f"{self._there}{self._until} {self._use}"

    @property
    def _there(self) -> str:
        if self.whole is None:
            return "How much there is, is not known"
        if not self.is_sum_of_years:
            return f"{pounds(self.whole)} in all"
        known = [row.year for row in self.years if row.amount is not None]
        if len(known) == 1:
            return f"{pounds(self.whole)} in {known[0]}"
        count = in_words(len(known))
        return f"{pounds(self.whole)} in {f'its {count} years' if self._knows_its_years else f'the {count} years that are known'}"

    @property
    def _knows_its_years(self) -> bool:
        has_days = bool(self.stream.starts_on and self.stream.ends_on)
        return has_days and all(row.amount is not None for row in self.years)

    @property
    def whole_words(self) -> str:
        """What the sum under the years is the sum of."""
        if not self.is_sum_of_years:
            return "The whole stream"
        return "All its years" if self._knows_its_years else "The years that are known"

    @property
    def _until(self) -> str:
        return f", until {day_year(self.stream.ends_on)}." if self.stream.ends_on else "."

    @property
    def _use(self) -> str:
        count = len(self.lines)
        if not count and self._pays:
            return f"{figure(self._pays)} {'post is' if self._pays == 1 else 'posts are'} known to be paid from it."
        agreed = f", {pounds(self.promised)} is agreed to applications" if self.promised else ""
        if not count:
            return f"Nothing of it is given to a project{agreed}."
        to = "one project" if count == 1 else f"{in_words(count)} projects"
        if self.left is None:
            return f"{pounds(self.given)} is given to {to}{agreed}."
        if not self.left and not agreed:
            return f"All of it is given to {to}."
        return f"{pounds(self.given)} is given to {to}{agreed}, {pounds(self.left)} is left."


def page(stream: FundingStream, on: dt.date) -> Page:
    """Gathered in a constant number of queries, however many projects there are."""
    allocations = list(Allocation.objects.filter(stream=stream).order_by("year", "team"))
    projects = Project.objects.filter(stream=stream).select_related("priority", "lead_body", "organisation")
    lines = ledger.lines(projects.prefetch_related("organisation__names"))
    return Page(
        on=on,
        stream=stream,
        whole=limits.whole(stream, allocations),
        years=tuple(_of_year(year, allocations, lines) for year in years_of(stream, allocations)),
        teams=_in_all(allocations),
        themes=_by_theme(lines),
        changes=tuple(BudgetChange.objects.filter(stream=stream).select_related("priority")),
        posts=tuple(FundedPosts.objects.filter(stream=stream)),
        promised=sums.add(amount for _, amount in limits.promised([stream])[stream.pk]).known,
    )


def years_of(stream: FundingStream, allocations: Iterable[Allocation]) -> list[Year]:
    """The financial years of its life as far as its days are known, and those that have an amount."""
    years = {row.year for row in allocations}
    if stream.starts_on and stream.ends_on:
        first, last = Year.of(stream.starts_on), Year.of(stream.ends_on)
        years |= {Year(begins) for begins in range(first.begins, last.begins + 1)}
    return sorted(years)


def boxes_for(stream: FundingStream, allocations: Sequence[Allocation], *, this_year: Year) -> list[Year]:
    """The years that people can give an amount for: those of its life, and one more where its end is not known."""
    years = years_of(stream, allocations)
    if stream.ends_on is None:
        years.append(years[-1].next if years else Year.of(stream.starts_on) if stream.starts_on else this_year)
    elif not years:
        years.append(Year.of(stream.ends_on))
    return years


def _of_year(year: Year, allocations: Iterable[Allocation], lines: Iterable[Line]) -> OfYear:
    own = [row for row in allocations if row.year == year]
    whole = next((row for row in own if not row.team), None)
    given = together.of(lines).given_in(year)
    return OfYear(
        year=year,
        amount=whole.amount if whole else None,
        note=whole.note if whole else "",
        teams=tuple(OfTeam(row.team, row.amount, row.note) for row in own if row.team),
        given=saying.total(given, unknown="not split", none=NOT_SPLIT),
    )


def _in_all(allocations: Iterable[Allocation]) -> tuple[OfTeam, ...]:
    by_team: dict[str, list[Decimal]] = {}
    for row in allocations:
        if row.team:
            by_team.setdefault(row.team, []).append(row.amount)
    return tuple(OfTeam(team, sums.add(amounts).known) for team, amounts in sorted(by_team.items()))


def _by_theme(lines: Iterable[Line]) -> tuple[Theme, ...]:
    """Themes in the order of their first project, projects without one last."""
    by_theme: dict[str, list[Line]] = {}
    for line in lines:
        by_theme.setdefault(line.project.theme, []).append(line)
    ordered = sorted(by_theme, key=lambda name: not name)
    return tuple(Theme(name, tuple(by_theme[name])) for name in ordered)


def spend_sentence(lines: Sequence[Line]) -> str:
    """What is verified as spent, what is awaited, and of how many projects nobody is asked."""
    spent = sums.add(line.spent_so_far for line in lines).amount
    awaited = sorted(quarter for line in lines for quarter in line.awaited)
    said = (
        "Nothing is verified as spent yet." if spent is None else f"{pounds(spent)} is verified as spent.",
        saying.awaited(len(awaited), str(awaited[0]) if awaited else ""),
        saying.unasked(sum(line.project.spend_id is None for line in lines)),
    )
    return " ".join(filter(None, said))
