"""Where somebody is signed in, as their page shows it."""

import datetime as dt
from dataclasses import dataclass

from accounts.browsers import UNKNOWN
from accounts.models import Session, User
from lib.written import moment


@dataclass(frozen=True)
class Place:
    browser: str
    signed_in: str
    seen: str  # "in the last few minutes", "about two hours ago"
    mark: str
    is_this: bool


def places(person: User, this: str, at: dt.datetime) -> list[Place]:
    """Each browser they are signed in on, the one with the session key `this` first. One query."""
    alive = Session.objects.alive(at).filter(person=person).order_by("-seen_at")
    found = [
        Place(
            one.browser or UNKNOWN, moment(one.signed_in_at), _ago(at - one.seen_at), one.mark, one.session_key == this
        )
        for one in alive
    ]
    return sorted(found, key=lambda place: not place.is_this)


def _ago(since: dt.timedelta) -> str:
    """Coarse on purpose: it is noted by the minute, and a sign-in left alone ends before long anyway."""
    minutes = int(since.total_seconds() // 60)
    if minutes < 5:
        return "In the last five minutes"
    if minutes < 60:
        return f"About {round(minutes / 5) * 5} minutes ago"
    hours = round(minutes / 60)
    return "About an hour ago" if hours == 1 else f"About {hours} hours ago"
