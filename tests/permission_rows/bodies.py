"""Bodies and their members × who asks."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from governance.models import Membership
from tests.factories.governance import DelegationFactory, MembershipFactory, RiskFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    # who governs is no secret to anyone who is signed in
    "governance:body-list":            (IN,   200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "governance:body-detail":          (IN,   200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "governance:body-add":             (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:body-edit":            (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:body-links":           (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:membership-add":       (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:membership-edit":      (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:membership-end":       (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:membership-hand-over": (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "governance:body-pass-on":         (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    # a chair lets their own deputy act
    "governance:delegation-add":       (IN,   403,  403,  403,  200,  403,  403,  403,  200,  403,  403),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:body-add":             (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "governance:body-edit":            (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "governance:body-links":           (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "governance:membership-add":       (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "governance:membership-edit":      (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "governance:membership-end":       (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "governance:membership-hand-over": (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "governance:body-pass-on":         (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "governance:delegation-add":       (IN,   403,  403,  403,  OK,   403,  403,  403,  OK,   403,  403),
    "governance:delegation-withdraw":  (IN,   403,  403,  403,  OK,   403,  403,  403,  OK,   403,  403),
}
# fmt: on


def _body(world: World) -> Case:
    return Case((world.body.slug,))


def _deputy(world: World) -> Case:
    """The deputy of the body's chair."""
    place = MembershipFactory(body=world.body, user=world.someone, role=Membership.Role.DEPUTY)
    return Case((world.body.slug, place.pk))


def _delegation(world: World) -> Case:
    deputy = Membership.objects.get(pk=_deputy(world).args[1])
    today = timezone.localdate()
    given = DelegationFactory(deputy=deputy, starts_on=today, ends_on=today + dt.timedelta(days=7))
    return Case((world.body.slug, given.pk))


def _holder(world: World) -> Case:
    """Somebody with a risk of the body in their hands."""
    RiskFactory(body=world.body, owner=world.someone)
    return Case((world.body.slug, world.someone.pk))


CASES: dict[str, Callable[[World], Case]] = {
    "governance:body-detail": _body,
    "governance:body-edit": _body,
    "governance:body-links": _body,
    "governance:membership-add": _body,
    "governance:membership-edit": _deputy,
    "governance:membership-end": _deputy,
    "governance:membership-hand-over": _deputy,
    "governance:delegation-add": _deputy,
    "governance:delegation-withdraw": _delegation,
    "governance:body-pass-on": _holder,
}
