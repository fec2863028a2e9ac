"""Giving roles and ending them."""

import datetime as dt
import logging
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.models import Installation, RoleGrant, User
from lib import periods as days
from lib.editing import write
from lib.govuk_tags import day_year
from lib.periods import Period

log = logging.getLogger("accounts")

audit.kinds(
    {
        "role_granted": "Role given",
        "role_ended": "Role ended",
        "role_followed": "Role follows places on bodies",
        "roles_followed_groups": "Roles follow the council’s groups",
    }
)

LAST_ADMINISTRATOR = (
    "This is the last administrator: without one, nobody could invite people or give roles. "
    "Make someone else an administrator first."
)


@transaction.atomic
def grant_role(
    user: User,
    *,
    role: str,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    version: int | None = None,
    by: User | None,
) -> RoleGrant:
    """Give a role from one day to another, both included; `ends_on=None` leaves the end open.

    Refused for somebody who left, for an unknown role, for an end before the start, and where they hold the role already on some of
    these days. `version` is the person's as the form saw it; None takes the one that was loaded.
    """
    if not user.is_active:
        raise ValidationError(f"{user} is no longer here. Let them back in first.")
    if role not in RoleGrant.Role.values:
        raise ValidationError({"role": "Choose a role from the list"})
    if ends_on and ends_on < starts_on:
        raise ValidationError({"ends_on": "The last day must be on or after the first day"})
    write(user, version=user.version if version is None else version, what=str(user))
    label = RoleGrant.Role(role).label
    overlapping = user.role_grants.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), role=role)
    if ends_on:
        overlapping = overlapping.filter(starts_on__lte=ends_on)
    if held := overlapping.first():
        raise ValidationError({"role": f"They hold this role already: {label}, {held.period}"})
    grant = RoleGrant.objects.create(user=user, role=role, starts_on=starts_on, ends_on=ends_on, granted_by=by)
    user.forget_roles()
    audit.record("role_granted", user, by=by, changes=[audit.change(label, None, grant.period)])
    return grant


@transaction.atomic
def end_role(grant: RoleGrant, *, version: int | None = None, on: dt.date | None = None, by: User | None) -> User:
    """End a role at once: yesterday was its last day. A grant that began today or later is taken away altogether.

    `on` is today unless given. The last administrator's role cannot be ended, nor one that comes with a membership. Returns the person.
    """
    today = on or timezone.localdate()
    user = grant.user
    if grant.with_membership:
        raise ValidationError("This role comes with a place on a body. It ends when that place does.")
    if grant.ends_on and grant.ends_on < today:
        raise ValidationError(f"This role has ended already, on {day_year(grant.ends_on)}.")
    keep_an_administrator(user, grant=grant, on=today)
    write(user, version=user.version if version is None else version, what=str(user))
    change = close(grant, on=today)
    user.forget_roles()
    audit.record("role_ended", user, by=by, changes=[change])
    return user


@transaction.atomic
def follow_memberships(
    user: User, *, role: str, periods: Iterable[Period], on: dt.date | None = None, by: User | None
) -> User:
    """Let somebody hold a role in these periods because of the places they have on bodies then, beside what was given by hand.

    From today on (`on`, where given) the grants that come with memberships cover those days, and none that a grant given by hand covers
    already: that one is never touched, and no two are open. What is past stays. Somebody who left gets nothing. Safe to call again.
    """
    today = on or timezone.localdate()
    # Two bodies at once are followed one after the other. `no_key`: records that only name the person need not wait.
    held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    granted = list(held.role_grants.not_over(today).filter(role=role))
    others = [(grant.starts_on, grant.ends_on) for grant in granted if not grant.with_membership]
    wanted = days.since(days.without(periods if held.is_active else (), others), today)
    new = RoleGrant(user=held, role=role, with_membership=True)
    changes = _follow([grant for grant in granted if grant.with_membership], wanted, new=new, on=today)
    if changes:
        write(held, version=held.version)
        user.version = held.version
        user.forget_roles()
        audit.record("role_followed", held, by=by, changes=changes)
    return user


@transaction.atomic
def follow_groups(user: User, *, roles: Collection[str], on: dt.date | None = None, by: User | None) -> User:
    """Let somebody hold these roles because of the groups they are in at the council, beside what they have by hand or with a place.

    Roles that came with a group and are not among them end; the last administrator's stays, and that is logged. Who holds a role anyway
    gets it from no group for those days. Safe to call again.
    """
    today = on or timezone.localdate()
    if RoleGrant.Role.ADMINISTRATOR not in roles:
        Installation.hold()  # first, as whoever ends a role by hand does
    held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    granted = list(held.role_grants.not_over(today))
    changes: list[dict[str, str]] = []
    for role in sorted({*roles, *(grant.role for grant in granted if grant.with_group)}):
        theirs = [grant for grant in granted if grant.role == role]
        with_group = [grant for grant in theirs if grant.with_group]
        others = [(grant.starts_on, grant.ends_on) for grant in theirs if not grant.with_group]
        wanted: list[Period] = [(today, None)] if role in roles and held.is_active else []
        if not wanted and with_group and _is_last_administrator(held, with_group[0], today):
            log.warning("user=%s left the group of administrators and stays one: nobody else could administer", held.pk)
            continue
        new = RoleGrant(user=held, role=role, with_group=True)
        changes += _follow(with_group, days.since(days.without(wanted, others), today), new=new, on=today)
    if changes:
        write(held, version=held.version)
        user.version = held.version
        user.forget_roles()
        audit.record("roles_followed_groups", held, by=by, changes=changes)
    return user


def _is_last_administrator(user: User, grant: RoleGrant, on: dt.date) -> bool:
    try:
        keep_an_administrator(user, grant=grant, on=on)
    except ValidationError:
        return True
    return False


def _follow(granted: list[RoleGrant], wanted: list[Period], *, new: RoleGrant, on: dt.date) -> list[dict[str, str]]:
    """Close, then shorten or lengthen, then add: so that never two are open. What changed, for the audit trail.

    `new` says whose they are, of what role, and with what they come.
    """
    left, kept, changes = list(wanted), [], []
    for grant in granted:
        running = next((period for period in left if period[0] == max(grant.starts_on, on)), None)
        if running is None:
            changes.append(close(grant, on=on))
        else:
            left.remove(running)
            kept.append((grant, running[1]))
    for grant, ends_on in sorted(kept, key=lambda pair: pair[1] is None):
        if grant.ends_on != ends_on:
            before, grant.ends_on = grant.period, ends_on
            RoleGrant.objects.filter(pk=grant.pk).update(ends_on=ends_on)
            changes.append(audit.change(grant.get_role_display(), before, grant.period))
    for starts_on, ends_on in left:
        added = RoleGrant.objects.create(
            user=new.user,
            role=new.role,
            starts_on=starts_on,
            ends_on=ends_on,
            granted_by=None,
            with_membership=new.with_membership,
            with_group=new.with_group,
        )
        changes.append(audit.change(added.get_role_display(), None, added.period))
    return changes


def close(grant: RoleGrant, *, on: dt.date) -> dict[str, str]:
    """Let a grant end the day before `on`, or take it away when it had not begun by then. Returns the line for the audit trail."""
    before = grant.period
    if grant.starts_on >= on:
        RoleGrant.objects.filter(pk=grant.pk).delete()
        return audit.change(grant.get_role_display(), before, None)
    grant.ends_on = on - dt.timedelta(days=1)
    RoleGrant.objects.filter(pk=grant.pk).update(ends_on=grant.ends_on)
    return audit.change(grant.get_role_display(), before, grant.period)


def keep_an_administrator(user: User, *, on: dt.date, grant: RoleGrant | None = None) -> None:
    """Refuse when nobody but `user` could still administer. With `grant`, only if it is that grant that makes them one.

    The installation's row is locked, so that two administrators who remove each other at the same moment cannot both succeed.
    """
    administrator = RoleGrant.Role.ADMINISTRATOR
    if grant is not None and grant.role != administrator:
        return
    if not RoleGrant.objects.in_force(on).filter(user=user, role=administrator).exists():
        return
    Installation.hold()  # one at a time looks whether somebody is the last of a role, and ends one
    others = User.objects.holding(administrator, on).exclude(pk=user.pk).accepted()
    if not others.exists():
        raise ValidationError(LAST_ADMINISTRATOR)
