"""Roles that go with places, brought in step every night."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts import actions
from accounts.models import RoleGrant, User
from governance import scheduled
from governance.actions import members
from tests.factories import RoleGrantFactory, UserFactory
from tests.factories.governance import BodyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam():
    return UserFactory(roles=["administrator"])


def on_a_body(person, sam):
    return members.add(BodyFactory(), role="member", user=person, starts_on=dt.date(2018, 4, 1), by=sam)


def test_a_place_brings_its_role_once_the_one_given_by_hand_has_ended(sam):
    person = UserFactory()
    by_hand = RoleGrantFactory(user=person, role="member")
    on_a_body(person, sam)
    actions.end_role(by_hand, by=sam)
    assert not User.objects.get(pk=person.pk).has_role("member")
    scheduled.follow_memberships()
    assert User.objects.get(pk=person.pk).has_role("member")


def test_who_comes_back_has_what_their_place_brings_again(sam):
    person = UserFactory()
    on_a_body(person, sam)
    actions.deactivate(person, by=sam)
    scheduled.follow_memberships()
    assert not RoleGrant.objects.not_over(timezone.localdate()).filter(user=person).exists()
    actions.reactivate(person, version=person.version, by=sam)
    scheduled.follow_memberships()
    assert User.objects.get(pk=person.pk).has_role("member")


def test_a_second_night_changes_nothing(sam):
    person = UserFactory()
    on_a_body(person, sam)
    scheduled.follow_memberships()
    assert RoleGrant.objects.filter(user=person).count() == 1
    assert User.objects.get(pk=person.pk).version == 2
