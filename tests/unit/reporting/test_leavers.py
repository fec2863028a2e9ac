"""Closing an account, with the list of what is left without anybody."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.models import User
from indicators.models import Lead
from lib.written import day_year
from reporting import handover
from tests.factories import UserFactory
from tests.factories.indicators import IndicatorFactory, LeadFactory, ReturnFactory, RoundFactory

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def leaver():
    return UserFactory(name="Farida Begum", roles=["data_lead"])


def url(person):
    return reverse("reporting:user-deactivate", args=[person.pk])


def signed_in(client, role):
    user = UserFactory(roles=[role])
    client.force_login(user, BACKEND)
    return user


def page(response):
    return " ".join(response.content.decode().split())


def test_the_list_names_what_is_led_and_what_is_owed(leaver):
    indicator = IndicatorFactory(name="Calls about noise")
    today = timezone.localdate()
    for duty in Lead.Duty:
        LeadFactory(indicator=indicator, user=leaver, duty=duty)
    LeadFactory(
        indicator=IndicatorFactory(name="Handed over already"), user=leaver, ends_on=today - dt.timedelta(days=1)
    )
    LeadFactory(indicator=IndicatorFactory(name="Somebody else's"), user=UserFactory())
    return_ = ReturnFactory(indicator=indicator)
    [held] = handover.held_by(leaver, today)
    assert held.indicator == indicator
    assert sorted(held.duties) == ["commentary", "figures"]
    quarter = return_.round.quarter
    assert held.owed == [f"figure for {quarter}", f"commentary for {quarter}"]


def test_an_administrator_closes_the_account_and_keeps_seeing_what_is_left(client, leaver):
    signed_in(client, "administrator")
    LeadFactory(indicator=IndicatorFactory(name="Calls about noise"), user=leaver)
    before = page(client.get(url(leaver)))
    assert "One indicator needs somebody else." in before
    assert "Calls about noise" in before
    assert "Say who takes over" not in before  # that is the partnership team's
    after = page(client.post(url(leaver), {"version": leaver.version}, follow=True))
    assert "The account of Farida Begum is closed" in after
    assert "Calls about noise" in after
    assert not User.objects.get(pk=leaver.pk).is_active


def test_a_coordinator_sees_the_list_with_the_way_to_hand_over_and_closes_nothing(client, leaver):
    signed_in(client, "coordinator")
    indicator = IndicatorFactory(name="Calls about noise")
    LeadFactory(indicator=indicator, user=leaver)
    shown = page(client.get(url(leaver)))
    assert reverse("indicators:lead-edit", args=[indicator.slug]) in shown
    assert "Close the account now" not in shown
    assert client.post(url(leaver), {"version": 1}).status_code == 403
    assert User.objects.get(pk=leaver.pk).is_active


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_what_a_person_leads_and_owes_is_one_link_from_their_page(client, leaver, role):
    signed_in(client, role)
    indicator = LeadFactory(indicator=IndicatorFactory(name="Calls about noise"), user=leaver).indicator
    LeadFactory(indicator=IndicatorFactory(name="Owed nothing yet"), user=leaver)
    ReturnFactory(indicator=indicator)
    address = reverse("reporting:user-work", args=[leaver.pk])
    assert f'href="{address}"' in page(client.get(leaver.get_absolute_url()))
    shown = page(client.get(address))
    assert (
        "leads <strong>two indicators</strong> and owes a figure or commentary for <strong>one</strong> of them."
        in shown
    )
    assert "figure for 2017-18 Q4" in shown
    assert "Close the account" not in shown
    assert ("Say who takes over" in shown) is (role == "coordinator")


def test_somebody_without_a_lead_owes_nothing(client, leaver):
    signed_in(client, "administrator")
    shown = page(client.get(reverse("reporting:user-work", args=[leaver.pk])))
    assert "Farida Begum leads no indicator and owes nothing." in shown


def test_what_starts_later_is_handed_over_too(leaver):
    today = timezone.localdate()
    tomorrow = today + dt.timedelta(days=1)
    LeadFactory(indicator=IndicatorFactory(name="Calls about noise"), user=leaver, starts_on=tomorrow)
    [held] = handover.held_by(leaver, today)
    assert held.duties == [f"figures from {day_year(tomorrow)}"]


def test_opening_an_account_again_says_first_what_is_led_again(client, leaver):
    by = signed_in(client, "administrator")
    LeadFactory(indicator=IndicatorFactory(name="Calls about noise"), user=leaver)
    actions.deactivate(leaver, by=by)
    button = reverse("accounts:user-reactivate", args=[leaver.pk])
    person = page(client.get(leaver.get_absolute_url()))
    assert button not in person
    assert url(leaver) in person
    shown = page(client.get(url(leaver)))
    assert "Calls about noise" in shown
    assert "Once it is open again, Farida Begum leads this indicator again." in shown
    assert button in shown
    Lead.objects.all().delete()
    assert "Once it is open again" not in page(client.get(url(leaver)))


def test_a_coordinator_opens_no_account_again(client, leaver):
    UserFactory(roles=["administrator"])
    signed_in(client, "coordinator")
    actions.deactivate(leaver, by=None)
    assert reverse("accounts:user-reactivate", args=[leaver.pk]) not in page(client.get(url(leaver)))


def test_who_leads_nothing_leaves_nothing(client, leaver):
    signed_in(client, "administrator")
    assert "leads no indicator. Nothing needs handing over." in page(client.get(url(leaver)))


@pytest.mark.parametrize(
    ("role", "own", "other"), [("data_lead", 403, 404), ("executive", 403, 404), ("scrutiny", 403, 404)]
)
def test_it_is_not_for_others(client, leaver, role, own, other):
    user = signed_in(client, role)
    assert client.get(url(leaver)).status_code == other
    assert client.get(url(user)).status_code == own
    work = [reverse("reporting:user-work", args=[person.pk]) for person in (leaver, user)]
    assert [client.get(each).status_code for each in work] == [other, own]


def test_nobody_closes_their_own_account_or_the_last_administrators(client):
    admin = signed_in(client, "administrator")
    assert "Close the account now" not in page(client.get(url(admin)))
    told = page(client.post(url(admin), {"version": admin.version}, follow=True))
    assert "You cannot close your own account" in told
    assert User.objects.get(pk=admin.pk).is_active


def test_a_page_opened_before_somebody_changed_the_person_closes_nothing(client, leaver):
    admin = signed_in(client, "administrator")
    actions.grant_role(leaver, role="executive", starts_on=dt.date(2018, 4, 1), by=admin)
    told = page(client.post(url(leaver), {"version": 1}, follow=True))
    assert "has been changed since you opened it" in told
    assert User.objects.get(pk=leaver.pk).is_active
    assert "Open this page again" in page(client.post(url(leaver), {}, follow=True))


def test_the_list_costs_the_same_for_one_and_for_ten_indicators(leaver, django_assert_num_queries):
    LeadFactory(indicator=IndicatorFactory(), user=leaver)
    with django_assert_num_queries(3):
        handover.held_by(leaver, timezone.localdate())
    round_ = RoundFactory()
    for _ in range(9):
        ReturnFactory(indicator=LeadFactory(indicator=IndicatorFactory(), user=leaver).indicator, round=round_)
    with django_assert_num_queries(3):
        assert len(handover.held_by(leaver, timezone.localdate())) == 10
