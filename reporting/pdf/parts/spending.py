"""What each project has, spent and expects to spend, added up by the funder's theme and by stream; beneath each row what is to be said of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from governance.funding import sums
from governance.funding.sums import Total
from lib.numerals import in_words, listed, pence, pounds
from lib.quarters import Quarter
from lib.written import day_year
from reporting.pdf.parts import said
from reporting.snapshots.funded import Funding, ProjectPart, SpendPart

LONGEST = 14  # characters of an amount that fit in a column: up to £99,999,999.99
BREAK = "\N{ZERO WIDTH SPACE}"
NOT_SPLIT, NOT_ASKED, TO_COME, AWAITED = "not split", "not asked", "to come", "awaited"


@dataclass(frozen=True)
class Saying:
    """A sentence; `strong` stands out in the middle of it."""

    before: str
    strong: str = ""
    after: str = ""


@dataclass(frozen=True)
class Line:
    """A project, or what several come to. `cells`: the year's money, its four quarters, the year so far, the forecast."""

    name: str
    detail: str
    cells: tuple[said.Figure, ...]
    sayings: tuple[Saying, ...] = ()


@dataclass(frozen=True)
class Theme:
    """Projects under one of the funder's headings; `total` only where there are two or more."""

    name: str
    lines: tuple[Line, ...]
    total: Line | None


@dataclass(frozen=True)
class Group:
    """The projects of one stream; `total` only where there are two or more."""

    stream: str
    themes: tuple[Theme, ...]
    total: Line | None


def groups(funding: Funding) -> tuple[Group, ...]:
    streams = dict.fromkeys(one.stream for one in funding.projects)
    return tuple(_group(funding.quarter, name, funding.projects) for name in streams)


def written(number: Decimal | None) -> str:
    """To the penny; one that is too long for a column may be broken after its thousands."""
    text = pence(number)
    return text if len(text) <= LONGEST else text.replace(",", f",{BREAK}")


def amount(total: Total, *, none: str, unknown: str = "") -> said.Figure:
    """A sum in a cell, and how many parts of it are not known. `none` where there is nothing to add up; `unknown` where no part is known."""
    if total.amount is None:
        return said.Figure(words=(unknown or none) if total.unknown else none)
    return said.Figure(written(total.amount), sub=f"without {in_words(total.unknown)}" if total.unknown else "")


def spent(total: Total, unasked: int, *, none: str = NOT_ASKED) -> said.Figure:
    """A sum of spend: amounts of projects that nobody is asked about are as unknown as those that are awaited."""
    every = replace(total, unknown=total.unknown + unasked)
    return amount(every, none=none, unknown=AWAITED if total.unknown else none)


def _group(quarter: Quarter, stream: str, projects: Iterable[ProjectPart]) -> Group:
    own = [one for one in projects if one.stream == stream]
    themes = dict.fromkeys(one.theme for one in own)
    return Group(
        stream,
        tuple(_theme(quarter, theme, [one for one in own if one.theme == theme], len(themes)) for theme in themes),
        _sum(quarter, f"All of {stream}", own),
    )


def _theme(quarter: Quarter, name: str, projects: Sequence[ProjectPart], of: int) -> Theme:
    """The only heading of a stream needs no sum of its own."""
    total = _sum(quarter, f"Sub-total: {name or 'under no heading'}", projects) if of > 1 else None
    return Theme(name, tuple(line(quarter, one) for one in projects), total)


# ---------------------------------------------------------------- a row


def line(quarter: Quarter, part: ProjectPart) -> Line:
    """A project's row, on its own too: as a body's sheet has it."""
    serves = f"Priority {part.letter}" if part.letter else "No priority"
    who = part.body or part.organisation or part.team or "nobody named"
    return Line(
        said.marked(part.name, part.is_sample),
        f"{serves}; {who}",
        (
            _known(part.year_amount, NOT_SPLIT),
            *(_spent(quarter, part, one) for one in part.quarters),
            _to_date(part),
            _known(part.forecast, "not made"),
        ),
        tuple(_sayings(quarter, part)),
    )


def _known(number: Decimal | None, otherwise: str) -> said.Figure:
    return said.Figure(words=otherwise) if number is None else said.Figure(written(number))


def _spent(quarter: Quarter, part: ProjectPart, one: SpendPart) -> said.Figure:
    """What is not yet verified is shown, says so, and is added up nowhere."""
    if one.amount is not None:
        sub = "not yet verified" if one.state == "unverified" else "restated" if one.was is not None else ""
        return said.Figure(written(one.amount), sub=sub, is_strong=one.quarter == quarter and not sub)
    if one.quarter > quarter:
        goes_on = part.last_day is None or part.last_day >= one.quarter.start
        return said.Figure(words=TO_COME if part.is_collected and goes_on else NOT_ASKED)
    return said.Figure(words=NOT_ASKED if one.state == "not_collected" else said.IN_CELLS[one.state])


def _to_date(part: ProjectPart) -> said.Figure:
    """What is verified of the year, and the quarters that are not in it."""
    if part.spent_in_year is None:
        return said.Figure(words=AWAITED if part.asked else NOT_ASKED)
    without = [f"Q{one.quarter.number}" for one in part.asked if one.verified is None]
    sub = f"without {listed(without)}" if without else ""
    return said.Figure(written(part.spent_in_year), sub=sub, is_strong=True)


def _sum(quarter: Quarter, name: str, projects: Sequence[ProjectPart]) -> Line | None:
    """None for fewer than two, which need no sum."""
    if len(projects) < 2:
        return None

    cells = (
        amount(sums.add(part.year_amount for part in projects), none=NOT_SPLIT),
        *(_sum_of_quarter(quarter, one, place, projects) for place, one in enumerate(quarter.year.quarters)),
        spent(
            sums.add(one.verified for part in projects for one in part.asked),
            sum(not part.is_collected for part in projects),
        ),
        amount(sums.add(part.forecast for part in projects), none="not made"),
    )
    return Line(name, "", cells)


def _sum_of_quarter(quarter: Quarter, one: Quarter, place: int, projects: Sequence[ProjectPart]) -> said.Figure:
    if one > quarter:
        return said.Figure(words=TO_COME if any(part.is_collected for part in projects) else NOT_ASKED)
    parts = [part.quarters[place] for part in projects]
    total = sums.add(part.verified for part in parts if part.is_asked)
    return spent(total, sum(part.is_unasked_in(one) for part in projects))


# ---------------------------------------------------------------- what is said beneath it


def _sayings(quarter: Quarter, part: ProjectPart) -> Iterable[Saying]:
    yield from _variance(part)
    yield _so_far(part)
    for one in part.quarters:
        if one.state == "missing":
            expected = f", expected {day_year(one.expected_on)}" if one.expected_on else ", no date given"
            yield Saying(f"Q{one.quarter.number}: {said.lower_first(one.reason) or 'no reason given'}{expected}.")
    if earlier := [str(one) for one in part.awaited if one.year < quarter.year]:
        yield Saying("Awaited of earlier years: ", said.some_of(earlier), ".")
    if part.closed_on:
        yield Saying(f"Closed on {day_year(part.closed_on)}: {part.closed_because.rstrip('.')}.")


def _variance(part: ProjectPart) -> Iterable[Saying]:
    why = f" {part.reason.rstrip('.')}." if part.reason else ""
    if part.variance:
        way = "over" if part.variance > 0 else "under"
        yield Saying(
            "Forecast ", f"{pounds(abs(part.variance))} {way}", f" this year’s money.{why or ' No reason is given.'}"
        )
    elif why:
        yield Saying(f"Forecast:{why}")


def _so_far(part: ProjectPart) -> Saying:
    """All of its life: "So far £52,825.01 of £105,650; it ends on 31 March 2019."."""
    whole = pounds(part.amount)
    ends = "."
    if not part.closed_on:
        ends = f"; it ends on {day_year(part.ends_on)}." if part.ends_on else "; its last day is not known."
    if not part.is_collected:
        return Saying(f"Nobody is asked what of its {whole} is spent{ends}")
    if part.spent_so_far is None:
        return Saying(f"None of its {whole} is known to be spent yet{ends}")
    if part.left is not None and part.left < 0:
        return Saying(
            f"So far {pounds(part.spent_so_far)}, ", f"{pounds(-part.left)} more than it was given", f" ({whole}){ends}"
        )
    return Saying(f"So far {pounds(part.spent_so_far)} of {whole}{ends}")
