"""What of the money needs a look, with the sentence for each."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from governance.funding import attention, held
from tests.factories.accounts import UserFactory
from tests.factories.funding import Y1, ForecastFactory, ProjectFactory, ProjectYearFactory, spent
from tests.factories.indicators import ReturnFactory, RoundFactory, sent
from tests.factories.priorities import PriorityFactory

pytestmark = pytest.mark.django_db
ON = dt.date(2018, 4, 30)


@pytest.fixture
def good():
    """What a project has of which there is nothing to say."""
    return {"spending": True, "priority": PriorityFactory()}


def kinds(on=ON) -> dict[str, list[str]]:
    found = attention.find(held.gather(UserFactory(roles=["coordinator"]), on), Y1)
    return {kind.heading: [item.sentence for item in kind.items] for kind in found}


def test_nothing_needs_a_look(good):
    spent(ProjectFactory(**good), "2017-18-q1", "20000.00")  # all of it, and not a penny more
    assert kinds() == {}


def test_a_penny_too_much_is_overspent(good):
    spent(ProjectFactory(**good), "2017-18-q1", "20000.01")
    assert kinds() == {"Overspent": ["has spent £20,000.01, £0.01 more than its £20,000."]}


def test_a_forecast_over_the_year_s_money_with_its_reason(good):
    project = ProjectFactory(**good)
    ProjectYearFactory(project=project, year=Y1, amount=Decimal(10000))
    by = UserFactory()
    ForecastFactory(project=project, year=Y1, amount=Decimal(12000), reason="Too early.", made_by=by)
    ForecastFactory(project=project, year=Y1, amount=Decimal("10500.50"), reason="A van was needed.", made_by=by)
    assert kinds() == {
        "Forecast over the money of 2017-18": [
            "is expected to spend £10,500.50, £500.50 more than its £10,000. A van was needed."
        ]
    }


def test_a_forecast_below_or_of_money_that_is_not_split_says_nothing(good):
    split = ProjectFactory(**good)
    ProjectYearFactory(project=split, year=Y1, amount=Decimal(10000))
    ForecastFactory(project=split, year=Y1, amount=Decimal(10000))
    ForecastFactory(project=ProjectFactory(**good), year=Y1, amount=Decimal(15000))
    assert kinds() == {}


def test_spend_is_overdue_from_the_day_after_it_was_due(good):
    round_ = RoundFactory()  # 2017-18 Q4
    ReturnFactory(indicator=ProjectFactory(**good).spend, round=round_)
    assert kinds(round_.due_on) == {}
    late = kinds(round_.due_on + dt.timedelta(days=1))
    assert late == {"Spend overdue": ["has not given its spend for 2017-18 Q4."]}


def test_spend_that_was_sent_is_not_overdue(good):
    sent(ReturnFactory(indicator=ProjectFactory(**good).spend, round=RoundFactory()), "500.00")
    assert kinds(dt.date(2018, 12, 31)) == {}


def test_a_partner_s_amount_is_overdue_once_the_day_it_was_expected_is_past(good):
    why = {"status": "missing", "missing_reason": "awaiting_partner", "missing_at": timezone.now()}
    project = ProjectFactory(**good)
    ReturnFactory(indicator=project.spend, round=RoundFactory(), expected_on=dt.date(2018, 5, 18), **why)
    assert kinds(dt.date(2018, 5, 18)) == {}
    assert list(kinds(dt.date(2018, 5, 19))) == ["Spend overdue"]


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ({}, True),
        ({"starts_on": None, "ends_on": None}, True),  # days not known: it runs
        ({"ends_on": dt.date(2018, 4, 29)}, False),  # over
        ({"starts_on": dt.date(2018, 5, 1)}, False),  # to come
        ({"closed": True, "closed_on": dt.date(2018, 4, 29)}, False),
    ],
)
def test_a_project_that_runs_is_asked_what_it_spends(fields, is_told):
    ProjectFactory(priority=PriorityFactory(), **fields)
    said = {"Nobody is asked what they spend": ["runs with £20,000, and nobody is asked what it spends."]}
    assert kinds() == (said if is_told else {})


def test_money_without_a_priority_is_told_and_the_worst_stands_first(good):
    ProjectFactory(spending=True)
    spent(ProjectFactory(**good), "2017-18-q1", "30000.00")
    found = kinds()
    assert list(found) == ["Overspent", "No priority"]
    assert found["No priority"] == ["has £20,000 and serves no priority yet."]
