from reporting.models.approval import PackApproval
from reporting.models.assessment import AssessedIndicator, AssessedPriority, Assessment, AssessmentSection
from reporting.models.companion import Companion
from reporting.models.cover_report import CoverReport
from reporting.models.download import Download
from reporting.models.feed_key import FeedKey
from reporting.models.format_request import FormatRequest
from reporting.models.outline import Outline
from reporting.models.pack import Pack
from reporting.models.redaction import Redaction

__all__ = [
    "AssessedIndicator",
    "AssessedPriority",
    "Assessment",
    "AssessmentSection",
    "Companion",
    "CoverReport",
    "Download",
    "FeedKey",
    "FormatRequest",
    "Outline",
    "Pack",
    "PackApproval",
    "Redaction",
]
