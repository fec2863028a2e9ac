"""Pages that say something about the site itself, and the pages shown instead of one that fails; anyone may read them."""

import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotFound, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import RoleGrant, User
from lib.govuk import Row
from lib.written import in_sentence
from reporting.navigation import purpose
from reporting.protecting import table

TRY_AGAIN_AFTER = 60  # seconds, as a machine is told when the database is away
# What is never shown again on a page, even to the browser that has just sent it.
SECRETS = ("password", "token", "code", "secret", "key")


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "reporting/page_accessibility.html")


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """What is said of how long things are kept comes from the retention table, so that it can't say something else."""
    return render(
        request, "reporting/page_privacy.html", {"kept": table.in_notice(), "backups_kept": settings.BACKUP_KEEP}
    )


@login_not_required
def cookies(request: HttpRequest) -> HttpResponse:
    names = {"session_cookie": settings.SESSION_COOKIE_NAME, "csrf_cookie": settings.CSRF_COOKIE_NAME}
    return render(request, "reporting/page_cookies.html", names)


@login_not_required
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "reporting/page_contact.html")


# ---------------------------------------------------------------- instead of a page


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """In sight, but not allowed: says who is signed in, what the page is for and whom to ask."""
    context = {**_who(request), "purpose": str(exception) or purpose(request.path)}
    return HttpResponseForbidden(render_to_string("403.html", context, request))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same without hinting whether the thing exists."""
    return HttpResponseNotFound(render_to_string("404.html", _who(request), request))


@never_cache
def server_error(request: HttpRequest) -> HttpResponse:
    """Something failed. Asks nothing of the database, the session or the person's roles: any of them may be what failed.

    A database out of reach is no fault of the page: 503, so that a machine which watches or asks knows to try again.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        away = HttpResponse(render_to_string("503.html", _names()), status=503)
        away["Retry-After"] = TRY_AGAIN_AFTER
        return away
    return HttpResponseServerError(render_to_string("500.html", _names()))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(render_to_string("400.html", _names()), status=400)


@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or came from elsewhere. `reason` goes nowhere: it says nothing to the person.

    What was typed is shown again to be copied, but only when the browser itself says that the form was one of ours.
    """
    typed = []
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        typed = [
            Row(name.replace("_", " ").capitalize(), values)
            for name, values in request.POST.lists()
            if any(values) and not any(secret in name.lower() for secret in SECRETS) and name != "version"
        ]
    return render(request, "403_csrf.html", {"typed": typed}, status=403)


def _names() -> dict[str, str]:
    return {"partnership_name": settings.PARTNERSHIP_NAME, "contact_email": settings.CONTACT_EMAIL}


def _who(request: HttpRequest) -> dict[str, object]:
    """Who is signed in, as which roles, and the names of whom to ask."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"held": [], "team": []}
    labels = {str(code): label for code, label in RoleGrant.Role.choices}
    held = [labels[code] for code in labels if code in user.roles]
    team = User.objects.holding(RoleGrant.Role.COORDINATOR, timezone.localdate()).exclude(pk=user.pk)
    return {"held": [in_sentence(label) for label in held], "team": list(team[:3])}
