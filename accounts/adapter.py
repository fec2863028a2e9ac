"""How allauth behaves here: nobody signs up, addresses are in small letters, refusals are sentences that help."""

import logging
from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import actions, browsers, identity, late, oidc, second_factor
from accounts.models import User
from accounts.sessions import BROWSER

log = logging.getLogger("accounts")
SECOND_STEP = "allauth.mfa.stages.AuthenticateStage"


class AccountAdapter(DefaultAccountAdapter):
    """People are invited; nobody signs up. Somebody who left gets a plain page, no session and no link for a new password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed. Write to the partnership team if that is not right",
        "email_password_mismatch": "The email address or the password is not right. Check both, or ask for a new password",
        "enter_current_password": "Enter the password you use now",
        "incorrect_code": "The code is not right. Wait for the next one in your app and enter that",
        "incorrect_password": "The password is not right. Enter the password you use now",
        "invalid_or_expired_key": "This link no longer works. Ask for a new one",
        "invalid_password_reset": "This link no longer works. Ask for a new one",
        "rate_limited": "You have asked too often. Wait a few minutes, then try again",
        "too_many_login_attempts": (
            "There have been too many tries to sign in with this email address, so for 15 minutes even the right password "
            "is refused. Wait, or ask for a new password"
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Signed in, and with what; what they could not send before is theirs again."""
        super().login(request, user)
        request.session[BROWSER] = browsers.in_words(request.headers.get("User-Agent", ""))
        late.welcome_back(request, user)

    def clean_email(self, email: str) -> str:
        """Addresses are kept and looked up in small letters."""
        return super().clean_email(email).lower()

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On our own address, whatever host name the request came by."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", quote(key))

    def pre_login(self, request: HttpRequest, user: User, **known: Any) -> HttpResponse | None:
        """Remember for this sign-in, and for no other, that the council's has asked for a second step already."""
        request.session.pop(second_factor.VOUCHED_KEY, None)
        response = super().pre_login(request, user, **known)
        sociallogin = (known.get("signal_kwargs") or {}).get("sociallogin")
        if response is None and sociallogin is not None and sociallogin.identity.second_step:
            request.session[second_factor.VOUCHED_KEY] = str(user.pk)
        return response

    def get_login_stages(self) -> list[str]:
        vouched = self.request.session.get(second_factor.VOUCHED_KEY)
        return [stage for stage in super().get_login_stages() if not (vouched and stage == SECOND_STEP)]

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        words = {
            "reauthenticate": "Use your password",
            "mfa_reauthenticate": "Enter a code",
            "mfa_reauthenticate:webauthn": "Use a passkey",
        }
        usable = [method for method in methods if settings.LOCAL_SIGN_IN or method["id"] != "reauthenticate"]
        return [method | {"description": words[method["id"]]} for method in usable]

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not where there is nothing to ask for: without passwords, before a second step is set up."""
        return bool(self.get_reauthentication_methods(self.request.user)) and super().is_reauthentication_required(
            app=app
        )


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on lets in people who were invited, and nobody else. It is set up by the environment, never in the database."""

    def list_apps(
        self, request: HttpRequest | None, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        sso = settings.OIDC
        if not sso.issuer or provider not in (None, oidc.ID, "openid_connect"):
            return []
        app = SocialApp(provider="openid_connect", provider_id=oidc.ID, name=sso.name, client_id=sso.client_id)
        app.secret, app.settings = sso.client_secret, {"server_url": sso.issuer}
        return [app]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find whose account it is, link it, and take the roles from its groups; or a page that says what to do."""
        sociallogin.token = None  # of no use later, and not to lie in a session
        who = sociallogin.identity
        try:
            user = sociallogin.user if sociallogin.account.pk else identity.whose(who)
            if not user.is_active:
                raise ImmediateHttpResponse(redirect("account_inactive"))
            sociallogin.account = actions.link_account(user, who=who, by=user)
            sociallogin.user = actions.take_groups(user, who=who, by=None)
        except ValidationError as refusal:
            log.warning("a sign-in with the council's account was refused")
            context = {"problem": " ".join(refusal.messages)}
            page = render(request, "socialaccount/refused.html", context, status=403)
            raise ImmediateHttpResponse(page) from None

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Exception | None = None, **told: Any
    ) -> None:
        log.warning("single sign-on failed: %s", error, exc_info=exception)


class MFAAdapter(DefaultMFAAdapter):
    """Who needs the second step cannot switch it off."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": (
            "Your role needs the second step, so it cannot be switched off. With a new phone, ask an administrator to reset it"
        ),
        "incorrect_code": "The code is not right. Wait for the next one in your app and enter that",
        "unverified_email": "Your email address is not confirmed yet. Ask the partnership team",
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return second_factor.may_go(authenticator)

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """What a passkey is called unless its owner says: "Passkey 2"."""
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": settings.PARTNERSHIP_NAME}
