from indicators.models.figure import Figure, SendBack, Verification
from indicators.models.indicator import (
    Baseline,
    Definition,
    Indicator,
    Lead,
    Placement,
    Target,
)
from indicators.models.return_ import Commentary, Return
from indicators.models.round import Round

__all__ = [
    "Baseline",
    "Commentary",
    "Definition",
    "Figure",
    "Indicator",
    "Lead",
    "Placement",
    "Return",
    "Round",
    "SendBack",
    "Target",
    "Verification",
]
