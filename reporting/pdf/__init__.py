"""The pack as a tagged PDF, from a snapshot and nothing else. `gate.problems` tells whether everyone can read it."""

from reporting.pdf.document import Rendered, html, render
from reporting.pdf.problems import PackProblem

__all__ = ["PackProblem", "Rendered", "html", "render"]
