"""The first lines of the page of money, word for word."""

import datetime as dt
from decimal import Decimal

import pytest

from governance.funding import overview
from lib.quarters import Year
from tests.factories.accounts import UserFactory
from tests.factories.funding import (
    Y1,
    Y2,
    AllocationFactory,
    FundingStreamFactory,
    ProjectFactory,
    ProjectYearFactory,
    spent,
)
from tests.factories.indicators import ReturnFactory, RoundFactory
from tests.factories.priorities import PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db
ON = dt.date(2018, 4, 26)
LCPF = "London Crime Prevention Fund"


def page(year: str, on: dt.date = ON) -> overview.Page:
    return overview.gather(UserFactory(roles=["coordinator"]), on, year)


def said(year: str, on: dt.date = ON) -> list[str]:
    return [one.text for one in page(year, on).told]


@pytest.fixture
def printed():
    """The fund of two years of which one year is printed, and a grant of one year."""
    stream = FundingStreamFactory(name=LCPF, amount=Decimal(1610109))
    AllocationFactory(stream=stream, year=Y2, amount=Decimal(662986))
    grant = FundingStreamFactory(name="Public Health grant", amount=None, starts_on=None, ends_on=None)
    AllocationFactory(stream=grant, year=Y1, amount=Decimal(7335876))
    return stream


def test_nothing_is_entered_yet():
    found = page("2017-18")
    assert (found.headline, found.told) == ("No funding stream is entered yet.", ())


def test_what_is_not_split_is_named_and_not_added(printed):
    found = page("2017-18")
    assert found.headline == "There is £7,335,876 for 2017-18, from one stream."
    assert found.told[0].text == (
        f"Not counted in it: £1,610,109 of {LCPF}, for more than one year and not split by year."
    )


def test_what_is_not_known_is_named_and_not_nothing(printed):
    found = page("2018-19")
    assert found.headline == "There is £662,986 for 2018-19, from one stream."
    assert found.told[0].text == "What Public Health grant has for 2018-19 is not known."


def test_nothing_of_a_year_is_known(printed):
    found = page("2018-19")
    assert found.streams[0].in_year.words == "£662,986"
    FundingStreamFactory(name="Late", starts_on=dt.date(2020, 4, 1), ends_on=None)
    assert page("2020-21", dt.date(2018, 4, 26)).headline == "There is £662,986 for 2018-19, from one stream."
    PlanFactory()  # whose years there are pages for
    assert page("2020-21").headline == "What there is for 2020-21 is not known: two streams may have money then."


def test_what_is_given_for_the_year_and_what_is_not_split(printed):
    split = ProjectFactory(stream=printed, amount=Decimal(340000))
    ProjectYearFactory(project=split, year=Y1, amount=Decimal(170000))
    ProjectYearFactory(project=split, year=Y2, amount=Decimal(170000))
    ProjectFactory(stream=printed, amount=Decimal(200000))
    ProjectFactory(stream=printed, amount=Decimal(30650))
    assert said("2017-18")[1] == (
        "£170,000 for the year is given to one project; two more have £230,650 for the whole of their time, "
        "not split by year."
    )


def test_what_is_spent_and_awaited():
    stream, priority = FundingStreamFactory(), PriorityFactory()
    one = ProjectFactory(stream=stream, spending=True, priority=priority)
    spent(one, "2017-18-q1", "38412.50")
    spent(one, "2018-19-q1", "0.10")
    ReturnFactory(indicator=one.spend, round=RoundFactory(quarter=Y1.quarters[2]))
    ReturnFactory(indicator=one.spend, round=RoundFactory(quarter=Y1.quarters[3]))
    ProjectFactory(stream=stream, priority=priority)
    assert said("2017-18")[2] == (
        "£38,412.50 is verified as spent in 2017-18, £38,412.60 in all years. "
        "Two amounts are awaited, the oldest for 2017-18 Q3. Nobody is asked what one project spends."
    )


def test_a_year_without_spend_says_apart_what_other_years_have():
    one = ProjectFactory(spending=True, priority=PriorityFactory())
    spent(one, "2017-18-q1", "448960.41")
    assert said("2018-19")[2] == "No spend of 2018-19 is verified yet. £448,960.41 is verified as spent in all years."
    ReturnFactory(indicator=one.spend, round=RoundFactory(quarter=Y1.quarters[3]))
    assert said("2017-18")[2] == "£448,960.41 is verified as spent in 2017-18. One amount is awaited, for 2017-18 Q4."


def test_what_the_sample_years_added_to_printed_amounts_is_told():
    stream = FundingStreamFactory()
    assert page("2017-18").made_up == ""
    ProjectFactory(stream=stream, has_sample_parts=True)
    assert page("2017-18").made_up == (
        "The amount of one project is real. How it is split by year, who delivers the project and what it serves, "
        "spends and promises were made up."
    )
    ProjectFactory(stream=stream, has_sample_parts=True)
    assert page("2017-18").made_up == (
        "The amounts of two projects are real. How they are split by year, who delivers the projects and what they "
        "serve, spend and promise were made up."
    )


def test_what_a_closed_project_did_not_spend_is_told():
    stream = FundingStreamFactory(name="Crime Fund")
    spent(ProjectFactory(stream=stream, spending=True, closed=True), "2018-19-q1", "4000.25")
    first, given, spent_then, *_ = said("2018-19")
    assert first == "There is £100,000 of Crime Fund for more than one year, not split by year."
    assert given == "One project has £20,000 for the whole of its time, not split by year."
    assert spent_then.endswith("£15,999.75 was not spent by projects that are closed.")


def test_what_ends_is_counted_from_today_whatever_the_year():
    ProjectFactory(stream=FundingStreamFactory(ends_on=None), ends_on=dt.date(2019, 4, 26))
    ends = (
        "One project ends in the 12 months to 26 April 2019. The last day of one stream, project or post is not known."
    )
    assert said("2017-18")[-2] == said("2018-19")[-2] == ends
    assert said("2018-19", dt.date(2018, 4, 25))[-2].startswith("Nothing is known to end in the 12 months to 25 April")


def test_that_nothing_needs_a_look_is_said():
    ProjectFactory(spending=True, priority=PriorityFactory())
    assert said("2017-18")[-1].startswith("Nothing needs a look")
    ProjectFactory(spending=True)
    assert said("2017-18")[-1] == "One thing needs a look."


@pytest.mark.parametrize(
    ("on", "asked", "shown"),
    [
        (dt.date(2018, 3, 31), "", "2017-18"),
        (dt.date(2018, 4, 1), "", "2018-19"),
        (dt.date(2018, 4, 1), "2017-18", "2017-18"),
        (dt.date(2018, 4, 1), "2017-19", "2018-19"),  # no year
        (dt.date(2018, 4, 1), "2031-32", "2018-19"),  # none that there is a page for
        (dt.date(2026, 4, 1), "", "2020-21"),  # the plan is over, and nothing was spent
        (dt.date(2016, 4, 1), "", "2017-18"),  # it is to come
    ],
)
def test_which_year_is_shown(on, asked, shown):
    PlanFactory()
    assert page(asked, on).year == Year.parse(shown)


def test_after_the_plan_the_last_year_with_verified_spend_is_shown():
    PlanFactory()
    spent(ProjectFactory(spending=True), "2017-18-q4", "10.00")
    assert page("", dt.date(2026, 4, 1)).year == Y1
