"""Changing a figure that was entered for somebody: it comes from the same supplier again, unless something else is said."""

import datetime as dt
import html

import pytest
import time_machine
from django.urls import reverse

from indicators.models import Figure
from tests.factories import OrganisationFactory, UserFactory
from tests.factories.indicators import IndicatorFactory, LeadFactory, ReturnFactory, sent

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2018, 5, 3, 9, 12, tzinfo=dt.UTC)
DAY = {"received_on_day": "2", "received_on_month": "5", "received_on_year": "2018"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def helen():
    return UserFactory(name="Helen Marsh", roles=["data_lead"], organisation=OrganisationFactory())


@pytest.fixture
def return_(helen):
    return_ = ReturnFactory(indicator=IndicatorFactory(owner=helen.organisation))
    LeadFactory(indicator=return_.indicator, user=helen)
    return return_


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def team(client, sam):
    client.force_login(sam)
    return client


def url(return_):
    return reverse("indicators:return-edit", args=[return_.pk])


def started(client, return_):
    form = client.get(url(return_)).context["form"]
    return {name: form[name].value() for name in ("behalf", "supplier", "supplier_name", "route")}


def test_who_has_no_sign_in_gives_it_again(team, return_, sam):
    sent(
        return_, 21, supplied_by=None, supplied_by_name="Grace Oduya, analyst", route="phone", recorded_by=sam,
        received_on=dt.date(2018, 5, 1),
    )  # fmt: skip
    assert started(team, return_) == {
        "behalf": "behalf",
        "supplier": "other",
        "supplier_name": "Grace Oduya, analyst",
        "route": "phone",
    }
    shown = html.unescape(team.get(url(return_)).content.decode())
    assert 'value="Grace Oduya, analyst"' in shown
    assert not team.get(url(return_)).context["form"]["received_on"].value()  # it reached us anew


def test_who_has_an_account_gives_it_again_also_from_elsewhere(team, return_, sam):
    grace = UserFactory(name="Grace Oduya", roles=["data_lead"])
    sent(return_, 21, supplied_by=grace, route="mail", recorded_by=sam)
    assert started(team, return_) == {
        "behalf": "behalf",
        "supplier": str(grace.pk),
        "supplier_name": "",
        "route": "mail",
    }
    typed = {"version": "1", "number": "22", "kind": "final", "behalf": "behalf", "supplier": str(grace.pk)}
    assert team.post(url(return_), {**typed, "route": "mail", **DAY, "do": "submit"}).status_code == 302
    assert Figure.objects.in_order().last().supplied_by == grace


def test_who_has_left_is_not_offered_and_nobody_else_instead(team, return_, sam):
    grace = UserFactory(name="Grace Oduya", is_active=False, left_at=NOW)
    sent(return_, 21, supplied_by=grace, route="mail", recorded_by=sam)
    assert started(team, return_) == {"behalf": "behalf", "supplier": "", "supplier_name": "", "route": "mail"}
    assert "Grace Oduya" not in str(team.get(url(return_)).context["form"]["supplier"])


def test_the_data_lead_who_changes_what_was_keyed_for_them_gives_their_own(client, return_, sam, helen):
    sent(return_, 21, supplied_by=helen, route="phone", recorded_by=sam)
    client.force_login(helen)
    assert started(client, return_)["behalf"] == "own"


def test_what_a_data_lead_sent_themselves_is_still_likely_theirs(team, return_, helen):
    sent(return_, 21, supplied_by=helen, recorded_by=helen)
    found = started(team, return_)
    assert (found["behalf"], found["supplier"]) == ("behalf", str(helen.pk))
    assert not found["route"]


def test_a_change_of_mind_is_no_contradiction_and_another_name_is(client, return_, sam, helen):
    sent(return_, 21, supplied_by=None, supplied_by_name="Grace Oduya", route="phone", recorded_by=sam)
    client.force_login(helen)
    typed = {"version": "1", "number": "22", "kind": "final", "behalf": "own", "supplier": "other", "do": "submit"}
    refused = client.post(url(return_), {**typed, "supplier_name": "Tom Okafor", "route": "phone"})
    assert "also said who gave it to you" in refused.content.decode()
    assert client.post(url(return_), {**typed, "supplier_name": "Grace Oduya", "route": "phone"}).status_code == 302
    assert Figure.objects.in_order().last().supplied_by == helen
