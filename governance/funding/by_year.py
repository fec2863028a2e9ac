"""Every year side by side: what each stream has, what is given and spent of it, and what growth and savings come to."""

from collections.abc import Callable
from dataclasses import dataclass

from governance.funding import by_stream, saying, sums
from governance.funding.by_stream import StreamLine
from governance.funding.held import Held
from governance.funding.saying import NOT_KNOWN, NOT_SPLIT, Said
from governance.funding.sums import Total
from governance.models import BudgetChange
from lib.numerals import in_words, pounds
from lib.quarters import Year

NOT_THEN = Said(saying.NOTHING)


@dataclass(frozen=True)
class Line:
    """A row: a cell for each year. `url` of a stream's own page."""

    name: str
    cells: tuple[Said, ...]
    url: str = ""
    is_sample: bool = False


@dataclass(frozen=True)
class Years:
    years: tuple[Year, ...]
    streams: tuple[Line, ...]
    totals: tuple[Line, ...]  # there, given, spent
    budget: tuple[Line, ...]  # growth, savings, net; empty without any

    @property
    def width(self) -> int:
        return len(self.years) + 1


def table(held: Held) -> Years:
    years = held.years
    return Years(
        years=years,
        streams=tuple(
            Line(
                line.stream.name,
                tuple(_cell(line, year) for year in years),
                line.stream.get_absolute_url(),
                line.stream.is_sample,
            )
            for line in held.streams
        ),
        totals=(
            _totals("What there is", years, lambda year: by_stream.there(held.streams, year), "not known"),
            _totals("Given to projects", years, held.projects.given_in, "not split by year"),
            _spent(held, years),
        ),
        budget=_budget(held.changes, years),
    )


def _cell(line: StreamLine, year: Year) -> Said:
    if not line.lies_in(year):
        return NOT_THEN
    return saying.amount(line.money_in(year), unknown=NOT_SPLIT if line.is_unsplit_in(year) else NOT_KNOWN)


def _totals(name: str, years: tuple[Year, ...], of: Callable[[Year], Total], unknown: str) -> Line:
    return Line(name, tuple(saying.total(of(year), unknown=unknown) for year in years))


def _spent(held: Held, years: tuple[Year, ...]) -> Line:
    """A project without a verified amount is not counted as unknown here: of most years nobody has asked yet."""
    found = []
    for year in years:
        spent, awaited = held.projects.spent_in(year), len(held.projects.awaited_in(year))
        note = f"{in_words(awaited)} awaited" if awaited else ""
        found.append(saying.exact(spent.amount, unknown=saying.NONE_VERIFIED if spent.unknown else NOT_THEN.words))
        found[-1] = Said(found[-1].words, note)
    return Line("Verified as spent", tuple(found))


def _budget(changes: tuple[BudgetChange, ...], years: tuple[Year, ...]) -> tuple[Line, ...]:
    if not changes:
        return ()
    kinds: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("Growth", (BudgetChange.Kind.GROWTH,)),
        ("Savings", (BudgetChange.Kind.SAVING,)),
        ("Net", (BudgetChange.Kind.GROWTH, BudgetChange.Kind.SAVING)),
    )
    return tuple(Line(name, tuple(_signed(changes, year, of) for year in years)) for name, of in kinds)


def _signed(changes: tuple[BudgetChange, ...], year: Year, kinds: tuple[str, ...]) -> Said:
    total = sums.add(one.signed for one in changes if one.year == year and one.kind in kinds)
    return Said(saying.NOTHING if total.amount is None else f"{'+' if total.known > 0 else ''}{pounds(total.known)}")
