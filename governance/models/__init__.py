from governance.models.action import Action, DateMove, Milestone
from governance.models.body import Body, BodyFunction, BodyLink, BodyPriority
from governance.models.decision import Approval, Decision, Undertaking
from governance.models.delivery_plan import DeliveryPlan, PlanUpload
from governance.models.equality import EqualityAnalysis, EqualityImpact
from governance.models.lifecycle import Clearance, PlanVersion, Review, Sending
from governance.models.meeting import AgendaItem, Attendance, Interest, Meeting, Paper
from governance.models.membership import Delegation, Membership
from governance.models.promise import CommitmentLead, CommitmentStatus, OutcomeJudgement, OutcomeMeasure
from governance.models.recommendation import Recommendation, RecommendationRecipient
from governance.models.risk import Risk, RiskScore
from governance.models.update import Brag, Update

__all__ = [
    "Action",
    "AgendaItem",
    "Approval",
    "Attendance",
    "Body",
    "BodyFunction",
    "BodyLink",
    "BodyPriority",
    "Brag",
    "Clearance",
    "CommitmentLead",
    "CommitmentStatus",
    "DateMove",
    "Decision",
    "Delegation",
    "DeliveryPlan",
    "EqualityAnalysis",
    "EqualityImpact",
    "Interest",
    "Meeting",
    "Membership",
    "Milestone",
    "OutcomeJudgement",
    "OutcomeMeasure",
    "Paper",
    "PlanUpload",
    "PlanVersion",
    "Recommendation",
    "RecommendationRecipient",
    "Review",
    "Risk",
    "RiskScore",
    "Sending",
    "Undertaking",
    "Update",
]
