"""The second step at sign-in: who needs it, and whether a session has passed it."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from accounts.models import RoleGrant, User

# In the session: whose second step was set up in it. Setting it up takes a right code or passkey, so that session need not ask for another.
SET_UP_KEY = "second_factor_set_up_by"
# In the session: whose second step the council's sign-in vouched for when they came in.
VOUCHED_KEY = "second_factor_vouched_for"
# Recovery codes alone are none.
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_needed_by(user: User) -> bool:
    """Whether this person's roles call for it and this installation asks for it."""
    return settings.TOTP_REQUIRED and user.has_role(*RoleGrant.SECOND_FACTOR)


def is_set_up_by(user: User) -> bool:
    """Whether they have an authenticator app or a passkey here."""
    return Authenticator.objects.filter(user=user, type__in=KINDS).exists()


def has_app(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def has_passkey(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists()


def may_go(authenticator: Authenticator) -> bool:
    """Whether this app or passkey may be taken away by its owner: who needs a second step keeps one."""
    if not is_needed_by(authenticator.user):
        return True
    others = Authenticator.objects.filter(user=authenticator.user, type__in=KINDS).exclude(pk=authenticator.pk)
    return others.exists()


def is_passed(request: HttpRequest, user: User) -> bool:
    """Whether this session has given a right code or passkey for this person, or was vouched for. Asks the session only."""
    if str(user.pk) in (request.session.get(SET_UP_KEY), request.session.get(VOUCHED_KEY)):
        return True
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))
