from indicators.models.definition import Baseline, DatedNote, Definition, Rebase
from indicators.models.figure import Figure, MonthlyFigure, SendBack, Verification
from indicators.models.indicator import Indicator, Lead, Placement
from indicators.models.return_ import Commentary, Return
from indicators.models.round import Round
from indicators.models.target import Target

__all__ = [
    "Baseline",
    "Commentary",
    "DatedNote",
    "Definition",
    "Figure",
    "Indicator",
    "Lead",
    "MonthlyFigure",
    "Placement",
    "Rebase",
    "Return",
    "Round",
    "SendBack",
    "Target",
    "Verification",
]
