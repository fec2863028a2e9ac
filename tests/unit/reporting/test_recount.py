"""Counting every shown total again: what agrees, what is found to differ, and that it shares no arithmetic with what it checks."""

import ast
import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from indicators.models import Figure, Round
from lib.quarters import Quarter, Year
from reporting import recount, snapshots
from reporting.models import Pack
from reporting.snapshots.shape import Value
from tests.factories.accounts import UserFactory
from tests.factories.funding import ProjectFactory, spent
from tests.factories.indicators import (
    IndicatorFactory,
    PlacementFactory,
    ReturnFactory,
    RoundFactory,
    TargetFactory,
    verified,
)
from tests.factories.priorities import PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db

Q2 = Quarter.parse("2017-18-q2")
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def plan():
    """A count of 100, 110, 120, 130 last year and 90, 95 this year; need and met of 3 of 4 and 0 of 0 this year."""
    plan = PlanFactory()
    priority = PriorityFactory(plan=plan, letter="A")
    counted, met = IndicatorFactory(slug="calls"), IndicatorFactory(slug="need", need_met=True, polarity="higher")
    rounds = [RoundFactory(quarter=Quarter.parse("2016-17-q1").plus(step)) for step in range(6)]
    for reference, indicator in (("A1", counted), ("A2", met)):
        PlacementFactory(plan=plan, priority=priority, indicator=indicator, reference=reference)
        TargetFactory(indicator=indicator, year=Year(2017))
    for round_, number in zip(rounds, (100, 110, 120, 130, 90, 95), strict=True):
        verified(ReturnFactory(indicator=counted, round=round_), number)
    verified(ReturnFactory(indicator=met, round=rounds[4]), 3, 4)
    verified(ReturnFactory(indicator=met, round=rounds[5]), 0, 0)
    return plan


def counted(snapshot):
    return recount.differences(snapshot, recount.Rows(timezone.now()))


def test_what_is_shown_agrees_with_the_rows(plan):
    # three totals each, and a forecast for what is added up: 185 × 460 / 210
    assert counted(snapshots.take(plan, Q2)) == (7, [])


def test_last_year_is_cut_to_the_quarters_that_this_year_has(plan):
    indicator = IndicatorFactory(slug="gap")
    PlacementFactory(plan=plan, priority=plan.priorities.get(), indicator=indicator, reference="A3")
    TargetFactory(indicator=indicator, year=Year(2017))
    for quarter, number in (("2016-17-q1", 40), ("2016-17-q2", 50), ("2017-18-q2", 60)):
        verified(ReturnFactory(indicator=indicator, round=Round.objects.get(quarter=Quarter.parse(quarter))), number)
    snapshot = snapshots.take(plan, Q2)
    assert snapshot.indicators[2].last_year_to_date.value.numerator == 50
    assert counted(snapshot) == (10, [])


def test_an_annual_measure_is_its_fourth_quarter_whatever_the_others_hold(plan):
    indicator = IndicatorFactory(slug="yearly", frequency="annual")
    PlacementFactory(plan=plan, priority=plan.priorities.get(), indicator=indicator, reference="A3")
    TargetFactory(indicator=indicator, year=Year(2017))
    for quarter, number in (("2016-17-q1", 40), ("2016-17-q4", 50)):
        verified(ReturnFactory(indicator=indicator, round=Round.objects.get(quarter=Quarter.parse(quarter))), number)
    snapshot = snapshots.take(plan, Q2)
    assert snapshot.indicators[2].last_year.value.numerator == 50
    assert counted(snapshot) == (10, [])


@pytest.mark.parametrize(
    ("field", "total", "again"),
    [("year_to_date", "year to date", "185"), ("last_year_to_date", "same period last year", "210"), ("last_year", "last year", "460")],
)  # fmt: skip
def test_a_total_that_was_summed_wrongly_is_named(plan, field, total, again):
    snapshot = snapshots.take(plan, Q2)
    part = snapshot.priorities[0].indicators[0]
    wrong = replace(part, **{field: replace(getattr(part, field), value=Value(Decimal(999), None, None))})
    broken = replace(snapshot, priorities=(replace(snapshot.priorities[0], indicators=(wrong,)),))
    assert [str(difference) for difference in counted(broken)[1]] == [
        f"2017-18 Q2, A1, {total}: shown 999, counted {again}"
    ]


def test_a_forecast_that_went_astray_is_named(plan):
    snapshot = snapshots.take(plan, Q2)
    part = snapshot.priorities[0].indicators[0]
    wrong = replace(part, forecast=replace(part.forecast, number=Decimal(400)))
    broken = replace(snapshot, priorities=(replace(snapshot.priorities[0], indicators=(wrong,)),))
    assert [(one.total, one.shown) for one in counted(broken)[1]] == [("forecast", "400")]


def test_a_missing_total_is_no_zero(plan):
    snapshot = snapshots.take(plan, Q2)
    part = snapshot.priorities[0].indicators[0]
    wrong = replace(part, last_year=replace(part.last_year, value=None))
    broken = replace(snapshot, priorities=(replace(snapshot.priorities[0], indicators=(wrong,)),))
    assert [one.shown for one in counted(broken)[1]] == ["nothing"]


@pytest.fixture
def project():
    """£1,000.10 last year, £200.20 and £300.03 this year, and £5 in a quarter that is still to come."""
    project = ProjectFactory(name="Patrols", spending=True, starts_on=dt.date(2016, 4, 1))
    for quarter, amount in (("2016-17-q4", "1000.10"), ("2017-18-q1", "200.20"), ("2017-18-q2", "300.03")):
        verified(ReturnFactory(indicator=project.spend, round=Round.objects.get(quarter=Quarter.parse(quarter))), amount)  # fmt: skip
    spent(project, "2017-18-q3", "5.00")
    return project


def test_spend_is_counted_again(plan, project):
    funding = snapshots.take(plan, Q2).funding
    assert (funding.projects[0].spent_in_year, funding.projects[0].spent_so_far) == (Decimal("500.23"), Decimal("1500.33"))  # fmt: skip
    assert counted(snapshots.take(plan, Q2)) == (10, [])  # two totals of the project, and one of all together


def test_spend_that_nobody_was_asked_for_or_gave_is_no_zero(plan):
    ProjectFactory()
    assert counted(snapshots.take(plan, Q2)) == (7, [])
    ProjectFactory(spending=True)
    assert counted(snapshots.take(plan, Q2)) == (10, [])


def test_spend_that_was_summed_wrongly_is_named(plan, project):
    snapshot = snapshots.take(plan, Q2)
    right = snapshot.funding.projects[0]
    wrong = replace(right, spent_so_far=Decimal("1500.32"), quarters=(*right.quarters[:1], right.quarters[2]))
    broken = replace(snapshot, funding=replace(snapshot.funding, projects=(wrong,)))
    assert [str(difference) for difference in counted(broken)[1]] == [
        "2017-18 Q2, Patrols, spent in the year: shown 200.20, counted 500.23",
        "2017-18 Q2, Patrols, spent so far: shown 1500.32, counted 1500.33",
        "2017-18 Q2, All projects, spent in the year: shown 200.20, counted 500.23",
    ]


def test_a_snapshot_without_money_is_counted_as_ever(plan, project):
    """As packs of schema 4 hold it."""
    assert counted(replace(snapshots.take(plan, Q2), funding=None)) == (7, [])


def test_of_several_verified_figures_the_latest_stands_and_an_unverified_one_never(plan):
    figure = Figure.objects.filter(for_return__indicator__slug="calls", for_return__round__quarter=Q2).get()
    someone = UserFactory()
    Figure.objects.create(
        for_return=figure.for_return,
        numerator=Decimal(500),
        supplied_by=someone,
        supplied_by_name="X",
        recorded_by=someone,
    )
    assert recount.Rows(timezone.now()).by_indicator["calls"][2017, 2][0] == 95
    verified(figure.for_return, 97, restates="revision", restated_because="Late reports")
    assert recount.Rows(timezone.now()).by_indicator["calls"][2017, 2][0] == 97
    assert counted(snapshots.take(plan, Q2))[1] == []


def test_a_moment_in_the_past_is_counted_as_it_was_known_then(plan):
    assert recount.Rows(timezone.now() - dt.timedelta(days=1)).by_indicator == {}


def test_the_command_says_that_nothing_differs(plan):
    output = io.StringIO()
    call_command("audit_figures", stdout=output)
    # six quarters: three totals of two indicators, and a forecast in 2017-18 Q1 and Q2 alone
    assert output.getvalue() == "38 totals counted again from 8 verified figures: no difference.\n"


def test_the_command_names_what_a_pack_shows_otherwise_and_ends_with_an_error(plan):
    snapshot = snapshots.take(plan, Q2)
    part = snapshot.priorities[0].indicators[0]
    wrong = replace(part, year_to_date=replace(part.year_to_date, value=Value(Decimal(186), None, None)))
    broken = replace(snapshot, priorities=(replace(snapshot.priorities[0], indicators=(wrong,)),))
    Pack.objects.create(
        plan=plan, quarter=Q2, issue=1, job_state=Pack.JobState.READY, as_at=snapshot.as_at, snapshot=snapshots.to_json(broken),
        snapshot_sha256="0" * 64, pdf="packs/one.pdf", pdf_sha256="0" * 64, pdf_bytes=1, pages=1,
    )  # fmt: skip
    output = io.StringIO()
    with pytest.raises(CommandError, match="1 differ"):
        call_command("audit_figures", stdout=output)
    assert output.getvalue() == (
        "Pack for 2017-18 Q2, executive edition, issue 1, 2017-18 Q2, A1, year to date: shown 186, counted 185\n"
    )


def test_it_imports_no_module_whose_arithmetic_it_checks():
    """Directly: models for its query, and the standard library."""
    tree = ast.parse((ROOT / "reporting" / "recount.py").read_text())
    imported = {
        node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    models = {"governance.models", "indicators.models"}
    assert imported == {"collections.abc", "dataclasses", "datetime", "decimal", "typing"} | models
