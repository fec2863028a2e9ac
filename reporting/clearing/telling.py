"""Whom a pack's building and issue are told to by mail; what the mails say is in `reporting.mails.packs`."""

import datetime as dt

from accounts.actions import owe_mail
from accounts.models import Mail, RoleGrant, User
from governance.models import Body, Membership
from reporting.clearing import approvers
from reporting.models import Pack

DRAFT, TO_APPROVE, ISSUED, DISPATCHED = "pack_draft", "pack_to_approve", "pack_issued", "pack_dispatched"


def built(pack: Pack, *, on: dt.date, by: User | None) -> list[Mail]:
    """A draft that the schedule asked for is told to the partnership team; what may be approved to those whose word it waits for."""
    if pack.is_draft:
        people = coordinators(on) if pack.requested_by_id is None else []
        return [_owe(one, DRAFT, pack, by) for one in people]
    free = approvers.with_accounts(approvers.free(pack, approvers.on(on)))
    return [_owe(one, TO_APPROVE, pack, by) for one in free]


def issued(pack: Pack, *, on: dt.date, by: User | None) -> list[Mail]:
    """An executive edition is told to the CSP Executive's members, with its meeting; a public one to scrutiny's officers, before it is published."""
    if pack.is_public:
        return [_owe(one, DISPATCHED, pack, by) for one in scrutiny_officers(on)]
    return [_owe(one, ISSUED, pack, by) for one in User.objects.holding(RoleGrant.Role.EXECUTIVE, on).order_by("pk")]


def coordinators(on: dt.date) -> list[User]:
    return list(User.objects.holding(RoleGrant.Role.COORDINATOR, on).order_by("pk"))


def scrutiny_officers(on: dt.date) -> list[User]:
    """Who supports a scrutiny committee that day and has an account."""
    places = Membership.objects.in_force(on).filter(body__kind=Body.Kind.SCRUTINY, role=Membership.Role.SUPPORT)
    return list(User.objects.active().filter(pk__in=places.values("user")).order_by("pk"))


def _owe(person: User, stage: str, pack: Pack, by: User | None) -> Mail:
    return owe_mail(person, stage=stage, about=pack, cycle=f"{pack.number}, build {pack.build}", by=by)
