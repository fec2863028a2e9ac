"""Giving roles and ending them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import actions, audit
from accounts.models import RoleGrant, User
from lib.editing import Stale
from tests.factories import RoleGrantFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2018, 5, 1)
YESTERDAY = dt.date(2018, 4, 30)
TOMORROW = dt.date(2018, 5, 2)


@pytest.fixture
def administrator():
    return UserFactory(roles=["administrator"])


def test_a_role_given_counts_at_once(administrator):
    user = UserFactory()
    assert not user.has_role("scrutiny")
    actions.grant_role(user, role="scrutiny", starts_on=timezone.localdate(), by=administrator)
    assert user.has_role("scrutiny")


@pytest.mark.parametrize(
    ("role", "starts", "ends", "field", "sentence"),
    [
        ("mayor", TODAY, None, "role", "Choose a role from the list"),
        ("data_lead", TODAY, YESTERDAY, "ends_on", "The last day must be on or after the first day"),
        ("coordinator", TODAY, None, "role", "They hold this role already: Coordinator, from 1 April 2010"),
        ("coordinator", dt.date(2009, 1, 1), dt.date(2010, 4, 1), "role", "They hold this role already"),
    ],
)
def test_bad_grants_are_refused_with_a_sentence_at_the_field(administrator, role, starts, ends, field, sentence):
    user = UserFactory(roles=["coordinator"])
    with pytest.raises(ValidationError) as refusal:
        actions.grant_role(user, role=role, starts_on=starts, ends_on=ends, by=administrator)
    assert refusal.value.message_dict[field][0].startswith(sentence)
    assert user.role_grants.count() == 1
    assert User.objects.get(pk=user.pk).version == 1


def test_a_role_may_be_held_again_after_it_ended(administrator):
    user = UserFactory()
    RoleGrantFactory(user=user, role="executive", ends_on=YESTERDAY)
    actions.grant_role(user, role="executive", starts_on=TODAY, by=administrator)
    assert user.role_grants.count() == 2


def test_one_day_is_long_enough(administrator):
    grant = actions.grant_role(UserFactory(), role="executive", starts_on=TODAY, ends_on=TODAY, by=administrator)
    assert grant.period == "1 May 2018 to 1 May 2018"


def test_a_leaver_is_given_no_role(administrator):
    user = UserFactory(is_active=False, left_at=timezone.now())
    with pytest.raises(ValidationError, match="is no longer here"):
        actions.grant_role(user, role="executive", starts_on=TODAY, by=administrator)


def test_two_who_change_the_roles_of_one_person_are_told(administrator):
    user = UserFactory()
    actions.grant_role(User.objects.get(pk=user.pk), role="executive", starts_on=TODAY, by=administrator)
    with pytest.raises(Stale):
        actions.grant_role(user, role="scrutiny", starts_on=TODAY, version=1, by=administrator)


def test_an_ended_role_had_its_last_day_yesterday(administrator):
    user = UserFactory(roles=["data_lead"])
    actions.end_role(user.role_grants.get(), on=TODAY, by=administrator)
    assert user.role_grants.get().ends_on == YESTERDAY
    event = audit.history(user).first()
    assert event.kind == "role_ended"
    assert event.changes == [
        {"what": "Data lead", "was": "from 1 April 2010", "now": "1 April 2010 to 30 April 2018"},
    ]


@pytest.mark.parametrize("starts", [TODAY, TOMORROW])
def test_a_role_that_has_not_held_for_a_day_is_taken_away(administrator, starts):
    user = UserFactory()
    grant = RoleGrantFactory(user=user, starts_on=starts)
    actions.end_role(grant, on=TODAY, by=administrator)
    assert not user.role_grants.exists()
    assert audit.history(user).first().changes[0]["now"] == "nothing"


def test_a_role_ends_once(administrator):
    grant = RoleGrantFactory(ends_on=YESTERDAY)
    with pytest.raises(ValidationError, match="has ended already, on 30 April 2018"):
        actions.end_role(grant, on=TODAY, by=administrator)


def test_the_last_administrator_keeps_the_role(administrator):
    with pytest.raises(ValidationError, match="This is the last administrator"):
        actions.end_role(administrator.role_grants.get(), by=administrator)


def test_one_of_two_administrators_may_go(administrator):
    other = UserFactory(roles=["administrator"])
    actions.end_role(other.role_grants.get(), by=administrator)
    assert not User.objects.get(pk=other.pk).has_role("administrator")


def test_an_administrator_in_future_may_lose_it_before_it_begins(administrator):
    grant = RoleGrantFactory(role=RoleGrant.Role.ADMINISTRATOR, starts_on=TOMORROW)
    actions.end_role(grant, on=TODAY, by=administrator)
    assert not RoleGrant.objects.filter(pk=grant.pk).exists()
