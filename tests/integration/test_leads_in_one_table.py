"""Who leads what: every indicator of the year's set in one table, saved once."""

import datetime as dt
import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from indicators import actions
from indicators.models import Indicator, Lead
from tests.factories import UserFactory
from tests.factories.indicators import IndicatorFactory, LeadFactory, PlacementFactory, TargetFactory
from tests.factories.priorities import PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db

ADDRESS = reverse("indicators:lead-list")
YESTERDAY = timezone.localdate() - dt.timedelta(days=1)


@pytest.fixture
def plan():
    return PlanFactory()


def indicator(plan, reference, *, in_set=True, **fields):
    made = IndicatorFactory(name=f"Number of {reference}", **fields)
    priority = plan.priorities.filter(letter=reference[0]).first() or PriorityFactory(plan=plan, letter=reference[0])
    PlacementFactory(plan=plan, priority=priority, indicator=made, reference=reference)
    if in_set:
        TargetFactory(indicator=made)
    return made


@pytest.fixture
def a1(plan):
    return indicator(plan, "A1")


@pytest.fixture
def b2(plan):
    return indicator(plan, "B2")


@pytest.fixture
def farida():
    return UserFactory(name="Farida Begum", roles=["data_lead"])


@pytest.fixture
def joan():
    return UserFactory(name="Joan Peters", roles=["data_lead", "commentary_lead"])


@pytest.fixture(autouse=True)
def sam(client):
    sam = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(sam)
    return sam


def page(response):
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def as_opened(client):
    """What the form would send if nobody touched it."""
    form = client.get(ADDRESS).context["form"]
    return {name: form[name].value() for name in form.fields}


def leading():
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    return {(lead.indicator, lead.duty, lead.user) for lead in Lead.objects.in_force(tomorrow)}


def test_indicators_stand_in_plan_order_and_the_measures_beside_come_last(client, plan, b2, a1):
    indicator(plan, "A9", in_set=False, family="context")
    indicator(plan, "A8", in_set=False)
    shown = page(client.get(ADDRESS))
    assert shown.index("A1 Number of") < shown.index("B2 Number of") < shown.index("A9 Number of")
    assert "Who gives the figures of A1?" in shown
    assert "A8 Number of" not in shown
    assert shown.count("Nobody yet") == 6


def test_only_what_was_changed_is_written_with_an_event_for_each_change(client, a1, b2, farida, joan):
    LeadFactory(indicator=b2, user=farida)
    said = as_opened(client) | {f"data_{a1.pk}": joan.pk, f"commentary_{a1.pk}": joan.pk}
    assert "Saved: two changes" in page(client.post(ADDRESS, said, follow=True))
    assert leading() == {(a1, "data", joan), (a1, "commentary", joan), (b2, "data", farida)}
    assert [event.kind for event in AuditEvent.objects.about("indicators.indicator", a1.pk)] == ["lead_set"] * 2
    assert Indicator.objects.get(pk=b2.pk).version == 1


def test_whoever_led_before_led_until_yesterday(client, a1, farida, joan):
    was = LeadFactory(indicator=a1, user=farida)
    client.post(ADDRESS, as_opened(client) | {f"data_{a1.pk}": joan.pk})
    was.refresh_from_db()
    assert (was.ends_on, leading()) == (YESTERDAY, {(a1, "data", joan)})
    client.post(ADDRESS, as_opened(client) | {f"data_{a1.pk}": farida.pk})  # taken back on the same day
    assert leading() == {(a1, "data", farida)}
    client.post(ADDRESS, as_opened(client) | {f"data_{a1.pk}": ""})
    assert leading() == set()


def test_nothing_changed_writes_nothing(client, a1, farida):
    LeadFactory(indicator=a1, user=farida)
    assert "Nothing was changed" in page(client.post(ADDRESS, as_opened(client), follow=True))
    assert not AuditEvent.objects.about("indicators.indicator", a1.pk).exists()


def test_a_row_that_moved_on_is_told_nothing_is_saved_and_every_choice_stays(client, a1, b2, farida, joan):
    said = as_opened(client) | {f"data_{a1.pk}": joan.pk, f"data_{b2.pk}": joan.pk}
    actions.set_lead(b2, duty="data", user=farida, starts_on=timezone.localdate(), version=1, by=None)
    refused = client.post(ADDRESS, said)
    assert "This indicator has been changed since you opened it" in page(refused)
    assert leading() == {(b2, "data", farida)}
    form = refused.context["form"]
    again = {name: form[name].value() for name in form.fields}
    assert (again[f"data_{a1.pk}"], again[f"data_{b2.pk}"]) == (str(joan.pk), str(joan.pk))
    client.post(ADDRESS, again)
    assert leading() == {(a1, "data", joan), (b2, "data", joan)}


def test_a_row_left_alone_takes_up_what_others_changed(client, a1, b2, farida, joan):
    said = as_opened(client) | {f"data_{a1.pk}": joan.pk}
    actions.set_lead(b2, duty="data", user=farida, starts_on=timezone.localdate(), version=1, by=None)
    assert client.post(ADDRESS, said).status_code == 302
    assert leading() == {(a1, "data", joan), (b2, "data", farida)}


def test_several_leads_are_named_and_changed_on_their_own_page(client, a1, farida, joan):
    for person in (farida, joan):
        LeadFactory(indicator=a1, user=person)
    assert "Changed on its own page" in page(client.get(ADDRESS))
    assert f"data_{a1.pk}" not in as_opened(client)
    client.post(ADDRESS, as_opened(client) | {f"data_{a1.pk}": "", f"commentary_{a1.pk}": joan.pk})
    assert leading() == {(a1, "data", farida), (a1, "data", joan), (a1, "commentary", joan)}


@pytest.mark.parametrize("seen", ["", "x", "1:2", "1:2:3:4", ":1:2", "9999999999999:1:1", "²::"])
def test_what_was_tampered_with_is_refused(client, a1, seen):
    said = as_opened(client) | {f"seen_{a1.pk}": seen}
    assert "Open this page again" in page(client.post(ADDRESS, said))


def test_who_does_not_hold_the_role_can_not_be_chosen(client, a1, farida):
    said = as_opened(client) | {f"commentary_{a1.pk}": farida.pk}
    assert "Choose a person from the list" in page(client.post(ADDRESS, said))
    assert not Lead.objects.exists()


def test_it_costs_no_more_with_more_indicators(client, plan, a1, farida):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client.get(ADDRESS))
        return len(queries)

    LeadFactory(indicator=a1, user=farida)
    before = cost()
    for number in range(2, 6):
        LeadFactory(indicator=indicator(plan, f"A{number}"), user=farida)
    assert cost() == before
