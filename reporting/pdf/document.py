"""Sets a snapshot as HTML and as a tagged PDF. The same snapshot gives the same bytes, whenever it is set."""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from weasyprint import Document

from lib import typesetting
from lib.typesetting import PdfProblem, Rendered, characters
from reporting.pdf.parts import bodies, cover, decided, definitions, delivery, funding, priority, quality, quarter, year
from reporting.snapshots.shape import Snapshot

LAY_OUT = "Lay out the parts"
SET_PAGES = "Set the pages"
TWO_PAGES = "The quarter on a page does not fit on one page. Shorten the short names or the reasons of what is missing, then build the pack again."


def render(
    snapshot: Snapshot,
    *,
    edition: str,
    issue: int,
    checksum: str = "",
    progress: Callable[[str], None] | None = None,
) -> Rendered:
    """The pack as PDF/UA-1. `progress` is called with the name of each stage as it begins.

    `checksum` is the snapshot's SHA-256 in hexadecimal, printed on the cover when given. Raises PdfProblem when the quarter does not
    fit on its page even after everything that may give way has, or when a component is missing. Missing figures never raise.
    """
    tell = progress or (lambda stage: None)
    tell(LAY_OUT)
    pages_html = html(snapshot, edition=edition, issue=issue, checksum=checksum)
    tell(SET_PAGES)
    with typesetting.listening() as complaints:
        document = typesetting.laid_out(pages_html)
        following = _contents(snapshot)[1].anchor
        if _pages_of_quarter(document, following) > 1:
            level = _level_that_fits(snapshot, edition, issue)
            pages_html = html(snapshot, edition=edition, issue=issue, checksum=checksum, level=level)
            document = typesetting.laid_out(pages_html)
            if _pages_of_quarter(document, following) > 1:
                raise PdfProblem(TWO_PAGES)
        pdf = typesetting.written(document, pages_html)
    return Rendered(pdf, len(document.pages), pages_html, tuple(complaints))


def html(
    snapshot: Snapshot,
    *,
    edition: str,
    issue: int,
    checksum: str = "",
    level: int = quarter.FULL,
    only_quarter: bool = False,
) -> str:
    """The same pack as one HTML document, with its stylesheet by name. `only_quarter` leaves out all but the quarter on a page."""
    handling = cover.marking(snapshot)
    title = f"Quarterly monitoring pack, {snapshot.quarter}: {snapshot.partnership}"
    context: dict[str, Any] = {
        "snapshot": snapshot,
        "title": title,
        "created": snapshot.as_at.isoformat(timespec="seconds"),
        "classification": handling.classification,
        "marking": handling.protective,
        "flag": "Sample figures" if snapshot.is_sample else "",
        "issue": f"{cover.edition_words(edition)} edition, issue {issue}, {snapshot.quarter}",
        "only_quarter": only_quarter,
        "quarter": quarter.build(snapshot, level),
    }
    if not only_quarter:
        context |= {
            "cover": cover.build(snapshot, edition, issue, _contents(snapshot)),
            "checksum": _in_eights(checksum),
            "priorities": [priority.build(snapshot, one) for one in snapshot.priorities],
            "year": year.build(snapshot),
            "quality": quality.build(snapshot),
            "definitions": definitions.build(snapshot),
        }
    if not only_quarter and snapshot.governance:
        context |= {
            "delivery": delivery.build(snapshot, snapshot.governance),
            "decided": decided.build(snapshot, snapshot.governance),
            "bodies": bodies.build(snapshot.governance),
        }
    if not only_quarter and snapshot.funding:
        context["money"] = funding.build(snapshot, snapshot.funding)
    return characters.printable(render_to_string("reporting/pack/pack.html", context))


def _contents(snapshot: Snapshot) -> tuple[cover.Entry, ...]:
    entries = [cover.Entry("quarter", "", "The quarter on a page")]
    if not quarter.holds_scorecard(snapshot):
        entries.append(cover.Entry("scorecard", "", "Scorecard"))
    entries += [cover.Entry(priority.anchor(one), one.letter, one.title) for one in snapshot.priorities]
    if snapshot.governance:
        entries += [
            cover.Entry("delivery", "", "Delivery by subgroup"),
            cover.Entry("decided", "", "Decisions, scrutiny and risks"),
        ]
    if snapshot.funding:
        entries.append(cover.Entry("money", "", "Money"))
    entries += [
        cover.Entry("year", "", "The year’s figures"),
        cover.Entry("quality", "", "Data quality and restatements"),
        *([cover.Entry("bodies", "", "Structure")] if snapshot.governance else []),
        cover.Entry("definitions", "", "Definitions"),
    ]
    return tuple(entries)


def _in_eights(checksum: str) -> str:
    return " ".join(checksum[start : start + 8] for start in range(0, len(checksum), 8))


def _pages_of_quarter(document: Document, following: str) -> int:
    """Pages from the quarter's first to the first of the part that follows it."""
    starts = {name: number for number, page in reversed(list(enumerate(document.pages))) for name in page.anchors}
    return starts[following] - starts["quarter"]


def _level_that_fits(snapshot: Snapshot, edition: str, issue: int) -> int:
    """What has to give way, tried on the quarter alone; it is then the same page in the whole pack."""
    for level in quarter.LEVELS:
        alone = typesetting.laid_out(html(snapshot, edition=edition, issue=issue, level=level, only_quarter=True))
        if len(alone.pages) == 1:
            return level
    raise PdfProblem(TWO_PAGES)


__all__ = ["PdfProblem", "Rendered", "html", "render"]
