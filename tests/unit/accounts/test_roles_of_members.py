"""Roles that come and go with places on bodies, beside those given by hand; today is 1 May 2018."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts import actions, audit
from accounts.models import RoleGrant, User
from tests.factories import RoleGrantFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2018, 5, 1)
MEMBER = RoleGrant.Role.MEMBER


def day(text):
    if text is None:
        return None
    number, month, *year = text.split(".")
    return dt.date(int(year[0]) if year else 2018, int(month), int(number))


def pairs(*texts):
    return [(day(first), day(last)) for first, last in texts]


def follow(user, *periods, on=TODAY):
    return actions.follow_memberships(user, role=MEMBER, periods=pairs(*periods), on=on, by=None)


def held(user, *, with_membership=True):
    grants = RoleGrant.objects.filter(user=user, role=MEMBER, with_membership=with_membership).order_by("starts_on")
    return list(grants.values_list("starts_on", "ends_on"))


@pytest.mark.parametrize(
    ("periods", "grants"),
    [
        ([], []),
        ([("1.4", None)], [("1.5", None)]),  # nothing is given for days that are past
        ([("1.4", "30.4")], []),
        ([("1.4", "1.5")], [("1.5", "1.5")]),
        ([("1.5", None), ("10.5", None)], [("1.5", None)]),  # two bodies at once
        ([("1.5", "31.5"), ("1.6", None)], [("1.5", None)]),
        ([("1.5", "31.5"), ("3.6", None)], [("1.5", "31.5"), ("3.6", None)]),  # 1 and 2 June are a gap
        ([("1.4.2019", None)], [("1.4.2019", None)]),
    ],
)
def test_grants_cover_the_places(periods, grants):
    user = UserFactory()
    follow(user, *periods)
    assert held(user) == pairs(*grants)


@pytest.mark.parametrize(
    ("by_hand", "periods", "grants"),
    [
        (("1.4", None), [("1.5", None)], []),
        (("1.4", "31.5"), [("1.5", None)], [("1.6", None)]),
        (("1.6", None), [("1.5", None)], [("1.5", "31.5")]),
        (("10.5", "20.5"), [("1.5", None)], [("1.5", "9.5"), ("21.5", None)]),
        (("1.4", "30.4"), [("1.5", None)], [("1.5", None)]),
    ],
)
def test_what_was_given_by_hand_is_left_and_not_given_twice(by_hand, periods, grants):
    user = UserFactory()
    RoleGrantFactory(user=user, role=MEMBER, starts_on=day(by_hand[0]), ends_on=day(by_hand[1]))
    follow(user, *periods)
    assert held(user, with_membership=False) == pairs(by_hand)
    assert held(user) == pairs(*grants)
    assert RoleGrant.objects.filter(user=user, role=MEMBER, ends_on=None).count() <= 1


@pytest.mark.parametrize(
    ("before", "after", "grants"),
    [
        # One of two bodies ends, the other goes on.
        ([("1.4", None), ("1.4", "30.6")], [("1.4", None)], [("1.4", None)]),
        ([("1.4", None)], [("1.4", "30.6")], [("1.4", "30.6")]),
        ([("1.4", "30.6")], [("1.4", None)], [("1.4", None)]),
        # It has ended by now: yesterday was the last day of the role.
        ([("1.4", None)], [("1.4", "30.4")], [("1.4", "30.4")]),
        ([("1.4", None)], [("1.4", "15.4")], [("1.4", "30.4")]),
        ([("1.4", None)], [], [("1.4", "30.4")]),
        # Another place, later.
        ([("1.4", "31.5")], [("1.4", "31.5"), ("1.7", None)], [("1.4", "31.5"), ("1.7", None)]),
        ([("1.4", "31.5"), ("1.7", None)], [("1.4", "31.5")], [("1.4", "31.5")]),
        ([("1.4", None)], [("1.7", None)], [("1.4", "30.4"), ("1.7", None)]),
        ([("1.7", None)], [("1.6", None)], [("1.6", None)]),
        # The gap closes: the second is taken up into the first.
        ([("1.4", "31.5"), ("3.6", None)], [("1.4", None)], [("1.4", None)]),
        # A gap opens in what was one.
        ([("1.4", None)], [("1.4", "31.5"), ("3.6", None)], [("1.4", "31.5"), ("3.6", None)]),
    ],
)
def test_grants_follow_what_changes(before, after, grants):
    """First as it was on 1 April, then as it is on 1 May."""
    user = UserFactory()
    follow(user, *before, on=dt.date(2018, 4, 1))
    follow(user, *after)
    assert held(user) == pairs(*grants)


def test_following_again_changes_nothing_and_leaves_no_trace():
    user = UserFactory()
    follow(user, ("1.4", None))
    follow(user, ("1.4", None))
    assert audit.history(user).filter(kind="role_followed").count() == 1
    assert User.objects.get(pk=user.pk).version == user.version == 2


def test_it_counts_at_once_and_other_roles_are_left():
    user = UserFactory(roles=["data_lead"])
    assert not user.has_role(MEMBER)
    today = dt.date.today()
    actions.follow_memberships(user, role=MEMBER, periods=[(today, None)], by=None)
    assert user.has_role(MEMBER) and user.has_role("data_lead")


def test_somebody_who_left_gets_nothing():
    user = UserFactory(is_active=False, left_at=dt.datetime(2018, 4, 1, tzinfo=dt.UTC))
    follow(user, ("1.4", None))
    assert held(user) == []


def test_a_role_that_comes_with_a_place_is_not_ended_by_hand():
    user = UserFactory()
    follow(user, ("1.4", None))
    with pytest.raises(ValidationError, match="ends when that place does"):
        actions.end_role(user.role_grants.get(), by=None)
