"""From one figure to the next: where one goes on after sending."""

import html

import pytest
from django.urls import reverse

from tests.factories import UserFactory
from tests.factories.indicators import IndicatorFactory, LeadFactory, PlacementFactory, ReturnFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def return_():
    placement = PlacementFactory(indicator=IndicatorFactory(name="Reports of domestic abuse"), reference="B2")
    return ReturnFactory(indicator=placement.indicator)


@pytest.fixture
def farida(return_):
    return LeadFactory(indicator=return_.indicator, user=UserFactory(name="Farida Begum", roles=["data_lead"])).user


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def page(response):
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def url(name, *args):
    return reverse(f"indicators:{name}", args=args)


def test_the_team_says_it_and_goes_on_with_what_is_still_out(client, return_, sam):
    client.force_login(sam)
    response = client.post(url("return-no-figure", return_.pk), {"version": 1, "reason": "source_lag"})
    assert response.url == url("round-detail", return_.round.quarter) + "#still-out"
    shown = page(client.get(response.url))
    assert shown.count("Said why there is no figure for Reports of domestic abuse") == 1


def test_a_data_lead_who_owes_more_goes_on_with_it(client, return_, farida):
    other = ReturnFactory(round=return_.round)
    LeadFactory(indicator=other.indicator, user=farida)
    client.force_login(farida)
    response = client.post(
        url("return-edit", return_.pk), {"version": 1, "number": "1,604", "kind": "final", "behalf": "own"}
    )
    assert response.url == url("return-list")
    assert "Sent: 1,604 for Reports of domestic abuse" in page(client.get(response.url))
    response = client.post(url("return-no-figure", other.pk), {"version": 1, "reason": "source_lag"})
    assert response.url == url("return-detail", other.pk)  # nothing more is owed
