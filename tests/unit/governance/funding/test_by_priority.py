"""What money is for: under its priority, beside the indicators it is meant to move, of those that the reader may see."""

import datetime as dt
from decimal import Decimal

import pytest

from governance.funding import overview
from lib.quarters import Quarter
from tests.factories.accounts import UserFactory
from tests.factories.funding import Y1, FundingStreamFactory, ProjectFactory, ProjectYearFactory, spent
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
ON = dt.date(2018, 4, 26)


@pytest.fixture
def plan():
    return PlanFactory()


@pytest.fixture
def priority(plan):
    return PriorityFactory(plan=plan, letter="A", title="Anti-Social Behaviour")


def figures(indicator, **by_quarter):
    """`q4_2017=1604`."""
    for name, number in by_quarter.items():
        part, year = name.split("_")
        round_ = RoundFactory(quarter=Quarter(int(year), int(part[1])))
        verified(ReturnFactory(indicator=indicator, round=round_), number)


def groups(user=None, year="2017-18"):
    return overview.gather(user or UserFactory(roles=["coordinator"]), ON, year).groups


def test_every_priority_of_the_plan_is_there_and_what_serves_none_last(plan, priority):
    PriorityFactory(plan=plan, letter="B", title="Violence")
    ProjectFactory(priority=priority, name="Patrols")
    ProjectFactory(name="Analysts")
    found = [(group.name, [row.project.name for row in group.rows]) for group in groups()]
    assert found == [
        ("A Anti-Social Behaviour", ["Patrols"]),
        ("B Violence", []),
        ("Serves no priority yet", ["Analysts"]),
    ]


def test_a_priority_of_another_plan_says_of_which(priority):
    before = PlanFactory(
        title="Plan 2013-17", starts_on=dt.date(2013, 4, 1), ends_on=dt.date(2017, 3, 31), adopted_on=None
    )
    ProjectFactory(priority=PriorityFactory(plan=before, title="Burglary"), stream=FundingStreamFactory())
    assert [group.name for group in groups()] == ["A Anti-Social Behaviour", "Burglary, Plan 2013-17"]


def test_money_and_spend_of_a_priority_to_the_penny(priority):
    stream = FundingStreamFactory()
    one, other = (ProjectFactory(stream=stream, priority=priority, spending=True) for _ in range(2))
    ProjectYearFactory(project=one, year=Y1, amount=Decimal("10000.10"))
    spent(one, "2017-18-q1", "0.10")
    spent(other, "2017-18-q1", "0.20")
    cells = groups()[0].cells
    assert (cells.given.words, cells.in_year.words, cells.in_year.note) == (
        "£40,000",
        "£10,000.10",
        "one not split by year",
    )
    assert (cells.spent_in_year.words, cells.spent_in_year.note) == ("£0.30", "")


def test_spend_that_lacks_a_quarter_says_so_in_its_row_and_in_the_sum(priority):
    stream = FundingStreamFactory()
    one, other, third = (ProjectFactory(stream=stream, priority=priority, spending=True) for _ in range(3))
    ProjectFactory.create_batch(2, stream=stream, priority=priority)  # nobody is asked what they spend
    fourth = RoundFactory(quarter=Quarter.parse("2017-18-q4"))
    for project, amount in ((one, "100.10"), (other, "200.20"), (third, "300.30")):
        spent(project, "2017-18-q3", amount)
    ReturnFactory(indicator=one.spend, round=fourth)
    group = groups()[0]
    of_one, unasked, cells = group.rows[0].cells, group.rows[4].cells, group.cells
    assert (of_one.spent_in_year.words, of_one.spent_in_year.note) == ("£100.10", "without Q4")
    assert (of_one.spent.words, of_one.spent.note) == ("£100.10", "without 2017-18 Q4")
    assert (unasked.spent_in_year.words, unasked.spent.words) == ("Nobody is asked", "Nobody is asked")
    assert (cells.spent_in_year.words, cells.spent_in_year.note) == (
        "£600.60",
        "without Q4 of one project; nobody is asked about two",
    )
    ReturnFactory(indicator=other.spend, round=fourth)
    assert groups()[0].cells.spent.note == "without 2017-18 Q4 of two projects; nobody is asked about two"
    ReturnFactory(indicator=third.spend, round=RoundFactory(quarter=Quarter.parse("2017-18-q2")))
    assert groups()[0].cells.spent_in_year.note == "without three amounts; nobody is asked about two"


def test_sums_of_which_nothing_is_known(priority):
    stream = FundingStreamFactory()
    ProjectFactory.create_batch(2, stream=stream, priority=priority)
    assert groups()[0].cells.spent.words == "Nobody is asked"
    ProjectFactory(stream=stream, priority=priority, spending=True)
    cells = groups()[0].cells
    assert (cells.spent.words, cells.spent.note) == ("None verified", "nobody is asked about two")


def test_each_indicator_once_with_its_latest_figure_rating_and_trend(plan, priority):
    reports = IndicatorFactory(polarity="higher")
    PlacementFactory(
        plan=plan, priority=priority, indicator=reports, reference="B2", short_name="Domestic abuse reports"
    )
    target = {"rule": "tolerance", "value": Decimal(1500), "tolerance": Decimal(5), "basis": "quarter"}
    TargetFactory(indicator=reports, agreed_on=dt.date(2017, 5, 25), agreed_by="CSP Executive", **target)
    figures(reports, q4_2016=1476, q4_2017=1604)
    for project in ProjectFactory.create_batch(2, priority=priority):
        project.indicators.add(reports)
    (result,) = groups()[0].results
    assert (result.label, result.short, result.figure) == ("B2 Domestic abuse reports", "B2", "1,604")
    assert (result.assessed.verdict.word, result.assessed.long.trend.word) == ("Green", "Better")
    assert result.assessed.long.words == "+128"
    assert result.chart.title.startswith("Domestic abuse reports, by quarter, 2016-17 Q4 to 2017-18 Q4")


def test_figures_after_the_year_are_not_beside_its_spend(priority):
    calls = IndicatorFactory()
    figures(calls, q4_2017=100, q1_2018=50)
    ProjectFactory(priority=priority).indicators.add(calls)
    (then,), (now,) = groups(year="2017-18")[0].results, groups(year="2018-19")[0].results
    assert ((then.figure, str(then.quarter)), (now.figure, str(now.quarter))) == (
        ("100", "2017-18 Q4"),
        ("50", "2018-19 Q1"),
    )


def test_an_indicator_without_a_figure_has_no_rating_and_no_line(priority):
    ProjectFactory(priority=priority).indicators.add(IndicatorFactory())
    (result,) = groups()[0].results
    assert (result.figure, result.is_rated, result.chart) == ("", False, None)


@pytest.mark.parametrize(
    ("role", "sees"), [("coordinator", True), ("executive", True), ("data_lead", False), ("member", False)]
)
def test_a_restricted_indicator_is_named_only_to_who_may_see_it(priority, role, sees):
    hidden = IndicatorFactory(name="MAPPA level 3", is_restricted=True)
    figures(hidden, q4_2017=3)
    ProjectFactory(priority=priority).indicators.add(hidden)
    group = groups(UserFactory(roles=[role]))[0]
    assert [result.label for result in group.results] == (["MAPPA level 3"] if sees else [])
    assert [result.short for result in group.rows[0].moves] == (["MAPPA level 3"] if sees else [])


def test_what_ended_before_the_year_is_not_of_it(priority):
    ProjectFactory(priority=priority, ends_on=dt.date(2018, 3, 31))
    assert [len(group.rows) for group in groups(year="2018-19")] == [0]
    assert [len(group.rows) for group in groups(year="2017-18")] == [1]
