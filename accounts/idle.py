"""How much longer somebody stays signed in, as pages are told it."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts import sessions

WARNED = 5 * 60  # seconds before the end, at most a third of the time


def told(request: HttpRequest) -> dict[str, object]:
    """Seconds left (0: signed out), how long before the end to warn, and whether staying is still possible: after ten hours nobody does."""
    session, now = getattr(request, "session", None), timezone.now()
    if session is not None:
        session.get("")  # reads it, where nothing has yet
    row = getattr(session, "row", None)
    left = sessions.seconds_left(row, now)
    warned = min(WARNED, settings.IDLE_MINUTES * 60 // 3)
    may_stay = row is not None and left > 0 and sessions.last_moment(row) - now > dt.timedelta(seconds=left + 1)
    return {"left": left, "warned": warned, "may_stay": may_stay}
