"""Places on bodies: taken, put right, ended, and handed over to a successor. Nothing is deleted: who sat where stays on the record.

Everything here is done under a lock on the body's row, since one chair at a time is said by several rows.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import Organisation, User
from governance import chairing, held
from governance.actions.following import follow_all
from governance.actions.passing_on import counted, hand_over, pass_on, refuse_gone
from governance.held import Thing
from governance.models import Body, Membership
from lib.editing import write
from lib.written import day_year

__all__ = ["add", "correct", "end", "left_open", "pass_on", "succeed"]

audit.kinds(
    {
        "member_added": "Place on a body taken",
        "member_corrected": "Place on a body put right",
        "member_ended": "Place on a body ended",
        "member_succeeded": "Place on a body handed over",
    }
)


@transaction.atomic
def add(
    body: Body,
    *,
    role: str,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    user: User | None = None,
    name: str = "",
    post: str = "",
    organisation: Organisation | None = None,
    by: User | None,
) -> Membership:
    """Give somebody a place from one day to another, both included; without a name it is a vacant post.

    With an account, its name counts, and its post and organisation fill what is left empty. The role that goes with the place follows.
    """
    body = _hold(body)
    if role not in Membership.Role.values:
        raise ValidationError({"role": "Choose a role from the list"})
    place = Membership(body=body, role=role, starts_on=starts_on, ends_on=ends_on)
    _fill(place, user=user, name=name, post=post, organisation=organisation)
    _check(place)
    place.save(force_insert=True)
    audit.record("member_added", place, by=by, changes=audit.changes({}, _facts(place)))
    follow_all([place.user], by=by)
    return place


@transaction.atomic
def correct(
    place: Membership,
    *,
    starts_on: dt.date,
    user: User | None,
    name: str,
    post: str,
    organisation: Organisation | None,
    version: int,
    by: User | None,
) -> Membership:
    """Put right what was entered. Another person takes a place over by `succeed`, which leaves both on the record."""
    place.body = _hold(place.body)
    place.refresh_from_db()
    before, was = _facts(place), place.user
    if place.user and user != place.user:
        raise ValidationError({"user": f"This place is {place.user.name}’s. Hand it over to a successor instead"})
    place.starts_on = starts_on
    _fill(place, user=user, name=name, post=post, organisation=organisation)
    _check(place)
    changes = audit.changes(before, _facts(place))
    if not changes:
        return place
    fields = ("starts_on", "user", "name", "post", "organisation")
    write(place, version=version, what="This place", **{field: getattr(place, field) for field in fields})
    audit.record("member_corrected", place, by=by, changes=changes)
    follow_all([was, place.user], by=by)
    return place


@transaction.atomic
def end(place: Membership, *, ends_on: dt.date, to: User | None = None, version: int, by: User | None) -> Membership:
    """Say which day is the last. What is open in their hands goes to `to`; without anybody it is refused while something is open."""
    place.body = _hold(place.body)
    _refuse_over(place, ends_on)
    things = left_open(place, ends_on)
    if things and to is None:
        raise ValidationError(
            {"to": f"Say who takes over: {counted(things)} of {place.body} would be left without anybody"}
        )
    if things and to:
        if to == place.user:
            raise ValidationError({"to": "Choose somebody else: it is their place that ends"})
        refuse_gone(to, "to")
    was, place.ends_on = place.ends_on, ends_on
    _check(place)
    write(place, version=version, what="This place", ends_on=ends_on)
    changes = [audit.change("Last day", day_year(was), day_year(ends_on))]
    if things and to and place.user:
        hand_over(place.user, place.body, to=to, post="", by=by)
        changes.append(audit.change("Passed on", None, f"{counted(things)}, to {to.name}"))
    audit.record("member_ended", place, by=by, changes=changes)
    follow_all([place.user], by=by)
    return place


@transaction.atomic
def succeed(
    place: Membership,
    *,
    ends_on: dt.date,
    user: User | None = None,
    name: str = "",
    post: str = "",
    organisation: Organisation | None = None,
    version: int,
    by: User | None,
) -> Membership:
    """Hand a place over: it ends on `ends_on`, and the successor's begins the day after, in the same role.

    What is open in the hands of whoever had it moves with it, at once; to a successor without an account it stays with their post.
    """
    place.body = _hold(place.body)
    _refuse_over(place, ends_on)
    if user is not None and user == place.user:
        raise ValidationError({"user": f"{place.user.name} has this place already. Choose their successor"})
    new = Membership(body=place.body, role=place.role, starts_on=ends_on + dt.timedelta(days=1), succeeds=place)
    _fill(new, user=user, name=name, post=post or place.post, organisation=organisation or _kept(place, user))
    if not new.name:
        raise ValidationError({"name": "Enter the successor’s name, or choose their account"})
    things = left_open(place, ends_on)
    was, place.ends_on = place.ends_on, ends_on
    _check(place)
    write(place, version=version, what="This place", ends_on=ends_on)
    _check(new)
    new.save(force_insert=True)
    if things and place.user:
        hand_over(place.user, place.body, to=user, post=new.post or new.name, by=by)
    changes = [
        audit.change("Last day", day_year(was), day_year(ends_on)),
        audit.change("Successor", None, f"{new.label}, {new.period}"),
    ]
    if things:
        changes.append(audit.change("Passed on", None, counted(things)))
    audit.record("member_succeeded", place, by=by, changes=changes)
    audit.record("member_added", new, by=by, changes=audit.changes({}, _facts(new)))
    follow_all([place.user, new.user], by=by)
    return new


def left_open(place: Membership, ends_on: dt.date) -> list[Thing]:
    """What nobody would see to once this place has ended: nothing while they have another place on the body, beyond that day."""
    if place.user is None:
        return []
    others = Membership.objects.filter(body=place.body_id).of(place.user).exclude(pk=place.pk)
    if others.not_over(ends_on + dt.timedelta(days=1)).exists():
        return []
    return held.open_of(place.user, place.body)


def _hold(body: Body) -> Body:
    """The body's row, kept until the transaction ends."""
    return Body.objects.select_for_update().get(pk=body.pk)


def _fill(place: Membership, *, user: User | None, name: str, post: str, organisation: Organisation | None) -> None:
    """An account gives its own name, and whatever else was left empty."""
    if user is not None and place.user != user and not user.is_active:
        raise ValidationError({"user": f"{user.name}’s account is closed. Choose somebody who is here"})
    place.user = user
    place.name = user.name if user else " ".join(name.split())
    place.post = post.strip() or (user.post if user else "")
    place.organisation = organisation or (user.organisation if user else None)
    if not place.name and not place.post:
        raise ValidationError({"name": "Enter a name, a post or both, or choose an account"})


def _kept(place: Membership, user: User | None) -> Organisation | None:
    """A successor in the same post comes from the same organisation, unless their account says otherwise."""
    return user.organisation if user and user.organisation else place.organisation


def _refuse_over(place: Membership, ends_on: dt.date) -> None:
    """As the place is now, under the lock."""
    fresh = Membership.objects.get(pk=place.pk)
    if ends_on < fresh.starts_on:
        begins = day_year(fresh.starts_on)
        raise ValidationError({"ends_on": f"This place begins on {begins}: the last day can’t be before it"})
    if Membership.objects.filter(succeeds=place.pk).exists():
        raise ValidationError(f"{fresh.label} has a successor already. Open the body again to see who")


def _check(place: Membership) -> None:
    """What spans rows: who chairs when, and that nobody is there twice in the same role."""
    if place.ends_on and place.ends_on < place.starts_on:
        raise ValidationError({"ends_on": "The last day must be on or after the first day"})
    if place.body.ended_on and (place.ends_on is None or place.ends_on > place.body.ended_on):
        raise ValidationError(
            f"{place.body} ended on {day_year(place.body.ended_on)}. No place on it goes beyond that day"
        )
    others = list(_beside(place))
    asked = chairing.Place(place.role, place.starts_on, place.ends_on)
    known = [chairing.Place(one.role, one.starts_on, one.ends_on, f"{one.label}, {one.period}") for one in others]
    if found := chairing.in_the_way(asked, known):
        then = "; ".join(one.label for one in found)
        raise ValidationError(
            {
                "role": f"{chairing.RULE}, and {place.body} has: {then}. Hand that place over, or end it before this one begins"
            }
        )
    twice = [one for one in others if place.user and one.user_id == place.user.pk and one.role == place.role]
    if twice:
        raise ValidationError({"user": f"They are on {place.body} in this role already, {twice[0].period}"})


def _beside(place: Membership) -> list[Membership]:
    """The others whose time meets this one's."""
    others = Membership.objects.filter(body=place.body).exclude(pk=place.pk).not_over(place.starts_on)
    return list(others.filter(starts_on__lte=place.ends_on) if place.ends_on else others)


def _facts(place: Membership) -> dict[str, object]:
    return {
        "Role": place.get_role_display(),
        "Who": place.label,
        "Account": place.user.email if place.user else "",
        "Organisation": place.organisation,
        "First day": day_year(place.starts_on),
        "Last day": day_year(place.ends_on),
    }
