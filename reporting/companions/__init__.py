"""The files beside the PDF, drawn from the same snapshot and imprint."""

from dataclasses import dataclass

from reporting.imprint import Imprint
from reporting.snapshots.shape import Snapshot


@dataclass(frozen=True)
class Made:
    """One file. `form` is one of `Companion.Form`: "html", "xlsx", "csv", "json"."""

    form: str
    content: bytes


def make(snapshot: Snapshot, imprint: Imprint) -> tuple[Made, ...]:
    """Every companion of this edition. The same snapshot and imprint give the same bytes."""
    return ()
