"""Who may do what with people, organisations, the audit trail and the mails, written out."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from tests.factories import RoleGrantFactory, UserFactory

pytestmark = pytest.mark.django_db

ROLES = ("coordinator", "data_lead", "commentary_lead", "executive", "scrutiny", "administrator")
MATRIX = {
    "accounts.view_people": {"coordinator", "administrator"},
    "accounts.view_person": {"coordinator", "administrator"},
    "accounts.change_person": {"administrator"},
    "accounts.grant_role": {"administrator"},
    "accounts.change_organisation": {"coordinator", "administrator"},
    "accounts.view_audit": {"coordinator"},
    "accounts.view_mail": {"administrator"},
}


@pytest.mark.parametrize("permission", MATRIX)
@pytest.mark.parametrize("role", ROLES)
def test_each_permission_is_held_by_the_roles_written_out(permission, role):
    user = UserFactory(roles=[role])
    assert user.has_perm(permission) is (role in MATRIX[permission])


@pytest.mark.parametrize("permission", MATRIX)
def test_nobody_signed_in_may_do_nothing(permission):
    assert not AnonymousUser().has_perm(permission)


def test_everybody_may_see_themselves_and_not_another():
    one, other = UserFactory(), UserFactory()
    assert one.has_perm("accounts.view_person", one)
    assert not one.has_perm("accounts.view_person", other)


@pytest.mark.parametrize(
    ("starts", "ends", "held"),
    [
        (0, None, True),  # from today
        (1, None, False),  # from tomorrow
        (-9, 0, True),  # today is the last day
        (-9, -1, False),  # ended yesterday
    ],
)
def test_a_role_counts_from_its_first_to_its_last_day(starts, ends, held):
    today = timezone.localdate()
    user = UserFactory()
    RoleGrantFactory(
        user=user,
        role="administrator",
        starts_on=today + dt.timedelta(starts),
        ends_on=None if ends is None else today + dt.timedelta(ends),
    )
    assert user.has_perm("accounts.change_person") is held


def test_somebody_who_left_may_do_nothing_whatever_roles_are_on_record():
    user = UserFactory(roles=["administrator"], is_active=False, left_at=timezone.now())
    assert not user.has_perm("accounts.change_person")
    assert not user.has_role("administrator")  # which `visible_to` asks
    assert not user.has_perm("accounts.view_person", user)
