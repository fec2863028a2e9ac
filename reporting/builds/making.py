"""What is made of a build's two texts, snapshot and imprint, and of nothing else: the PDF and the files beside it.

No database: the same texts give the same bytes in any process, now or years later.
"""

from collections.abc import Callable
from dataclasses import dataclass

from lib.typesetting import PdfProblem, gate
from reporting import companions, pdf, snapshots
from reporting import imprint as imprints

READABLE = "Check that everyone can read the PDF"

Tell = Callable[[str, str], None]


@dataclass(frozen=True)
class Made:
    """All the files of a build. `pages` are those of the PDF."""

    pdf: bytes
    pages: int
    companions: tuple[companions.Made, ...]

    def files(self) -> dict[str, bytes]:
        """By form: "pdf", "html", "xlsx", "csv", "json"."""
        return {"pdf": self.pdf} | {made.form: made.content for made in self.companions}


def make(text: str, imprint_text: str, tell: Tell = lambda stage, note: None) -> Made:
    """Draw everything. `tell` is called with the name of each stage as it begins and what the one before it found.

    Raises PdfProblem, whose text is for the person who asked, when the PDF can't be set or not everyone could read it.
    """
    snapshot, imprint = snapshots.from_json(text), imprints.from_json(imprint_text)
    rendered = pdf.render(snapshot, imprint, checksum=snapshots.sha256(text), progress=lambda stage: tell(stage, ""))
    tell(READABLE, f"{rendered.pages} pages")
    if problems := gate.problems(rendered.pdf):
        raise PdfProblem(f"Not everyone could read the PDF, so it was not kept: {problems[0]}")
    return Made(rendered.pdf, rendered.pages, companions.make(snapshot, imprint))
