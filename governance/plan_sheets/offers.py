"""What a sheet of a delivery plan offers: plain values, each with the cell that it stands in. Pure."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from indicators.uploads.offers import Place

Step = tuple[str, dt.date]  # a milestone: its text and its day

__all__ = ["Offer", "Place", "Reading", "Refusal", "Step"]


@dataclass(frozen=True)
class Offer:
    """One row of the sheet: what it says of one action.

    `fields` holds what the sheet has a column for and what could be read: text, a day or None, the id of a commitment, outcome or person
    or None, ids of indicators, milestones as `Step`s. `places` are the cells of these fields. `seen` are the versions of the action and of
    its update when the partnership's own workbook was written, None for any other file.
    """

    place: Place  # of its reference, or of the row's first cell
    reference: str  # as typed; empty: a new action
    title: str
    fields: dict[str, Any]
    places: dict[str, Place]
    seen: tuple[int, int] | None = None


@dataclass(frozen=True)
class Refusal:
    """A cell that can't be taken. `field` says what it would be, `label` whose it is as far as the sheet tells."""

    place: Place
    field: str
    label: str
    typed: str
    why: str


@dataclass(frozen=True)
class Reading:
    """All that was read. `notes` are sentences about the file as a whole."""

    offers: tuple[Offer, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[str, ...] = ()
