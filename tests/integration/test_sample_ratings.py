"""What the sample years say of themselves, worked out by hand from the figures in `cspplan/sample/data/figures.json`."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import User
from cspplan.sample import loader
from indicators.models import Figure, Indicator, MonthlyFigure, Target
from lib.quarters import Quarter, Year
from priorities.models import Plan
from reporting import snapshots

pytestmark = pytest.mark.django_db

Q4 = Quarter.parse("2017-18-q4")
LOWER, HIGHER = "; good is lower.", "; good is higher."

SENTENCES = {
    "A1": "Data only: 4,207 in the quarter; no target is set.",
    "A2": "Green: 351 in Q4 is below the target of 360" + LOWER,
    # 29 + 33 + 35 + 34
    "A3": "Green: 131 for the year to date is above the target of 130" + HIGHER,
    "B1": "Green: 112 in Q4 is above the target of 110" + HIGHER,
    # 1,498 + 1,588 + 1,561 + 1,604
    "B2": "Amber: 6,251 for the year to date is between the minimum expectation of 5,978 and the target of 6,300" + HIGHER,
    # 239 + 226 + 209 + 197
    "B3": "Red: 871 for the year to date is above the minimum expectation of 870" + LOWER,
    # 72 + 73 + 62 + 61; 5% of 260 is 13
    "B4": "Green: 268 for the year to date is above the target of 260, but within 5% of it, up to 273" + LOWER,
    "C1": "Missing: awaiting partner.",
    "C2": "Missing: sent back.",
    "C3": "Data only: 142 in the quarter; no target is set.",
    "C4": "Not yet verified: the figure was sent and waits for a second person, so it is not rated.",
    "D1": "Data only: 0 in the quarter; no target is set.",
    # 27 + 28 + 29 + 31 = 115 of 43 + 42 + 43 + 44 = 172
    "D2": "Green: 66.9% for the year to date is above the target of 65%" + HIGHER,
    # 17 + 18 + 20 + 19 = 74 of 30 + 31 + 31 + 31 = 123
    "D3": "Amber: 60.2% for the year to date is below the target of 62%, but within 3 percentage points of it, down to 59%" + HIGHER,
    "D4": "Missing: source lag.",
}  # fmt: skip


@pytest.fixture
def plan():
    assert loader.load_sample()
    return Plan.objects.get()


def by_reference(snapshot):
    return {part.reference: part for part in snapshot.indicators}


def test_every_indicator_of_the_last_quarter_explains_its_colour(plan):
    parts = by_reference(snapshots.take(plan, Q4))
    assert {reference: part.verdict.sentence for reference, part in parts.items()} == SENTENCES


def test_whose_explanation_lacks_what_is_named(plan):
    parts = by_reference(snapshots.take(plan, Q4))
    assert {reference: part.words.lacking for reference, part in parts.items() if part.words.state != "sent"} == {
        "C2": ("what_happened",),
        "D3": ("who", "by_when"),
    }
    assert parts["D3"].words.owed_by == "Dev Malhotra, IOM Co-ordinator"


def test_a_quarter_of_the_year_before_is_data_only(plan):
    parts = by_reference(snapshots.take(plan, Q4.year_ago))
    assert {part.verdict.code for part in parts.values()} == {"data_only"}


def test_before_the_targets_were_set_nothing_was_rated(plan):
    before = dt.datetime(2017, 5, 1, tzinfo=dt.UTC)
    assert {part.verdict.code for part in snapshots.take(plan, Quarter.parse("2017-18-q1"), before).indicators} <= {
        "data_only", "missing", "no_return",
    }  # fmt: skip


def test_a_target_changed_later_leaves_what_was_known_as_it_was(plan):
    moment = timezone.now()
    old = snapshots.to_json(snapshots.take(plan, Q4, moment))
    hotspots = Indicator.objects.get(placements__reference="B3")
    held = Target.objects.filter(indicator=hotspots, year=Year(2017)).order_by("set_at").last()
    Target.objects.create(
        indicator=hotspots, year=Year(2017), rule=held.rule, basis=held.basis, value=860, minimum=900,
        share_q1=25, share_q2=25, share_q3=25, share_q4=25, agreed_by="CSP Executive", agreed_on=dt.date(2018, 5, 24),
        reason="The hotspot areas were redrawn", set_by=User.objects.first(),
    )  # fmt: skip
    assert snapshots.to_json(snapshots.take(plan, Q4, moment)) == old
    now = by_reference(snapshots.take(plan, Q4))["B3"].verdict.sentence
    assert (
        now == "Amber: 871 for the year to date is between the minimum expectation of 900 and the target of 860" + LOWER
    )


def test_months_come_to_their_quarters(plan):
    for figure in Figure.objects.filter(months__isnull=False).distinct():
        months = MonthlyFigure.objects.filter(figure=figure)
        assert [month.month.month for month in months] == [
            figure.for_return.round.quarter.start.month + step for step in range(3)
        ]
        assert sum(month.number for month in months) == figure.numerator
    assert MonthlyFigure.objects.count() == 24


def test_what_an_indicator_serves_is_of_its_priority(plan):
    placed = plan.placements.exclude(reference="")
    assert sum(placement.commitments.exists() for placement in placed) >= 12
    for placement in placed:
        entries = [*placement.commitments.all(), *placement.outcomes.all()]
        assert {entry.priority_id for entry in entries} <= {placement.priority_id}
