"""Sets a snapshot as HTML and as a tagged PDF. The same snapshot gives the same bytes, whenever it is set."""

import datetime as dt
import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from weasyprint import Document

from lib import typesetting
from lib.typesetting import PdfProblem, Rendered, characters
from reporting.imprint import Imprint
from reporting.pdf import hiding, sections
from reporting.pdf.parts import (
    asked_for,
    bodies,
    changes,
    cover,
    decided,
    definitions,
    delivery,
    funding,
    heard,
    priority,
    quality,
    quarter,
    year,
)
from reporting.snapshots.shape import Snapshot

LAY_OUT = "Lay out the parts"
SET_PAGES = "Set the pages"
TWO_PAGES = "The quarter on a page does not fit on one page. Shorten the short names or the reasons of what is missing, then build the pack again."


def render(
    snapshot: Snapshot,
    imprint: Imprint,
    *,
    checksum: str = "",
    progress: Callable[[str], None] | None = None,
) -> Rendered:
    """The pack as PDF/UA-1. `progress` is called with the name of each stage as it begins.

    `checksum` is the snapshot's SHA-256 in hexadecimal, printed on the cover when given. Raises PdfProblem when the quarter does not
    fit on its page even after everything that may give way has, or when a component is missing. Missing figures never raise.
    """
    tell = progress or (lambda stage: None)
    tell(LAY_OUT)
    told = _told(snapshot, imprint, checksum)
    tell(SET_PAGES)
    with typesetting.listening() as complaints:
        # Where something may have to give way, the quarter first, alone: the whole pack is then set once and not twice.
        level = quarter.FULL if quarter.likely_fits(snapshot) else _level_that_fits(told, quarter.LEVELS)
        document = typesetting.laid_out(pages_html := told.html(level))
        # Likely was not so, or the page numbers of its links, which alone it lacks, take a line more.
        if told.pages_of_quarter(document) > 1:
            del document  # its boxes go before others come
            level = _level_that_fits(told, quarter.LEVELS[level + 1 :])
            document = typesetting.laid_out(pages_html := told.html(level))
            if told.pages_of_quarter(document) > 1:
                raise PdfProblem(TWO_PAGES)
        pdf = typesetting.written(document, pages_html)
    return Rendered(pdf, len(document.pages), pages_html, tuple(complaints))


def html(snapshot: Snapshot, imprint: Imprint, *, checksum: str = "", level: int = quarter.FULL) -> str:
    """The same pack as one HTML document, with its stylesheet by name."""
    return _told(snapshot, imprint, checksum).html(level)


@dataclass(frozen=True)
class Part:
    """A section as it is laid out: its lines of the contents, its template, and what that is filled with."""

    entries: tuple[cover.Entry, ...]
    template: str
    context: dict[str, Any]


@dataclass(frozen=True)
class _Told:
    """A pack as it is to be laid out. `before` stands between cover and quarter, `parts` after it."""

    snapshot: Snapshot
    imprint: Imprint
    checksum: str
    before: tuple[Part, ...]
    parts: tuple[Part, ...]

    @property
    def following(self) -> tuple[cover.Entry, ...]:
        """What the contents name after the quarter on a page."""
        own = () if quarter.holds_scorecard(self.snapshot) else (cover.Entry("scorecard", "", "Scorecard"),)
        return (*own, *_entries(self.parts))

    @property
    def contents(self) -> tuple[cover.Entry, ...]:
        return (*_entries(self.before), cover.Entry("quarter", "", "The quarter on a page"), *self.following)

    def html(self, level: int = quarter.FULL, *, only_quarter: bool = False) -> str:
        """`only_quarter` leaves out all but the quarter on a page."""
        context = running(self.snapshot, self.imprint) | {
            "title": f"Quarterly monitoring pack, {self.snapshot.quarter}: {self.snapshot.partnership}",
            "only_quarter": only_quarter,
            "quarter": quarter.build(self.snapshot, level),
            "to_decide": asked_for.in_a_line(self.snapshot),
            "anchors": {entry.anchor for entry in self.contents},  # a link leads only to what this pack holds
        }
        if not only_quarter:
            every = (*self.before, *self.parts)
            context |= {
                "cover": cover.build(self.snapshot, self.imprint, self.contents),
                "checksum": in_eights(self.checksum),
                "before": [part.template for part in self.before],
                "parts": [part.template for part in self.parts],
                **{name: value for part in every for name, value in part.context.items()},
            }
        return characters.printable(render_to_string("reporting/pack/pack.html", context))

    def pages_of_quarter(self, document: Document) -> int:
        """Pages from the quarter's first to the first of the part that follows it, or to the end."""
        starts = {name: number for number, page in reversed(list(enumerate(document.pages))) for name in page.anchors}
        after = starts[self.following[0].anchor] if self.following else len(document.pages)
        return after - starts["quarter"]


def running(snapshot: Snapshot, imprint: Imprint) -> dict[str, Any]:
    """What the head of the document and the running lines of every page are filled with; each kind of pack adds its title."""
    handling = cover.marking(snapshot)
    return {
        "snapshot": snapshot,
        "imprint": imprint,
        # In one zone, so that a snapshot that was stored and read again gives the same bytes.
        "created": snapshot.as_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "classification": handling.classification,
        "marking": handling.protective,
        "flag": "Sample figures" if snapshot.is_sample else "",
        "issue": f"{imprint.edition_words} edition, {imprint.standing}, {snapshot.quarter}",
    }


def _told(snapshot: Snapshot, imprint: Imprint, checksum: str) -> _Told:
    snapshot = hiding.worded(snapshot)
    return _Told(snapshot, imprint, checksum, tuple(_before(imprint)), tuple(_parts(snapshot, imprint)))


def _before(imprint: Imprint) -> list[Part]:
    """What was wrong with the issue that this one takes the place of; what the team has to say, whole."""
    found = []
    if imprint.erratum:
        found.append(_one("erratum", f"Erratum to issue {imprint.erratum.issue}", "_erratum"))
    if imprint.note:
        found.append(_one("note", "Covering note", "_note"))
    return found


def _parts(snapshot: Snapshot, imprint: Imprint) -> list[Part]:
    """The sections chosen, in their order, without those of which a snapshot of that time held nothing. The quarter stands before them."""
    every = sections.chosen(imprint.sections, is_public=imprint.is_public)
    return [part for section in every if (maker := MAKERS.get(section.key)) and (part := maker(snapshot, imprint))]


def _entries(parts: tuple[Part, ...]) -> tuple[cover.Entry, ...]:
    return tuple(entry for part in parts for entry in part.entries)


def _one(key: str, title: str, template: str, **context: Any) -> Part:
    return Part((cover.Entry(key, "", title),), f"reporting/pack/{template}.html", context)


def _priorities(snapshot: Snapshot, imprint: Imprint) -> Part:
    return Part(
        tuple(cover.Entry(priority.anchor(one), one.letter, one.title) for one in snapshot.priorities),
        "reporting/pack/_priorities.html",
        {"priorities": [priority.build(snapshot, one) for one in snapshot.priorities]},
    )


def _delivery(snapshot: Snapshot, imprint: Imprint) -> Part | None:
    held = snapshot.governance
    if held is None:
        return None
    return _one("delivery", "Delivery by subgroup", "_delivery", delivery=delivery.build(snapshot, held))


def _decided(snapshot: Snapshot, imprint: Imprint) -> Part | None:
    held = snapshot.governance
    if held is None:
        return None
    return _one("decided", decided.title(snapshot), "_decided", decided=decided.build(snapshot, held))


def _money(snapshot: Snapshot, imprint: Imprint) -> Part | None:
    held = snapshot.funding
    return _one("money", "Money", "_money", money=funding.build(snapshot, held)) if held else None


def _year(snapshot: Snapshot, imprint: Imprint) -> Part:
    return _one("year", "All figures", "_year", year=year.build(snapshot))


def _quality(snapshot: Snapshot, imprint: Imprint) -> Part:
    return _one("quality", "Data quality and restatements", "_quality", quality=quality.build(snapshot))


def _bodies(snapshot: Snapshot, imprint: Imprint) -> Part | None:
    held = snapshot.governance
    return _one("bodies", "Structure", "_bodies", bodies=bodies.build(held)) if held else None


def _definitions(snapshot: Snapshot, imprint: Imprint) -> Part:
    return _one("definitions", "Definitions and method", "_definitions", definitions=definitions.build(snapshot))


def _to_decide(snapshot: Snapshot, imprint: Imprint) -> Part:
    keys = {section.key for section in sections.chosen(imprint.sections, is_public=imprint.is_public)}
    return _one("to_decide", "Decisions asked for", "_to_decide", asked_for=asked_for.build(snapshot, keys))


def _consulted(snapshot: Snapshot, imprint: Imprint) -> Part:
    return _one("consulted", "Consultation", "_consulted", consulted=heard.build(snapshot))


def _changes(snapshot: Snapshot, imprint: Imprint) -> Part:
    return _one("changes", "What changed", "_changes", changes=changes.build(snapshot, imprint))


MAKERS: dict[str, Callable[[Snapshot, Imprint], Part | None]] = {
    "to_decide": _to_decide,
    "priorities": _priorities,
    "delivery": _delivery,
    "decided": _decided,
    "money": _money,
    "consulted": _consulted,
    "changes": _changes,
    "year": _year,
    "quality": _quality,
    "bodies": _bodies,
    "definitions": _definitions,
}


def in_eights(checksum: str) -> str:
    return " ".join(checksum[start : start + 8] for start in range(0, len(checksum), 8))


def _level_that_fits(told: _Told, levels: Iterable[int]) -> int:
    """Whether something has to give way and what, tried on the quarter alone; it is then the same page in the whole pack."""
    fits = (level for level in levels if len(typesetting.laid_out(told.html(level, only_quarter=True)).pages) == 1)
    found = next(fits, None)
    gc.collect()  # the boxes of what was tried: a build has so much memory and no more
    if found is None:
        raise PdfProblem(TWO_PAGES)
    return found


__all__ = ["PdfProblem", "Rendered", "html", "render"]
