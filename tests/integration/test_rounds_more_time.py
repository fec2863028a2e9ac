"""The page that gives one owner of a quarter more time."""

import datetime as dt
import html

import pytest
import time_machine
from django.urls import reverse

from indicators import actions
from indicators.models import Return
from tests.factories import OrganisationFactory, UserFactory
from tests.factories.indicators import (
    Q4,
    IndicatorFactory,
    LeadFactory,
    ReturnFactory,
    RoundFactory,
    sent,
)

pytestmark = pytest.mark.django_db

MAY = {day: dt.date(2018, 5, day) for day in range(1, 32)}
DAYS = {
    "opens_on": dt.date(2018, 4, 3),
    "due_on": dt.date(2018, 4, 26),
    "commentary_due_on": MAY[8],
    "verify_by": MAY[3],
    "closes_on": MAY[10],
}
NOW = dt.datetime(2018, 4, 5, 11, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def sam(client):
    sam = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(sam)
    return sam


@pytest.fixture
def round_():
    return RoundFactory(**DAYS, executive_meets_on=MAY[24])


def page(response):
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def url(name, *args):
    return reverse(f"indicators:{name}", args=args)


def boxes(**dates):
    return {f"{name}_{part}": getattr(day, part) for name, day in dates.items() for part in ("day", "month", "year")}


class TestMoreTime:
    @pytest.fixture
    def owed(self, round_):
        police = OrganisationFactory(slug="police", name="Police")
        return [ReturnFactory(indicator=IndicatorFactory(owner=police), round=round_) for _ in range(2)]

    def said(self, *returns, **changes):
        ticks = [f"{one.pk}:{one.due_on.isoformat()}" for one in returns]
        return {"returns": ticks, "reason": "Their system is down.", **boxes(until=MAY[18])} | changes

    def test_one_owner_is_chosen_and_of_several_returns_none_is_ticked(self, client, sam, owed):
        other = ReturnFactory(round=owed[0].round, indicator__owner=OrganisationFactory(slug="fire", name="Fire"))
        address = url("round-exceptions", Q4)
        shown = page(client.get(address))
        assert shown.index('?owner=police">Police</a>, 2 figures still out') < shown.index(
            '?owner=fire">Fire</a>, 1 figure still out'
        )
        response = client.get(address + "?owner=police")
        assert [box.data["selected"] for box in response.context["form"]["returns"]] == [False, False]
        assert other.indicator.name not in page(response)
        done = client.post(address + "?owner=police", self.said(*owed), follow=True)
        assert "More time given: Police has until Friday 18 May 2018 for 2 returns" in page(done)
        assert f"{owed[0].indicator.name}</a>, until Friday 18 May 2018" in page(done)
        assert Return.objects.get(pk=other.pk).extended_to is None

    def test_the_only_one_that_is_out_is_ticked(self, client, sam, owed):
        sent(owed[0])
        response = client.get(url("round-exceptions", Q4))
        assert [box.data["selected"] for box in response.context["form"]["returns"]] == [True]

    def test_one_return_alone(self, client, sam, owed):
        address = url("round-exceptions", Q4) + f"?return={owed[1].pk}"
        assert address in page(client.get(url("return-detail", owed[1].pk)))
        response = client.get(address)
        ticked = [box.data["value"] for box in response.context["form"]["returns"] if box.data["selected"]]
        assert ticked == self.said(owed[1])["returns"]

    @pytest.mark.parametrize("asked", ["?owner=nobody", "?return=x", "?return=999999"])
    def test_somebody_who_owes_nothing_leads_back_to_the_choice(self, client, sam, owed, asked):
        assert "Who needs more time?" in page(client.get(url("round-exceptions", Q4) + asked))

    def test_nothing_out_is_said(self, client, sam, round_):
        assert "Nothing is out" in page(client.get(url("round-exceptions", Q4)))
        assert "Nothing is out" in page(client.post(url("round-exceptions", Q4), {}))

    def test_what_is_missing_is_told_at_its_box(self, client, sam, owed):
        shown = page(client.post(url("round-exceptions", Q4) + "?owner=police", {"reason": ""}))
        for sentence in ("Tick what they are given", "Enter the day until which", "Say why they are given more time"):
            assert sentence in shown

    def test_a_day_that_is_no_longer_is_told(self, client, sam, owed):
        said = self.said(*owed, **boxes(until=dt.date(2018, 4, 26)))
        shown = page(client.post(url("round-exceptions", Q4) + "?owner=police", said))
        assert "is due on 26 April 2018 anyway. Give a later day" in shown

    def test_over_a_day_that_somebody_else_gave_meanwhile_is_told(self, client, sam, owed):
        said = self.said(*owed)
        actions.extend(owed[:1], until=MAY[17], reason="They asked.", by=sam)
        shown = page(client.post(url("round-exceptions", Q4) + "?owner=police", said))
        assert "Something has changed since you opened this page" in shown
        assert Return.objects.get(pk=owed[0].pk).extended_to == MAY[17]

    def test_in_a_closed_quarter_the_lead_gets_it_back_and_sends_it(self, client, sam, owed):
        farida = LeadFactory(indicator=owed[0].indicator).user
        actions.close_round(owed[0].round, version=1, by=sam)
        client.post(url("round-exceptions", Q4) + "?owner=police", self.said(owed[0]))
        client.force_login(farida)
        with time_machine.travel(dt.datetime(2018, 5, 18, 12, tzinfo=dt.UTC)):
            client.force_login(farida)
            shown = page(client.get(url("return-list")))
            assert "More time was given: it was first due on 26 April 2018." in shown
            shown = page(client.get(url("return-edit", owed[0].pk)))
            assert "takes no new figures" not in shown
            assert "has been closed since" not in shown
        with time_machine.travel(dt.datetime(2018, 5, 19, 12, tzinfo=dt.UTC)):
            client.force_login(farida)
            assert "takes no new figures any more" in page(client.get(url("return-edit", owed[0].pk)))
