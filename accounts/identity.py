"""Who the council's sign-in says somebody is, and whose account here that is."""

import hashlib
from dataclasses import dataclass
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from requests import RequestException

from accounts import claims, oidc
from accounts.models import User


@dataclass(frozen=True)
class Identity:
    """One sign-in at the provider. `email` is None where the address is not known to be theirs, `groups` where it does not say."""

    issuer: str
    subject: str
    email: str | None
    groups: frozenset[str] | None
    second_step: bool

    @property
    def key(self) -> str:
        """What stands for it for good. A subject is unique at its issuer only: with another issuer nobody is linked yet."""
        return hashlib.sha256(f"{self.issuer} {self.subject}".encode()).hexdigest()


def read(data: dict[str, Any]) -> Identity:
    """What was answered, as an identity. Raises ProviderException on an answer that is not of our issuer, or not of one person."""
    token, userinfo = data.get("id_token") or {}, data.get("userinfo") or {}
    issuer, subject = token.get("iss"), token.get("sub")
    if not isinstance(issuer, str) or issuer.rstrip("/") != settings.OIDC.issuer:
        raise ProviderException("the token is of another issuer")
    if not isinstance(subject, str) or not subject or userinfo.get("sub", subject) != subject:
        raise ProviderException("the token and what is said of the person do not belong together")
    said = claims.merged(token, userinfo)
    return Identity(
        issuer=settings.OIDC.issuer,
        subject=subject,
        email=claims.address(said, trusted=settings.OIDC.trust_email),
        groups=claims.groups(said, settings.OIDC.groups_claim),
        second_step=claims.passed_second_step(token, settings.OIDC.second_step),
    )


def whose(who: Identity) -> User:
    """The person invited with that address. Refused with what to do where the address is not known to be theirs, or is nobody's."""
    if who.email is None:
        raise ValidationError(
            "It did not tell us an email address that is known to be yours. Your IT service can see to that; until then write to the "
            "partnership team."
        )
    user = User.objects.filter(email__iexact=who.email).first()
    if user is None:
        raise ValidationError(
            f"Nobody has been invited with the email address {who.email}. Write to the partnership team from that address: they invite "
            "you with it, or put it in place of the one they know."
        )
    return user


def linked(user: User) -> SocialAccount | None:
    """The account of the present issuer with which this person comes in."""
    held = SocialAccount.objects.filter(user=user, provider=oidc.ID)
    return next((account for account in held if account.extra_data.get("issuer") == settings.OIDC.issuer), None)


def came_by_single_sign_on(request: HttpRequest) -> bool:
    """Whether this session was opened at the provider. Asks the session only."""
    if not request.user.is_authenticated:
        return False
    return any(record.get("method") == "socialaccount" for record in get_authentication_records(request, request.user))


class Provider(OpenIDConnectProvider):
    """allauth's, which keeps of an answer nothing but who it is, and looks nobody up by an address itself."""

    package = "allauth.socialaccount.providers.openid_connect"  # whose urls are its

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> SocialLogin:
        login = super().sociallogin_from_response(request, response)
        login.identity = read(response)
        return login

    def extract_uid(self, data: dict[str, Any]) -> str:
        return read(data).key

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        one = read(data)
        return {"issuer": one.issuer, "subject": one.subject}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        return []

    def redirect_from_request(self, request: HttpRequest) -> HttpResponse:
        """To the provider, to sign in and for nothing else a link may ask for; to a page that says so when it does not answer."""
        next_url = self.get_redirect_from_request_kwargs(request).get("next_url")
        try:
            return self.redirect(request, process=AuthProcess.LOGIN, next_url=next_url)
        except (RequestException, KeyError) as error:
            return render_authentication_error(request, self, exception=error)
