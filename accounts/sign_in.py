"""allauth's forms, speaking in our words. What they do is unchanged; settings name them (ACCOUNT_FORMS, MFA_FORMS)."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django.http import HttpRequest, HttpResponse

from lib import refusals

EMAIL = "Enter your email address"
AN_EMAIL = "Enter an email address in full, like name@example.org"
PASSWORD = "Enter your password"
NEW = "Enter a new password"
AGAIN = "Enter the new password once more"
INVITED = "invited"  # in the session: the address of whoever has just accepted an invitation
CODE = "Enter the code your authenticator app shows"
LABELS = {
    "login": "Email address",
    "email": "Email address",
    "oldpassword": "Password now",
    "password": "Password",
    "password1": "New password",
    "password2": "New password again",
    "code": "Code",
}


class Speaking:
    """Gives the fields of a form sentences that say what to enter. `words`: name of the field -> sentence when it is empty."""

    words: dict[str, str] = {}
    use_required_attribute = False
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, sentence in self.words.items():
            if field := self.fields.get(name):
                field.error_messages["required"] = sentence
        for name in ("login", "email"):
            if field := self.fields.get(name):
                field.error_messages["invalid"] = AN_EMAIL
                for validator in field.validators:
                    if validator.code == "invalid":
                        validator.message = AN_EMAIL
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)  # the label says it, and stays while one types
        refusals.speak(self.fields)


class LoginForm(Speaking, account.LoginForm):
    """Who has just accepted an invitation finds their address filled in."""

    words = {"login": EMAIL, "password": PASSWORD}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request and (address := self.request.session.get(INVITED)):
            self.fields["login"].initial = address

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        request.session.pop(INVITED, None)
        return super().login(request, redirect_url=redirect_url)


class ResetPasswordForm(Speaking, account.ResetPasswordForm):
    words = {"email": EMAIL}


class ResetPasswordKeyForm(Speaking, account.ResetPasswordKeyForm):
    words = {"password1": NEW, "password2": AGAIN}


class ChangePasswordForm(Speaking, account.ChangePasswordForm):
    words = {"oldpassword": "Enter the password you have now", "password1": NEW, "password2": AGAIN}


class SetPasswordForm(Speaking, account.SetPasswordForm):
    words = {"password1": NEW, "password2": AGAIN}


class ReauthenticateForm(Speaking, account.ReauthenticateForm):
    words = {"password": PASSWORD}


class AuthenticateForm(Speaking, mfa.AuthenticateForm):
    words = {"code": CODE}


class ReauthenticateByCodeForm(Speaking, mfa.ReauthenticateForm):
    words = {"code": CODE}


class ActivateTOTPForm(Speaking, totp.ActivateTOTPForm):
    words = {"code": CODE}
