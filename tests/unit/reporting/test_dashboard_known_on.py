"""The dashboard as it was known on a day: what it shows, what it costs to ask, and what a day that is none is told."""

import csv
import html
import io

import pytest
from django.urls import reverse

from lib.kept_ready import cache
from lib.known_on import UNREADABLE
from lib.quarters import Quarter
from reporting import dashboard_pages
from reporting.models import Download
from tests.factories import reporting as data
from tests.factories.reporting import Q4, at

pytestmark = pytest.mark.django_db

PAGE, TABLE = (reverse(f"reporting:dashboard-{name}", args=[Q4]) for name in ("detail", "csv"))
REVISED = {"restates": "revision", "restated_because": "Late reports were added"}


@pytest.fixture
def member(client):
    client.force_login(data.person("Lena Fox", "executive", post="Director"))
    return client


@pytest.fixture
def indicator():
    """1,547 verified on 3 May, 1,588 on 8 May at eleven in the evening, London time."""
    made = data.indicator(data.plan())
    farida, return_ = data.person(), data.return_(made)
    data.figure(return_, 1547, by=farida, recorded=at(2), verified=at(3))
    data.figure(return_, 1588, by=farida, recorded=at(5), verified=at(8, hour=22), **REVISED)
    return made


def words(response):
    assert response.status_code == 200
    return " ".join(html.unescape(response.content.decode()).replace("\N{NO-BREAK SPACE}", " ").split())


def scorecard(client, **query):
    page = words(client.get(PAGE, query))
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize(
    ("day", "is_there", "is_not"),
    [
        ("2018-05-02", "1,547", "1,588"),  # sent, and not yet verified
        ("2018-05-03", "1,547", "1,588"),
        ("2018-05-07", "1,547", "1,588"),
        ("2018-05-08", "1,588", "A newer figure"),  # the evening counts
        ("2018-05-01", "Missing", "1,547"),
    ],
)
def test_it_shows_what_was_known_at_the_end_of_that_day(member, indicator, day, is_there, is_not):
    page = scorecard(member, known_on=day)
    assert is_there in page and is_not not in page


def test_it_says_so_before_anything_else_and_leads_back(member, indicator):
    page = scorecard(member, known_on="2018-05-03")
    strip = f'<strong>Figures as known on 3 May 2018</strong>, not today’s. <a class="govuk-link govuk-link--inverse" href="{PAGE}">Show today’s figures</a>'
    assert strip in page and page.index(strip) < page.index("<h1")
    assert "Figures as at 3 May 2018, 23:59." in page
    assert "as known on 3 May 2018 - " in words(member.get(PAGE, {"known_on": "2018-05-03"}))


def test_other_quarters_indicators_and_the_table_are_of_the_same_day(member, indicator):
    data.round_(Q4.previous)
    page, query = scorecard(member, known_on="2018-05-03"), "?known_on=2018-05-03"
    for address in (
        reverse("reporting:dashboard-detail", args=[Q4.previous]),
        reverse("indicators:indicator-detail", args=[indicator.slug]),
        TABLE,
    ):
        assert f'href="{address}{query}' in page


def test_today_is_as_ever(member, indicator):
    today = scorecard(member)
    assert "as known on" not in today.replace("Figures as known on another day", "")
    assert "known_on=" not in today and "1,588" in today


def test_a_day_before_the_quarter_was_asked_for_says_when_that_was(member, indicator):
    assert "2017-18 Q4 was not asked for until 1 April 2018." in scorecard(member, known_on="2018-03-31")
    assert "was not asked for until" not in scorecard(member, known_on="2018-04-01")


def test_what_is_kept_is_of_today_alone(member, indicator, monkeypatch):
    assert "1,588" in scorecard(member)
    kept = []
    monkeypatch.setattr(cache, "set", lambda *told: kept.append(told))
    monkeypatch.setattr(cache, "get", lambda key: pytest.fail("An earlier day was looked for among what is kept"))
    assert "1,547" in scorecard(member, known_on="2018-05-03")
    assert kept == []
    monkeypatch.undo()
    assert "1,588" in scorecard(member)


@pytest.mark.parametrize(
    ("text", "told"), [("2999-01-01", "1 January 2999 has not come yet."), ("soon", UNREADABLE), ("2018-02-30", UNREADABLE)]
)  # fmt: skip
def test_a_day_that_is_none_gets_a_sentence_over_todays_figures(member, indicator, text, told):
    response = member.get(PAGE, {"known_on": text})
    page = words(response)
    assert "<title>Error: " in page and "There is a problem" in page
    assert page.count(told) == 2  # in the summary and at the box
    assert '<details class="govuk-details csp-known-on" open>' in page
    assert "csp-then" not in page and "1,588" in page
    assert member.get(TABLE, {"known_on": text}).url == response.wsgi_request.get_full_path()


def test_the_table_is_of_that_day_and_called_so(member, indicator):
    response = member.get(TABLE, {"known_on": "2018-05-03"})
    assert response["Content-Disposition"].endswith('-csp-dashboard-2017-18-q4-as-known-on-2018-05-03.csv"')
    (row,) = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert (row["Figure"], row["Figures as at"]) == ("1547", "3 May 2018, 23:59")


def test_who_takes_restricted_figures_of_a_day_is_kept_with_the_day(member, indicator):
    type(indicator).objects.update(is_restricted=True)
    member.get(TABLE, {"known_on": "2018-05-03"})
    assert Download.objects.get().what == "Dashboard, 2017-18 Q4, as known on 3 May 2018"


def test_a_quarter_of_no_plan_is_not_found(member, indicator):
    address = reverse("reporting:dashboard-detail", args=[Quarter.parse("2030-31 Q1")])
    assert member.get(address, {"known_on": "2018-05-03"}).status_code == 404


def test_whoever_may_not_see_it_may_not_see_it_of_any_day(client, indicator):
    client.force_login(data.person("Somebody", "data_lead"))
    assert client.get(PAGE, {"known_on": "2018-05-03"}).status_code == 403


def test_a_quarter_that_was_never_asked_for_says_nothing_of_when(indicator):
    assert dashboard_pages.not_open_by(Q4.next, at(3).date()) == ""
