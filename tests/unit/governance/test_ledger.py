"""What of a project's money is for a year. The project has £100 from 1 April 2017 to 31 March 2019 unless a case says otherwise."""

import datetime as dt
from decimal import Decimal

import pytest

from governance.funding.ledger import Line, lines
from governance.models import Project
from lib.quarters import Quarter, Year
from tests.factories.funding import ProjectFactory, spent
from tests.factories.indicators import ReturnFactory, RoundFactory

Y0, Y1, Y2, Y3 = (Year.parse(name) for name in ("2016-17", "2017-18", "2018-19", "2019-20"))


def line(years, starts_on=dt.date(2017, 4, 1), ends_on=dt.date(2019, 3, 31)):
    project = Project(amount=Decimal(100), starts_on=starts_on, ends_on=ends_on)
    return Line(project, {year: Decimal(amount) for year, amount in years.items()})


def test_what_is_split_has_its_amounts():
    assert [line({Y1: 40, Y2: 60}).money_in(year) for year in (Y0, Y1, Y2, Y3)] == [0, 40, 60, 0]


def test_what_is_split_in_part_is_not_known_for_the_rest_of_its_life():
    assert [line({Y1: 40}).money_in(year) for year in (Y0, Y1, Y2, Y3)] == [0, 40, None, 0]


def test_what_is_split_in_whole_has_nothing_elsewhere():
    assert line({Y1: 100}).money_in(Y2) == 0


def test_what_is_not_split_is_not_known():
    assert line({}).money_in(Y1) is None


def test_a_life_within_one_year_is_of_that_year():
    within = line({}, dt.date(2017, 4, 1), dt.date(2018, 3, 31))
    assert [within.money_in(year) for year in (Y0, Y1, Y2)] == [0, 100, 0]
    assert line({}, dt.date(2017, 4, 1), dt.date(2018, 4, 1)).money_in(Y1) is None


@pytest.mark.django_db
def test_what_is_awaited_after_the_last_quarter_told_is_left_out():
    project = ProjectFactory(spending=True)
    spent(project, "2017-18-q1", "10.10")
    spent(project, "2017-18-q2", "20.20")
    for quarter in ("2017-18-q3", "2017-18-q4"):
        ReturnFactory(indicator=project.spend, round=RoundFactory(quarter=Quarter.parse(quarter)))
    (told,) = lines([project], until=Quarter.parse("2017-18-q3"))
    assert (told.spent_so_far, told.awaited) == (Decimal("30.30"), (Quarter.parse("2017-18-q3"),))
    (told,) = lines([project], until=Quarter.parse("2017-18-q1"))
    assert (told.spent_so_far, told.awaited) == (Decimal("10.10"), ())
