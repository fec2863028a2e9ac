"""A project's pages, asked as a browser does: seen, entered, changed by two at once, reported on, with bad input."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Forecast, FunderReport, Output, OutputCount, Project
from indicators.models import Round
from lib.quarters import Quarter
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.funding import (
    Y1,
    AllocationFactory,
    FunderReportFactory,
    FundingStreamFactory,
    OutputCountFactory,
    OutputFactory,
    ProjectFactory,
    ProjectYearFactory,
    spent,
)
from tests.factories.indicators import IndicatorFactory, LeadFactory, ReturnFactory, RoundFactory, sent, verified

pytestmark = pytest.mark.django_db
BASE = "/funding/projects/night-patrols/"
Q4 = Quarter.parse("2017-18-q4")


@pytest.fixture(autouse=True)
def april():
    with time_machine.travel(dt.datetime(2018, 4, 26, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def sam(client):
    client.force_login(UserFactory(name="Sam Carrick", roles=["coordinator"]))
    return client


@pytest.fixture
def project():
    """£20,000, £10,000 of it for 2017-18; Q1 to Q3 are asked for, of which £4,000.50 and £100 are in."""
    stream = FundingStreamFactory(name="Crime Fund", slug="crime-fund")
    project = ProjectFactory(stream=stream, slug="night-patrols", name="Night patrols", spending=True)
    ProjectYearFactory(project=project)
    spent(project, "2017-18-q1", "4000.50")
    spent(project, "2017-18-q2", "100")
    sent(ReturnFactory(indicator=project.spend, round=RoundFactory(quarter=Quarter.parse("2017-18-q3"))), "7.25")
    return project


def words(response) -> str:
    return " ".join(response.content.decode().split())


def day(name: str, on: dt.date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


DAYS = day("starts_on", dt.date(2017, 4, 1)) | day("ends_on", dt.date(2019, 3, 31))
GIVEN = {
    "version": "0",
    "name": "Day patrols",
    "amount": "£30,000",
    **DAYS,
    "priority": "",
    "lead_body": "",
    "organisation": "",
}


def of(project: Project) -> dict[str, str]:
    """What the form of the project sends when nothing is changed."""
    return GIVEN | {
        "version": str(project.version),
        "name": project.name,
        "amount": "20,000",
        "year_2017": "10,000",
        "lead_body": str(project.lead_body_id),
        "organisation": str(project.organisation_id),
    }


# ---------------------------------------------------------------- seen


def test_the_page_answers_first(sam, project):
    page = words(sam.get(BASE))
    assert (
        "£4,100.50 of £20,000 is spent and verified. Of three quarters asked for, two are in. One is over and not asked for yet."
        in page
    )
    assert "£4,100.50, verified, without 2017-18 Q3 and 2017-18 Q4" in page
    assert "£15,899.50 at most" in page  # left
    assert '£4,100.50 <span class="csp-sub">without Q3 and Q4</span>' in page  # of the year
    assert "Not yet verified, £7.25" in page  # the partnership team sees every return


def test_what_is_unverified_is_told_without_its_amount_to_who_may_not_see_it(client, project):
    client.force_login(UserFactory(roles=["member"]))
    for address in (BASE, f"{BASE}return/2017-18-q3/"):
        page = words(client.get(address))
        assert "Not yet verified" in page
        assert "7.25" not in page


def test_a_restricted_indicator_is_not_named_to_who_may_not_see_it(client, sam, project):
    hidden = IndicatorFactory(name="Hidden measure", is_restricted=True)
    verified(ReturnFactory(indicator=hidden, round=Round.objects.first()), 5)
    said = of(project) | {"indicators": [str(hidden.pk)]}
    assert sam.post(f"{BASE}edit/", said).status_code == 302
    assert "Hidden measure" in words(sam.get(BASE))
    client.force_login(UserFactory(roles=["member"]))
    page = words(client.get(BASE))
    assert "Hidden measure" not in page
    assert "a restricted indicator" in page  # in what was done with it


def test_as_many_queries_for_a_project_with_much_as_for_one_with_little(sam, project):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert sam.get(BASE).status_code == 200
        return len(caught)

    def more(number: int) -> None:
        for _ in range(number):
            indicator = IndicatorFactory()
            project.indicators.add(indicator)
            verified(ReturnFactory(indicator=indicator, round=Round.objects.first()), 5)
            OutputCountFactory(output=OutputFactory(project=project))
        OutputFactory(project=project)
        FunderReportFactory(project=project, due_on=dt.date(2018, 5, number))

    more(1)
    sam.get(BASE)
    few = queries()
    more(10)
    assert queries() == few


def test_as_many_queries_to_choose_a_stream_of_ten_as_of_three_hundred(sam):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert sam.get("/funding/projects/add/").status_code == 200
        return len(caught)

    def more(number: int) -> None:
        for _ in range(number):
            AllocationFactory(stream=ProjectFactory(lead_body=None).stream)

    more(10)
    sam.get("/funding/projects/add/")
    few = queries()
    more(290)
    assert queries() == few


# ---------------------------------------------------------------- entered and changed


def test_entered_in_the_stream_that_was_chosen(sam, project):
    assert "£80,000 of its £100,000 is left." in words(sam.get("/funding/projects/add/"))
    answer = sam.post("/funding/projects/add/?stream=crime-fund", GIVEN | {"year_2017": "1,000.50"})
    made = Project.objects.get(slug="day-patrols")
    assert answer.url == made.get_absolute_url()
    assert (made.amount, made.years.get().amount) == (30000, Decimal("1000.50"))
    assert sam.get("/funding/projects/add/?stream=nothing").status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"amount": "£1.6m"}, "The amount must be written out in full: type 1,600,000"),
        ({"amount": "12.345"}, "The amount must have at most two figures after the point"),
        ({"amount": "-5"}, "The amount can’t be less than 0"),
        ({"amount": ""}, "Enter the amount"),
        ({"amount": "0"}, "The amount must be more than £0"),
        ({"amount": "80,000.01"}, "would come to £100,000.01, £0.01 more than its £100,000."),
        ({"name": ""}, "Enter the name of the project"),
        ({"name": "x" * 161}, "must be 160 characters or fewer"),
        ({"name": "A\x00b"}, "has a hidden character in it"),
        ({"year_2017": "20k"}, "The amount for 2017-18 must be written out in full: type 20,000"),
        ({"year_2017": "29,999", "year_2018": "2"}, "The years come to £30,001, £1 more than the project’s £30,000"),
        (
            {"starts_on_year": "2016"},
            "Day patrols would start on 1 April 2016, before Crime Fund does on 1 April 2017.",
        ),
        ({"ends_on_day": "32"}, "The last day must be between 1 and 31"),
        ({"priority": "999"}, "Choose one of the options"),
        ({"indicators": "999"}, "Choose one of the options"),
        ({"version": ""}, "Open this page again"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_and_the_typing_kept(sam, project, typed, sentence):
    IndicatorFactory()
    answer = sam.post("/funding/projects/add/?stream=crime-fund", GIVEN | typed)
    page = words(answer)
    assert answer.status_code == 200
    assert sentence in page
    assert "<title>Error: " in page
    if "name" not in typed:
        assert "Day patrols" in page
    assert Project.objects.count() == 1


def test_two_change_a_project_at_once_and_the_later_is_told_who_changed_what(sam, project):
    mine = of(project)
    assert sam.post(f"{BASE}edit/", mine | {"amount": "25,000"}).status_code == 302
    answer = sam.post(f"{BASE}edit/", mine | {"name": "Evening patrols"})
    page = words(answer)
    assert "This project has been changed since you opened it." in page
    assert "Amount: £20,000 → £25,000" in page
    assert "Evening patrols" in page
    assert Project.objects.get(pk=project.pk).name == "Night patrols"
    again = mine | {"name": "Evening patrols", "version": "2"}
    assert sam.post(f"{BASE}edit/", again).status_code == 302
    assert sam.post(f"{BASE}edit/", again | {"version": "3"}, follow=True).context["messages"]


def test_a_closed_project_stays_as_it_is_until_it_is_opened_again(sam, project):
    said = {"version": "1", "because": "The provider left."} | day("closed_on", dt.date(2018, 3, 31))
    assert sam.post(f"{BASE}close/", said).status_code == 302
    assert "so it stays as it is" in words(sam.get(f"{BASE}edit/"))
    answer = words(sam.post(f"{BASE}edit/", of(project) | {"version": "2", "name": "Evening patrols"}))
    assert "is closed since 31 March 2018, so it stays as it is. Open it again first." in answer
    assert "Evening patrols" in answer
    assert "It is closed already" in words(sam.get(f"{BASE}close/"))
    assert sam.post(f"{BASE}reopen/", {"version": "2", "because": "It goes on."}).status_code == 302
    assert "nothing to open again" in words(sam.get(f"{BASE}reopen/"))


def test_closing_before_spend_that_was_given_is_refused_at_its_box(sam, project):
    said = {"version": "1", "because": "Over"} | day("closed_on", dt.date(2017, 6, 30))
    answer = sam.post(f"{BASE}close/", said)
    told = "Spend has been given for 2017-18 Q2 and 2017-18 Q3. Choose a day in 2017-18 Q3 or later"
    assert answer.context["form"].errors == {"closed_on": [told]}


def test_spend_is_asked_for_of_a_data_lead(sam):
    lead = UserFactory(name="Farida Begum", roles=["data_lead"])
    RoundFactory(quarter=Q4)
    ProjectFactory(slug="night-patrols", organisation=OrganisationFactory())
    assert "Choose who gives its spend" in words(sam.post(f"{BASE}spend/", {"version": "1"}))
    assert sam.post(f"{BASE}spend/", {"version": "1", "lead": str(lead.pk)}).status_code == 302
    page = words(sam.get(BASE))
    assert "Of the one quarter asked for, none is in. Three are over and not asked for yet." in page
    assert "Farida Begum" in page
    assert sam.get(f"{BASE}spend/").url == BASE


def test_what_is_lacking_is_said_before_spend_is_asked_for(sam):
    ProjectFactory(slug="night-patrols", starts_on=None)
    assert "Its first day and organisation must be known first." in words(sam.get(f"{BASE}spend/"))


# ---------------------------------------------------------------- reported


def test_who_gives_its_spend_gives_the_forecast(client, project):
    lead = UserFactory(name="Farida Begum", roles=["data_lead"])
    LeadFactory(indicator=project.spend, user=lead)
    client.force_login(lead)
    address = f"{BASE}forecast/?year=2017-18"
    refused = client.post(address, {"version": "1", "amount": "9,500", "reason": ""})
    assert refused.context["form"].errors == {
        "reason": ["Say why: the forecast is £500 less than the £10,000 for 2017-18"]
    }
    too_low = client.post(address, {"version": "1", "amount": "4,100.49", "reason": "Less"})
    assert "£4,100.50 is verified as spent in 2017-18 already." in words(too_low)
    assert client.post(address, {"version": "1", "amount": "9,500", "reason": "A vacancy"}).status_code == 302
    late = words(client.post(address, {"version": "1", "amount": "9,600", "reason": "Another"}))
    assert "This project has been changed since you opened it." in late
    assert "Forecast for 2017-18: £9,500" in late
    page = words(client.get(address))
    assert "A vacancy" in page
    assert Forecast.objects.get().year == Y1


@pytest.mark.parametrize(
    "address", ["forecast/?year=2016-17", "forecast/?year=x", "outputs/?quarter=2018-19-q2", "outputs/?quarter=x"]
)
def test_years_and_quarters_that_it_has_not_are_not_found(sam, project, address):
    assert sam.get(f"{BASE}{address}").status_code == 404


@pytest.mark.parametrize(
    ("quarter", "status"), [("2016-17-q4", 404), ("2017-18-q1", 200), ("2018-19-q1", 200), ("2018-19-q2", 404)]
)
def test_there_is_a_return_for_quarters_that_have_begun_since_its_first_day(sam, project, quarter, status):
    assert sam.get(f"{BASE}return/{quarter}/").status_code == status
    assert sam.get(f"{BASE}return/{quarter}/return.xlsx").status_code == status


def test_the_return_is_a_spreadsheet_of_its_own_name(sam, project):
    answer = sam.get(f"{BASE}return/2017-18-q4/return.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="return-night-patrols-2017-18-q4.xlsx"'
    assert answer.content[:2] == b"PK"
    Project.objects.filter(pk=project.pk).update(has_sample_parts=True)
    answer = sam.get(f"{BASE}return/2017-18-q4/return.xlsx")
    assert "sample-return-night-patrols" in answer["Content-Disposition"]


def test_all_outputs_of_a_quarter_in_one_form(sam, project):
    assert sam.post(f"{BASE}outputs/add/", {"version": "0", "text": "People", "promised": "1,200"}).status_code == 302
    assert sam.post(f"{BASE}outputs/add/", {"version": "0", "text": "Sessions", "promised": ""}).status_code == 302
    people, sessions = Output.objects.order_by("order")
    assert (people.promised, sessions.promised) == (1200, None)
    numbers = {f"number_{people.pk}": "31", f"said_{people.pk}": "Two schools", f"number_{sessions.pk}": ""}
    answer = sam.post(f"{BASE}outputs/", {"version": "1"} | numbers)
    assert answer.url == f"{BASE}outputs/?quarter=2017-18-q4"
    assert (OutputCount.objects.get().number, OutputCount.objects.get().quarter) == (31, Q4)
    assert "One of two outputs is counted in 2017-18 Q4." in words(sam.get(f"{BASE}outputs/"))
    late = words(sam.post(f"{BASE}outputs/", {"version": "1"} | numbers | {f"number_{sessions.pk}": "12"}))
    assert "This project has been changed since you opened it." in late
    assert "People: 31 (Two schools)" in late
    assert 'value="12"' in late


@pytest.mark.parametrize(
    ("number", "said", "sentence"),
    [
        ("about 30", "", "The number for “People” must be exact: type the number itself"),
        ("-1", "", "The number for “People” can’t be less than 0"),
        ("1.5", "", "The number for “People” must be a whole number, like 120"),
        ("", "A note", "Enter the number for “People” that the note is about"),
        ("9" * 41, "", "must be 40 characters or fewer"),
    ],
)
def test_a_count_is_refused_at_its_box(sam, project, number, said, sentence):
    people = OutputFactory(project=project, text="People")
    answer = sam.post(f"{BASE}outputs/", {"version": "1", f"number_{people.pk}": number, f"said_{people.pk}": said})
    assert sentence in " ".join(answer.context["form"].errors[f"number_{people.pk}"])
    assert not OutputCount.objects.exists()


def test_what_was_counted_is_not_emptied(sam, project):
    people = OutputFactory(project=project, text="People")
    OutputCountFactory(output=people, quarter=Q4)
    answer = sam.post(f"{BASE}outputs/", {"version": "1", f"number_{people.pk}": ""})
    assert "Enter the number for “People”: 0 if there were none" in words(answer)


def test_an_output_of_another_project_is_not_found(sam, project):
    other = OutputFactory()
    assert sam.get(f"{BASE}outputs/{other.pk}/edit/").status_code == 404
    assert sam.get(f"{BASE}outputs/{other.pk}/end/").status_code == 404
    assert sam.get(f"{BASE}reports/{FunderReportFactory().pk}/sent/").status_code == 404


def test_two_change_an_output_at_once(sam, project):
    people = OutputFactory(project=project, text="People", promised=Decimal(120))
    address, said = f"{BASE}outputs/{people.pk}/edit/", {"version": "1", "text": "People", "promised": "110"}
    assert sam.post(address, said).status_code == 302
    late = words(sam.post(address, said | {"text": "Young people"}))
    assert "Promised: 120 → 110" in late
    assert "Young people" in late
    assert sam.post(f"{BASE}outputs/{people.pk}/end/", {"version": "2", "because": "Not asked for"}).status_code == 302
    assert sam.get(address).status_code == 404


def test_days_of_the_funder_are_added_sent_and_dropped(sam, project):
    address = f"{BASE}reports/"
    assert "No day is set" in words(sam.get(address))
    said = {"until_quarter": "2017-18-q4"} | day("due_on", dt.date(2018, 5, 31))
    assert sam.post(address, said).status_code == 302
    assert "A report is due on 31 May 2018 already" in words(sam.post(address, said))
    assert "Choose one of the options" in words(sam.post(address, said | {"until_quarter": "2030-31-q1"}))
    assert "The one report is not sent. The next is due on 31 May 2018." in words(sam.get(address))
    report = FunderReport.objects.get()
    sent_on = {"version": "1", "note": "By mail"} | day("sent_on", dt.date(2018, 4, 25))
    assert sam.post(f"{address}{report.pk}/sent/", sent_on).status_code == 302
    late = words(sam.post(f"{address}{report.pk}/drop/", {"version": "1", "because": "Not wanted"}))
    assert "This report has been changed since you opened it." in late
    assert "Sent on: 25 April 2018" in late
    assert "Not wanted" in late
    page = words(sam.get(address))
    assert "The one report is sent." in page
    assert "By mail" in page
    assert "It was sent on 25 April 2018." in words(sam.get(f"{address}{report.pk}/drop/"))
