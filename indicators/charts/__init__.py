"""Charts as geometry: a frozen dataclass that a template in `templates/charts/` draws. Pure: numbers and words in, places out.

Presentation attributes only, so that a chart is the same on a page under the Content-Security-Policy and in the PDF, and in
black and white: what colour says, shape or dash says too. The title, or the description, says every figure in words.
"""

from indicators.charts.bar_chart import Bar, BarChart, bars
from indicators.charts.line_chart import LineChart, line
from indicators.charts.marks import Marks
from indicators.charts.points import BLANK, HIDDEN, KNOWN, MISSING, UNVERIFIED, Place, Point
from indicators.charts.quarters import Dot, Label, Line, Quarters, labelled, sparkline
from indicators.charts.series import Band, Break, Note, Period
from indicators.charts.sizes import NARROW, PACK, WIDE, Size
from indicators.charts.status import StatusBar, stacked, status_bar

__all__ = [
    "BLANK",
    "Band",
    "Bar",
    "BarChart",
    "Break",
    "Dot",
    "HIDDEN",
    "KNOWN",
    "Label",
    "Line",
    "LineChart",
    "MISSING",
    "Marks",
    "NARROW",
    "Note",
    "PACK",
    "Period",
    "Place",
    "Point",
    "Quarters",
    "Size",
    "StatusBar",
    "UNVERIFIED",
    "WIDE",
    "bars",
    "labelled",
    "line",
    "sparkline",
    "stacked",
    "status_bar",
]
