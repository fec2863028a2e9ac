"""Indicators, rounds, returns and figures for tests. Dates are those of 2017-18 Q4 unless said otherwise."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from indicators.models import (
    Commentary,
    DatedNote,
    Definition,
    Figure,
    Indicator,
    Lead,
    MonthlyFigure,
    Placement,
    Rebase,
    Return,
    Round,
    Target,
    Verification,
)
from lib.quarters import Quarter, Year
from tests.factories.accounts import LONG_AGO, OrganisationFactory, UserFactory
from tests.factories.priorities import PlanFactory, PriorityFactory

Q4 = Quarter.parse("2017-18-q4")


class IndicatorFactory(DjangoModelFactory):
    """A count; `need_met=True` makes it need and met, `percentage=True` a percentage, `spend=True` the spend of a project from 2017-18 Q1 on."""

    class Meta:
        model = Indicator

    class Params:
        need_met = factory.Trait(
            measure=Indicator.Measure.NEED_MET,
            year_to_date=Indicator.YearToDate.POOLED,
            unit="offenders whose need was met",
            unit_of_base="offenders with the need",
            question="For how many of them was it met?",
            question_of_base="How many offenders had the need?",
        )
        percentage = factory.Trait(
            measure=Indicator.Measure.PERCENTAGE,
            year_to_date=Indicator.YearToDate.POOLED,
            unit="satisfied victims",
            unit_of_base="victims who answered",
            question="How many of them were satisfied?",
            question_of_base="How many victims answered?",
        )
        spend = factory.Trait(
            family=Indicator.Family.SPEND,
            measure=Indicator.Measure.AMOUNT,
            polarity=Indicator.Polarity.NONE,
            unit="pounds",
            question="How much was spent?",
            name=factory.Sequence(lambda number: f"Spend: Project {number}"),
            asked_from=Quarter.parse("2017-18-q1"),
        )

    slug = factory.Sequence(lambda number: f"indicator-{number}")
    name = factory.Sequence(lambda number: f"Number of things of kind {number}")
    measure = Indicator.Measure.COUNT
    polarity = Indicator.Polarity.LOWER
    year_to_date = Indicator.YearToDate.SUM
    unit = "reports"
    question = "How many reports?"
    owner = factory.SubFactory(OrganisationFactory)


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = Placement

    plan = factory.SubFactory(PlanFactory)
    priority = factory.SubFactory(PriorityFactory, plan=factory.SelfAttribute("..plan"))
    indicator = factory.SubFactory(IndicatorFactory)
    reference = factory.Sequence(lambda number: f"A{number % 900}")
    order = factory.Sequence(lambda number: number)
    short_name = "Domestic abuse reports"
    from_year = Year(2017)


class DefinitionFactory(DjangoModelFactory):
    class Meta:
        model = Definition

    indicator = factory.SubFactory(IndicatorFactory)
    starts = Quarter.parse("2015-16-q1")
    text = "Every report to the police of domestic abuse in the borough."
    source = "CRIS, all domestic abuse flags"


class TargetFactory(DjangoModelFactory):
    class Meta:
        model = Target

    indicator = factory.SubFactory(IndicatorFactory)
    year = Year(2017)
    reason = "Named in the plan"


class RebaseFactory(DjangoModelFactory):
    class Meta:
        model = Rebase

    indicator = factory.SubFactory(IndicatorFactory)
    starts = Quarter.parse("2016-17-q1")
    reason = "Weekend patrols began"
    approved_by = "CSP Executive, 25 May 2017"


class DatedNoteFactory(DjangoModelFactory):
    class Meta:
        model = DatedNote

    indicator = factory.SubFactory(IndicatorFactory)
    on = dt.date(2017, 6, 1)
    words = "Late Night Levy began"


class LeadFactory(DjangoModelFactory):
    class Meta:
        model = Lead

    indicator = factory.SubFactory(IndicatorFactory)
    duty = Lead.Duty.DATA
    user = factory.SubFactory(UserFactory, roles=["data_lead"])
    starts_on = LONG_AGO


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = Round

    quarter = Q4
    opens_on = factory.LazyAttribute(lambda round_: round_.quarter.end + dt.timedelta(days=3))
    due_on = factory.LazyAttribute(lambda round_: round_.quarter.end + dt.timedelta(days=27))
    commentary_due_on = factory.LazyAttribute(lambda round_: round_.quarter.end + dt.timedelta(days=32))
    verify_by = factory.LazyAttribute(lambda round_: round_.quarter.end + dt.timedelta(days=34))
    closes_on = factory.LazyAttribute(lambda round_: round_.quarter.end + dt.timedelta(days=40))


class ReturnFactory(DjangoModelFactory):
    """Due, with its commentary due."""

    class Meta:
        model = Return
        skip_postgeneration_save = True

    indicator = factory.SubFactory(IndicatorFactory)
    round = factory.SubFactory(RoundFactory)

    @factory.post_generation
    def words(return_, create, extracted, **kwargs):  # noqa: N805
        if create:
            Commentary.objects.create(for_return=return_, due_on=return_.round.commentary_due_on)


class FigureFactory(DjangoModelFactory):
    """A count of 1,561; for other measures give numerator and denominator. `FigureFactory.sent(...)` moves its return on as well."""

    class Meta:
        model = Figure

    for_return = factory.SubFactory(ReturnFactory)
    numerator = Decimal(1561)
    is_amount = factory.LazyAttribute(lambda figure: figure.for_return.indicator.is_amount)
    supplied_by = factory.SubFactory(UserFactory, roles=["data_lead"])
    supplied_by_name = factory.LazyAttribute(
        lambda figure: figure.supplied_by.name if figure.supplied_by else "Tom Okafor"
    )
    recorded_by = factory.LazyAttribute(lambda figure: figure.supplied_by)


class MonthlyFigureFactory(DjangoModelFactory):
    class Meta:
        model = MonthlyFigure

    figure = factory.SubFactory(FigureFactory)
    month = dt.date(2018, 1, 1)
    number = Decimal(500)


def sent(return_: Return, numerator: int | str = 1561, denominator: int | None = None, **fields) -> Figure:
    """A figure that waits to be verified, with its return in that state."""
    figure = FigureFactory(
        for_return=return_,
        numerator=Decimal(numerator),
        denominator=None if denominator is None else Decimal(denominator),
        **fields,
    )
    _move(return_, Return.Status.SUBMITTED, figure)
    return figure


def verified(return_: Return, numerator: int | str = 1561, denominator: int | None = None, **fields) -> Figure:
    """A verified figure, with its return in that state."""
    figure = sent(return_, numerator, denominator, **fields)
    Verification.objects.create(figure=figure, verified_by=UserFactory(roles=["coordinator"]))
    _move(return_, Return.Status.VERIFIED, figure)
    return figure


def _move(return_: Return, status: str, figure: Figure) -> None:
    Return.objects.filter(pk=return_.pk).update(
        status=status, submitted_at=timezone.now(), submitted_by=figure.recorded_by, missing_reason="", missing_at=None
    )
    return_.refresh_from_db()
