"""The database keeps the promises, whoever writes: one case per constraint, and rows that are never changed or removed."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from indicators.models import (
    Baseline,
    Commentary,
    Definition,
    Figure,
    Indicator,
    Lead,
    Placement,
    Return,
    Round,
    SendBack,
    Target,
    Verification,
)
from lib.append_only import Unchangeable
from lib.quarters import Quarter, Year
from tests.factories import UserFactory
from tests.factories.indicators import (
    DefinitionFactory,
    FigureFactory,
    IndicatorFactory,
    LeadFactory,
    PlacementFactory,
    ReturnFactory,
    RoundFactory,
    TargetFactory,
    verified,
)

pytestmark = pytest.mark.django_db


def figure(**numbers):
    return FigureFactory(**({"numerator": None} | {name: Decimal(number) for name, number in numbers.items()}))


def again(model, **fields):
    """A second row with the same key."""
    row = model.objects.get()
    row.pk = None
    row._state.adding = True
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def changed(model, **fields):
    model.objects.filter(pk=model.objects.first().pk).update(**fields)


CASES = {
    "a_figure_has_a_number_or_a_stated_percentage": lambda: figure(),
    "a_figure_has_a_number_or_a_stated_percentage, not both": lambda: figure(numerator=1, stated_percentage=1),
    "met_is_never_above_need": lambda: figure(numerator=45, denominator=44),
    "a_percentage_is_between_0_and_100": lambda: figure(stated_percentage=101),
    "a_count_is_never_negative": lambda: figure(numerator=-1),
    "a_restatement_has_a_reason": lambda: FigureFactory(restates="revision"),
    "a_send_back_has_a_comment": lambda: SendBack.objects.create(
        figure=FigureFactory(), comment="", due_again_on=dt.date(2018, 5, 4), sent_by=UserFactory()
    ),
    "one verification per figure": lambda: [
        Verification.objects.create(figure=one, verified_by=UserFactory()) for one in [FigureFactory()] * 2
    ],
    "a_share_says_what_it_is_out_of": lambda: IndicatorFactory(measure="percentage", year_to_date="latest"),
    "shares_are_never_added_up": lambda: IndicatorFactory(need_met=True, year_to_date="sum"),
    "one_placement_per_plan_and_indicator": lambda: PlacementFactory() and again(Placement, reference="Z9"),
    "one_placement_per_plan_and_reference": lambda: PlacementFactory() and again(Placement, indicator=IndicatorFactory()),
    "a_series_break_has_a_reason": lambda: DefinitionFactory(breaks_series=True),
    "one_definition_per_indicator_and_start": lambda: DefinitionFactory() and again(Definition),
    "one_baseline_per_indicator_and_year": lambda: [
        Baseline.objects.create(indicator=one, year=Year(2015), number=1, source="x") for one in [IndicatorFactory()] * 2
    ],
    "data_only_has_no_numbers": lambda: TargetFactory(value=Decimal(5)),
    "a_target_has_a_reason": lambda: TargetFactory(reason=""),
    "one_open_lead_per_person_and_duty": lambda: LeadFactory() and again(Lead),
    "a_lead_ends_after_it_starts": lambda: LeadFactory(ends_on=dt.date(2000, 1, 1)),
    "one_return_per_indicator_and_round": lambda: ReturnFactory() and again(Return),
    "one round per quarter": lambda: RoundFactory() and again(Round),
    "a_round_opens_is_due_verified_and_closes_in_order": lambda: RoundFactory(closes_on=dt.date(2018, 1, 1)),
    "a_round_is_closed_at_some_time": lambda: RoundFactory() and changed(Round, closed_by=UserFactory()),
    "return_is_submitted_by_someone_at_some_time": lambda: ReturnFactory() and changed(Return, submitted_at=timezone.now()),
    "a_draft_is_saved_by_someone_at_some_time": lambda: ReturnFactory() and changed(Return, draft_saved_at=timezone.now()),
    "what_was_sent_was_submitted": lambda: ReturnFactory() and changed(Return, status="submitted"),
    "missing_has_a_reason": lambda: ReturnFactory() and changed(Return, status="missing"),
    "only_missing_has_a_reason": lambda: ReturnFactory() and changed(Return, missing_reason="source_lag"),
    "commentary_is_sent_by_someone_at_some_time": lambda: ReturnFactory() and changed(Commentary, status="sent"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_row_that_breaks_a_promise_is_refused(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        CASES[case]()


def test_every_constraint_has_its_case():
    models = (Baseline, Commentary, Definition, Figure, Indicator, Lead, Placement, Return, Round, SendBack, Target)
    names = {constraint.name for model in models for constraint in model._meta.constraints}
    told = " ".join(CASES).replace("only_missing_has_a_reason", "missing_has_a_reason_and_only_missing_has")
    assert {name for name in names if name not in told} == set()


RECORD = {
    Figure: lambda: FigureFactory(),
    Verification: lambda: verified(ReturnFactory()).verification,
    SendBack: lambda: SendBack.objects.create(
        figure=FigureFactory(), comment="Why?", due_again_on=dt.date(2018, 5, 4), sent_by=UserFactory()
    ),
    Target: lambda: TargetFactory(),
    Definition: lambda: DefinitionFactory(),
    Baseline: lambda: Baseline.objects.create(
        indicator=IndicatorFactory(), year=Year(2015), number=Decimal(16320), source="The plan, page 9"
    ),
}


@pytest.mark.parametrize("model", RECORD)
def test_what_is_on_the_record_is_never_changed_or_removed(model):
    row = RECORD[model]()
    for forbidden in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(pk=9)):
        with pytest.raises(Unchangeable):
            forbidden()


@pytest.mark.postgresql
@pytest.mark.parametrize("model", RECORD)
def test_postgresql_refuses_it_even_past_the_manager(model):
    RECORD[model]()
    table = model._meta.db_table
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)


def test_quarters_sort_by_time_in_the_database():
    for slug in ("2017-18-q1", "2016-17-q4", "2017-18-q4"):
        RoundFactory(quarter=Quarter.parse(slug))
    assert [round_.quarter.slug for round_ in Round.objects.all()] == ["2017-18-q4", "2017-18-q1", "2016-17-q4"]
