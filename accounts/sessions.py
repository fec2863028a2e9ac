"""Where sessions are kept (the setting SESSION_ENGINE): Django's way of keeping them in the database, with an end for those left alone.

A session that is over is read as an empty one, by whatever asks: there is no page on which it would still count.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from accounts.models import Session

EVERY = dt.timedelta(minutes=1)  # being seen is noted no more often
BROWSER = "browser"  # in the session: what signed in, in words


class SessionStore(db.SessionStore):
    """`row` is the session as it was last read or written; None where there is none."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        row = self._get_session_from_db()
        if row is not None and is_over(row, timezone.now()):
            row.delete()
            row = self._session_key = None
        self.row = row
        return self.decode(row.session_data) if row else {}

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """A sign-in begins here, whatever led to it; changing the password, which gives the session another key, begins none."""
        row, was, now = super().create_model_instance(data), self.row, timezone.now()
        if person := data.get(SESSION_KEY):
            goes_on = was is not None and str(was.person_id) == person
            row.person_id = int(person)
            row.signed_in_at = was.signed_in_at if goes_on else now
            row.seen_at = now
            row.browser = data.get(BROWSER, "")
        self.row = row
        return row


def is_over(row: Session, at: dt.datetime) -> bool:
    """Whether somebody was signed in with it and is no longer."""
    return row.person_id is not None and ends_at(row) <= at


def ends_at(row: Session) -> dt.datetime:
    """When it ends if nobody does anything any more. For a person's session."""
    return min(row.seen_at + dt.timedelta(minutes=settings.IDLE_MINUTES), last_moment(row))


def last_moment(row: Session) -> dt.datetime:
    """When it ends whatever they do."""
    return row.signed_in_at + dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)


def see(row: Session, at: dt.datetime) -> None:
    """They did something. One statement, and none within a minute of the last."""
    if at - row.seen_at < EVERY:
        return
    Session.objects.filter(pk=row.pk, seen_at__lt=at).update(seen_at=at)
    row.seen_at = at


def seconds_left(row: Session | None, at: dt.datetime) -> int:
    """Until it ends; 0 where nobody is signed in."""
    if row is None or row.person_id is None:
        return 0
    return max(0, int((ends_at(row) - at).total_seconds()))
