"""HTML set as a tagged PDF that everyone can read. `gate.problems` tells whether everyone can."""

from lib.typesetting.problems import PdfProblem
from lib.typesetting.setting import Rendered, laid_out, listening, typeset, written

__all__ = ["PdfProblem", "Rendered", "laid_out", "listening", "typeset", "written"]
