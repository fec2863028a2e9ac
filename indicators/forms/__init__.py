from indicators.forms.checking import SendBackForm, TickForm
from indicators.forms.indicators import LeadForm, SetForm
from indicators.forms.leads import LeadsForm
from indicators.forms.returns import NoFigureForm, ReturnForm
from indicators.forms.rounds import QuarterForm, ReopenForm, RoundForm
from indicators.forms.words import CommentaryForm

__all__ = [
    "CommentaryForm",
    "LeadForm",
    "LeadsForm",
    "NoFigureForm",
    "QuarterForm",
    "ReopenForm",
    "ReturnForm",
    "RoundForm",
    "SendBackForm",
    "SetForm",
    "TickForm",
]
