"""What the first page says to each role."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from lib.quarters import Quarter
from reporting import first_steps
from reporting.actions import building
from tests.factories import reporting as data

pytestmark = pytest.mark.django_db

HOME = reverse("reporting:home")
MAY = dt.datetime(2018, 5, 2, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def in_may():
    """Figures were due on Friday 27 April, returns are to be verified by Friday 4 May, the CSP Executive meets on 24 May."""
    with time_machine.travel(MAY, tick=True):
        yield


def words(response):
    return " ".join(response.content.decode().split())


def home(client, user):
    User.objects.filter(pk=user.pk).update(last_login=MAY)
    client.force_login(user)
    return words(client.get(HOME))


def test_visitor_is_led_to_the_plan(client):
    assert client.get(HOME)["Location"] == reverse("reporting:plan-detail")


def test_lead_sees_what_is_owed_most_urgent_first_and_what_was_sent(client):
    plan, farida = data.plan(), data.person("Farida Begum", "data_lead", "commentary_lead")
    owed, back, sent = (data.indicator(plan, reference) for reference in ("A1", "A2", "A3"))
    for indicator in (owed, back, sent):
        data.lead(indicator, farida)
    data.lead(owed, farida, "commentary")
    data.commentary(data.return_(owed), due_on=dt.date(2018, 5, 8))
    sam = data.person("Sam Carrick", "coordinator")
    figure = data.figure(data.return_(back), 137, by=farida)
    data.send_back(figure, by=sam, sent=data.at(1), comment="Below the offences. Right?")
    data.figure(data.return_(sent), 4207, by=farida)
    page = home(client, farida)
    assert "What needs you now" in page
    assert "Two returns for 2017-18 Q4 (January to March 2018)." in page
    assert page.index("Overdue") < page.index("Sent back") < page.index("Write the commentary")
    assert "Give the figure" in page and "Change and send" in page
    assert "Below the offences. Right?" in page
    assert "4,207" in page and "Not yet verified" in page
    assert "Figures due: <strong>Friday 27 April 2018</strong>" in page


def test_two_quarters_of_one_indicator_are_told_apart(client):
    plan, farida = data.plan(), data.person("Farida Begum", "data_lead")
    indicator = data.indicator(plan)
    data.lead(indicator, farida)
    for quarter in ("2017-18-q3", "2017-18-q4"):
        data.return_(indicator, Quarter.parse(quarter))
    page = home(client, farida)
    for quarter in ("2017-18 Q3", "2017-18 Q4"):
        assert f"</strong> {quarter}. It was due on" in page


def test_lead_finds_the_other_ways_to_send_and_where_to_say_that_they_are_away(client):
    page = home(client, data.person("Farida Begum", "data_lead"))
    for name in ("upload-add", "upload-list", "absence-edit", "return-hand-over"):
        assert f'href="{reverse(f"indicators:{name}")}"' in page
    page = home(client, data.person("Lena Fox", "executive"))
    assert "Other ways to send" not in page and "Hand over what you lead" not in page


def test_lead_who_owes_nothing_is_told_the_next_date(client):
    plan, farida = data.plan(), data.person("Farida Begum", "data_lead")
    indicator = data.indicator(plan)
    data.lead(indicator, farida)
    data.figure(data.return_(indicator), 5, by=farida)
    page = home(client, farida)
    assert "Nothing needs you now" in page
    assert "Returns for 2017-18 Q4 are to be verified by Friday 4 May 2018." in page


def test_lead_while_no_quarter_is_open_hears_when_the_next_ends(client):
    data.plan()
    page = home(client, data.person("Farida Begum", "data_lead"))
    assert "Nothing needs you now" in page
    assert "The next quarter to report on, 2018-19 Q1, ends on Saturday 30 June 2018." in page


def test_dates_that_no_plan_has_are_not_promised(client):
    assert "No quarter is open, and no date is set" in home(client, data.person("Farida Begum", "data_lead"))


def test_a_quarter_that_stays_open_past_its_plan_is_not_called_closed(client, monkeypatch):
    data.return_(data.indicator(data.plan()))
    monkeypatch.setattr("reporting.home_page.terms.plan_of", lambda quarter: None)
    monkeypatch.setattr("reporting.home_page._next_meeting", lambda on: None)
    page = home(client, data.person("Jo Mercer", "executive"))
    assert "2017-18 Q4 is still being collected, and no date is set for the next meeting" in page


def test_coordinator_sees_counts_what_to_verify_and_what_is_late(client):
    plan, sam, farida = data.plan(), data.person("Sam Carrick", "coordinator"), data.person()
    for reference in ("A1", "A2"):
        data.commentary(data.return_(data.indicator(plan, reference)))
    sent = data.return_(data.indicator(plan, "A3"))
    data.commentary(sent)
    data.figure(sent, 5, by=farida)
    page = home(client, sam)
    assert "2017-18 Q4: 1 of 3 is in." in page
    assert "One return waits to be verified, by Friday 4 May 2018." in page
    assert "Two figures are overdue. They were due on Friday 27 April 2018." in page
    assert page.index("Ask for what is late") < page.index("Verify the returns for")
    assert '<dd class="govuk-summary-list__value">2, all overdue</dd>' in page


def test_coordinator_is_asked_to_build_the_pack_when_all_is_in(client):
    plan, sam = data.plan(), data.person("Sam Carrick", "coordinator")
    missing = data.missing(data.return_(data.indicator(plan)), said=MAY)
    data.commentary(missing)
    assert "Build the pack for 2017-18 Q4" in home(client, sam)


def test_coordinator_sees_packs_that_are_being_built_or_failed(client, pages, plan, quarter):
    sam = data.person("Sam Carrick", "coordinator")
    pack = building.request_pack(plan, quarter, queue=False, by=sam)
    assert "See how far it is" in home(client, sam)
    type(pack).objects.update(job_state="failed", failure="The quarter is too long.")
    page = home(client, sam)
    assert "The quarter is too long." in page and "Failed" in page


def test_member_reads_the_pack_of_the_meeting_to_come(client, built):
    built()
    page = home(client, data.person("Lena Fox", "executive"))
    assert "Read the pack for 2017-18 Q4" in page
    assert "For the meeting on Thursday 24 May 2018." in page
    assert "Download the pack (PDF, 20 bytes)" in page


def test_member_after_the_meeting_still_finds_the_pack(client, built):
    built()
    with time_machine.travel(MAY + dt.timedelta(days=60)):
        page = home(client, data.person("Lena Fox", "executive"))
    assert "Nothing needs you now" in page
    assert "Pack for 2017-18 Q4, issue 1 (PDF, 20 bytes, 18 pages)" in page


def test_member_without_packs(client):
    assert "No pack is ready yet." in home(client, data.person("Lena Fox", "executive"))


def test_scrutiny_finds_the_committees_page_and_the_reports(client):
    page = home(client, data.person("Jo Mercer", "scrutiny"))
    assert reverse("reporting:committee") in page and reverse("reporting:report-list") in page
    assert "Packs" not in page


def test_administrator_sees_who_has_not_signed_in_and_the_first_steps(client):
    data.person("Somebody New")
    page = home(client, data.person("Ada Min", "administrator"))
    assert "One person has an account and has not signed in yet." in page
    assert "Set up this installation" in page


def test_several_roles_see_all_their_parts(client, built):
    built()
    both = data.person("Both", "coordinator", "executive", "data_lead")
    page = home(client, both)
    assert page.index("Ask for what is late") < page.index("Read the pack")


def test_person_without_a_role_sees_a_page(client):
    assert "Nothing needs you now" in home(client, data.person("Nobody"))


def test_first_page_costs_the_same_for_3_and_for_30(client):
    plan, everything = data.plan(), data.person("All", "coordinator", "executive", "data_lead", "commentary_lead")

    def cost(references):
        for reference in references:
            indicator = data.indicator(plan, reference)
            data.lead(indicator, everything)
            data.lead(indicator, everything, "commentary")
            data.commentary(data.return_(indicator))
        home(client, everything)
        with CaptureQueriesContext(connection) as queries:
            client.get(HOME)
        return len(queries)

    few = cost(["A1", "A2", "A3"])
    assert cost([f"B{number}" for number in range(1, 28)]) == few


# ---------------------------------------------------------------- first steps


def steps(user, on=dt.date(2018, 5, 2)):
    return [step.is_done for step in first_steps.read(user, on).steps]


def test_steps_are_done_when_they_are_done():
    sam = data.person("Sam Carrick", "coordinator")
    assert steps(sam) == [False, False, False, False, False]
    plan = data.plan()
    indicator = data.indicator(plan)
    assert steps(sam) == [True, False, False, False, False]
    farida = data.person("Farida Begum", "data_lead", "commentary_lead")
    data.person("Lena Fox", "executive")
    assert steps(sam) == [True, True, False, False, False]
    data.lead(indicator, farida)
    assert steps(sam)[2] is False
    data.lead(indicator, farida, "commentary")
    assert steps(sam) == [True, True, True, False, False]
    data.figure(data.return_(indicator), 5, by=farida, verified=data.at(1))
    assert steps(sam) == [True, True, True, True, False]
    for quarter in Quarter.parse("2017-18-q3").back_to(4):
        data.figure(data.return_(indicator, quarter), 5, by=farida, verified=data.at(1))
    page = first_steps.read(sam, dt.date(2018, 5, 2))
    assert (page.is_finished, page.lede, page.next) == (True, "Everything is set up.", None)


def test_first_steps_page_links_only_what_the_reader_may_do(client):
    data.plan()
    client.force_login(data.person("Ada Min", "administrator"))
    page = words(client.get(reverse("reporting:first-steps")))
    assert reverse("accounts:user-list") in page
    assert reverse("indicators:round-open") not in page
    assert "This is for the partnership team." in page
    assert "None of five steps is done." in page


@pytest.mark.parametrize(
    ("role", "status"),
    [("coordinator", 200), ("administrator", 200), ("data_lead", 403), ("executive", 403), ("scrutiny", 403)],
)
def test_who_sees_the_first_steps(client, role, status):
    client.force_login(data.person("Somebody", role))
    assert client.get(reverse("reporting:first-steps")).status_code == status
