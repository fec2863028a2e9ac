"""Charts as geometry: a frozen dataclass that a template in `templates/charts/` draws. Pure: numbers and words in, places out.

Presentation attributes only, so that a chart is the same on a page under the Content-Security-Policy and in the PDF, and in
black and white: what colour says, shape or dash says too. The title, or the description, says every figure in words.
"""

from indicators.charts.points import BLANK, KNOWN, MISSING, UNVERIFIED, Place, Point
from indicators.charts.quarters import Dot, Label, Line, Quarters, labelled, sparkline
from indicators.charts.sizes import NARROW, PACK, WIDE, Size

__all__ = [
    "BLANK",
    "KNOWN",
    "MISSING",
    "NARROW",
    "PACK",
    "UNVERIFIED",
    "WIDE",
    "Dot",
    "Label",
    "Line",
    "Place",
    "Point",
    "Quarters",
    "Size",
    "labelled",
    "sparkline",
]
