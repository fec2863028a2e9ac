from consultation.models.batch import Batch, Source
from consultation.models.consultation import Channel, Consultation, Language, Translation
from consultation.models.question import Concern, Option, Question
from consultation.models.response import AddressSeen, Answer, Code, MonitoringCount, Response
from consultation.models.result import Result, Tally
from consultation.models.words import Comment, Disclosure, Quote, Tag

__all__ = [
    "AddressSeen",
    "Answer",
    "Batch",
    "Channel",
    "Code",
    "Comment",
    "Concern",
    "Consultation",
    "Disclosure",
    "Language",
    "MonitoringCount",
    "Option",
    "Question",
    "Quote",
    "Response",
    "Result",
    "Source",
    "Tag",
    "Tally",
    "Translation",
]
