"""The pages of the dashboard: who opens them, what they say in each state, and what they hand out."""

import csv
import html
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from indicators.models import Indicator
from lib.quarters import Quarter
from reporting import dashboard
from reporting.models import Download
from reporting.snapshots.shape import ForecastPart, ToDate, UsualPart, Value, VerdictPart
from tests.factories import dashboards, snapshots
from tests.factories import reporting as data
from tests.factories.reporting import at

pytestmark = pytest.mark.django_db
LATEST = reverse("reporting:dashboard")
Q1, Q3, Q4 = (Quarter.parse(f"2017-18 Q{number}") for number in (1, 3, 4))


def url(quarter=Q4, name="dashboard-detail"):
    return reverse(f"reporting:{name}", args=[quarter])


def words(response):
    return " ".join(html.unescape(response.content.decode()).replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.fixture
def member(client):
    client.force_login(data.person("Lena Fox", "executive", post="Director"))
    return client


# ---------------------------------------------------------------- who


@pytest.mark.parametrize(
    ("role", "detail"),
    [
        ("coordinator", 200),
        ("executive", 200),
        ("data_lead", 403),
        ("commentary_lead", 403),
        ("scrutiny", 403),
        ("administrator", 403),
    ],
)
def test_coordinators_and_members_of_the_csp_executive_see_it(client, plan, role, detail):
    client.force_login(data.person("Somebody", role))
    assert client.get(url()).status_code == detail
    assert client.get(url(name="dashboard-csv")).status_code == detail
    assert client.get(LATEST).status_code == (302 if detail == 200 else detail)


def test_others_are_told_whom_it_is_for(client, plan):
    client.force_login(data.person("Somebody", "data_lead"))
    page = words(client.get(url()))
    assert "The dashboard is for members of the CSP Executive and for the partnership team." in page


def test_it_only_reads(member, plan):
    assert [member.post(address).status_code for address in (LATEST, url(), url(name="dashboard-csv"))] == [405] * 3


# ---------------------------------------------------------------- which quarter


def test_it_leads_to_the_latest_quarter_with_something_verified(member, plan):
    farida = data.person()
    indicator = plan.placements.first().indicator
    data.figure(data.return_(indicator, Q3), 5, by=farida, verified=at(3))
    data.round_(Quarter.parse("2018-19 Q1"))
    assert member.get(LATEST).url == url(Q4)  # the plan of these tests has a verified figure there


def test_while_nothing_is_verified_it_leads_to_the_latest_that_was_opened(member):
    data.plan()
    for quarter in (Q1, Q3):
        data.round_(quarter)
    assert member.get(LATEST).url == url(Q3)


def test_without_a_quarter_it_says_so(member, client):
    data.plan()
    page = words(member.get(LATEST))
    assert "No quarter has been opened yet, so there are no figures to show." in page
    assert "Open a quarter" not in page
    client.force_login(data.person("Sam Carrick", "coordinator"))
    assert "Open a quarter" in words(client.get(LATEST))


def test_without_a_plan_there_is_a_sentence_and_no_error(member):
    assert member.get(LATEST).status_code == 200
    data.round_(Q4)
    assert member.get(LATEST).status_code == 200


@pytest.mark.parametrize(
    ("quarter", "status"),
    [("2015-16 Q4", 404), ("2016-17 Q1", 200), ("2018-19 Q1", 200), ("2020-21 Q4", 200), ("2021-22 Q1", 404)],
)
def test_a_quarter_of_the_plan_or_the_year_before_has_a_page_and_another_has_none(member, plan, quarter, status):
    assert member.get(url(Quarter.parse(quarter))).status_code == status
    assert member.get(url(Quarter.parse(quarter), "dashboard-csv")).status_code == status


def test_a_quarter_that_was_not_opened_says_that_nothing_was_asked_for(member, plan):
    page = words(member.get(url(Quarter.parse("2018-19 Q1"))))
    assert "Nothing was asked for in 2018-19 Q1." in page
    assert "<table" not in page
    assert "figures.csv" not in page


def test_an_address_that_is_no_quarter_is_not_found(member, plan):
    assert member.get("/dashboard/2017-18-q5/").status_code == 404


def test_the_nearest_opened_quarters_are_one_link_away(member, plan):
    for quarter in (Quarter.parse("2016-17 Q4"), Q1, Q4, Quarter.parse("2018-19 Q2")):
        data.round_(quarter)
    page = words(member.get(url(Q1)))
    assert f'href="{url(Quarter.parse("2016-17 Q4"))}">Earlier: 2016-17 Q4</a>' in page
    assert f'href="{url(Q4)}">Later: Q4</a>' in page


def test_the_ends_have_one_way_only(member, plan):
    data.round_(Q3)
    assert "Earlier:" not in words(member.get(url(Q3)))
    assert "Later:" not in words(member.get(url(Q4)))


# ---------------------------------------------------------------- what it says


def test_the_title_names_the_quarter_and_its_months(member, plan):
    page = words(member.get(url()))
    assert "<h1 class=\"govuk-heading-l\">2017-18 Q4, January to March 2018</h1>" in page  # fmt: skip
    assert "<title>2017-18 Q4, dashboard - " in page


def test_it_shows_the_quarters_figures_with_links_to_each_indicator(member, plan):
    page = words(member.get(url()))
    assert ">629</strong>" in page
    for placement in plan.placements.all():
        assert reverse("indicators:indicator-detail", args=[placement.indicator.slug]) in page


@pytest.mark.parametrize("role", ["coordinator", "executive"])
def test_restricted_indicators_are_on_it(client, plan, role):
    client.force_login(data.person("Somebody", role))
    assert "OFFICIAL-SENSITIVE: holds restricted indicator B1." in words(client.get(url()))


def test_a_ready_pack_can_be_had_from_here(member, built):
    assert "Get the pack" not in words(member.get(url()))
    pack = built()
    assert f'href="{reverse("reporting:pack-download", args=[pack.pk])}"' in words(member.get(url()))
    assert "Get the pack" not in words(member.get(url(Q3)))


def test_the_newest_issue_is_the_one_that_is_offered(member, built):
    first, second = built(), built()
    page = words(member.get(url()))
    assert reverse("reporting:pack-download", args=[second.pk]) in page
    assert reverse("reporting:pack-download", args=[first.pk]) not in page


def rendered(snapshot):
    page = render_to_string("reporting/_dashboard.html", {"page": dashboard.build(snapshot)})
    return " ".join(html.unescape(page).split())


@pytest.mark.parametrize(
    "made",
    [
        snapshots.rated,
        snapshots.sample,
        snapshots.first_quarter,
        snapshots.nothing_sent,
        lambda: snapshots.many(150),
    ],
    ids=["rated", "data only", "first quarter", "nothing sent", "150 indicators"],
)
def test_the_sentence_of_every_indicator_stands_in_the_page_as_it_is(made):
    snapshot = made()
    page = rendered(snapshot)
    for part in snapshot.indicators:
        assert f"<span>{part.verdict.sentence}</span>" in page
        assert f'id="row-{part.slug}"' in page
        assert f'href="#row-{part.slug}"' in page


def test_an_earlier_quarters_rows_lead_to_its_figures_and_the_latest_ones_to_the_page(member, plan):
    data.round_(Q3)
    indicator = plan.placements.first().indicator
    address = reverse("indicators:indicator-detail", args=[indicator.slug])
    assert f'href="{address}#quarter-2017-18-q3"' in words(member.get(url(Q3)))
    assert f'href="{address}"' in words(member.get(url(Q4)))
    assert '<tr id="quarter-2017-18-q4"' in words(member.get(address))


def test_what_is_unusual_and_why_there_is_no_forecast_stand_in_the_row_and_on_paper():
    usual = UsualPart("worsening", "38 is above the usual range.", True, False, "", "")
    none = ForecastPart(None, "No forecast: 14 in the same quarter of last year is too few to go by", None)
    added_up = ToDate("sum", Value(Decimal(38), None, None), None, True, ())
    odd = dashboards.part("A1", usual=usual, forecast=none, year_to_date=added_up)
    ahead = dashboards.part("A2", forecast=ForecastPart(Decimal(90), "", None))
    page = rendered(dashboards.of(odd, ahead, quarter=Q3))
    why = "No forecast: 14 in the same quarter of last year is too few to go by."
    assert "<span>Worsening. 38 is above the usual range.</span>" in page
    assert f"<span>{why}</span>" in page
    assert f"Green: a sentence. Worsening. 38 is above the usual range. {why}" in page  # on paper


def test_what_people_wrote_is_text_and_never_markup():
    said = "<script>alert(1)</script>"
    one = dashboards.part(
        "A1",
        short_name=said,
        verdict=VerdictPart("red", said),
        words=dashboards.words(what_happened=said, who=said),
        cell={"note": said},
    )
    page = render_to_string("reporting/_dashboard.html", {"page": dashboard.build(dashboards.of(one))})
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 6


def test_ids_are_there_once():
    page = rendered(replace(snapshots.rated()))
    ids = [piece.split('"')[0] for piece in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids)) > 15


def test_proposals_lead_to_the_targets_of_the_year():
    made = dashboards.of(dashboards.part("A1", "data_only"))
    assert 'href="/indicators/targets/2017-18/"' in rendered(made)


# ---------------------------------------------------------------- the table to take away


def test_the_file_holds_the_quarters_figures(member, plan):
    response = member.get(url(name="dashboard-csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="tower-hamlets-csp-dashboard-2017-18-q4.csv"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert [(row["Reference"], row["Figure"]) for row in rows] == [("A1", "629"), ("B1", "")]


@pytest.mark.parametrize("holds_restricted", [True, False])
def test_who_takes_a_copy_with_restricted_indicators_is_kept(member, plan, holds_restricted):
    if not holds_restricted:
        Indicator.objects.update(is_restricted=False)
    member.head(url(name="dashboard-csv"))
    assert not Download.objects.exists()
    member.get(url(name="dashboard-csv"))
    taken = [(one.by.name, one.what, one.form) for one in Download.objects.all()]
    assert taken == ([("Lena Fox", "Dashboard, 2017-18 Q4", "csv")] if holds_restricted else [])


def test_the_home_page_of_a_member_leads_to_it_and_a_leads_does_not(client, plan):
    client.force_login(data.person("Lena Fox", "executive"))
    assert "Open the dashboard" in words(client.get("/"))
    client.force_login(data.person("Farida Begum", "data_lead"))
    assert "dashboard" not in words(client.get("/")).lower()
