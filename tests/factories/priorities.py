"""Plans, priorities and their parts for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from lib.quarters import Year
from priorities.models import (
    Commitment,
    FocusPoint,
    LinkedStrategy,
    Outcome,
    Plan,
    Priority,
    Section,
    SectionItem,
    Theme,
)


class PlanFactory(DjangoModelFactory):
    """An adopted plan for 2017-21; `adopted_on=None` makes it a draft."""

    class Meta:
        model = Plan

    slug = factory.Sequence(lambda number: f"plan-{number}")
    title = "Community Safety Plan 2017-21"
    starts_on = dt.date(2017, 4, 1)
    ends_on = dt.date(2021, 3, 31)
    adopted_on = dt.date(2017, 7, 18)


class PriorityFactory(DjangoModelFactory):
    class Meta:
        model = Priority

    plan = factory.SubFactory(PlanFactory)
    letter = "A"
    title = "Anti-Social Behaviour"
    short_title = "Anti-social behaviour"
    why = "It wears down daily life. People put it first."


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    priority = factory.SubFactory(PriorityFactory)
    title = factory.Sequence(lambda number: f"Theme {number}")
    order = factory.Sequence(lambda number: number)


class FocusPointFactory(DjangoModelFactory):
    class Meta:
        model = FocusPoint

    priority = factory.SubFactory(PriorityFactory)
    key = factory.Sequence(lambda number: f"focus-{number}")
    order = factory.Sequence(lambda number: number)
    text = factory.Sequence(lambda number: f"Focus point {number}")


class CommitmentFactory(DjangoModelFactory):
    class Meta:
        model = Commitment

    priority = factory.SubFactory(PriorityFactory)
    key = factory.Sequence(lambda number: f"commitment-{number}")
    year = Year(2017)
    order = factory.Sequence(lambda number: number)
    text = factory.Sequence(lambda number: f"Commitment {number}")


class OutcomeFactory(DjangoModelFactory):
    class Meta:
        model = Outcome

    priority = factory.SubFactory(PriorityFactory)
    key = factory.Sequence(lambda number: f"outcome-{number}")
    order = factory.Sequence(lambda number: number)
    text = factory.Sequence(lambda number: f"Outcome {number}")


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = Section

    plan = factory.SubFactory(PlanFactory)
    key = factory.Sequence(lambda number: f"section-{number}")
    title = factory.Sequence(lambda number: f"Section {number}")
    order = factory.Sequence(lambda number: number)


class SectionItemFactory(DjangoModelFactory):
    class Meta:
        model = SectionItem

    section = factory.SubFactory(SectionFactory)
    order = factory.Sequence(lambda number: number)
    text = factory.Sequence(lambda number: f"Item {number}")


class LinkedStrategyFactory(DjangoModelFactory):
    class Meta:
        model = LinkedStrategy

    plan = factory.SubFactory(PlanFactory)
    order = factory.Sequence(lambda number: number)
    title = factory.Sequence(lambda number: f"Strategy {number}")
