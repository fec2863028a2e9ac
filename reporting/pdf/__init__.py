"""A pack as a tagged PDF, from a snapshot and an imprint and nothing else."""

from collections.abc import Callable

from lib.typesetting import PdfProblem, Rendered
from reporting.imprint import ADDENDUM, ASSESSMENT, PACK, Imprint
from reporting.pdf import addendum, assessment, document, hiding
from reporting.snapshots.shape import Snapshot

# What sets each kind of pack.
DOCUMENTS: dict[str, Callable[..., Rendered]] = {
    PACK: document.render,
    ADDENDUM: addendum.render,
    ASSESSMENT: assessment.render,
}
# What lays it out as HTML: the PDF is set from it, and the web page made of it.
PAGES: dict[str, Callable[..., str]] = {
    PACK: document.html,
    ADDENDUM: addendum.html,
    ASSESSMENT: assessment.html,
}


def render(
    snapshot: Snapshot, imprint: Imprint, *, checksum: str = "", progress: Callable[[str], None] | None = None
) -> Rendered:
    """The PDF of this kind; see `document.render`."""
    return DOCUMENTS[imprint.kind](hiding.worded(snapshot), imprint, checksum=checksum, progress=progress)


def html(snapshot: Snapshot, imprint: Imprint, *, checksum: str = "") -> str:
    """The same as one HTML document, with all that gives way on paper when a page is full."""
    return PAGES[imprint.kind](hiding.worded(snapshot), imprint, checksum=checksum)


__all__ = ["PdfProblem", "Rendered", "html", "render"]
