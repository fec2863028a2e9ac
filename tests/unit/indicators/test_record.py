"""What is on the record is written once: the manager refuses to change it, and PostgreSQL does too."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from indicators.models import Baseline, Definition, Figure, Round, SendBack, Target, Verification
from lib.append_only import Unchangeable
from lib.quarters import Quarter, Year
from tests.factories import UserFactory
from tests.factories.indicators import (
    DefinitionFactory,
    FigureFactory,
    IndicatorFactory,
    ReturnFactory,
    RoundFactory,
    TargetFactory,
    verified,
)

pytestmark = pytest.mark.django_db

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
