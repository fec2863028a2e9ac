"""What a decision is about, on its page: what is out of sight of whoever saves it stays linked, and the history does not name it."""

import html

import pytest
from django.urls import reverse

from governance.models import Membership
from tests.factories import UserFactory
from tests.factories.governance import ActionFactory, BodyFactory, DeliveryPlanFactory, place
from tests.factories.governing import DecisionFactory
from tests.factories.indicators import IndicatorFactory

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return " ".join(html.unescape(response.content.decode()).split())


def test_what_is_out_of_sight_stays_linked(client):
    body, officer = BodyFactory(), UserFactory(roles=["member"])
    place(officer, body, Membership.Role.SUPPORT)
    decision = DecisionFactory(body=body)
    secret, calls = IndicatorFactory(name="Covert calls", is_restricted=True), IndicatorFactory(name="999 calls")
    elsewhere = ActionFactory(delivery_plan=DeliveryPlanFactory())  # of a draft, which others don’t see
    here = ActionFactory(delivery_plan__body=body)
    decision.indicators.set([secret, calls])
    decision.actions.set([elsewhere, here])
    client.force_login(officer)
    address = reverse("governance:decision-link", args=[decision.pk])
    page = text(client.get(address))
    assert "999 calls" in page and "Covert calls" not in page
    client.post(address, {"version": 1, "actions": [here.pk]})
    assert set(decision.indicators.all()) == {secret}, "the other was taken off"
    assert set(decision.actions.all()) == {elsewhere, here}
    page = text(client.get(decision.get_absolute_url()))
    assert "a restricted indicator" in page and "Covert calls" not in page
    client.post(address, {"version": 2, "indicators": [calls.pk, secret.pk], "actions": []})
    assert set(decision.indicators.all()) == {secret}, "what is out of sight can't be sent either"
