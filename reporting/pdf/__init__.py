"""A pack as a tagged PDF, from a snapshot and an imprint and nothing else."""

from collections.abc import Callable

from lib.typesetting import PdfProblem, Rendered
from reporting.imprint import ADDENDUM, ASSESSMENT, PACK, Imprint
from reporting.pdf import addendum, assessment, document, hiding
from reporting.pdf.document import html
from reporting.snapshots.shape import Snapshot

# What sets each kind of pack.
DOCUMENTS: dict[str, Callable[..., Rendered]] = {
    PACK: document.render,
    ADDENDUM: addendum.render,
    ASSESSMENT: assessment.render,
}


def render(
    snapshot: Snapshot, imprint: Imprint, *, checksum: str = "", progress: Callable[[str], None] | None = None
) -> Rendered:
    """The PDF of this kind; see `document.render`."""
    return DOCUMENTS[imprint.kind](hiding.worded(snapshot), imprint, checksum=checksum, progress=progress)


__all__ = ["PdfProblem", "Rendered", "html", "render"]
