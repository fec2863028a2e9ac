"""What waits to be verified on the board: what makes one look twice, what the supplier said, and revisions."""

import datetime as dt
import html
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from indicators import board
from indicators.models import Figure
from tests.factories import UserFactory
from tests.factories.collecting import ConfirmationFactory, RevisionFactory
from tests.factories.indicators import (
    Q4,
    IndicatorFactory,
    PlacementFactory,
    ReturnFactory,
    RoundFactory,
    sent,
    verified,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(dt.datetime(2018, 5, 2, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def sam(client):
    sam = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(sam)
    return sam


@pytest.fixture
def return_():
    """B2: 640 last quarter, verified."""
    indicator = PlacementFactory(reference="B2", indicator=IndicatorFactory(name="Reports")).indicator
    verified(ReturnFactory(indicator=indicator, round=RoundFactory(quarter=Q4.previous)), 640)
    return ReturnFactory(indicator=indicator, round=RoundFactory())


def waiting(return_, user):
    [row] = board.gather(return_.round, user, dt.date(2018, 5, 2)).to_verify
    return row


def page(client):
    return html.unescape(client.get(reverse("indicators:round-detail", args=[Q4])).content.decode())


def test_what_its_sender_was_asked_stands_beside_it(client, sam, return_):
    sent(return_, 1920)
    assert waiting(return_, sam).worth_a_look == "Three times last quarter’s 640"
    assert waiting(return_, sam).last_difference == "+1,280"
    assert "Three times last quarter’s 640" in page(client)


def test_a_correction_is_held_against_what_it_replaces(sam, return_):
    verified(return_, 1900)
    sent(return_, 1920, restates=Figure.Restates.CORRECTION, restated_because="A month was left out.")
    assert waiting(return_, sam).worth_a_look == "Correction"


def test_what_is_like_the_others_says_nothing(sam, return_):
    sent(return_, 655)
    assert waiting(return_, sam).worth_a_look == ""


def test_nothing_is_ticked_beforehand(client, sam, return_):
    sent(return_, 655)
    shown = page(client)
    assert 'name="verify" type="checkbox"' in shown
    assert "checked" not in shown.split('name="verify"')[1].split(">")[0]


def test_the_supplier_who_was_asked_is_named(client, sam, return_):
    figure = sent(return_, 655, supplied_by=None, supplied_by_name="Tom Okafor, analyst", recorded_by=sam)
    assert waiting(return_, sam).confirmation == ""
    ConfirmationFactory(figure=figure, to_name="Tom Okafor", asked_by=sam)
    said = "Tom Okafor was asked on 2 May 2018 at 10:00 to confirm it, and has not answered yet."
    assert waiting(return_, sam).confirmation.startswith(said)
    assert said in page(client)


def test_revisions_that_wait_stand_below(client, sam, return_):
    assert "Revisions to verify" not in page(client)
    earlier = return_.indicator.returns.get(round__quarter=Q4.previous)
    revision = RevisionFactory(indicator=return_.indicator, reason="Late reports were added")
    sent(
        earlier,
        Decimal(650),
        restates=Figure.Restates.REVISION,
        restated_because=revision.reason,
        revision=revision,
    )
    shown = page(client)
    assert "Revisions to verify: 1" in shown
    assert "Late reports were added" in shown


def test_what_is_verified_with_its_revision_has_no_box_and_leads_there(client, sam, return_):
    earlier = return_.indicator.returns.get(round__quarter=Q4.previous)
    revision = RevisionFactory(indicator=return_.indicator, reason="Late reports were added")
    same = {"restates": Figure.Restates.REVISION, "restated_because": revision.reason, "revision": revision}
    sent(return_, 655, **same)
    assert waiting(return_, sam).is_tickable  # alone in its revision, it is verified like any figure
    sent(earlier, 650, **same)
    assert not waiting(return_, sam).is_tickable
    shown = page(client)
    assert 'name="verify"' not in shown
    assert f'href="{revision.get_absolute_url()}">Verify the revision as a whole</a>' in shown
