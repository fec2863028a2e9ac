"""What is kept of the dashboard, until when, and what a page costs."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent
from indicators import actions
from lib.caching import ForgivingRedisCache
from lib.kept_ready import cache
from lib.quarters import Year
from reporting import dashboard_pages
from tests.factories import reporting as data
from tests.factories.reporting import Q4, at
from tests.services import free_port

pytestmark = pytest.mark.django_db
URL = reverse("reporting:dashboard-detail", args=[Q4])
DAY = at(8).date()


@pytest.fixture
def sam():
    return data.person("Sam Carrick", "coordinator", post="Coordinator")


@pytest.fixture
def team(client, sam):
    client.force_login(sam)
    return client


@pytest.fixture
def plan():
    return data.plan()


@pytest.fixture
def indicator(plan):
    """Led by Farida for figures and words."""
    made = data.indicator(plan)
    farida = data.person("Farida Begum", "data_lead", "commentary_lead")
    data.lead(made, farida), data.lead(made, farida, "commentary")
    return made


@pytest.fixture
def return_(indicator):
    return data.return_(indicator, words=True)


@pytest.fixture
def sent(return_):
    data.figure(return_, 629, by=return_.indicator.leads.first().user)
    return return_


def text(client):
    return " ".join(client.get(URL).content.decode().split())


def kept():
    """Whether the body of the page is kept for now."""
    return cache.get(dashboard_pages._key(Q4, DAY)) is not None


# ---------------------------------------------------------------- a change shows on the next request


def test_a_figure_that_is_verified_shows(team, sent, sam):
    assert "Not yet verified" in text(team)
    actions.verify(sent, version=sent.version, by=sam)
    page = text(team)
    assert "<strong>629</strong>" in page
    assert "Not yet verified" not in page


def test_a_figure_that_is_sent_shows(team, return_):
    assert "No figure for 2017-18 Q4 has been sent." in text(team)
    farida = return_.indicator.leads.first().user
    actions.submit(return_, numerator=Decimal(629), supplied_by=farida, version=return_.version, by=farida)
    assert "Not yet verified" in text(team)


def test_a_figure_that_is_missing_shows_its_reason(team, return_, sam):
    assert "source lag" not in text(team).lower()
    actions.say_missing(return_, reason="source_lag", note="It comes late.", version=return_.version, by=sam)
    assert "source lag" in text(team)


def test_a_target_that_is_set_shows(team, plan, indicator, return_, sam):
    data.figure(return_, 629, by=data.person(), verified=at(3))
    assert "Red:" not in text(team)
    indicator.refresh_from_db()
    actions.set_target(
        indicator,
        year=Year.parse("2017-18"),
        rule="tolerance",
        basis="quarter",
        value=Decimal(600),
        tolerance=Decimal(1),
        agreed_by="CSP Executive",
        agreed_on=DAY,
        reason="Agreed",
        version=indicator.version,
        by=sam,
    )
    page = text(team)
    assert "Red: 629 in the quarter is more than 1% above the target of 600; good is lower." in page
    assert "<strong>1 red, no amber, no green.</strong>" in page


def test_commentary_that_is_sent_shows(team, return_, sam):
    data.figure(return_, 629, by=data.person(), verified=at(3))
    assert "Explanation outstanding" in text(team)
    words = return_.commentary
    farida = return_.indicator.leads.first().user
    actions.send_commentary(words, what_happened="Calls fell.", why="", what_next="", version=words.version, by=farida)
    assert "Explanation outstanding" not in text(team)


def test_a_quarter_that_is_opened_shows_in_the_way_around(team, return_, sam):
    assert "Later:" not in text(team)
    days = dict.fromkeys(("opens_on", "due_on", "commentary_due_on", "verify_by", "closes_on"), Q4.next.next.start)
    actions.open_round(Q4.next, take_over_set=True, by=sam, **days)
    assert "Later: 2018-19 Q1" in text(team)


def test_a_pack_that_is_ready_shows(team, built):
    assert "Get the pack" not in text(team)
    built()
    assert "Get the pack" in text(team)


# ---------------------------------------------------------------- what is kept


def test_while_nothing_happens_the_figures_are_not_read_again(plan, return_):
    dashboard_pages.content(Q4, DAY)
    with CaptureQueriesContext(connection) as again:
        dashboard_pages.content(Q4, DAY)
    assert len(again) == 1
    assert "accounts_auditevent" in again[0]["sql"]


def test_every_event_of_the_trail_ends_it(plan, return_, sam):
    dashboard_pages.content(Q4, DAY)
    assert kept()
    audit.record("person_changed", sam, by=sam)
    assert not kept()


def test_each_quarter_and_day_is_kept_for_itself(plan):
    keys = {
        dashboard_pages._key(Q4, DAY),
        dashboard_pages._key(Q4.previous, DAY),
        dashboard_pages._key(Q4, at(9).date()),
    }
    assert len(keys) == 3


def test_another_name_of_the_partnership_is_another_page(plan, settings):
    before = dashboard_pages._key(Q4, DAY)
    settings.PARTNERSHIP_NAME = "Another Community Safety Partnership"
    assert dashboard_pages._key(Q4, DAY) != before


def test_another_release_of_the_code_is_another_page(plan, monkeypatch):
    before = dashboard_pages._key(Q4, DAY)
    monkeypatch.setattr(dashboard_pages, "RELEASE", "another")
    assert dashboard_pages._key(Q4, DAY) != before


def test_nothing_of_the_person_asking_is_kept(client, plan, return_, sam):
    client.force_login(sam)
    client.get(URL)
    lena = data.person("Lena Fox", "executive", post="Director")
    client.force_login(lena)
    page = text(client)
    assert "Lena Fox" in page
    assert "Sam Carrick" not in page


def test_the_record_is_looked_at_before_it_is_read(plan, return_, sam, monkeypatch):
    """What is recorded meanwhile is at most shown too early under the old version; never kept out of the new one."""
    order = []
    trail, take = audit.trail_version, dashboard_pages.snapshots.take
    monkeypatch.setattr(audit, "trail_version", lambda: (order.append("trail"), trail())[1])
    monkeypatch.setattr(dashboard_pages.snapshots, "take", lambda *of: (order.append("take"), take(*of))[1])
    dashboard_pages.content(Q4, DAY)
    assert order == ["trail", "take"]


def test_without_its_cache_the_page_is_there_all_the_same(team, return_, monkeypatch, caplog):
    nobody_answers = ForgivingRedisCache(f"redis://127.0.0.1:{free_port()}/0", {})
    monkeypatch.setattr(dashboard_pages, "cache", nobody_answers)
    assert "No figure for 2017-18 Q4 has been sent." in text(team)
    assert "cache state=away" in caplog.text


# ---------------------------------------------------------------- what it costs


def grow(plan, references, quarters):
    farida = data.person()
    for reference in references:
        made = data.indicator(plan, reference)
        data.lead(made, farida)
        for quarter in quarters:
            return_ = data.return_(made, quarter)
            data.figure(return_, 5, by=farida, verified=at(3))
        data.sent_commentary(return_, by=farida, sent=at(2))


def queries(client):
    cache.clear()
    with CaptureQueriesContext(connection) as cold:
        assert client.get(URL).status_code == 200
    with CaptureQueriesContext(connection) as warm:
        assert client.get(URL).status_code == 200
    return len(cold), len(warm)


@pytest.mark.once
def test_150_indicators_cost_as_many_queries_as_15(team, plan):
    quarters = (Q4.previous, Q4)
    grow(plan, [f"A{number}" for number in range(1, 16)], quarters)
    small = queries(team)
    grow(plan, [f"B{number}" for number in range(1, 136)], quarters)
    assert queries(team) == small
    cold, warm = small
    assert cold <= 60
    assert warm <= 4  # session, person, roles, trail


def test_80_quarters_cost_as_many_queries_as_8(team, plan):
    grow(plan, ["A1"], Q4.back_to(8))
    small = queries(team)
    farida = data.person()
    indicator = plan.placements.get().indicator
    for quarter in Q4.plus(-8).back_to(72):
        data.figure(data.return_(indicator, quarter), 5, by=farida, verified=at(3))
    assert queries(team) == small


def test_what_a_clock_that_runs_ahead_has_recorded_is_waited_for(plan, sam, indicator):
    """Its figure is later than our now, and so not in the page; kept, it would stay out of it until something else is recorded."""
    AuditEvent.objects.create(
        at=timezone.now() + dt.timedelta(minutes=2), kind="indicator_in_set", actor=sam, actor_label=sam.label,
        subject_type="indicators.indicator", subject_id=str(indicator.pk), subject_label=indicator.name,
    )  # fmt: skip
    today = timezone.localdate()
    assert dashboard_pages.content(Q4, today) is not None
    assert cache.get(dashboard_pages._key(Q4, today)) is None
