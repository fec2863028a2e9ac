"""How allauth behaves here: nobody signs up, addresses are in small letters, refusals are sentences that help."""

from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts import browsers, late, second_factor
from accounts.models import User
from accounts.sessions import BROWSER


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
        return not second_factor.is_needed_by(authenticator.user)
