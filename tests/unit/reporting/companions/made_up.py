"""Editions for the tests of what goes beside the PDF: the sample with large numbers that stand nowhere else, and two small ones."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reporting import disclosure
from reporting.snapshots.shape import SmallNumbers, Snapshot
from tests.factories import snapshots

SMALL = SmallNumbers(threshold=5, hides_zero=True, rounds_to=0)
# C2 was 2 in Q1 and A2 is 4 in Q4: both are hidden, and with C2 the year that would give it back (2 + 8,123 + 9,011 + 7,717 = 24,853).
FIGURES: dict[str, Sequence[Any]] = {
    "hate-incidents": [7103, 7211, 7307, 7411, 2, 8123, 9011, 7717],
    "asb-repeat-callers": [6101, 6203, 6301, 6421, 6521, 6607, 6701, 4],
}
SHOWN = 8123


def executive() -> Snapshot:
    entries = {entry["slug"]: entry for entry in snapshots._read("indicators/data/indicators.json")}
    priorities = tuple(
        replace(
            priority,
            indicators=tuple(
                snapshots.indicator(entries[part.slug], snapshots.Q4, FIGURES[part.slug])
                if part.slug in FIGURES
                else part
                for part in priority.indicators
            ),
        )
        for priority in snapshots.sample().priorities
    )
    return snapshots.sample(priorities=priorities)


def public() -> Snapshot:
    return disclosure.publish(executive(), (), small_numbers=SMALL)
