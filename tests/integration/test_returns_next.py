"""From one figure to the next: whom the board lets the team write to, and where one goes on after sending."""

import html

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators import actions
from indicators.models import Return
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


def test_one_mail_goes_to_all_who_are_late(client, return_, farida, sam):
    other = LeadFactory(indicator=return_.indicator, user=UserFactory(email="tom@example.org")).user
    again = ReturnFactory(round=return_.round)
    LeadFactory(indicator=again.indicator, user=farida)
    LeadFactory(indicator=return_.indicator, duty="commentary", user=other)
    client.force_login(sam)
    shown = page(client.get(url("round-detail", return_.round.quarter)))
    assert "Write to the 2 who are late<" in shown
    both = {f"{farida.email},{other.email}", f"{other.email},{farida.email}"}
    assert any(f'href="mailto:?bcc={to}&subject=2017-18%20Q4%3A%20figures"' in shown for to in both)
    assert f'href="mailto:?bcc={other.email}&subject=2017-18%20Q4%3A%20commentary"' in shown
    assert "Write to the one who is late with commentary" in shown


def test_nobody_is_chased_who_is_not_late_or_can_no_longer_send(client, return_, farida, sam):
    missing = ReturnFactory(round=return_.round)
    LeadFactory(indicator=missing.indicator, user=UserFactory())
    actions.say_missing(missing, reason="source_lag", version=1, by=sam)
    client.force_login(sam)
    board = url("round-detail", return_.round.quarter)
    assert "Write to the one who is late<" in page(client.get(board))  # not to who said why there is none
    Return.objects.filter(pk=return_.pk).update(due_again_on=timezone.localdate())
    assert "Write to the" not in page(client.get(board))
    Return.objects.filter(pk=return_.pk).update(due_again_on=return_.round.due_on)
    assert "Write to the one who is late<" in page(client.get(board))
    actions.close_round(return_.round, version=1, by=sam)
    assert "Write to the" not in page(client.get(board))


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
