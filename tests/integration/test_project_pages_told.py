"""What a project's pages say of it: what is made up, what nobody is asked, what is closed, and money in boxes with a £."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from lib.quarters import Quarter
from tests.factories.accounts import UserFactory
from tests.factories.funding import (
    ForecastFactory,
    FundingApplicationFactory,
    FundingStreamFactory,
    ProjectFactory,
    ProjectYearFactory,
    spent,
)
from tests.factories.indicators import ReturnFactory, RoundFactory

pytestmark = pytest.mark.django_db
BASE = "/funding/projects/night-patrols/"
A_BOX = '<div class="govuk-input__prefix" aria-hidden="true">£</div>'


@pytest.fixture(autouse=True)
def april():
    with time_machine.travel(dt.datetime(2018, 4, 26, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def sam(client):
    client.force_login(UserFactory(name="Sam Carrick", roles=["coordinator"]))
    return client


def a_project(**told):
    return ProjectFactory(slug="night-patrols", name="Night patrols", **told)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_what_is_made_up_of_a_real_project_is_told_with_its_split_by_year(sam):
    a_project(has_sample_parts=True)
    assert (
        "The project and its amount are real. How it is split by year, who delivers it, what it serves, what it spends and "
        "what it promises are sample: they were made up." in words(sam.get(BASE))
    )


def test_where_it_came_from_is_marked_as_sample_and_left_out_where_there_is_nothing(sam):
    project = a_project()
    assert "Came from" not in words(sam.get(BASE))
    project.application = FundingApplicationFactory(agreed=True, is_sample=True)
    project.save()
    page = words(sam.get(BASE))
    assert f"application {project.application.reference}</a> (sample)" in page


def test_a_stream_that_was_made_up_is_marked_where_one_is_chosen(sam):
    FundingStreamFactory(name="Crime Fund", slug="crime-fund", is_sample=True)
    page = words(sam.get("/funding/projects/add/"))
    assert "Add a project: which money is it?" in page
    assert "None of its £100,000 is given to a project yet. Sample: it was made up." in page


def test_where_nobody_is_asked_every_page_says_so_in_the_same_words(sam):
    a_project()
    page = words(sam.get(BASE))
    assert "£20,000 in all. Nobody is asked what it spends, so how much of it is spent is not known." in page
    assert "Not known: nobody is asked what it spends" in page
    assert "<span>nobody is asked</span>" in page  # beside each year
    assert "Nobody is asked what it spends." in words(sam.get(f"{BASE}forecast/?year=2017-18"))
    assert "<strong>Nobody is asked what it spends. </strong>" in words(sam.get(f"{BASE}return/2017-18-q4/"))


def test_a_forecast_is_of_its_year_and_says_what_the_spend_of_it_leaves_out(sam):
    project = a_project(spending=True)
    ProjectYearFactory(project=project)
    ForecastFactory(project=project, amount=Decimal(9500))
    spent(project, "2017-18-q1", "4000.50")
    page = words(sam.get(BASE))
    assert "£9,500 in 2017-18" in page
    assert "Difference and notes" in page
    assert "£15,999.50 at most" in page
    page = words(sam.get(f"{BASE}return/2017-18-q4/"))
    assert "£4,000.50, without Q2, Q3 and Q4" in page


def test_the_page_of_a_forecast_says_what_its_spend_leaves_out(sam):
    project = a_project(spending=True)
    spent(project, "2017-18-q1", "4000.50")
    ReturnFactory(indicator=project.spend, round=RoundFactory(quarter=Quarter.parse("2017-18-q2")))
    page = words(sam.get(f"{BASE}forecast/?year=2017-18"))
    assert "<strong>£4,000.50</strong> is verified as spent in it, without Q2." in page


def test_all_of_it_known_is_left_without_at_most(sam):
    project = a_project(spending=True, ends_on=dt.date(2017, 6, 30))
    project.spend.asked_until = Quarter.parse("2017-18-q1")
    project.spend.save()
    spent(project, "2017-18-q1", "4000.50")
    page = words(sam.get(BASE))
    assert "£15,999.50" in page
    assert "at most" not in page
    assert "without" not in page


def test_a_return_without_actions_and_indicators_is_silent_of_them(sam):
    a_project(spending=True)
    page = words(sam.get(f"{BASE}return/2017-18-q4/"))
    assert "in your sight" not in page
    assert "Progress" not in page


def test_a_closed_project_says_its_reason_once_and_offers_to_open_it_first(sam):
    said = {
        "version": "1",
        "because": "Not needed",
        "closed_on_day": "31",
        "closed_on_month": "3",
        "closed_on_year": "2018",
    }
    a_project(spending=True)
    assert sam.post(f"{BASE}close/", said).status_code == 302
    page = sam.get(BASE).content.decode().split("What was done with this project")[0]
    assert page.count("Not needed") == 1
    assert 'class="govuk-button" role="button"' not in page
    assert "Closed on 31 March 2018</dd>" in " ".join(page.split()).replace(" </dd>", "</dd>")
    page = words(sam.get(f"{BASE}reopen/"))
    assert "It was closed on 31 March 2018: Not needed</p>" in page
    assert "Its spend is asked for again until its last day, 31 March 2019." in page


def test_boxes_of_money_begin_with_a_pound(sam):
    a_project()
    assert words(sam.get(f"{BASE}edit/")).count(A_BOX) == 3  # the whole, and two years
    assert words(sam.get(f"{BASE}forecast/?year=2017-18")).count(A_BOX) == 1


def test_reports_cover_up_to_a_quarter(sam):
    a_project()
    page = words(sam.get(f"{BASE}reports/"))
    assert "Covers up to which quarter?" in page
    answer = sam.post(f"{BASE}reports/", {"until_quarter": ""})
    assert "Choose the last quarter that it covers" in words(answer)


def test_things_are_added_and_said_to_be(sam):
    a_project()
    page = words(sam.post(f"{BASE}outputs/add/", {"version": "0", "text": "People", "promised": ""}, follow=True))
    assert "Added: People" in page
    assert "Add an output" in page
    assert "The one output is not counted in 2017-18 Q4." in page
    assert "Add the output" in words(sam.get(f"{BASE}outputs/add/"))
