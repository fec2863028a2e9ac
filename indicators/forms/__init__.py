from indicators.forms.checking import SendBackForm, TickForm
from indicators.forms.confirming import AnswerForm, AskForm
from indicators.forms.definitions import DefinitionForm, NoteForm, RebaseForm
from indicators.forms.indicators import IndicatorFilter, LeadForm, SetForm
from indicators.forms.leads import LeadsForm
from indicators.forms.no_figure import NoFigureForm
from indicators.forms.returns import ReturnForm
from indicators.forms.revisions import ReviseForm, RevisionBackForm
from indicators.forms.rounds import CloseForm, QuarterForm, ReopenForm, RoundForm
from indicators.forms.serving import ServesForm
from indicators.forms.targets import AgreementForm, TargetForm
from indicators.forms.words import CommentaryForm

__all__ = [
    "AgreementForm",
    "AnswerForm",
    "AskForm",
    "CloseForm",
    "CommentaryForm",
    "DefinitionForm",
    "IndicatorFilter",
    "LeadForm",
    "LeadsForm",
    "NoFigureForm",
    "NoteForm",
    "QuarterForm",
    "RebaseForm",
    "ReopenForm",
    "ReturnForm",
    "ReviseForm",
    "RevisionBackForm",
    "RoundForm",
    "SendBackForm",
    "ServesForm",
    "SetForm",
    "TargetForm",
    "TickForm",
]
