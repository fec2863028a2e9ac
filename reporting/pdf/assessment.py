"""Sets the annual strategic assessment as a tagged PDF, in the look of the pack: from a snapshot of the year's last quarter and the imprint alone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.template.loader import render_to_string

from lib import typesetting
from lib.typesetting import Rendered, characters
from reporting.imprint import Imprint
from reporting.pdf import document, hiding
from reporting.pdf.parts import assessed, cover, heard
from reporting.snapshots.shape import Snapshot

SAMPLE = "The figures, dates and words of this assessment are samples. They are not statistics and describe no one."


def render(
    snapshot: Snapshot,
    imprint: Imprint,
    *,
    checksum: str = "",
    progress: Callable[[str], None] | None = None,
) -> Rendered:
    """The assessment as PDF/UA-1; see `document.render`. What nobody has written is said to be missing, and never raises."""
    tell = progress or (lambda stage: None)
    tell(document.LAY_OUT)
    pages_html = html(snapshot, imprint, checksum=checksum)
    tell(document.SET_PAGES)
    return typesetting.typeset(pages_html)


def html(snapshot: Snapshot, imprint: Imprint, *, checksum: str = "") -> str:
    snapshot = hiding.worded(snapshot)
    page, contents = assessed.build(snapshot, imprint), _contents(imprint)
    year = snapshot.quarter.year
    context: dict[str, Any] = document.running(snapshot, imprint) | {
        "title": f"Strategic assessment, {year}: {snapshot.partnership}",
        "issue": f"{imprint.edition_words} edition, {imprint.standing}, strategic assessment {year}",
        "cover": _cover(snapshot, imprint, contents),
        "checksum": document.in_eights(checksum),
        "year": year,
        "page": page,
        "consulted": heard.build(snapshot),
    }
    return characters.printable(render_to_string("reporting/assessment/assessment.html", context))


def _cover(snapshot: Snapshot, imprint: Imprint, contents: tuple[cover.Entry, ...]) -> cover.Cover:
    made = cover.build(snapshot, imprint, contents)
    return replace(made, sample=SAMPLE if snapshot.is_sample else "")


def _contents(imprint: Imprint) -> tuple[cover.Entry, ...]:
    sections = bool(imprint.assessed and imprint.assessed.sections)
    found = (
        ("erratum", f"Erratum to issue {imprint.erratum.issue}") if imprint.erratum else None,
        ("note", "Covering note") if imprint.note else None,
        ("summary", "The year in short"),
        ("years", "The two years side by side"),
        ("why", "What changed and why"),
        ("consulted", "What people said"),
        ("carried-out", "How far the plan was carried out"),
        ("sections", "The analysts’ own sections") if sections else None,
        ("futures", "What becomes of each priority"),
        ("method", "Method"),
    )
    return tuple(cover.Entry(entry[0], "", entry[1]) for entry in found if entry)
