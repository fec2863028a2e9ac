"""Definitions: what each figure counts, where it comes from, which way is good, and how the pack is read."""

from dataclasses import dataclass

from reporting.snapshots.shape import IndicatorPart, Snapshot

MODES = {
    "sum": "The year is its quarters added up.",
    "pooled": "The year puts all its quarters together.",
    "latest": "The year shows its latest quarter.",
}

GOOD = {"higher": "Higher", "lower": "Lower", "none": "Not set"}


@dataclass(frozen=True)
class Entry:
    reference: str
    name: str
    counted: str
    year: str
    source: str
    good: str
    is_restricted: bool


@dataclass(frozen=True)
class DefinitionsPage:
    entries: tuple[Entry, ...]
    beside: tuple[Entry, ...]
    years: tuple[str, str]


def build(snapshot: Snapshot) -> DefinitionsPage:
    return DefinitionsPage(
        entries=tuple(_entry(part) for part in snapshot.indicators),
        beside=tuple(_entry(part) for one in snapshot.priorities for part in one.context),
        years=(str(snapshot.quarter.year.previous), str(snapshot.quarter.year)),
    )


def _entry(part: IndicatorPart) -> Entry:
    return Entry(
        reference=part.reference,
        name=part.name,
        counted=part.definition or "Not defined.",
        year=MODES.get(part.year_to_date.mode, ""),
        source=part.source or "Not given",
        good=GOOD.get(part.polarity, ""),
        is_restricted=part.is_restricted,
    )
