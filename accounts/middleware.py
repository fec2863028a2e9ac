"""Who needs a second step at sign-in goes no further without it; no password is asked for where there are none; who does nothing for long is
signed out, and loses nothing typed."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts import late, second_factor, sessions

# Where someone may go on the way to a second step: to set it up, to give it, to sign out, to ask for help.
ON_THE_WAY = frozenset(
    {
        "healthz",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "openid_connect_callback",
        "openid_connect_login",
        "reporting:page-accessibility",
        "reporting:page-contact",
        "reporting:page-cookies",
        "reporting:page-privacy",
    }
)
# Where either can be set up. allauth goes on to the recovery codes only after a right code from the new app, or the new passkey.
SETS_UP = frozenset({"mfa_activate_totp", "mfa_add_webauthn"})
# What is about passwords; the page for signing in stays, and takes none.
PASSWORDS = frozenset(
    {
        "account_change_password",
        "account_reauthenticate",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_set_password",
        "accounts:invitation-accept",
    }
)


class LocalSignInMiddleware:
    """Where people come in by single sign-on only, closes all that is about passwords, to forged requests too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if settings.LOCAL_SIGN_IN:
            return None
        name = _view_name(request)
        if name in PASSWORDS or (name == "account_login" and request.method not in ("GET", "HEAD")):
            return render(request, "account/no_passwords.html", status=403)
        return None


# What a page asks by itself says so with this header: nobody is there because of it.
BY_ITSELF = "X-By-Itself"


class TimeOutMiddleware:
    """Notes that people do something, so that they stay signed in; keeps what was sent too late, and gives it back.

    Sessions end in `accounts.sessions`. Costs public pages nothing, and others one statement a minute.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.accessed and SESSION_KEY in request.session:
            self._see(request)
            late.note_typist(request, response)
            if request.method == "GET" and late.waiting(request):
                late.give_back(request, response)
            elif request.method == "POST" and response.status_code < 500:
                late.sent_again(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """The way on for a form that comes too late."""
        if not getattr(view, "login_required", True):
            return None
        if (on := late.receive(request)) is not None:
            return on
        if request.user.is_authenticated:
            self._see(request)  # before the page is made, which says how much time is left
        return None

    def _see(self, request: HttpRequest) -> None:
        row = getattr(request.session, "row", None)
        if row is not None and row.person_id is not None and BY_ITSELF not in request.headers:
            sessions.see(row, timezone.now())


class SecondFactorMiddleware:
    """Sends people who need a second step to set it up, or to give it when this session has not. Costs others no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            request.method == "POST"
            and _view_name(request) in SETS_UP
            and response.get("Location") == reverse("mfa_view_recovery_codes")
        ):
            request.session[second_factor.SET_UP_KEY] = str(request.user.pk)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The way on to the second step, or None where there is nothing to ask."""
        if not settings.TOTP_REQUIRED or _view_name(request) in ON_THE_WAY:
            return None
        user = request.user
        if not user.is_authenticated or second_factor.is_passed(request, user) or not second_factor.is_needed_by(user):
            return None
        if not second_factor.is_set_up_by(user):
            # A passkey instead of an app: only as long as there is neither, or it would get around what is set up.
            return None if _view_name(request) in SETS_UP else redirect("mfa_activate_totp")
        way_back = request.get_full_path() if request.method == "GET" else "/"
        to_give = "mfa_reauthenticate" if second_factor.has_app(user) else "mfa_reauthenticate_webauthn"
        return redirect(f"{reverse(to_give)}?{urlencode({'next': way_back})}")


def _view_name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
