"""Commitments and outcomes at work, meetings, decisions, the plan's life and scrutiny for tests. Dates are those of 2017-18 unless said otherwise."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from governance.models import (
    AgendaItem,
    Approval,
    Attendance,
    Body,
    Brag,
    Clearance,
    CommitmentLead,
    CommitmentStatus,
    Decision,
    Interest,
    Meeting,
    OutcomeJudgement,
    OutcomeMeasure,
    Paper,
    PlanVersion,
    Recommendation,
    RecommendationRecipient,
    Review,
    Sending,
    Undertaking,
)
from lib.quarters import Quarter, Year
from tests.factories.accounts import UserFactory
from tests.factories.governance import BodyFactory, DeliveryPlanFactory, MembershipFactory
from tests.factories.priorities import CommitmentFactory, OutcomeFactory, PlanFactory

Q3, Q4 = Quarter.parse("2017-18-q3"), Quarter.parse("2017-18-q4")
FIRST_DAY, LAST_DAY = dt.date(2017, 4, 1), dt.date(2018, 3, 31)
MEETS_AT = dt.datetime(2018, 5, 24, 9, 0, tzinfo=dt.UTC)  # 10 o'clock in London
SUBMITTED_AT = dt.datetime(2017, 4, 20, 9, 0, tzinfo=dt.UTC)


class CommitmentLeadFactory(DjangoModelFactory):
    class Meta:
        model = CommitmentLead

    commitment = factory.SubFactory(CommitmentFactory)
    body = factory.SubFactory(BodyFactory)


class CommitmentStatusFactory(DjangoModelFactory):
    class Meta:
        model = CommitmentStatus

    commitment = factory.SubFactory(CommitmentFactory)
    quarter = Q4
    brag = Brag.GREEN
    given_by = factory.SubFactory(UserFactory)


class OutcomeMeasureFactory(DjangoModelFactory):
    class Meta:
        model = OutcomeMeasure

    outcome = factory.SubFactory(OutcomeFactory)
    kind = OutcomeMeasure.Kind.JUDGEMENT
    judged_by = "CSP Executive"


class OutcomeJudgementFactory(DjangoModelFactory):
    class Meta:
        model = OutcomeJudgement

    outcome = factory.SubFactory(OutcomeFactory)
    year = Year(2017)
    verdict = OutcomeJudgement.Verdict.NEARER
    evidence = "The review of March 2018"
    given_by = factory.SubFactory(UserFactory)


class MeetingFactory(DjangoModelFactory):
    """Planned for 10 o'clock on 24 May 2018; `held=True` a held one."""

    class Meta:
        model = Meeting

    class Params:
        held = factory.Trait(state=Meeting.State.HELD)

    body = factory.SubFactory(BodyFactory)
    starts_at = MEETS_AT


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    order = factory.Sequence(lambda number: number)
    title = "Burglary in the north"


class PaperFactory(DjangoModelFactory):
    class Meta:
        model = Paper

    item = factory.SubFactory(AgendaItemFactory)
    title = "Burglary in the north"
    file = "papers/burglary.pdf"
    file_name = "burglary.pdf"
    file_bytes = 120
    file_sha256 = "0" * 64
    published_on = dt.date(2018, 5, 16)
    published_by = factory.SubFactory(UserFactory)
    deadline_on = dt.date(2018, 5, 16)


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    membership = factory.SubFactory(MembershipFactory, body=factory.SelfAttribute("..meeting.body"))
    name = "Dana Reid"
    presence = Attendance.Presence.PRESENT


class InterestFactory(DjangoModelFactory):
    class Meta:
        model = Interest

    meeting = factory.SubFactory(MeetingFactory)
    name = "Dana Reid"
    nature = "Trustee of a charity that applies"
    recorded_by = factory.SubFactory(UserFactory)


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    body = factory.SubFactory(BodyFactory)
    number = factory.Sequence(lambda number: number + 1)
    text = "Two patrols more on Friday nights"
    reason = "Half of the reports come on Fridays"
    decided_on = dt.date(2018, 5, 24)
    meeting = factory.SubFactory(MeetingFactory, body=factory.SelfAttribute("..body"))
    recorded_by = factory.SubFactory(UserFactory)


class PlanVersionFactory(DjangoModelFactory):
    class Meta:
        model = PlanVersion

    plan = factory.SubFactory(PlanFactory)
    number = factory.Sequence(lambda number: f"1.{number}")
    order = factory.Sequence(lambda number: number)


class ClearanceFactory(DjangoModelFactory):
    class Meta:
        model = Clearance

    version = factory.SubFactory(PlanVersionFactory)
    order = 1
    who = "Legal Services"
    consulted_on = dt.date(2017, 8, 8)
    cleared_on = dt.date(2017, 8, 9)


class ApprovalFactory(DjangoModelFactory):
    """Of a delivery plan, in a meeting recorded elsewhere."""

    class Meta:
        model = Approval

    body = factory.SubFactory(BodyFactory, kind=Body.Kind.EXECUTIVE)
    delivery_plan = factory.SubFactory(DeliveryPlanFactory, submitted=True)
    verdict = Approval.Verdict.AGREED
    given_on = dt.date(2017, 5, 25)
    route = Approval.Route.MEETING
    evidence = "Minute 4.2"
    recorded_by = factory.SubFactory(UserFactory)


class UndertakingFactory(DjangoModelFactory):
    class Meta:
        model = Undertaking

    kind = Undertaking.Kind.ARISING
    body = factory.SubFactory(BodyFactory)
    meeting = factory.SubFactory(MeetingFactory, body=factory.SelfAttribute("..body"))
    text = "Ask the fire service for its figures"
    owner_post = "Partnership coordinator"
    due_on = dt.date(2018, 6, 14)
    recorded_by = factory.SubFactory(UserFactory)


class ReviewFactory(DjangoModelFactory):
    class Meta:
        model = Review

    plan = factory.SubFactory(PlanFactory)
    year = Year(2017)
    reviewed_on = dt.date(2018, 3, 20)
    found = "41 of 52 commitments were carried out"
    recorded_by = factory.SubFactory(UserFactory)


class SendingFactory(DjangoModelFactory):
    class Meta:
        model = Sending

    plan = factory.SubFactory(PlanFactory)
    what = "Version 1.4"
    to_name = "MOPAC"
    sent_on = dt.date(2017, 12, 1)
    route = Sending.Route.MAIL
    recorded_by = factory.SubFactory(UserFactory)


class RecommendationFactory(DjangoModelFactory):
    class Meta:
        model = Recommendation

    committee = factory.SubFactory(BodyFactory, kind=Body.Kind.SCRUTINY)
    number = factory.Sequence(lambda number: number + 1)
    kind = Recommendation.Kind.RECOMMENDATION
    text = "Report burglary by ward"
    owner_post = "Partnership coordinator"
    made_on = dt.date(2018, 5, 2)
    sent_on = dt.date(2018, 5, 4)
    due_on = dt.date(2018, 6, 1)
    recorded_by = factory.SubFactory(UserFactory)


class RecommendationRecipientFactory(DjangoModelFactory):
    class Meta:
        model = RecommendationRecipient

    recommendation = factory.SubFactory(RecommendationFactory)
    name = "Metropolitan Police"
    sent_on = dt.date(2018, 5, 4)
