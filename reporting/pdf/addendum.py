"""An addendum as a tagged PDF: what came after an issue's figures, with rating and commentary, and the scorecard as it now stands."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from lib import typesetting
from lib.typesetting import characters
from lib.written import clock, day, day_year
from reporting.imprint import AddsTo, Imprint
from reporting.pdf import hiding
from reporting.pdf.document import LAY_OUT, SET_PAGES, in_eights, running
from reporting.pdf.parts import block, cover, said, scorecard
from reporting.snapshots.shape import IndicatorPart, Snapshot


@dataclass(frozen=True)
class Came:
    """An indicator, and what of its figures came or was restated."""

    named: said.Reference
    lines: tuple[str, ...]


def render(
    snapshot: Snapshot, imprint: Imprint, *, checksum: str = "", progress: Callable[[str], None] | None = None
) -> typesetting.Rendered:
    """As `document.render` does it."""
    tell = progress or (lambda stage: None)
    tell(LAY_OUT)
    pages_html = html(snapshot, imprint, checksum=checksum)
    tell(SET_PAGES)
    return typesetting.typeset(pages_html)


def html(snapshot: Snapshot, imprint: Imprint, *, checksum: str = "") -> str:
    snapshot, adds_to = hiding.worded(snapshot), imprint.adds_to
    assert adds_to is not None, "an addendum adds to an issue"
    slugs = dict.fromkeys(one.slug for one in adds_to.came)
    context: dict[str, Any] = running(snapshot, imprint) | {
        "title": f"{_title(imprint, adds_to)}, {snapshot.quarter}: {snapshot.partnership}",
        "issue": _running(snapshot, imprint, adds_to),
        "heading": _title(imprint, adds_to),
        "draft": said.capital(imprint.standing) if imprint.draft else "",
        "facts": _facts(snapshot, imprint, adds_to),
        "sample": snapshot.is_sample,
        "checksum": in_eights(checksum),
        "came": tuple(_came(part, adds_to) for part in _shown(snapshot) if part.slug in slugs),
        "nothing": f"Nothing has come since issue {adds_to.issue}.",
        "blocks": tuple(block.build(snapshot, part) for part in snapshot.indicators if part.slug in slugs),
        "scorecard": scorecard.build(snapshot),
        "quarter": {"shows_details": True},
    }
    return characters.printable(render_to_string("reporting/pack/addendum.html", context))


def _title(imprint: Imprint, adds_to: AddsTo) -> str:
    return f"Addendum {imprint.issue} to issue {adds_to.issue}"


def _running(snapshot: Snapshot, imprint: Imprint, adds_to: AddsTo) -> str:
    draft = f", draft {imprint.draft}, not approved" if imprint.draft else ""
    return f"{_title(imprint, adds_to)}{draft}, {imprint.edition} edition, {snapshot.quarter}"


def _shown(snapshot: Snapshot) -> tuple[IndicatorPart, ...]:
    return tuple(part for one in snapshot.priorities for part in (*one.indicators, *one.context))


def _came(part: IndicatorPart, adds_to: AddsTo) -> Came:
    return Came(said.named(part), tuple(one.said for one in adds_to.came if one.slug == part.slug))


def _facts(snapshot: Snapshot, imprint: Imprint, adds_to: AddsTo) -> tuple[tuple[str, str], ...]:
    handling = cover.marking(snapshot)
    every = (
        ("Adds to", f"Issue {adds_to.issue} of {day_year(adds_to.issued_on)}, which stays as it is"),
        ("Its figures as at", _moment(adds_to.since)),
        ("Figures here as at", _moment(snapshot.as_at)),
        ("Edition", cover.edition(snapshot, imprint)),
        ("Classification", handling.classification),
        ("Protective marking", handling.protective),
        ("Why restricted", handling.why),
    )
    return tuple((name, words) for name, words in every if words)


def _moment(at: dt.datetime) -> str:
    return f"{day(at)}, {clock(at)}"
