"""allauth's forms, speaking in our words. What they do is unchanged; settings name them (ACCOUNT_FORMS, MFA_FORMS)."""

import struct
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse

from accounts import second_factor
from lib import refusals

EMAIL = "Enter your email address"
AN_EMAIL = "Enter an email address in full, like name@example.org"
PASSWORD = "Enter your password"
NEW = "Enter a new password"
AGAIN = "Enter the new password once more"
INVITED = "invited"  # in the session: the address of whoever has just accepted an invitation
CODE = "Enter the code your authenticator app shows"
PASSKEY = "The passkey was not taken. Try again, or use another way"
NAME = 60  # characters a passkey's name may have
# What the libraries raise on an answer that no browser gives.
UNREADABLE = (AttributeError, InvalidSignature, LookupError, TypeError, ValueError, struct.error)
LABELS = {
    "login": "Email address",
    "email": "Email address",
    "oldpassword": "Password now",
    "password": "Password",
    "password1": "New password",
    "password2": "New password again",
    "code": "Code",
    "name": "Name",
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

    @property
    def has_app(self) -> bool:
        return second_factor.has_app(self.user)


class ReauthenticateByCodeForm(Speaking, mfa.ReauthenticateForm):
    words = {"code": CODE}

    @property
    def has_app(self) -> bool:
        return second_factor.has_app(self.user)


class ActivateTOTPForm(Speaking, totp.ActivateTOTPForm):
    words = {"code": CODE}


class Passkey(Speaking):
    """A form around what the browser answers. Whatever is wrong with that, it says the same."""

    words = {"name": "Enter a name for the passkey", "credential": PASSKEY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "credential" in self.fields:
            self.fields["credential"].error_messages["invalid"] = PASSKEY
        if "name" in self.fields:
            self.fields["name"].max_length = NAME
            self.fields["name"].validators.append(
                MaxLengthValidator(NAME, f"The name must be {NAME} characters or fewer")
            )

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except UNREADABLE:
            self.add_error(None, ValidationError(PASSKEY))
        for errors in self.errors.values():
            for error in errors.as_data():
                if error.code == "incorrect_code":  # the sentence for that is about codes
                    error.message = PASSKEY


class AddPasskeyForm(Passkey, webauthn.AddWebAuthnForm):
    pass


class RenamePasskeyForm(Passkey, webauthn.EditWebAuthnForm):
    pass


class AuthenticateByPasskeyForm(Passkey, webauthn.AuthenticateWebAuthnForm):
    @property
    def is_usable(self) -> bool:
        """Whether they have a passkey to use."""
        return second_factor.has_passkey(self.user)


class ReauthenticateByPasskeyForm(Passkey, webauthn.ReauthenticateWebAuthnForm):
    pass
