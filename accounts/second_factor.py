"""The second step at sign-in: who needs it, and whether a session has passed it."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from accounts.models import RoleGrant, User

# In the session: whose second step was set up in it. Setting it up takes a right code, so that session need not ask for another.
SET_UP_KEY = "second_factor_set_up_by"


def is_needed_by(user: User) -> bool:
    """Whether this person's roles call for it and this installation asks for it."""
    return settings.TOTP_REQUIRED and user.has_role(*RoleGrant.SECOND_FACTOR)


def is_set_up_by(user: User) -> bool:
    """Whether they have an authenticator app here. Recovery codes alone do not count."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def is_passed(request: HttpRequest, user: User) -> bool:
    """Whether this session has given a right code for this person. Asks the session only."""
    if request.session.get(SET_UP_KEY) == str(user.pk):
        return True
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))
