"""The pack as a tagged PDF, from a snapshot and nothing else."""

from lib.typesetting import PdfProblem, Rendered
from reporting.pdf.document import html, render

__all__ = ["PdfProblem", "Rendered", "html", "render"]
