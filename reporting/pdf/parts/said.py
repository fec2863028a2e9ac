"""What several parts say in the same words: states, figures in cells, who owes what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators import charts
from lib.govuk_tags import day_year, in_words
from lib.quarters import Quarter
from reporting.pdf import figures
from reporting.snapshots.shape import Cell, IndicatorPart, ToDate, Value, Words

# Words for the state of a quarter's cell, and the mark that stands before them (`.mark` in pack.css).
DATA_ONLY, UNVERIFIED, MISSING, NO_RETURN = "Data only", "Not yet verified", "Missing", "No return"
MARKS = {DATA_ONLY: "data-only", UNVERIFIED: "unverified", MISSING: "missing", NO_RETURN: "no-return"}
STATES = {
    "verified": DATA_ONLY,
    "unverified": UNVERIFIED,
    "awaited": MISSING,
    "missing": MISSING,
    "not_collected": NO_RETURN,
}
IN_CELLS = {"awaited": "awaited", "missing": "missing", "not_collected": "none"}


@dataclass(frozen=True)
class State:
    """Mark, word, and what is said beneath it in muted letters."""

    mark: str
    word: str
    detail: str


@dataclass(frozen=True)
class Figure:
    """One cell of a table. `unit` hangs outside the digits ("%", "r", "p"); `pair` ("31 of 44") and `sub` ("to Q3") stand beneath;
    `words` stands in for a figure, with `unit` and `sub` as ever.
    """

    text: str = ""
    unit: str = ""
    pair: str = ""
    sub: str = ""
    words: str = ""
    is_strong: bool = False


@dataclass(frozen=True)
class Reference:
    """An indicator as it stands before its words: "B3" and its short name; without a reference the name alone."""

    reference: str
    name: str
    is_restricted: bool = False


def state(part: IndicatorPart) -> State:
    word = STATES[part.this.state]
    return State(MARKS[word], word, reason(part.this))


def reason(cell: Cell) -> str:
    """Why there is nothing: "awaiting partner", "sent back", "not sent"; empty when there is a figure or nothing was asked for."""
    if cell.state not in ("missing", "awaited"):
        return ""
    return lower_first(cell.reason) or ("not sent" if cell.state == "awaited" else "no reason given")


def named(part: IndicatorPart) -> Reference:
    return Reference(part.reference, part.short_name, part.is_restricted)


def in_cell(cell: Cell, *, strong: bool = False, yet_to_come: bool = False, base: bool = False) -> Figure:
    """A quarter in a table: its figure with "r" when restated and "p" when provisional, or the word for why there is none.

    `base` prints the base of a percentage too, not only met and need.
    """
    if yet_to_come:
        return Figure(words="to come")
    if cell.value is None:
        return Figure(words=IN_CELLS.get(cell.state, cell.state))
    marks = ("r" if cell.was else "") + ("p" if cell.is_provisional else "")
    unverified = cell.state == "unverified"
    return of_value(cell.value, marks=marks, strong=strong and not unverified, base=base)


def of_value(
    value: Value | None, *, marks: str = "", sub: str = "", strong: bool = False, base: bool = False
) -> Figure:
    """A figure with its unit set apart, so that digits stand under digits. None: "not known"."""
    if value is None:
        return Figure(words="not known")
    if figures.is_of_nobody(value):
        return Figure(unit=marks, sub=sub, words="none in need")
    text = figures.brief(value)
    unit = "%" if text.endswith("%") else ""
    pair = figures.pair(value) if base and value.percentage is not None else ""
    return Figure(text.removesuffix("%"), unit + marks, pair, sub, "", strong)


def over_time(to_date: ToDate, *, base: bool = False, strong: bool = False) -> Figure:
    """A year, or the year so far, with what it leaves out: "to Q3", "without Q2"."""
    if to_date.value is None:
        return Figure(words="not known")
    return of_value(to_date.value, sub=left_out(to_date), base=base, strong=strong)


def left_out(to_date: ToDate) -> str:
    """ "to Q3" when it ends before the snapshot's quarter, "without Q2" when one within is missing; a latest figure says "at Q3"."""
    last = to_date.through
    if to_date.mode == "latest":
        return f"at Q{last.number}" if last else ""
    within = [quarter for quarter in to_date.missing if last is None or quarter < last]
    said = [f"to Q{last.number}"] if last else []
    if within:
        said.append("without " + listed(f"Q{quarter.number}" for quarter in within))
    return ", ".join(said)


def listed(words: Iterable[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    every = list(words)
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} and {every[-1]}" if every else ""


def some_of(words: Sequence[str], most: int = 8) -> str:
    """The list, or its first few and how many more there are."""
    if len(words) <= most:
        return listed(words)
    return f"{', '.join(words[:most])} and {len(words) - most} more"


def references(parts: Iterable[IndicatorPart], most: int = 8) -> str:
    return some_of([part.reference or part.short_name for part in parts], most)


def many(how_many: int, one: str, more: str) -> str:
    """ "one figure", "three figures", "12 figures"."""
    return f"{in_words(how_many)} {one if how_many == 1 else more}"


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def lower_first(words: str) -> str:
    """For the middle of a sentence; a word all in capitals is left alone."""
    first = words.split(" ", 1)[0]
    return words if first.isupper() and len(first) > 1 else words[:1].lower() + words[1:]


def owner(part: IndicatorPart) -> str:
    """ "Victim Support (Maud Penhale)"."""
    return f"{part.owner} ({listed(part.data_leads)})" if part.data_leads else part.owner


def expected(cell: Cell) -> str:
    return day_year(cell.expected_on) if cell.expected_on else "no date given"


def is_owed(words: Words | None) -> bool:
    return words is not None and words.state == "owed"


def points(part: IndicatorPart, quarter: Quarter) -> list[charts.Point]:
    """The eight quarters for a chart."""
    return [_point(cell, quarter) for cell in part.history]


def _point(cell: Cell, quarter: Quarter) -> charts.Point:
    label = str(cell.quarter)
    if cell.value is not None:
        height, words = figures.plotted(cell.value), figures.brief(cell.value)
        if height is None:  # a figure, but no percentage to draw
            return charts.Point(label, charts.MISSING, words=words)
        return charts.Point(label, charts.UNVERIFIED if cell.state == "unverified" else charts.KNOWN, height, words)
    if cell.quarter > quarter or cell.state == "not_collected":
        return charts.Point(label, charts.BLANK)
    return charts.Point(label, charts.MISSING)


def turn(part: IndicatorPart, quarter: Quarter) -> int:
    """Where this year begins among the eight quarters."""
    return next((index for index, cell in enumerate(part.history) if cell.quarter.year == quarter.year), 0)


def position(part: IndicatorPart, quarter: Quarter) -> int:
    return next((index for index, cell in enumerate(part.history) if cell.quarter == quarter), len(part.history) - 1)


def spark(part: IndicatorPart, quarter: Quarter) -> charts.Quarters | None:
    if not part.history:
        return None
    return charts.sparkline(
        part.short_name, points(part, quarter), turn=turn(part, quarter), latest=position(part, quarter)
    )


def chart(part: IndicatorPart, quarter: Quarter, width: Decimal) -> charts.Quarters | None:
    if not part.history:
        return None
    eight, this = points(part, quarter), position(part, quarter)
    return charts.labelled(part.short_name, eight, turn=turn(part, quarter), latest=this, width=width)
