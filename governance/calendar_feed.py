"""The meetings somebody may see as a calendar that programs read without signing in (decision 31): its address, and what is in it."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from icalendar import Calendar, Event

from accounts.models import User
from governance import meetings
from governance.models import Meeting

SALT = "governance.calendar_feed"
_SIGNER = signing.Signer(salt=SALT, sep=".")
KEPT = 366  # days for which a meeting that is over stays in the calendar
REFRESH = dt.timedelta(hours=6)  # how often a program may look again


# ---------------------------------------------------------------- the address


def address(user: User) -> str:
    """Their own, for a calendar program. It is another one after their sessions were ended or their password was changed."""
    token = _SIGNER.sign(f"{user.pk}-{_part(user.get_session_auth_hash())}")
    return settings.SITE_URL + reverse("governance:meeting-feed", args=[token])


def whose(token: str) -> User | None:
    """Whose calendar it is; None for what we did not sign, for somebody who left, and for an address that has been ended. One query."""
    try:
        pk, _, part = _SIGNER.unsign(token).partition("-")
    except signing.BadSignature:
        return None
    user = User.objects.active().filter(pk=pk).first()
    if user is None:
        return None
    # As with sessions, one made before the secret key was changed holds while the former key is listed.
    standing = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return user if any(constant_time_compare(part, _part(known)) for known in standing) else None


def _part(session_hash: str) -> str:
    """What ends with a person's sessions, without giving away what a session holds."""
    return salted_hmac(SALT, session_hash, secret=SALT, algorithm="sha256").hexdigest()[:32]


# ---------------------------------------------------------------- the calendar


def first_day(today: dt.date) -> dt.date:
    """Meetings before it are no longer in the calendar."""
    return today - dt.timedelta(days=KEPT)


def written(some: Iterable[Meeting], *, name: str, at: dt.datetime) -> bytes:
    """The calendar as a file. `some` with their bodies loaded; `at` is the moment of writing. Titles say which body meets and nothing else."""
    calendar = _calendar()
    calendar.add("X-WR-CALNAME", name)
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", REFRESH, parameters={})
    for meeting in some:
        for event in _events(meeting, at):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def entry(meeting: Meeting, at: dt.datetime) -> bytes:
    """One meeting as a calendar entry, to go with a mail; its body loaded. It has the identity it has in the feed, so nobody gets it twice."""
    calendar = _calendar()
    calendar.add_component(_meeting(meeting, at))
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", "-//cspplan//meetings//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    return calendar


def _meeting(meeting: Meeting, at: dt.datetime) -> Event:
    event = _event(meeting, "meeting", f"{meeting.body.short_name}: {meeting.get_kind_display().lower()}", at)
    event.add("DTSTART", meeting.starts_at.astimezone(dt.UTC))
    if meeting.ends_at:
        event.add("DTEND", meeting.ends_at.astimezone(dt.UTC))
    if meeting.place:
        event.add("LOCATION", meeting.place)
    return event


def _events(meeting: Meeting, at: dt.datetime) -> Iterator[Event]:
    yield _meeting(meeting, at)
    if meeting.is_held:
        return
    by = meetings.deadline(meeting)
    papers = _event(meeting, "papers", f"Papers due: {meeting.body.short_name}, {meeting.day.day} {meeting.day:%B}", at)
    papers.add("DTSTART", by)
    papers.add("DTEND", by + dt.timedelta(days=1))  # the first day after it
    papers.add("TRANSP", "TRANSPARENT")  # nobody is busy on that day because of it
    yield papers


def _event(meeting: Meeting, what: str, title: str, at: dt.datetime) -> Event:
    event = Event()
    event.add("UID", f"{what}-{meeting.pk}@{settings.SITE_URL.split('://')[-1]}")
    # The body's version counts too: its days for papers move their deadline.
    event.add("SEQUENCE", meeting.version + meeting.body.version)
    event.add("DTSTAMP", at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("SUMMARY", title)
    event.add("STATUS", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("URL", settings.SITE_URL + meeting.get_absolute_url())
    return event
