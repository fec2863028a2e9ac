from indicators.models.definition import Baseline, DatedNote, Definition, Rebase
from indicators.models.feed import Feed, FeedSeries
from indicators.models.figure import Confirmation, Figure, MonthlyFigure, SendBack, Verification, Withdrawal
from indicators.models.indicator import Indicator, Lead, Placement
from indicators.models.return_ import Commentary, Return
from indicators.models.revision import Revision
from indicators.models.round import Round
from indicators.models.target import Target
from indicators.models.upload import Upload

__all__ = [
    "Baseline",
    "Commentary",
    "Confirmation",
    "DatedNote",
    "Definition",
    "Feed",
    "FeedSeries",
    "Figure",
    "Indicator",
    "Lead",
    "MonthlyFigure",
    "Placement",
    "Rebase",
    "Return",
    "Revision",
    "Round",
    "SendBack",
    "Target",
    "Upload",
    "Verification",
    "Withdrawal",
]
