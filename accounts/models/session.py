import datetime as dt
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from accounts.models.user import User


class SessionQuerySet(models.QuerySet):
    def alive(self, at: dt.datetime) -> "SessionQuerySet":
        """Of people who are signed in at that moment: neither run out nor left alone for too long."""
        idle_since = at - dt.timedelta(minutes=settings.IDLE_MINUTES)
        began_after = at - dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return self.filter(
            person__isnull=False, expire_date__gt=at, seen_at__gt=idle_since, signed_in_at__gt=began_after
        )


class Session(AbstractBaseSession):
    """Somebody's sign-in on one browser, or what an anonymous visitor filled in: then it is nobody's, and nothing is noted of when.

    In place of Django's, so that a person sees where they are signed in: no address is kept, and of the browser only its name. It is no
    record: it goes with the sign-in.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    signed_in_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # by the minute: reading pages costs no more
    browser = models.CharField(max_length=60, blank=True)  # "Firefox on Windows"

    objects = BaseSessionManager.from_queryset(SessionQuerySet)()

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(signed_in_at__isnull=False, seen_at__isnull=False),
                name="a_persons_session_began_and_was_seen_at_some_time",
            ),
        ]

    @classmethod
    def get_session_store_class(cls) -> Any:
        return import_module(settings.SESSION_ENGINE).SessionStore

    @property
    def mark(self) -> str:
        """What names it in an address: the key itself opens the session, and stands on no page."""
        return salted_hmac("accounts.session", self.session_key).hexdigest()[:20]
