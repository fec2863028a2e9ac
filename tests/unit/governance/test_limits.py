"""No more is given than there is. The stream has £60,000: £24,000 in 2017-18 and £36,000 in 2018-19, unless a case says otherwise."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from governance.funding import limits, project_choices, streams_to_choose
from lib.quarters import Year
from tests.factories.funding import (
    Y1,
    Y2,
    AllocationFactory,
    FundingApplicationFactory,
    FundingStreamFactory,
    ProjectFactory,
    ProjectYearFactory,
)

pytestmark = pytest.mark.django_db

TEAM = "Drug and Alcohol Action Team"


@pytest.fixture
def stream():
    made = FundingStreamFactory(name="Night Fund", amount=Decimal(60000))
    AllocationFactory(stream=made, year=Y1, amount=Decimal(24000))
    AllocationFactory(stream=made, year=Y2, amount=Decimal(36000))
    return made


def refusal(stream):
    with pytest.raises(ValidationError) as refused:
        limits.refuse_excess(stream)
    return refused.value.messages[0], refused.value.code


def project(stream, amount, **days):
    return ProjectFactory(stream=stream, amount=Decimal(amount), name="Patrols", **days)


def test_all_of_it_may_be_given_and_not_a_penny_more(stream):
    project(stream, "59999.99")
    limits.refuse_excess(stream)
    ProjectFactory(stream=stream, amount=Decimal("0.01"))
    limits.refuse_excess(stream)
    ProjectFactory(stream=stream, amount=Decimal("0.01"))
    said, box = refusal(stream)
    assert said == "The projects of Night Fund would come to £60,000.01, £0.01 more than its £60,000."
    assert box == "amount"


def test_money_agreed_to_an_application_is_given_once(stream):
    """£32,500 is given and £12,000 agreed: £15,500 is left, and not £27,500."""
    project(stream, 32500)
    application = FundingApplicationFactory(stream=stream, agreed=True, years={Y2: Decimal(12000)})
    ProjectFactory(stream=stream, amount=Decimal(15500))
    limits.refuse_excess(stream)
    more = ProjectFactory(stream=stream, amount=Decimal("0.50"))
    said, _ = refusal(stream)
    assert said == (
        "The projects of Night Fund, with £12,000 agreed to applications, would come to £60,000.50, £0.50 more than its £60,000."
    )
    # Once it has become a project it is that project's, and counted there.
    type(more).objects.filter(pk=more.pk).update(application=application, amount=Decimal(12000))
    limits.refuse_excess(stream)


def test_what_is_asked_for_takes_nothing_yet(stream):
    project(stream, 60000)
    FundingApplicationFactory(stream=stream, submitted=True)
    limits.refuse_excess(stream)


def test_money_agreed_for_a_year_is_of_that_year(stream):
    project(stream, 30000, starts_on=dt.date(2018, 4, 1), ends_on=dt.date(2019, 3, 31))
    FundingApplicationFactory(stream=stream, agreed=True, years={Y2: Decimal("6000.01")})
    said, box = refusal(stream)
    assert said == (
        "The projects of Night Fund, with £6,000.01 agreed to applications, would come to £36,000.01 in 2018-19, "
        "£0.01 more than the year’s £36,000."
    )
    assert box == "years"


def test_a_project_of_one_year_is_of_that_year_without_being_split(stream):
    """From 1 April 2017 to 31 March 2018: £24,000 is all there is."""
    made = project(stream, 24000, starts_on=dt.date(2017, 4, 1), ends_on=dt.date(2018, 3, 31))
    limits.refuse_excess(stream)
    type(made).objects.filter(pk=made.pk).update(amount=Decimal(24001))
    said, _ = refusal(stream)
    assert said == "The projects of Night Fund would come to £24,001 in 2017-18, £1 more than the year’s £24,000."


def test_a_project_that_ends_a_day_later_is_in_no_one_year(stream):
    project(stream, 24001, starts_on=dt.date(2017, 4, 1), ends_on=dt.date(2018, 4, 1))
    limits.refuse_excess(stream)


def test_a_team_has_its_own_in_each_year():
    """£578,000 a year: all five projects in one year would be twice that."""
    fund = FundingStreamFactory(name="Crime Fund", amount=Decimal(1610109))
    for year in (Y1, Y2):
        AllocationFactory(stream=fund, year=year, team=TEAM, amount=Decimal(578000))
    made = ProjectFactory(stream=fund, team=TEAM, amount=Decimal(1156000))
    limits.refuse_excess(fund)
    row = ProjectYearFactory(project=made, year=Y1, amount=Decimal(578000))
    limits.refuse_excess(fund)
    type(row).objects.filter(pk=row.pk).update(amount=Decimal(1156000))
    said, box = refusal(fund)
    assert said == (
        "The projects of Drug and Alcohol Action Team would come to £1,156,000 in 2017-18, £578,000 more than the team’s £578,000."
    )
    assert box == "years"


def test_the_years_of_a_project_are_within_its_amount(stream):
    made = project(stream, 20000)
    ProjectYearFactory(project=made, year=Y1, amount=Decimal(10000))
    ProjectYearFactory(project=made, year=Y2, amount=Decimal("10000.01"))
    said, box = refusal(stream)
    assert said == "The years of Patrols come to £20,000.01, £0.01 more than its £20,000."
    assert box == "years"


def test_what_was_agreed_is_not_offered_to_another_project(stream):
    project(stream, 32500)
    FundingApplicationFactory(stream=stream, agreed=True, years={Y2: Decimal(12000)})
    (choice,) = streams_to_choose.gather([stream])
    assert choice.words == "£15,500 of its £60,000 is left, after £12,000 agreed to applications."
    FundingApplicationFactory(stream=stream, agreed=True, years={Y2: Decimal(15500)})
    (choice,) = streams_to_choose.gather([stream])
    assert choice.words == "All of its £60,000 is given, £27,500 of it agreed to applications."


def test_a_team_is_one_however_it_is_spelt():
    fund = FundingStreamFactory(name="Crime Fund", amount=Decimal(100))
    AllocationFactory(stream=fund, year=Y1, team="DAAT", amount=Decimal(80))
    made = ProjectFactory(stream=fund, team="Daat", amount=Decimal(80))
    limits.refuse_excess(fund)
    type(made).objects.filter(pk=made.pk).update(amount=Decimal(81))
    said, _ = refusal(fund)
    assert said == "The projects of DAAT would come to £81, £1 more than its £80."


def test_days_that_were_agreed_stay_within_the_stream(stream):
    """Agreed until 31 March 2019: a stream that ends before it could never pay for the project."""
    FundingApplicationFactory(stream=stream, agreed=True, title="Patrols")
    limits.refuse_excess(stream)
    type(stream).objects.filter(pk=stream.pk).update(ends_on=dt.date(2018, 12, 31))
    stream.refresh_from_db()
    said, box = refusal(stream)
    assert said == "Patrols would end on 31 March 2019, after Night Fund does on 31 December 2018."
    assert box == "ends_on"


def test_no_year_that_has_an_amount_is_left_out_of_the_form():
    """Ten years from 2017-18, and the stream begins a year earlier since: eleven are offered."""
    fund = FundingStreamFactory(starts_on=dt.date(2016, 4, 1), ends_on=dt.date(2027, 3, 31))
    made = ProjectFactory(stream=fund, ends_on=dt.date(2027, 3, 31))
    ProjectYearFactory(project=made, year=Year.parse("2026-27"), amount=Decimal(100))
    offered = project_choices.years(fund, dt.date(2018, 5, 1), made)
    assert (str(offered[0]), str(offered[-1]), len(offered)) == ("2016-17", "2026-27", 11)
