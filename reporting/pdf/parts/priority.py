"""A part for each priority: its indicators with figures and words, the measures beside them, and what was promised for the year."""

from dataclasses import dataclass
from decimal import Decimal

from indicators import charts
from lib.govuk_tags import day_year
from lib.quarters import Quarter
from reporting.pdf import figures
from reporting.pdf.parts import said
from reporting.snapshots.shape import Cell, CommitmentPart, IndicatorPart, PriorityPart, Snapshot, ToDate, Words

LONGEST_COLUMN = 60  # words; longer commentary moves to a full measure below, whole
LONGEST_UNBROKEN = 250  # words; a longer block may run over a page
TALLY_REFERENCES = 6
FEW_PROMISES = 10  # a short list is not broken over two pages
LONGEST_UNIT = 14  # characters that fit over the years of a table
LONGEST_PAIR = 8  # "17 of 30"
WIDE, NARROW = Decimal(231), Decimal(183)  # charts, in points; as wide as the column in pack.css


@dataclass(frozen=True)
class Saying:
    heading: str
    text: str


@dataclass(frozen=True)
class Commentary:
    """What happened, why, what next, or whose explanation is missing."""

    sayings: tuple[Saying, ...]
    signed: str
    missing: str
    is_owed: bool
    is_long: bool
    may_break: bool


@dataclass(frozen=True)
class FigureRow:
    """A year of quarters. `year_cell` is the year so far, or the whole year."""

    year: str
    cells: tuple[said.Figure, ...]
    year_cell: said.Figure
    is_this_year: bool


@dataclass(frozen=True)
class Block:
    named: said.Reference
    anchor: str
    name: str
    state: said.State
    sentence: str
    heads: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    is_wide: bool  # the pairs under the percentages need more room
    notes: tuple[str, ...]
    chart: charts.Quarters | None
    chart_is_beside: bool  # in the place of the commentary, which is long and stands below, or is missing
    commentary: Commentary


@dataclass(frozen=True)
class Beside:
    """A measure shown beside the set, never counted in it."""

    name: str
    this: said.Figure
    last: said.Figure
    year_ago: said.Figure
    detail: str  # how often, and from where
    owner: str


@dataclass(frozen=True)
class Promise:
    number: int
    text: str
    target: str


@dataclass(frozen=True)
class Promises:
    theme: str
    items: tuple[Promise, ...]


@dataclass(frozen=True)
class PriorityPage:
    anchor: str
    letter: str
    title: str
    why: tuple[str, ...]
    tally: tuple[said.State, ...]
    blocks: tuple[Block, ...]
    beside: tuple[Beside, ...]
    beside_note: str
    year: str
    promises: tuple[Promises, ...]
    promises_heading: str
    how_many_promises: str
    promises_stay_together: bool


def build(snapshot: Snapshot, priority: PriorityPart) -> PriorityPage:
    year = str(snapshot.quarter.year)
    total = len(priority.commitments)
    return PriorityPage(
        anchor=anchor(priority),
        letter=priority.letter,
        title=priority.title,
        why=tuple(part.strip() for part in priority.why.split("\n") if part.strip()),
        tally=_tally(priority),
        blocks=tuple(_block(snapshot, part) for part in priority.indicators),
        beside=tuple(_beside(part) for part in priority.context),
        beside_note=_beside_note(priority),
        year=year,
        promises=_promises(priority.commitments),
        promises_heading=f"What the partnership will do in {year}",
        how_many_promises=f"{said.capital(said.many(total, 'commitment', 'commitments'))} in the plan."
        if total
        else f"The plan has no commitments for {year} under this priority.",
        promises_stay_together=total <= FEW_PROMISES,
    )


def anchor(priority: PriorityPart) -> str:
    return f"priority-{priority.letter.lower()}"


def _tally(priority: PriorityPart) -> tuple[said.State, ...]:
    """ "2 data only: C3, C4", the states there are."""
    made = []
    for word, mark in said.MARKS.items():
        own = [part for part in priority.indicators if said.state(part).word == word]
        if own:
            shown = f": {said.references(own, TALLY_REFERENCES)}"
            made.append(said.State(mark, f"{len(own)} {word.lower()}{shown}", ""))
    return tuple(made)


# ---------------------------------------------------------------- one indicator


def _block(snapshot: Snapshot, part: IndicatorPart) -> Block:
    quarter, commentary = snapshot.quarter, _commentary(part.words)
    is_wide = any(len(figures.pair(cell.value)) > LONGEST_PAIR for cell in part.history if cell.value)
    is_beside = commentary.is_long or not commentary.sayings
    width = NARROW if is_wide and is_beside else WIDE
    return Block(
        named=said.named(part),
        anchor=f"indicator-{part.slug}",
        name=part.name,
        state=said.state(part),
        sentence=sentence(part, quarter),
        heads=(_unit_head(part), "Q1", "Q2", "Q3", "Q4", "Year"),
        rows=_rows(part, quarter),
        is_wide=is_wide,
        notes=_notes(part, quarter),
        chart=said.chart(part, quarter, width) if any(cell.value for cell in part.history) else None,
        chart_is_beside=is_beside,
        commentary=commentary,
    )


def sentence(part: IndicatorPart, quarter: Quarter) -> str:
    """The figure and how it moved, in plain words; or why there is none and when it is expected."""
    cell, when = part.this, quarter.months
    good = f" {part.polarity_words}." if part.polarity_words else ""
    if cell.value is None:
        return _nothing(part, when) + good
    what = _what(part, when)
    if cell.state == "unverified":
        return f"{what}: sent, not yet verified, and so not compared.{good}"
    moves = [_moved(part, part.last, "last quarter"), _moved(part, part.year_ago, "a year ago")]
    compared = [move for move in moves if move]
    silent = [words for words, move in zip(("last quarter", "a year ago"), moves, strict=True) if not move]
    if figures.is_of_nobody(cell.value):
        silent = []  # what it would be compared with may well be known
    tail = f", {said.listed(compared)}" if compared else ""
    unknown = (
        f" There is no verified figure for {said.listed(silent).replace(' and ', ' or ')} to compare with."
        if silent
        else ""
    )
    provisional = " It is provisional." if cell.is_provisional else ""
    return f"{what}{tail}.{provisional}{unknown}{good}"


def _what(part: IndicatorPart, when: str) -> str:
    """ "4,104 calls in January to March 2018"; "61.3% in January to March 2018 (19 of 31 offenders with the need)"."""
    value = part.this.value
    if value is None:
        return ""
    if figures.is_of_nobody(value):
        return f"{said.capital(figures.NOBODY)} in {when}"
    if value.percentage is None and value.numerator == 1:
        return f"{said.capital(part.unit)} in {when}: 1"  # the unit is written in the plural
    if value.percentage is None:
        return f"{figures.brief(value)} {part.unit} in {when}"
    pair = figures.pair(value)
    return f"{figures.brief(value)} in {when}" + (f" ({pair} {part.unit_of_base})".replace(" )", ")") if pair else "")


def _unit_head(part: IndicatorPart) -> str:
    if part.measure != "count":
        return "Per cent"
    return said.capital(part.unit) if part.unit and len(part.unit) <= LONGEST_UNIT else "Figure"


def _moved(part: IndicatorPart, then: Cell, on: str) -> str:
    if then.state != "verified" or then.value is None or part.this.value is None:
        return ""
    if figures.is_of_nobody(then.value) and not figures.is_of_nobody(part.this.value):
        return f"while {figures.NOBODY} {on}"
    change = figures.change(part.this.value, then.value)
    return f"{change.arrow} {change.words} on {on}" if change else ""


def _nothing(part: IndicatorPart, when: str) -> str:
    cell = part.this
    if cell.state == "not_collected":
        return f"Nothing was asked for in {when}."
    why = said.reason(cell)
    note = f" {said.capital(cell.note.rstrip('.'))}." if cell.note else ""
    due = ""
    if cell.expected_on:
        due = f" It is {'due again' if cell.state == 'awaited' else 'expected'} on {day_year(cell.expected_on)}."
    return f"No figure for {when}: {why}.{note} Owner: {said.owner(part)}.{due}"


def _rows(part: IndicatorPart, quarter: Quarter) -> tuple[FigureRow, ...]:
    years: dict[str, list[Cell]] = {}
    for cell in part.history:
        years.setdefault(str(cell.quarter.year), []).append(cell)
    rows = []
    for year, cells in sorted(years.items(), reverse=True):
        is_this_year = year == str(quarter.year)
        whole: ToDate = part.year_to_date if is_this_year else part.last_year
        printed = _printed_total(part, year) if whole.value is None and not is_this_year else None
        rows.append(
            FigureRow(
                year,
                tuple(
                    said.in_cell(cell, strong=cell.quarter == quarter, yet_to_come=cell.quarter > quarter, base=True)
                    for cell in cells
                ),
                printed or said.over_time(whole, base=True, strong=is_this_year),
                is_this_year,
            )
        )
    for year, number, _ in _baselines_shown(part):
        rows.append(FigureRow(year, (), said.Figure(text=figures.figure(number)), False))
    return tuple(rows)


def _printed_total(part: IndicatorPart, year: str) -> said.Figure | None:
    """The total that was printed for a year whose quarters are not known."""
    return next((said.Figure(text=figures.figure(number)) for when, number, _ in part.baselines if when == year), None)


def _years(part: IndicatorPart) -> set[str]:
    return {str(cell.quarter.year) for cell in part.history}


def _baselines_shown(part: IndicatorPart) -> list[tuple[str, Decimal, str]]:
    """Printed years that have no quarters of their own in the table, latest first."""
    own = _years(part)
    return [one for one in sorted(part.baselines, reverse=True) if one[0] not in own]


def _notes(part: IndicatorPart, quarter: Quarter) -> tuple[str, ...]:
    """The letters and words used in this block's table, and where a baseline comes from."""
    cells = [cell for cell in part.history if cell.quarter <= quarter]
    modes = {
        "sum": "Year: its quarters added up.",
        "pooled": "Year: all its quarters put together.",
        "latest": "Year: its latest quarter; never summed.",
    }
    said_of = [modes.get(part.year_to_date.mode, "")]
    if any(cell.was for cell in cells):
        said_of.append("r: restated.")
    if any(cell.is_provisional for cell in cells):
        said_of.append("p: provisional.")
    if late := [
        f"Q{cell.quarter.number}" for cell in cells if cell.state == "unverified" and cell.quarter.year == quarter.year
    ]:
        said_of.append(f"{said.listed(late)} not yet verified.")
    if any(cell.state == "not_collected" for cell in cells):
        said_of.append("none: no return was asked for.")
    last = str(quarter.year.previous)
    shown = [
        one for one in part.baselines if one[0] not in _years(part) or (one[0] == last and part.last_year.value is None)
    ]
    said_of.extend(f"{year}: {source}." for year, _, source in shown)
    return tuple(filter(None, said_of))


def _commentary(words: Words | None) -> Commentary:
    if words is None:
        return Commentary((), "", "No commentary was asked for.", False, False, False)
    if words.state == "owed":
        due = f", due {day_year(words.due_on)}" if words.due_on else ""
        who = words.owed_by or "nobody is named"
        return Commentary((), "", f"The explanation is missing. It is owed by {who}{due}.", True, False, False)
    texts = (("What happened", words.what_happened), ("Why", words.why), ("What next", words.what_next))
    sayings = tuple(Saying(heading, text) for heading, text in texts if text.strip())
    lengths = [len(saying.text.split()) for saying in sayings]
    sent = day_year(words.sent_on) if words.sent_on else ""
    return Commentary(
        sayings,
        ", ".join(filter(None, (words.by, sent))),
        "" if sayings else "The commentary was sent without words.",
        is_owed=False,
        is_long=any(length > LONGEST_COLUMN for length in lengths),
        may_break=sum(lengths) > LONGEST_UNBROKEN,
    )


# ---------------------------------------------------------------- beside the set, and what was promised


def _beside(part: IndicatorPart) -> Beside:
    return Beside(
        name=part.name,
        this=said.in_cell(part.this, strong=True, base=True),
        last=said.in_cell(part.last, base=True),
        year_ago=said.in_cell(part.year_ago, base=True),
        detail=". ".join(filter(None, ("Once a year" if part.frequency == "annual" else "", part.source))),
        owner=part.owner,
    )


def _beside_note(priority: PriorityPart) -> str:
    states = {cell.state for part in priority.context for cell in (part.this, part.last, part.year_ago)}
    said_of = ["none: no return was asked for."] if "not_collected" in states else []
    said_of += ["missing and awaited: it was asked for and has not come."] if states & {"missing", "awaited"} else []
    return " ".join(said_of)


def _promises(commitments: tuple[CommitmentPart, ...]) -> tuple[Promises, ...]:
    """By theme in the plan's order, those without one first; numbered through, as they are counted."""
    themes: dict[str, list[Promise]] = {}
    for number, one in enumerate(commitments, start=1):
        target = f"Number to reach: {figures.figure(one.number)} {one.unit}".strip() if one.number is not None else ""
        themes.setdefault(one.theme, []).append(Promise(number, one.text, target))
    return tuple(Promises(theme, tuple(items)) for theme, items in themes.items())
