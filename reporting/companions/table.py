"""All figures of a public edition as one table, CSV."""

from collections.abc import Callable
from decimal import Decimal

from lib.sheets import csv_of
from reporting.companions import figures, identity
from reporting.companions.figures import Row
from reporting.imprint import Imprint
from reporting.snapshots.shape import Snapshot

COLUMNS: dict[str, Callable[[Row], object]] = {
    "Priority": lambda row: row.priority.letter,
    "Reference": lambda row: row.part.reference,
    "Indicator": lambda row: row.part.name,
    "Indicator key": lambda row: row.part.slug,
    "In the set": lambda row: yes(row.is_counted),
    "Quarter": lambda row: row.quarter,
    "Starts": lambda row: row.quarter.start,
    "Ends": lambda row: row.quarter.end,
    "State": lambda row: row.state_words,
    "Figure": lambda row: plain(row.numbers.number) or row.numbers.shown,
    "Met or part": lambda row: plain(row.numbers.part),
    "Need or base": lambda row: plain(row.numbers.base),
    "Unit": lambda row: row.unit,
    "Provisional": lambda row: yes(row.is_provisional),
    "Restated from": lambda row: row.was,
    "Why there is none": lambda row: row.reason,
    "Note": lambda row: row.note,
}


def csv(snapshot: Snapshot, imprint: Imprint) -> bytes:
    """UTF-8 with a byte order mark, or Excel would read it in another alphabet. The last columns say of each row where it comes from."""
    source = [identity.of(snapshot, imprint), identity.edition(imprint), yes(snapshot.is_sample)]
    headings = [*COLUMNS, "Published in", "Edition", "Sample"]
    return csv_of(
        [headings, *([read(row) for read in COLUMNS.values()] + source for row in figures.rows(snapshot))],
    )


def yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def plain(number: Decimal | None) -> str:
    """Digits alone, for a sheet to work with: "4207", "70.5"; "" where there is none."""
    if number is None:
        return ""
    whole = number == number.to_integral_value()
    return f"{number.quantize(Decimal(1)) if whole else number.normalize():f}"
