"""Row by row through a sheet whose headings are known: figures, months to be added up, reasons for having none, and what can't be taken."""

from collections.abc import Sequence
from decimal import Decimal

from indicators.models import Indicator
from indicators.numbers import Unreadable
from indicators.uploads import cells, headings, periods
from indicators.uploads.beside import Beside, UnreadableBeside
from indicators.uploads.headings import (
    BASE,
    FIGURE,
    INDICATOR,
    KEY,
    MONTH,
    PERCENTAGE,
    QUARTER,
    REFERENCE,
    VERSION,
    YEAR,
    Layout,
    Period,
    plain,
)
from indicators.uploads.months import Months
from indicators.uploads.naming import Names
from indicators.uploads.offers import Offer, Place, Refusal
from lib import numerals, written
from lib.quarters import Quarter
from lib.sheets import EMPTY, Cell

Row = Sequence[Cell]
NAMED = 8  # cells that a note names


class Refused(Exception):
    """A cell can't be taken. `column` is where it stands."""

    def __init__(self, column: int, why: str, label: str = "") -> None:
        super().__init__(why)
        self.column, self.label = column, label


class Rows:
    """One sheet being read. `read` is called once, then `notes`."""

    def __init__(self, rows: Sequence[Row], layout: Layout, names: Names, sheet: int) -> None:
        self.rows, self.layout, self.names, self.sheet = rows, layout, names, sheet
        self.offers: list[Offer] = []
        self.refusals: list[Refusal] = []
        self.months = Months(names)
        self.without: list[str] = []  # cells that say there is no figure, and not why
        self.formulas = 0

    def read(self) -> tuple[list[Offer], list[Refusal]]:
        for at in range(self.layout.row + 1, len(self.rows)):
            row = self.rows[at]
            if self.layout.is_wide:
                for column, period in self.layout.periods.items():
                    self._cell(at, row, column, period)
            else:
                self._cell(at, row, self._number_column(row), None)
        offers, refusals = self.months.added_up()
        return [*self.offers, *offers], [*self.refusals, *refusals]

    def notes(self) -> list[str]:
        said = []
        if self.formulas:
            many = self.formulas != 1
            said.append(
                f"{self.formulas:,} formula{'s were' if many else ' was'} not worked out here: "
                f"the value{'s' if many else ''} last worked out in the spreadsheet {'were' if many else 'was'} taken."
            )
        if self.without:
            shown, more = self.without[:NAMED], len(self.without) - NAMED
            where = written.listed([*shown, f"{more:,} more"] if more > 0 else shown)
            said.append(
                f"{where} {'is' if len(self.without) == 1 else 'are'} taken as no figure, and change{'s' if len(self.without) == 1 else ''} "
                "nothing: give the reason in a column “No figure because” to say that there is none."
            )
        return said

    # ------------------------------------------------------------ one figure

    def _cell(self, at: int, row: Row, column: int, period: Period | None) -> None:
        """Everything about one figure; what can't be taken becomes a refusal, and nothing else of it counts."""
        cell = row[column]
        try:
            self._take(at, row, column, period)
        except Refused as refused:
            stands = row[refused.column] if refused.column != column else cell
            place = Place(self.sheet, at, refused.column)
            self.refusals.append(Refusal(place, _typed(stands), refused.label, _sentence(str(refused))))

    def _take(self, at: int, row: Row, column: int, period: Period | None) -> None:
        beside = Beside(self.layout, row)
        # In a wide sheet one reason stands beside many quarters: an empty cell there says nothing.
        may_have_reason = beside.gives_a_reason and not (self.layout.is_wide and not row[column].text)
        if self._says_nothing(row, column) and not may_have_reason:
            self._remember_without(at, row, column)
            return
        when = period or self._period(row)
        indicator = self._indicator(row, when)
        quarter = when if isinstance(when, Quarter) else Quarter.of(when)
        said = when if isinstance(when, Quarter) else f"{when:%B %Y}"
        label = self.names.label(indicator, said, quarter.year)
        place = Place(self.sheet, at, column)
        try:
            if isinstance(when, Quarter):
                self.offers.append(self._offer(row, column, indicator, when, place, beside))
            elif indicator.is_share:
                raise Refused(column, "This is a share: give it by quarter. The months of a share can’t be added up")
            elif self._says_nothing(row, column):
                raise Refused(column, "A reason for having no figure is given for a whole quarter")
            else:
                self.months.add(
                    indicator, when, self._number(row, column, indicator), place, _typed(row[column]), beside
                )
        except (Refused, Unreadable) as refused:
            if not isinstance(when, Quarter):
                self.months.miss(indicator, when)
            where = refused.column if isinstance(refused, (Refused, UnreadableBeside)) else column
            raise Refused(where, str(refused), label) from None

    def _offer(
        self, row: Row, column: int, indicator: Indicator, quarter: Quarter, place: Place, beside: Beside
    ) -> Offer:
        typed = _typed(row[column])
        if self._says_nothing(row, column):
            none = beside.no_figure()
            return Offer(
                indicator.pk, quarter, place, typed, seen_version=self._version(row, indicator, quarter), **none
            )
        if beside.gives_a_reason:
            raise Unreadable("There is a figure, and a reason for having none: leave one of them")
        numbers = self._numbers(row, column, indicator)
        version = self._version(row, indicator, quarter)
        return Offer(indicator.pk, quarter, place, typed, seen_version=version, **numbers, **beside.figure())

    def _numbers(self, row: Row, column: int, indicator: Indicator) -> dict[str, Decimal | None]:
        """As in `Offer`: a count or an amount; both numbers of a share; or the percentage alone."""
        if not indicator.is_share:
            what = "an amount of money" if indicator.is_amount else "a count"
            if not cells.has_no_figure(self._at(row, BASE)):
                raise Refused(self.layout.columns[BASE], f"This is {what}: it has no number that it is out of")
            if column == self.layout.columns.get(PERCENTAGE):
                raise Refused(column, f"This is {what}: give it in the column “Figure”")
            return {"numerator": self._number(row, column, indicator), "is_amount": indicator.is_amount}
        stated = self._at(row, PERCENTAGE)
        if self.layout.is_wide or column == self.layout.columns.get(PERCENTAGE):
            if indicator.is_need_met:
                raise Unreadable(
                    "This needs two numbers, need and met: give them in columns “Out of” and “Figure”, a row for each quarter"
                )
            return {"stated_percentage": cells.percentage(self._counted(row[column]), thing="The percentage")}
        part = self._number(row, column, indicator)
        if cells.has_no_figure(self._at(row, BASE)):
            raise Refused(
                self.layout.columns.get(BASE, column),
                f"Give both numbers: {indicator.unit}, and out of how many {indicator.unit_of_base}",
            )
        base_cell = self._counted(self._at(row, BASE))
        try:
            base = cells.count(base_cell, thing=written.capitalised(indicator.unit_of_base))
        except Unreadable as unreadable:
            raise Refused(self.layout.columns[BASE], str(unreadable)) from None
        if not cells.has_no_figure(stated) and base:
            self._agree(cells.percentage(self._counted(stated), thing="The percentage"), part, base)
        return {"numerator": part, "denominator": base}

    def _agree(self, stated: Decimal, part: Decimal, base: Decimal) -> None:
        """The percentage beside two numbers says the same as they do, as far as it is written out."""
        made = 100 * part / base
        places = max(-int(stated.normalize().as_tuple().exponent), 0)
        if abs(made - stated) > Decimal(5).scaleb(-places - 1):
            raise Refused(
                self.layout.columns[PERCENTAGE],
                f"{numerals.figure(part)} of {numerals.figure(base)} is {numerals.percentage(made)}, not {numerals.percentage(stated)}: "
                "leave the percentage out, or put the numbers right",
            )

    def _number(self, row: Row, column: int, indicator: Indicator) -> Decimal:
        if indicator.is_amount:
            return cells.amount(self._counted(row[column]), thing="The amount spent")
        thing = f"The number of {indicator.unit}" if indicator.is_count else written.capitalised(indicator.unit)
        return cells.count(self._counted(row[column]), thing=thing)

    def _counted(self, cell: Cell) -> Cell:
        self.formulas += bool(cell.formula and cell.text)
        return cell

    # ------------------------------------------------------------ which one

    def _at(self, row: Row, what: str) -> Cell:
        column = self.layout.columns.get(what)
        return EMPTY if column is None else row[column]

    def _number_column(self, row: Row) -> int:
        """Where the figure stands: the column of figures, or that of percentages where the first says nothing."""
        columns = self.layout.columns
        first = columns.get(FIGURE)
        if first is None:
            return columns[PERCENTAGE]
        alone = cells.has_no_figure(row[first]) and cells.has_no_figure(self._at(row, BASE))
        return columns[PERCENTAGE] if alone and not cells.has_no_figure(self._at(row, PERCENTAGE)) else first

    def _says_nothing(self, row: Row, column: int) -> bool:
        """Neither a figure nor anything that would be part of one."""
        if not cells.has_no_figure(row[column]):
            return False
        return self.layout.is_wide or cells.has_no_figure(self._at(row, BASE))

    def _remember_without(self, at: int, row: Row, column: int) -> None:
        if row[column].text:
            self.without.append(Place(self.sheet, at, column).name)

    def _period(self, row: Row) -> Period:
        asked = QUARTER if QUARTER in self.layout.columns else MONTH
        cell, column = self._at(row, asked), self.layout.columns[asked]
        if not cell.text and asked == QUARTER and MONTH in self.layout.columns:
            cell, column = self._at(row, MONTH), self.layout.columns[MONTH]
        if not cell.text:
            raise Refused(column, "Say which quarter or month it is for")
        if cell.day:
            return cell.day.replace(day=1)
        found = periods.quarter(cell.line) or periods.month(cell.line)
        if found is None and (year := self._at(row, YEAR)).text:
            found = periods.in_year(year.line, cell.line)
        if found is None:
            raise Refused(column, f"“{cell.line[:40]}” is not a quarter like 2017-18 Q4, nor a month like Jan 2018")
        return found

    def _indicator(self, row: Row, when: Period) -> Indicator:
        """By whichever columns name it; they must name the same one."""
        quarter = when if isinstance(when, Quarter) else Quarter.of(when)
        found: Indicator | None = None
        for what in headings.INDICATORS:
            cell = self._at(row, what)
            if not cell.text:
                continue
            column, named = self.layout.columns[what], self.names.find(cell.line, quarter.year)
            if len(named) > 1:  # a row of our workbook says by its key which of them
                key = plain(self._at(row, KEY).line)
                named = tuple(one for one in named if key == plain(f"{one.slug} {quarter.slug}")) or named
            if len(named) > 1:
                raise Refused(column, f"“{cell.line[:60]}” names more than one indicator: give its reference")
            if not named:
                raise Refused(column, f"“{cell.line[:60]}” is not the reference or name of an indicator you can see")
            if found and named[0] != found:
                raise Refused(column, f"“{cell.line[:60]}” is another indicator than the reference beside it")
            found = named[0]
        if found is None:
            first = next(what for what in (REFERENCE, INDICATOR) if what in self.layout.columns)
            raise Refused(self.layout.columns[first], "Say which indicator it is")
        return found

    def _version(self, row: Row, indicator: Indicator, quarter: Quarter) -> int | None:
        """The version of the return that a workbook of ours was written at. Its hidden key must be that of the row."""
        key, version = self._at(row, KEY), self._at(row, VERSION)
        if not key.text or not version.text:
            return None
        if plain(key.line) != plain(f"{indicator.slug} {quarter.slug}"):
            raise Refused(
                self.layout.columns[KEY],
                "This row of the workbook was moved or typed over: download the workbook again, and enter the figure there",
            )
        if not version.line.isascii() or not version.line.isdigit() or len(version.line) > 9:
            raise Refused(
                self.layout.columns[VERSION], "The hidden columns of the workbook were changed: download it again"
            )
        return int(version.line)


def _typed(cell: Cell) -> str:
    return cell.line[:60]


def _sentence(why: str) -> str:
    return why if why.endswith((".", "…", "?", "!")) else f"{why}."
