"""What several parts say in the same words: ratings and states, trends, figures in cells, who owes what."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from indicators import charts, explanation
from indicators.rating import WORDS, Why
from indicators.trend import Trend
from lib.numerals import figure, in_words, listed
from lib.quarters import Quarter, Year
from lib.written import day_year
from reporting.pdf import figures
from reporting.snapshots.shape import Cell, IndicatorPart, Snapshot, ToDate, TrendPart, Value, Words

COLOURS = ("red", "amber", "green")
# "unverified" without a number: it is not for this reader.
IN_CELLS = {"awaited": "awaited", "missing": "missing", "not_collected": "none", "unverified": "not yet verified"}
ARROWS = {"up": "↑", "down": "↓", "none": "→"}
NO_MOVE = (Trend.NOT_COMPARABLE, Trend.NOT_SHOWN)
SMALL_NUMBER = "small number"  # why a rating is not shown


@dataclass(frozen=True)
class State:
    """A rating, or why there is none: its code in `indicators.rating.WORDS`, the words, and what is said beneath them in muted letters."""

    code: str
    word: str
    detail: str = ""

    @property
    def mark(self) -> str:
        """The class of the mark before the words (`.mark` in pack.css)."""
        return self.code.replace("_", "-")


@dataclass(frozen=True)
class Verdict:
    """The sentence of a rating in three parts: "Red:", "2,842 for the year to date is above ...;" and "good is lower.", which may be empty."""

    state: State
    word: str
    rest: str
    good: str = ""


@dataclass(frozen=True)
class Move:
    """How a figure stands to an earlier one: the arrow says which way it moved, the word whether that is good."""

    trend: str
    arrow: str
    word: str

    @property
    def is_comparable(self) -> bool:
        return self.trend not in NO_MOVE

    @property
    def words(self) -> str:
        return f"{self.arrow} {self.word}".strip()


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
    is_hidden: bool = False  # `words` stand for a figure that a public edition hides


@dataclass(frozen=True)
class Reference:
    """An indicator as it stands before its words: "B3" and its short name; without a reference the name alone."""

    reference: str
    name: str
    is_restricted: bool = False


def state(part: IndicatorPart) -> State:
    code = part.verdict.code
    return State(code, WORDS[code], SMALL_NUMBER if code == Why.NOT_SHOWN else reason(part.this))


def by_state(parts: Iterable[IndicatorPart]) -> dict[str, list[IndicatorPart]]:
    """Indicators by the code of their verdict, in the order in which verdicts are counted; only those there are."""
    every = list(parts)
    found = {code: [part for part in every if part.verdict.code == code] for code in WORDS}
    return {code: own for code, own in found.items() if own}


def verdict(part: IndicatorPart) -> Verdict:
    """The sentence as it stands everywhere; one that does not begin with the word gets it."""
    made, sentence = state(part), part.verdict.sentence
    starts = (f"{made.word}:", f"{made.word}.")
    word = next((start for start in starts if sentence.startswith(start)), starts[0])
    rest, found, way = sentence.removeprefix(word).lstrip().rpartition("; good is ")
    return Verdict(made, word, f"{rest};", f"good is {way}") if found else Verdict(made, word, way)


def move(trend: TrendPart) -> Move:
    """What counts as similar points neither up nor down."""
    kind = Trend(trend.trend)
    arrow = "→" if kind == Trend.SIMILAR else ARROWS.get(trend.direction, "")
    return Move(str(kind), "" if kind in NO_MOVE else arrow, kind.word.lower())


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
    if value.hidden:
        return Figure(unit=marks, sub=sub, words=figures.brief(value), is_hidden=True)
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


def printed(part: IndicatorPart, year: Year) -> Figure | None:
    """The total that a plan printed for the year: it stands in wherever the whole year is not known from its quarters."""
    return next(
        (Figure(figure(number), sub="printed") for name, number, _ in part.baselines if name == str(year)), None
    )


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


def without_not_shown(sentence: str) -> str:
    """For where the words stand before it: "It would give a small number back." of "Not shown: it would give a small number back."."""
    return capital(sentence.removeprefix(f"{WORDS[Why.NOT_SHOWN]}: "))


def marked(name: str, is_sample: bool) -> str:
    """What was made up says so beside its name, unless the name does."""
    return f"{name} (sample)" if is_sample and not name.endswith("(sample)") else name


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
    """Not sent, or sent without all that the figure asks for."""
    return words is not None and words.state in ("owed", "incomplete")


def day_of(snapshot: Snapshot) -> dt.date:
    """The day whose knowledge is shown, in London."""
    return timezone.localdate(snapshot.as_at)


def is_outstanding(words: Words | None, on: dt.date) -> bool:
    """Sent without all that the figure asks for, or not sent and late on that day. What is not due yet is owed, and not outstanding."""
    return words is not None and (words.state == "incomplete" or (is_owed(words) and not is_not_due(words, on)))


def is_not_due(words: Words | None, on: dt.date) -> bool:
    """Not sent, and its day has not passed."""
    return words is not None and words.state == "owed" and words.due_on is not None and words.due_on >= on


def what_is_owed(words: Words) -> str:
    """ "why, what next and by when"."""
    return listed(explanation.WORDS.get(name, name) for name in words.lacking)


def points(part: IndicatorPart, quarter: Quarter) -> list[charts.Point]:
    """The eight quarters for a chart."""
    return [_point(cell, quarter) for cell in part.history]


def _point(cell: Cell, quarter: Quarter) -> charts.Point:
    label = str(cell.quarter)
    if cell.value is not None and cell.value.hidden:
        return charts.Point(label, charts.HIDDEN, words=figures.brief(cell.value))
    if cell.value is not None:
        height, words = figures.plotted(cell.value), figures.brief(cell.value)
        if height is None:  # a figure, but no percentage to draw
            return charts.Point(label, charts.MISSING, words=words)
        return charts.Point(label, charts.UNVERIFIED if cell.state == "unverified" else charts.KNOWN, height, words)
    if cell.quarter > quarter or cell.state == "not_collected":
        return charts.Point(label, charts.BLANK)
    if cell.state == "unverified":
        return charts.Point(label, charts.MISSING, words="not yet verified")
    return charts.Point(label, charts.MISSING)


def turn(part: IndicatorPart, quarter: Quarter) -> int:
    """Where this year begins among the eight quarters."""
    return next((index for index, cell in enumerate(part.history) if cell.quarter.year == quarter.year), 0)


def position(part: IndicatorPart, quarter: Quarter) -> int:
    return next((index for index, cell in enumerate(part.history) if cell.quarter == quarter), len(part.history) - 1)


def hides_some(part: IndicatorPart) -> bool:
    """Whether one of the eight quarters is not for the reader: then no line is drawn through the others."""
    return any(cell.value is not None and bool(cell.value.hidden) for cell in part.history)


def spark(part: IndicatorPart, quarter: Quarter) -> charts.Quarters | None:
    if not part.history or hides_some(part):
        return None
    return charts.sparkline(
        part.short_name, points(part, quarter), turn=turn(part, quarter), latest=position(part, quarter)
    )


def chart(part: IndicatorPart, quarter: Quarter, width: Decimal) -> charts.Quarters | None:
    if not part.history:
        return None
    eight, this = points(part, quarter), position(part, quarter)
    return charts.labelled(part.short_name, eight, turn=turn(part, quarter), latest=this, width=width)
