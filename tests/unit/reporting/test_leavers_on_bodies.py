"""The places and open things on bodies beside the button that closes an account, and on the person's own page of work."""

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.models import Membership
from reporting import handover
from tests.factories import UserFactory
from tests.factories.governance import BodyFactory, MembershipFactory, RiskFactory
from tests.factories.holdings import everything
from tests.unit.reporting.test_leavers import page, signed_in, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya():
    return UserFactory(name="Priya Nair")


def test_bodies_stand_in_their_order_with_places_and_what_is_open(priya):
    later, first = BodyFactory(name="Prevent Board", order=20), BodyFactory(name="ASB Group", order=10)
    MembershipFactory(body=first, user=priya, role=Membership.Role.CHAIR)
    everything(later, priya)
    found = handover.on_bodies(priya, timezone.localdate())
    assert [(one.body, len(one.places), len(one.things)) for one in found] == [(first, 1, 0), (later, 0, 5)]


def test_an_administrator_sees_what_is_held_and_the_coordinator_the_ways_on(client, priya):
    body = BodyFactory(name="ASB Group", code="ASB")
    place = MembershipFactory(body=body, user=priya, role=Membership.Role.CHAIR)
    RiskFactory(body=body, number=2, owner=priya)
    signed_in(client, "administrator")
    shown = page(client.get(url(priya)))
    assert "On bodies" in shown and "ASB R2 (risk)" in shown and "Nothing needs handing over" not in shown
    assert "Hand over to a successor" not in shown
    signed_in(client, "coordinator")
    shown = page(client.get(reverse("reporting:user-work", args=[priya.pk])))
    assert reverse("governance:membership-hand-over", args=[body.slug, place.pk]) in shown
    assert reverse("governance:body-pass-on", args=[body.slug, priya.pk]) in shown
    assert "owes no figure or commentary" in shown


def test_who_is_on_no_body_reads_nothing_of_it(client, priya):
    signed_in(client, "coordinator")
    shown = page(client.get(url(priya)))
    assert "On bodies" not in shown and "Nothing needs handing over" in shown


def test_it_costs_the_same_for_one_body_and_for_ten(priya, django_assert_num_queries):
    everything(BodyFactory(), priya)
    with django_assert_num_queries(6):
        handover.on_bodies(priya, timezone.localdate())
    for _ in range(9):
        everything(BodyFactory(), priya)
    with django_assert_num_queries(6):
        assert len(handover.on_bodies(priya, timezone.localdate())) == 10
