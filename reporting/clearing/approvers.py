"""Who may approve a pack: whoever speaks for the CSP Executive on a day, and never who asked for the build."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from governance.approving import same_name
from governance.models import Body, Delegation, Membership
from lib.numerals import listed
from reporting.models import Pack

ELSEWHERE = "ask the partnership team to record what the CSP Executive’s chair says"


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks for the CSP Executive, with or without an account here. `post` is theirs, or what they are on it."""

    name: str
    post: str
    user_id: int | None
    names: tuple[str, ...]  # the name on the body, and that of the account

    def is_user(self, user: User) -> bool:
        return user.pk == self.user_id or self.has_name(user.name)

    def has_name(self, name: str) -> bool:
        return any(same_name(one, name) for one in self.names)


def on(day: dt.date) -> list[Speaker]:
    """Its chair and co-chairs on that day, and deputies while the chair is delegated to them; chairs first. Two queries."""
    chairs = Membership.objects.in_force(day).chairing().filter(body__kind=Body.Kind.EXECUTIVE)
    acting = Delegation.objects.in_force(day).filter(deputy__body__kind=Body.Kind.EXECUTIVE)
    places = [
        *chairs.select_related("user").order_by("role", "pk"),
        *(one.deputy for one in acting.select_related("deputy__user").order_by("pk")),
    ]
    found: dict[str, Speaker] = {}
    for place in places:
        name = place.user.name if place.user else place.name
        if name:  # else the post is vacant
            said = place.post or f"{place.get_role_display()} of the CSP Executive"
            names = tuple(filter(None, (place.name, place.user.name if place.user else "")))
            found.setdefault(name, Speaker(name, said, place.user_id, names))
    return list(found.values())


def between(first: dt.date, last: dt.date) -> list[Speaker]:
    """Whoever spoke for it on any of those days, for a word that was given on one of them. Two queries for each day, of a fortnight at most."""
    days = min((last - first).days, 13)
    found: dict[str, Speaker] = {}
    for back in range(days + 1):
        for speaker in on(last - dt.timedelta(days=back)):
            found.setdefault(speaker.name, speaker)
    return list(found.values())


def free(pack: Pack, speakers: Iterable[Speaker]) -> list[Speaker]:
    """Of those the ones who did not ask for this build: nobody approves their own pack."""
    asked = pack.requested_by
    return [one for one in speakers if asked is None or not one.is_user(asked)]


def with_accounts(speakers: Iterable[Speaker]) -> list[User]:
    """Those of them who can sign in here, by name. One query."""
    ids = [one.user_id for one in speakers if one.user_id is not None]
    return list(User.objects.active().filter(pk__in=ids).order_by("name", "pk"))


def may_approve(pack: Pack, user: User, day: dt.date) -> bool:
    return any(one.user_id == user.pk for one in free(pack, on(day)))


def whom_to_ask(pack: Pack, day: dt.date) -> str:
    """Who may approve it today, for the end of a sentence: "ask Jo Mercer or Tom Okafor"."""
    names = [one.name for one in free(pack, on(day))]
    return f"ask {listed(names)}".replace(" and ", " or ") if names else ELSEWHERE
