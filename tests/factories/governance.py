"""Bodies, delivery plans, meetings, decisions, scrutiny and risks for tests. Dates are those of 2017-18 unless said otherwise."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from governance.models import (
    Action,
    Body,
    BodyFunction,
    BodyLink,
    BodyPriority,
    Brag,
    DateMove,
    Delegation,
    DeliveryPlan,
    EqualityAnalysis,
    EqualityImpact,
    Membership,
    Milestone,
    PlanUpload,
    Risk,
    RiskScore,
    Update,
)
from lib.quarters import Quarter, Year
from tests.factories.accounts import UserFactory
from tests.factories.priorities import PriorityFactory

Q3, Q4 = Quarter.parse("2017-18-q3"), Quarter.parse("2017-18-q4")
FIRST_DAY, LAST_DAY = dt.date(2017, 4, 1), dt.date(2018, 3, 31)
MEETS_AT = dt.datetime(2018, 5, 24, 9, 0, tzinfo=dt.UTC)  # 10 o'clock in London
SUBMITTED_AT = dt.datetime(2017, 4, 20, 9, 0, tzinfo=dt.UTC)


class BodyFactory(DjangoModelFactory):
    """A subgroup; `kind=Body.Kind.EXECUTIVE` makes it the CSP Executive."""

    class Meta:
        model = Body

    slug = factory.Sequence(lambda number: f"body-{number}")
    name = factory.Sequence(lambda number: f"Group {number}")
    short_name = factory.SelfAttribute("name")
    code = factory.Sequence(lambda number: f"G{number}")
    kind = Body.Kind.SUBGROUP


class BodyFunctionFactory(DjangoModelFactory):
    class Meta:
        model = BodyFunction

    body = factory.SubFactory(BodyFactory)
    order = factory.Sequence(lambda number: number)
    text = "Brings the reports of the week together"


class BodyPriorityFactory(DjangoModelFactory):
    class Meta:
        model = BodyPriority

    body = factory.SubFactory(BodyFactory)
    priority = factory.SubFactory(PriorityFactory)


class BodyLinkFactory(DjangoModelFactory):
    class Meta:
        model = BodyLink

    body = factory.SubFactory(BodyFactory)
    to = factory.SubFactory(BodyFactory)
    kind = BodyLink.Kind.PARENT


class MembershipFactory(DjangoModelFactory):
    """A member with an account, without the role that goes with it; `user=None` makes them one without."""

    class Meta:
        model = Membership

    body = factory.SubFactory(BodyFactory)
    role = Membership.Role.MEMBER
    user = factory.SubFactory(UserFactory)
    name = factory.LazyAttribute(lambda self: self.user.name if self.user else "Dana Reid")
    post = "Superintendent"
    starts_on = dt.date(2010, 4, 1)


class DelegationFactory(DjangoModelFactory):
    class Meta:
        model = Delegation

    deputy = factory.SubFactory(MembershipFactory, role=Membership.Role.DEPUTY)
    starts_on = dt.date(2018, 4, 16)
    ends_on = dt.date(2018, 4, 27)
    reason = "On leave"
    given_by = factory.SubFactory(UserFactory)


class DeliveryPlanFactory(DjangoModelFactory):
    """A draft; `running=True` makes it one in delivery, `submitted=True` a submitted one, `closed=True` a closed one."""

    class Meta:
        model = DeliveryPlan

    class Params:
        submitted = factory.Trait(
            state=DeliveryPlan.State.SUBMITTED,
            submitted_at=SUBMITTED_AT,
            submitted_by=factory.SubFactory(UserFactory),
            resources="Two officers for a day a week.",
        )
        running = factory.Trait(
            state=DeliveryPlan.State.IN_DELIVERY,
            submitted_at=SUBMITTED_AT,
            submitted_by=factory.SubFactory(UserFactory),
            resources="Two officers for a day a week.",
            agreed_on=dt.date(2017, 5, 25),
            delivery_from=dt.date(2017, 5, 25),
        )
        closed = factory.Trait(
            running=True,
            state=DeliveryPlan.State.CLOSED,
            closed_at=dt.datetime(2018, 4, 20, 9, 0, tzinfo=dt.UTC),
            closed_by=factory.SubFactory(UserFactory),
        )

    body = factory.SubFactory(BodyFactory)
    year = Year(2017)
    drafted_by = factory.SubFactory(UserFactory)


class PlanUploadFactory(DjangoModelFactory):
    class Meta:
        model = PlanUpload

    delivery_plan = factory.SubFactory(DeliveryPlanFactory)
    file_name = "actions.xlsx"
    file_sha256 = "0" * 64
    uploaded_by = factory.SubFactory(UserFactory)
    preview = "{}"
    fingerprint = "0" * 64


class ActionFactory(DjangoModelFactory):
    """An open action from 1 April 2017 to 31 January 2018."""

    class Meta:
        model = Action

    delivery_plan = factory.SubFactory(DeliveryPlanFactory, running=True)
    number = factory.Sequence(lambda number: number + 1)
    title = factory.Sequence(lambda number: f"Action of kind {number}")
    owner_post = "Safer Neighbourhoods manager"
    starts_on = FIRST_DAY
    due_on = dt.date(2018, 1, 31)
    first_due_on = factory.SelfAttribute("due_on")
    recorded_at = dt.datetime(2017, 4, 1, 9, 0, tzinfo=dt.UTC)


class MilestoneFactory(DjangoModelFactory):
    class Meta:
        model = Milestone

    action = factory.SubFactory(ActionFactory)
    text = "The first course is held"
    due_on = dt.date(2017, 9, 29)


class DateMoveFactory(DjangoModelFactory):
    class Meta:
        model = DateMove

    action = factory.SubFactory(ActionFactory)
    was = dt.date(2018, 1, 31)
    proposed = dt.date(2018, 3, 16)
    reason = "The trainer was ill"
    proposed_by = factory.SubFactory(UserFactory)


class UpdateFactory(DjangoModelFactory):
    """A draft; `agreed_at` together with `agreed_by` makes it an agreed one."""

    class Meta:
        model = Update

    action = factory.SubFactory(ActionFactory)
    quarter = Q4
    done = "Two courses were held"
    next = "The third course"
    brag = Brag.GREEN
    drafted_by = factory.SubFactory(UserFactory)


class EqualityAnalysisFactory(DjangoModelFactory):
    """A screening that asks for no full analysis; `full=True` one that does."""

    class Meta:
        model = EqualityAnalysis

    class Params:
        full = factory.Trait(screening=EqualityAnalysis.Screening.FULL, because="")

    delivery_plan = factory.SubFactory(DeliveryPlanFactory)
    screening = EqualityAnalysis.Screening.NONE
    because = "Nobody is treated differently"
    review_on = LAST_DAY
    screened_by = factory.SubFactory(UserFactory)
    screened_at = SUBMITTED_AT


class EqualityImpactFactory(DjangoModelFactory):
    class Meta:
        model = EqualityImpact

    analysis = factory.SubFactory(EqualityAnalysisFactory, full=True)
    characteristic = EqualityImpact.Characteristic.AGE
    effect = EqualityImpact.Effect.NEUTRAL


class RiskFactory(DjangoModelFactory):
    class Meta:
        model = Risk

    body = factory.SubFactory(BodyFactory)
    number = factory.Sequence(lambda number: number + 1)
    cause = "Because one trainer holds all the courses"
    event = "courses may be called off"
    effect = "and fewer champions are trained"
    owner_post = "VAWG Strategy Manager"
    before_likelihood, before_impact = 4, 4
    target_likelihood, target_impact = 2, 3
    review_on = dt.date(2018, 6, 29)


class RiskScoreFactory(DjangoModelFactory):
    class Meta:
        model = RiskScore

    risk = factory.SubFactory(RiskFactory)
    likelihood, impact = 3, 4
    scored_by = factory.SubFactory(UserFactory)


def place(user: User, body: Body, role: str = Membership.Role.MEMBER) -> Membership:
    """A place on a body for somebody, as of long ago."""
    return MembershipFactory(body=body, user=user, role=role)


def agreed(update: Update, *, by: User) -> Update:
    """The update as its chair has agreed it."""
    Update.objects.filter(pk=update.pk).update(agreed_at=timezone.now(), agreed_by=by)
    update.refresh_from_db()
    return update
