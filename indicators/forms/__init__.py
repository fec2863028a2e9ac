from indicators.forms.absences import AwayForm
from indicators.forms.checking import SendBackForm, TickForm
from indicators.forms.confirming import AnswerForm, AskForm
from indicators.forms.definitions import DefinitionForm, NoteForm, RebaseForm
from indicators.forms.feeds import FeedFileForm, SeriesForm
from indicators.forms.handing_over import HandOverForm
from indicators.forms.indicators import IndicatorFilter, LeadForm, SetForm
from indicators.forms.leads import LeadsForm
from indicators.forms.no_figure import NoFigureForm
from indicators.forms.returns import ReturnForm
from indicators.forms.revisions import ReviseForm, RevisionBackForm
from indicators.forms.rounds import CloseForm, QuarterForm, ReopenForm, RoundForm
from indicators.forms.serving import ServesForm
from indicators.forms.targets import AgreementForm, TargetForm
from indicators.forms.uploads import RecordForm, UndoForm, UploadForm
from indicators.forms.words import CommentaryForm

__all__ = [
    "AgreementForm",
    "AnswerForm",
    "AskForm",
    "AwayForm",
    "CloseForm",
    "CommentaryForm",
    "DefinitionForm",
    "FeedFileForm",
    "HandOverForm",
    "IndicatorFilter",
    "LeadForm",
    "LeadsForm",
    "NoFigureForm",
    "NoteForm",
    "QuarterForm",
    "RebaseForm",
    "RecordForm",
    "ReopenForm",
    "ReturnForm",
    "ReviseForm",
    "RevisionBackForm",
    "RoundForm",
    "SendBackForm",
    "SeriesForm",
    "ServesForm",
    "SetForm",
    "TargetForm",
    "TickForm",
    "UndoForm",
    "UploadForm",
]
