"""Sets a snapshot as HTML and as a tagged PDF. The same snapshot gives the same bytes, whenever it is set."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from weasyprint import Document

from lib import typesetting
from lib.typesetting import PdfProblem, Rendered, characters
from reporting.imprint import Imprint
from reporting.pdf import sections
from reporting.pdf.parts import bodies, cover, decided, definitions, delivery, funding, priority, quality, quarter, year
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
    pages_html = html(snapshot, imprint, checksum=checksum)
    tell(SET_PAGES)
    with typesetting.listening() as complaints:
        document = typesetting.laid_out(pages_html)
        following = _contents(snapshot, imprint)[1].anchor
        if _pages_of_quarter(document, following) > 1:
            level = _level_that_fits(snapshot, imprint)
            pages_html = html(snapshot, imprint, checksum=checksum, level=level)
            document = typesetting.laid_out(pages_html)
            if _pages_of_quarter(document, following) > 1:
                raise PdfProblem(TWO_PAGES)
        pdf = typesetting.written(document, pages_html)
    return Rendered(pdf, len(document.pages), pages_html, tuple(complaints))


def html(
    snapshot: Snapshot,
    imprint: Imprint,
    *,
    checksum: str = "",
    level: int = quarter.FULL,
    only_quarter: bool = False,
) -> str:
    """The same pack as one HTML document, with its stylesheet by name. `only_quarter` leaves out all but the quarter on a page."""
    handling = cover.marking(snapshot)
    context: dict[str, Any] = {
        "snapshot": snapshot,
        "title": f"Quarterly monitoring pack, {snapshot.quarter}: {snapshot.partnership}",
        "created": snapshot.as_at.isoformat(timespec="seconds"),
        "classification": handling.classification,
        "marking": handling.protective,
        "flag": "Sample figures" if snapshot.is_sample else "",
        "issue": f"{imprint.edition_words} edition, {imprint.number}, {snapshot.quarter}",
        "only_quarter": only_quarter,
        "quarter": quarter.build(snapshot, level),
    }
    if not only_quarter:
        parts = _parts(snapshot, imprint)
        context |= {
            "cover": cover.build(snapshot, imprint, _contents(snapshot, imprint)),
            "checksum": _in_eights(checksum),
            "parts": [part.template for part in parts],
            **{name: value for part in parts for name, value in part.context.items()},
        }
    return characters.printable(render_to_string("reporting/pack/pack.html", context))


@dataclass(frozen=True)
class Part:
    """A section as it is laid out: its lines of the contents, its template, and what that is filled with."""

    entries: tuple[cover.Entry, ...]
    template: str
    context: dict[str, Any]


def _parts(snapshot: Snapshot, imprint: Imprint) -> list[Part]:
    """The sections chosen, in their order, without those of which a snapshot of that time held nothing. The quarter stands before them."""
    every = sections.chosen(imprint.sections, is_public=imprint.is_public)
    return [part for section in every if (maker := MAKERS.get(section.key)) and (part := maker(snapshot, imprint))]


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
    return _one("decided", "Decisions, scrutiny and risks", "_decided", decided=decided.build(snapshot, held))


def _money(snapshot: Snapshot, imprint: Imprint) -> Part | None:
    held = snapshot.funding
    return _one("money", "Money", "_money", money=funding.build(snapshot, held)) if held else None


def _year(snapshot: Snapshot, imprint: Imprint) -> Part:
    return _one("year", "The year’s figures", "_year", year=year.build(snapshot))


def _quality(snapshot: Snapshot, imprint: Imprint) -> Part:
    return _one("quality", "Data quality and restatements", "_quality", quality=quality.build(snapshot))


def _bodies(snapshot: Snapshot, imprint: Imprint) -> Part | None:
    held = snapshot.governance
    return _one("bodies", "Structure", "_bodies", bodies=bodies.build(held)) if held else None


def _definitions(snapshot: Snapshot, imprint: Imprint) -> Part:
    return _one("definitions", "Definitions", "_definitions", definitions=definitions.build(snapshot))


MAKERS: dict[str, Callable[[Snapshot, Imprint], Part | None]] = {
    "priorities": _priorities,
    "delivery": _delivery,
    "decided": _decided,
    "money": _money,
    "year": _year,
    "quality": _quality,
    "bodies": _bodies,
    "definitions": _definitions,
}


def _contents(snapshot: Snapshot, imprint: Imprint) -> tuple[cover.Entry, ...]:
    entries = [cover.Entry("quarter", "", "The quarter on a page")]
    if not quarter.holds_scorecard(snapshot):
        entries.append(cover.Entry("scorecard", "", "Scorecard"))
    return (*entries, *(entry for part in _parts(snapshot, imprint) for entry in part.entries))


def _in_eights(checksum: str) -> str:
    return " ".join(checksum[start : start + 8] for start in range(0, len(checksum), 8))


def _pages_of_quarter(document: Document, following: str) -> int:
    """Pages from the quarter's first to the first of the part that follows it."""
    starts = {name: number for number, page in reversed(list(enumerate(document.pages))) for name in page.anchors}
    return starts[following] - starts["quarter"]


def _level_that_fits(snapshot: Snapshot, imprint: Imprint) -> int:
    """What has to give way, tried on the quarter alone; it is then the same page in the whole pack."""
    for level in quarter.LEVELS:
        alone = typesetting.laid_out(html(snapshot, imprint, level=level, only_quarter=True))
        if len(alone.pages) == 1:
            return level
    raise PdfProblem(TWO_PAGES)


__all__ = ["PdfProblem", "Rendered", "html", "render"]
