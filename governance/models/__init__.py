from governance.models.action import Action, DateMove, Milestone
from governance.models.application import (
    FundingApplication,
    FundingApplicationYear,
    FundingComment,
    FundingInterest,
)
from governance.models.body import Body, BodyFunction, BodyLink, BodyPriority
from governance.models.decision import Approval, Decision, Undertaking
from governance.models.delivery_plan import DeliveryPlan, PlanUpload
from governance.models.equality import EqualityAnalysis, EqualityImpact
from governance.models.funding import Allocation, BudgetChange, FundedPosts, FundingStream
from governance.models.lifecycle import Clearance, PlanVersion, Review, Sending
from governance.models.meeting import AgendaItem, Attendance, Interest, Meeting, Paper
from governance.models.membership import Delegation, Membership
from governance.models.project import Forecast, FunderReport, Output, OutputCount, Project, ProjectYear
from governance.models.promise import CommitmentLead, CommitmentStatus, OutcomeJudgement, OutcomeMeasure
from governance.models.recommendation import Recommendation, RecommendationRecipient
from governance.models.risk import Risk, RiskScore
from governance.models.update import Brag, Update

__all__ = [
    "Action",
    "AgendaItem",
    "Allocation",
    "Approval",
    "Attendance",
    "Body",
    "BodyFunction",
    "BodyLink",
    "BodyPriority",
    "Brag",
    "BudgetChange",
    "Clearance",
    "CommitmentLead",
    "CommitmentStatus",
    "DateMove",
    "Decision",
    "Delegation",
    "DeliveryPlan",
    "EqualityAnalysis",
    "EqualityImpact",
    "Forecast",
    "FundedPosts",
    "FunderReport",
    "FundingApplication",
    "FundingApplicationYear",
    "FundingComment",
    "FundingInterest",
    "FundingStream",
    "Interest",
    "Meeting",
    "Membership",
    "Milestone",
    "OutcomeJudgement",
    "OutcomeMeasure",
    "Output",
    "OutputCount",
    "Paper",
    "PlanUpload",
    "PlanVersion",
    "Project",
    "ProjectYear",
    "Recommendation",
    "RecommendationRecipient",
    "Review",
    "Risk",
    "RiskScore",
    "Sending",
    "Undertaking",
    "Update",
]
