"""Invitations: a signed link, good once and for some days, through which an invited person sets a first password.

The token does not depend on the password, so that a used or expired link can be told from a wrong one, and only to somebody who holds
the real one. It depends on the address and the moment of the invitation: a newer invitation, or a corrected address, ends older links.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int, int_to_base36

from accounts.models import User

GOOD_FOR = dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


class InvitationToken(PasswordResetTokenGenerator):
    key_salt = "accounts.invitations.InvitationToken"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        invited = user.invited_at.isoformat() if user.invited_at else ""
        return f"{user.pk}-{user.email}-{invited}-{timestamp}"

    def age(self, user: User, token: str) -> dt.timedelta | None:
        """How old a token of ours for this person is; None when it is not one (wrong, or ended by a newer one)."""
        try:
            made = base36_to_int(token.split("-")[0])
        except ValueError:
            return None
        for secret in (self.secret, *self.secret_fallbacks):
            if constant_time_compare(self._make_token_with_timestamp(user, made, secret), token):
                return dt.timedelta(seconds=self._num_seconds(self._now()) - made)
        return None


tokens = InvitationToken()


@dataclass(frozen=True)
class Opened:
    """What an invitation link leads to. `user` is None unless the password may be set now; `problem` says why not."""

    user: User | None
    problem: str = ""  # "", "wrong", "used" or "expired"


def opened(uidb36: str, token: str) -> Opened:
    """What the two parts of an invitation link stand for."""
    try:
        user = User.objects.get(pk=base36_to_int(uidb36), is_active=True)
    except (ValueError, OverflowError, User.DoesNotExist):
        return Opened(None, "wrong")
    age = tokens.age(user, token)
    if age is None:
        return Opened(None, "wrong")
    if user.has_accepted:
        return Opened(None, "used")
    if age > GOOD_FOR:
        return Opened(None, "expired")
    return Opened(user)


def link(user: User) -> str:
    """The absolute address at which this person sets their first password, good from now on."""
    path = reverse("accounts:invitation-accept", args=[int_to_base36(user.pk), tokens.make_token(user)])
    return f"{settings.SITE_URL}{path}"
