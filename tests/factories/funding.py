"""Money for tests: streams with their years, projects with spend, applications. Dates are those of 2017-18 and 2018-19 unless said otherwise."""

import datetime as dt
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from governance.models import (
    Allocation,
    BudgetChange,
    Forecast,
    FundedPosts,
    FunderReport,
    FundingApplication,
    FundingApplicationYear,
    FundingComment,
    FundingInterest,
    FundingStream,
    Output,
    OutputCount,
    Project,
    ProjectYear,
)
from indicators.models import Figure, Return, Round
from lib.quarters import Quarter, Year
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.governance import SUBMITTED_AT, BodyFactory
from tests.factories.indicators import IndicatorFactory, ReturnFactory, RoundFactory, verified

Y1, Y2 = Year.parse("2017-18"), Year.parse("2018-19")


class FundingStreamFactory(DjangoModelFactory):
    """£100,000 from 1 April 2017 to 31 March 2019, not split by year."""

    class Meta:
        model = FundingStream

    slug = factory.Sequence(lambda number: f"stream-{number}")
    name = factory.Sequence(lambda number: f"Fund {number}")
    funder = "Mayor’s Office"
    amount = Decimal("100000.00")
    starts_on = dt.date(2017, 4, 1)
    ends_on = dt.date(2019, 3, 31)


class AllocationFactory(DjangoModelFactory):
    class Meta:
        model = Allocation

    stream = factory.SubFactory(FundingStreamFactory)
    year = Y1
    amount = Decimal("50000.00")


class BudgetChangeFactory(DjangoModelFactory):
    class Meta:
        model = BudgetChange

    kind = BudgetChange.Kind.GROWTH
    year = Y1
    what_for = "Enforcement officers"
    amount = Decimal("150000.00")


class FundedPostsFactory(DjangoModelFactory):
    class Meta:
        model = FundedPosts

    name = factory.Sequence(lambda number: f"Team {number}")
    number = 6


class ProjectFactory(DjangoModelFactory):
    """£20,000 over both years of its stream, without spend; `spending=True` collects it from 2017-18 Q1 to 2018-19 Q4, `closed=True` closes it."""

    class Meta:
        model = Project

    class Params:
        spending = factory.Trait(
            organisation=factory.SubFactory(OrganisationFactory),
            spend=factory.SubFactory(
                IndicatorFactory,
                spend=True,
                asked_until=Quarter.parse("2018-19-q4"),
                owner=factory.SelfAttribute("..organisation"),
            ),
        )
        closed = factory.Trait(
            closed_on=dt.date(2018, 6, 30),
            closed_because="The provider left.",
            closed_by=factory.SubFactory(UserFactory),
        )

    stream = factory.SubFactory(FundingStreamFactory)
    slug = factory.Sequence(lambda number: f"project-{number}")
    name = factory.Sequence(lambda number: f"Project {number}")
    lead_body = factory.SubFactory(BodyFactory)
    amount = Decimal("20000.00")
    starts_on = dt.date(2017, 4, 1)
    ends_on = dt.date(2019, 3, 31)


class ProjectYearFactory(DjangoModelFactory):
    class Meta:
        model = ProjectYear

    project = factory.SubFactory(ProjectFactory)
    year = Y1
    amount = Decimal("10000.00")


class ForecastFactory(DjangoModelFactory):
    class Meta:
        model = Forecast

    project = factory.SubFactory(ProjectFactory)
    year = Y1
    amount = Decimal("9500.00")
    reason = "A post was vacant until June."
    made_by = factory.SubFactory(UserFactory)


class OutputFactory(DjangoModelFactory):
    class Meta:
        model = Output

    project = factory.SubFactory(ProjectFactory)
    order = factory.Sequence(lambda number: number + 1)
    text = "Young people worked with"
    promised = Decimal(120)


class OutputCountFactory(DjangoModelFactory):
    class Meta:
        model = OutputCount

    output = factory.SubFactory(OutputFactory)
    quarter = Quarter.parse("2017-18-q4")
    number = Decimal(31)
    counted_by = factory.SubFactory(UserFactory)


class FunderReportFactory(DjangoModelFactory):
    class Meta:
        model = FunderReport

    project = factory.SubFactory(ProjectFactory)
    due_on = dt.date(2018, 5, 31)
    until_quarter = Quarter.parse("2017-18-q4")


class FundingApplicationFactory(DjangoModelFactory):
    """A draft for £12,000 in 2018-19; `submitted=True` waits for a decision, `agreed=True` was agreed in full, without its approval."""

    class Meta:
        model = FundingApplication
        skip_postgeneration_save = True

    class Params:
        submitted = factory.Trait(
            state=FundingApplication.State.SUBMITTED,
            submitted_at=SUBMITTED_AT,
            submitted_by=factory.SubFactory(UserFactory),
        )
        agreed = factory.Trait(
            state=FundingApplication.State.AGREED,
            submitted_at=SUBMITTED_AT,
            submitted_by=factory.SubFactory(UserFactory),
            decided_on=dt.date(2017, 5, 25),
        )

    body = factory.SubFactory(BodyFactory)
    number = factory.Sequence(lambda number: number + 1)
    title = factory.Sequence(lambda number: f"Late-night patrols {number}")
    purpose = "Two officers on foot around the market on Friday and Saturday nights."
    equalities = "Shop workers gain; nobody is known to lose."
    exit_plan = "The market's traders take the patrols over."
    stream = factory.SubFactory(FundingStreamFactory)
    starts_on = dt.date(2018, 4, 1)
    ends_on = dt.date(2019, 3, 31)
    drafted_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def years(self, create: bool, extracted: dict[Year, Decimal] | None, **kwargs: object) -> None:
        for year, amount in ({Y2: Decimal("12000.00")} if extracted is None else extracted).items():
            agreed = amount if self.state == FundingApplication.State.AGREED else None
            FundingApplicationYear.objects.create(application=self, year=year, amount=amount, agreed=agreed)


class FundingApplicationYearFactory(DjangoModelFactory):
    class Meta:
        model = FundingApplicationYear

    application = factory.SubFactory(FundingApplicationFactory)
    year = Year.parse("2019-20")
    amount = Decimal("1000.00")


class FundingCommentFactory(DjangoModelFactory):
    class Meta:
        model = FundingComment

    application = factory.SubFactory(FundingApplicationFactory)
    text = "How many nights a month?"
    made_by = factory.SubFactory(UserFactory)


class FundingInterestFactory(DjangoModelFactory):
    class Meta:
        model = FundingInterest

    application = factory.SubFactory(FundingApplicationFactory)
    user = factory.SubFactory(UserFactory)
    name = factory.LazyAttribute(lambda self: self.user.name if self.user else "Dana Reid")
    nature = "Sits on the applying group"
    declared_on = dt.date(2017, 5, 25)
    recorded_by = factory.SubFactory(UserFactory)


def spent(project: Project, quarter: str, amount: str) -> Figure:
    """A verified amount of what a project spent in a quarter ("2017-18-q1"); the round is there or is made."""
    asked = Quarter.parse(quarter)
    round_ = Round.objects.filter(quarter=asked).first() or RoundFactory(quarter=asked)
    return_: Return = ReturnFactory(indicator=project.spend, round=round_)
    return verified(return_, amount)
