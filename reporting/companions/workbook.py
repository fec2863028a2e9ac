"""The workbook of an edition: what it is, all figures, the scorecard, definitions and notes. Nothing in it is worked out or hidden."""

from collections.abc import Iterator
from decimal import Decimal

from indicators.rating import WORDS
from indicators.trend import Trend
from lib.sheets import Column, ReadMe, Table, workbook
from lib.written import day_year
from reporting.companions import figures, identity
from reporting.companions.figures import Numbers
from reporting.companions.table import yes
from reporting.imprint import Imprint
from reporting.pdf.parts import cover, definitions
from reporting.snapshots.shape import Cell, IndicatorPart, Snapshot, TrendPart

Shown = str | Decimal | None
WIDE = 48

FIGURES = (
    Column("Reference", width=11),
    Column("Indicator", width=44),
    Column("Quarter", width=12),
    Column("Figure", "number", width=16),
    Column("Unit", width=22),
    Column("Met or part", "number", width=12),
    Column("Need or base", "number", width=12),
    Column("State", width=18),
    Column("Provisional", width=12),
    Column("Restated from", width=16),
    Column("Why there is none", width=24),
    Column("Note", width=WIDE),
    Column("Indicator key", width=32),
)
SCORECARD = (
    Column("Reference", width=11),
    Column("Indicator", width=44),
    Column("Priority", width=32),
    Column("Good direction", width=18),
    Column("Unit", width=22),
    Column("This quarter", "number", width=16),
    Column("Last quarter", "number", width=16),
    Column("A year ago", "number", width=16),
    Column("Year to date", "number", width=16),
    Column("Same period last year", "number", width=16),
    Column("Rating", width=16),
    Column("Why", width=WIDE),
    Column("On last quarter", width=22),
    Column("On a year ago", width=22),
    Column("Usual range", width=WIDE),
    Column("Year-end forecast", "number", width=16),
    Column("Forecast is based on", width=WIDE),
)
DEFINITIONS = (
    Column("Reference", width=11),
    Column("Indicator", width=44),
    Column("What is counted", width=WIDE),
    Column("How the year is made up", width=32),
    Column("Unit", width=22),
    Column("Base", width=22),
    Column("Good direction", width=18),
    Column("Source", width=32),
    Column("Owner", width=32),
    Column("Method, limits and target", width=WIDE),
)
NOTES = (
    Column("About", width=28),
    Column("Reference", width=11),
    Column("Quarter or day", width=18),
    Column("Note", width=96),
)


def xlsx(snapshot: Snapshot, imprint: Imprint) -> bytes:
    """The same bytes for the same snapshot and imprint."""
    tables = (
        Table("Figures", FIGURES, list(_figures(snapshot)), frozen_columns=3),
        Table("Scorecard", SCORECARD, list(_scorecard(snapshot)), frozen_columns=2),
        Table("Definitions", DEFINITIONS, list(_definitions(snapshot)), frozen_columns=2),
        Table("Notes", NOTES, list(_notes(snapshot, imprint))),
    )
    return workbook(identity.title(snapshot, imprint), tables, read_me=ReadMe(tuple(_read_me(snapshot, imprint))))


def _read_me(snapshot: Snapshot, imprint: Imprint) -> Iterator[str]:
    handling = cover.marking(snapshot)
    yield f"# {identity.title(snapshot, imprint)}"
    yield from identity.words(snapshot, imprint)
    if not imprint.is_public:
        yield f"Classification: {handling.classification}. Protective marking: {handling.protective}."
    if imprint.note:
        yield "# From the partnership team" if not imprint.note_by else f"# From {imprint.note_by}"
        yield from filter(None, imprint.note.split("\n"))
    yield "# What is on which sheet"
    yield "Figures: one row for each indicator and quarter. A percentage is given as a number: 70.5 is 70.5 per cent."
    yield "Scorecard: the quarter’s indicators as the pack rates them."
    yield "Definitions: what each figure counts, and where it comes from."
    yield "Notes: what was restated, what is missing and why, where a series starts afresh."
    yield "# Questions"
    yield f"Whom to ask is on the contact page of the site of the {snapshot.partnership}."


def _figures(snapshot: Snapshot) -> Iterator[list[Shown]]:
    for row in figures.rows(snapshot):
        yield [
            row.part.reference, row.part.name, str(row.quarter), shown(row.numbers), row.unit, row.numbers.part,
            row.numbers.base, row.state_words, yes(row.is_provisional), row.was, row.reason, row.note, row.part.slug,
        ]  # fmt: skip


def shown(numbers: Numbers) -> Shown:
    """The number, to reckon with; the words where there is none."""
    return numbers.shown if numbers.number is None else numbers.number


def _scorecard(snapshot: Snapshot) -> Iterator[list[Shown]]:
    for priority, part, is_counted in figures.parts(snapshot):
        if not is_counted:
            continue
        to_date, before = part.year_to_date.value, part.last_year_to_date.value
        yield [
            part.reference, part.name, f"{priority.letter} {priority.title}", part.polarity_words, figures.unit(part),
            *(_cell(snapshot, cell) for cell in (part.this, part.last, part.year_ago)),
            shown(figures.numbers(snapshot, to_date)), shown(figures.numbers(snapshot, before)),
            WORDS[part.verdict.code], part.verdict.sentence, _trend(part.short), _trend(part.long),
            part.usual.sentence, part.forecast.number, part.forecast.basis,
        ]  # fmt: skip


def _cell(snapshot: Snapshot, cell: Cell) -> Shown:
    """A figure that is not yet verified says so with it: it is no number to reckon with."""
    said = shown(figures.numbers(snapshot, cell.value))
    if cell.state == "verified":
        return said
    words = figures.STATES[cell.state].lower()
    return words if said in (None, "") else f"{figures.numbers(snapshot, cell.value).shown}, {words}"


def _trend(trend: TrendPart) -> str:
    word = Trend(trend.trend).word
    more = trend.words or trend.why
    return f"{word}: {more}" if more else word


def _definitions(snapshot: Snapshot) -> Iterator[list[Shown]]:
    page = definitions.build(snapshot)
    by_name = {entry.name: entry for entry in (*page.entries, *page.beside)}
    for _, part, _ in figures.parts(snapshot):
        entry = by_name[part.name]
        yield [
            part.reference, part.name, entry.counted, entry.year, figures.unit(part), part.unit_of_base,
            part.polarity_words, entry.source, part.owner,
            "\n".join(f"{name}: {words}" for name, words in entry.more),
        ]  # fmt: skip


def _notes(snapshot: Snapshot, imprint: Imprint) -> Iterator[list[Shown]]:
    if imprint.adds_to:
        for came in imprint.adds_to.came:
            yield [f"Came after issue {imprint.adds_to.issue}", "", "", came.said]
    if imprint.since_issue:
        for line in imprint.since_issue.lines:
            yield [imprint.since_issue.said, "", "", line]
    if imprint.assessed:
        for future in imprint.assessed.futures:
            yield [
                "What becomes of the priority",
                future.letter,
                "",
                f"{future.title}: {future.words}. {future.because}",
            ]
    for one in snapshot.told_restated:
        was, now = figures.numbers(snapshot, one.was).shown, figures.numbers(snapshot, one.now).shown
        told = f"{one.kind.capitalize()} of {day_year(one.verified_on)}: was {was}, now {now}. {one.why}"
        yield ["Restated", one.reference or one.short_name, str(one.quarter), told]
    causes = {cause.slug: cause.why for cause in imprint.assessed.causes} if imprint.assessed else {}
    for _, part, _ in figures.parts(snapshot):
        yield from _notes_on(snapshot, part, causes.get(part.slug, ""))


def _notes_on(snapshot: Snapshot, part: IndicatorPart, cause: str) -> Iterator[list[Shown]]:
    name, this = part.reference or part.short_name, part.this
    if this.state in ("missing", "awaited"):
        said = f"{this.reason or figures.STATES[this.state]}. {this.note}".strip()
        yield [f"{figures.STATES[this.state]} this quarter", name, str(snapshot.quarter), said]
    for start, why in part.breaks:
        yield ["New series from this quarter", name, str(start), why]
    for day, what in part.notes:
        yield ["What happened", name, day_year(day), what]
    if cause:
        yield ["Why the year differs", name, str(snapshot.quarter.year), cause]
    words = part.words
    if words:
        for about, text in (
            ("Commentary: what happened", words.what_happened),
            ("Commentary: why", words.why),
            ("Commentary: what next", words.what_next),
        ):
            if text:
                yield [about, name, str(snapshot.quarter), text]
