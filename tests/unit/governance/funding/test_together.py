"""What projects have, spend and leave, together: to the penny, by year, closed ones, and what is not known."""

import datetime as dt
from decimal import Decimal

import pytest

from governance.funding import ledger, together
from governance.models import Project
from lib.quarters import Year
from tests.factories.accounts import UserFactory
from tests.factories.funding import Y1, Y2, ProjectFactory, ProjectYearFactory, spent
from tests.factories.indicators import ReturnFactory, RoundFactory, sent, verified

pytestmark = pytest.mark.django_db
Y3 = Year.parse("2019-20")
PENNY = Decimal("0.01")


def all_of_them():
    return together.of(ledger.lines(Project.objects.all()))


def test_pennies_add_up_as_they_do_on_paper():
    one, other = ProjectFactory(spending=True), ProjectFactory(spending=True)
    spent(one, "2017-18-q1", "0.10")
    spent(other, "2017-18-q1", "0.20")
    spent(other, "2017-18-q2", "1234.56")
    found = all_of_them()
    assert found.spent_in(Y1).amount == Decimal("1234.86")
    assert found.spent.amount == Decimal("1234.86")
    assert found.left.amount == Decimal("38765.14")  # of twice £20,000


def test_a_sum_over_two_years_is_of_neither_until_it_is_split():
    ProjectFactory()
    split = ProjectFactory()
    ProjectYearFactory(project=split, year=Y1, amount=Decimal("12000.00"))
    ProjectYearFactory(project=split, year=Y2, amount=Decimal("8000.00"))
    found = all_of_them()
    first, second, third = (found.given_in(year) for year in (Y1, Y2, Y3))
    assert (first.amount, first.unknown) == (Decimal(12000), 1)
    assert (second.amount, second.unknown) == (Decimal(8000), 1)
    assert (third.amount, third.unknown) == (None, 0)  # neither runs then: nothing is unknown
    assert found.given.amount == Decimal(40000)
    assert len(found.unsplit_in(Y1)) == 1


def test_all_of_a_project_s_money_is_of_its_only_year():
    ProjectFactory(amount=Decimal("37500.00"), ends_on=dt.date(2018, 3, 31))
    found = all_of_them()
    assert found.given_in(Y1).amount == Decimal(37500)
    assert found.given_in(Y2).parts == 0


@pytest.mark.parametrize(("last", "is_of_the_year"), [(dt.date(2018, 3, 31), False), (dt.date(2018, 4, 1), True)])
def test_a_project_is_of_a_year_that_its_days_reach_into(last, is_of_the_year):
    ProjectFactory(ends_on=last)
    assert bool(all_of_them().of_year(Y2)) is is_of_the_year


def test_a_project_without_days_is_of_every_year_and_its_split_not_known():
    ProjectFactory(starts_on=None, ends_on=None)
    found = all_of_them()
    assert [found.given_in(year).unknown for year in (Y1, Y2, Y3)] == [1, 1, 1]


def test_what_is_not_verified_is_not_spent_and_is_awaited():
    project = ProjectFactory(spending=True)
    sent(ReturnFactory(indicator=project.spend, round=RoundFactory(quarter=Y1.quarters[0])), "500.00")
    found = all_of_them()
    assert (found.spent_in(Y1).amount, found.spent_in(Y1).unknown) == (None, 1)
    assert found.left.amount is None
    assert found.awaited_in(Y1) == [Y1.quarters[0]]
    assert found.awaited_in(Y2) == []


def test_a_restated_amount_counts_once_as_it_is_now():
    project = ProjectFactory(spending=True)
    figure = spent(project, "2017-18-q2", "9912.00")
    why = {"restates": "correction", "restated_because": "An invoice of the year before had been counted."}
    verified(figure.for_return, "9012.00", **why)
    assert all_of_them().spent.amount == Decimal("9012.00")


def test_what_a_closed_project_did_not_spend_is_neither_left_nor_lost():
    closed = ProjectFactory(spending=True, closed=True)
    spent(closed, "2017-18-q1", "4000.25")
    going_on = ProjectFactory(spending=True, stream=closed.stream)
    spent(going_on, "2017-18-q1", "5000.00")
    found = all_of_them()
    assert found.given.amount == Decimal(40000)
    assert found.left.amount == Decimal(15000)
    assert found.not_spent.amount == Decimal("15999.75")


def test_a_closed_project_stays_in_the_years_that_its_money_was_for():
    closed = ProjectFactory(closed=True)  # on 30 June 2018
    ProjectYearFactory(project=closed, year=Y1, amount=Decimal(5000))
    ProjectYearFactory(project=closed, year=Y3, amount=Decimal(15000))
    found = all_of_them()
    assert [found.given_in(year).amount for year in (Y1, Y2, Y3)] == [Decimal(5000), Decimal(0), Decimal(15000)]


def test_more_than_all_of_it_leaves_less_than_nothing():
    project = ProjectFactory(spending=True)
    spent(project, "2017-18-q1", "20000.01")
    found = all_of_them()
    assert found.left.amount == -PENNY
    assert found.lines[0].is_overspent


def test_nothing_at_all_is_not_unknown():
    found = together.of([])
    assert (found.given.amount, found.given.unknown, bool(found)) == (None, 0, False)


def test_asks_the_database_as_often_for_many_as_for_few(django_assert_num_queries):
    by = UserFactory()
    ProjectFactory.create_batch(3, spending=True, closed=True, closed_by=by)
    projects = list(Project.objects.all())
    with django_assert_num_queries(4):
        ledger.lines(projects)
