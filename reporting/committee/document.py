"""The covering report as a tagged PDF, in the look of the pack. The same words give the same bytes."""

from django.template.loader import render_to_string

from lib import typesetting
from lib.typesetting import characters, gate
from reporting.committee.cover_report import Drawn


def pdf(drawn: Drawn) -> bytes:
    """Raises PdfProblem where not everybody could read it."""
    made = typesetting.typeset(html(drawn)).pdf
    if problems := gate.problems(made):
        raise typesetting.PdfProblem(f"Not everyone could read the PDF, so it was not made: {problems[0]}")
    return made


def html(drawn: Drawn) -> str:
    created = drawn.made.isoformat(timespec="seconds")
    return characters.printable(
        render_to_string("reporting/pack/cover_report.html", {"drawn": drawn, "created": created})
    )
