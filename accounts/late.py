"""A form that comes when its sender is signed out by now: what they typed is kept, and stands in the form again once they have signed in.

It is kept for the person alone who was signed in last on this browser, as what they have not sent (`accounts.unsent`): a cookie says who
that is, and the token against forged forms, which is another after every sign-in, that the page was drawn for them. Nothing is carried
out: the form waits to be sent again. Files and secrets are not kept.
"""

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import Unsent, User
from lib.govuk import Row
from lib.refill import refill

KEPT_FOR = dt.timedelta(days=7)
MOST_BYTES = 256 * 1024  # of one form; the largest, a whole priority, sends about a quarter of it
MOST_FORMS = 20  # of one person; the oldest gives way
TYPIST, SALT = "typist", "accounts.late"
RENEWED_EVERY = dt.timedelta(days=1)
PAGES = "kept_pages"  # in the session: the pages on which something waits to be sent again
PREFIX = "page:"
KEEP = "keep_typing"  # sent with a form whose page saw the time run out: whatever happened since, it is only kept
NOT_TYPED = frozenset({"csrfmiddlewaretoken", KEEP, "do", "typist"})
SECRET = re.compile(r"pass(word|phrase)|secret|(^|[^a-z])(otp|pin|recovery)([^a-z]|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Kept:
    """What was sent from a page: to which address, with which files (their names only)."""

    page: str
    to: str
    fields: dict[str, list[str]]
    files: list[str]
    at: dt.datetime


# ---------------------------------------------------------------- who typed


def note_typist(request: HttpRequest, response: HttpResponse) -> None:
    """Let the browser remember who is signed in, for when they no longer are."""
    row = getattr(request.session, "row", None)
    if row is None or row.person_id is None or _typist(request, RENEWED_EVERY) == row.person_id:
        return
    response.set_signed_cookie(
        TYPIST,
        str(row.person_id),
        salt=SALT,
        max_age=KEPT_FOR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _typist(request: HttpRequest, younger_than: dt.timedelta = KEPT_FOR) -> int | None:
    said = request.get_signed_cookie(TYPIST, default=None, salt=SALT, max_age=younger_than)
    return int(said) if said and said.isdecimal() else None


# ---------------------------------------------------------------- keeping


def receive(request: HttpRequest) -> HttpResponse | None:
    """The way on for a form of somebody who is signed out by now, or whose page asks only to keep it; None for any other request.

    To be asked once the form's token has been checked.
    """
    if request.method != "POST" or request.path.startswith("/accounts/"):
        return None
    signed_in = request.user.is_authenticated
    if signed_in and KEEP not in request.POST:
        return None
    if _is_background(request):
        return None  # it sees for itself that they are signed out
    page = _page(request)
    person = request.user if signed_in else User.objects.active().filter(pk=_typist(request)).first()
    if person is not None:
        keep(request, person, page)
    if signed_in:
        request.session[PAGES] = sorted({*request.session.get(PAGES, ()), urlsplit(page).path})
        return redirect(page)
    return redirect_to_login(page, settings.LOGIN_URL, REDIRECT_FIELD_NAME)


def _is_background(request: HttpRequest) -> bool:
    """Whether the page's own script asks, to keep what is typed meanwhile, say."""
    return "application/json" in request.headers.get("Accept", "")


def keep(request: HttpRequest, person: User, page: str) -> None:
    """In place of what was kept of that page before. What is too long is not kept: nobody types that."""
    fields = {
        name: [value.replace("\x00", "") for value in values]
        for name, values in request.POST.lists()
        if name not in NOT_TYPED and not SECRET.search(name)
    }
    files = [file.name or "" for file in request.FILES.values()]
    typed = {"page": page, "to": request.path, "fields": fields, "files": files}
    if not _is_typed(fields, files) or len(json.dumps(typed, ensure_ascii=False).encode()) > MOST_BYTES:
        return
    Unsent.objects.update_or_create(
        person=person, thing=_thing(page), defaults={"typed": typed, "saved_at": timezone.now()}
    )
    older = Unsent.objects.filter(person=person, thing__startswith=PREFIX).order_by("-saved_at", "-pk")
    Unsent.objects.filter(pk__in=list(older.values_list("pk", flat=True)[MOST_FORMS:])).delete()


def _is_typed(fields: dict[str, list[str]], files: list[str]) -> bool:
    """A button alone sends only what the page holds already: there is nothing to keep."""
    return bool(files) or any(any(values) for name, values in fields.items() if name not in ("version", "token"))


def _page(request: HttpRequest) -> str:
    """The page on which the form stood, as the browser names it; else where it was sent, which is the same with most."""
    named = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(named, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(named)
        if parts.netloc:
            return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.path


def _thing(page: str) -> str:
    return PREFIX + hashlib.sha256(urlsplit(page).path.encode()).hexdigest()[:40]


# ---------------------------------------------------------------- giving back


def welcome_back(request: HttpRequest, person: User) -> None:
    """At sign-in: note in the session on which pages something waits. One query, and the only one for most people."""
    since = timezone.now() - KEPT_FOR
    kept = Unsent.objects.filter(person=person, thing__startswith=PREFIX, saved_at__gt=since)
    if pages := {urlsplit(typed["page"]).path for typed in kept.values_list("typed", flat=True)}:
        request.session[PAGES] = sorted(pages)


def waiting(request: HttpRequest) -> bool:
    """Whether something waits on this page for whoever is signed in."""
    return request.path in request.session.get(PAGES, ())


def give_back(request: HttpRequest, response: HttpResponse) -> None:
    """Fill the page's form in with what was kept, and say so above it."""
    is_page = response.status_code == 200 and response.get("Content-Type", "").startswith("text/html")
    if not is_page or response.streaming:
        return
    kept = find(request.user, request.path)
    if kept is None:
        _no_longer(request, request.path)
        return
    html, left = refill(response.content.decode(), page=request.path, to=kept.to, sent=kept.fields)
    context = {
        "kept": kept,
        "filled": len(left) < len(kept.fields),
        "left": [Row(name.replace("_", " ").capitalize(), values) for name, values in left.items() if _says(name)],
        "page": request.path,
    }
    said = render_to_string("accounts/_given_back.html", context, request)
    response.content = re.sub(r'(<main\b[^>]*id="main-content"[^>]*>)', lambda found: found[0] + said, html, count=1)


def find(person: User, path: str) -> Kept | None:
    row = Unsent.objects.filter(person=person, thing=_thing(path)).first()
    if row is None or row.saved_at <= timezone.now() - KEPT_FOR:
        return None
    typed = row.typed
    return Kept(typed["page"], typed["to"], typed["fields"], typed["files"], row.saved_at)


def forget(request: HttpRequest, path: str) -> None:
    """It has been sent again, or is not wanted any more."""
    Unsent.objects.filter(person=request.user, thing=_thing(path)).delete()
    _no_longer(request, path)


def sent_again(request: HttpRequest) -> None:
    """The form has been sent by its person: what was kept of it is done with."""
    page = urlsplit(_page(request)).path
    if page in request.session.get(PAGES, ()) and KEEP not in request.POST and not _is_background(request):
        kept = find(request.user, page)
        if kept is None or kept.to == request.path:
            forget(request, page)


def _no_longer(request: HttpRequest, path: str) -> None:
    pages = [page for page in request.session.get(PAGES, ()) if page != path]
    if pages:
        request.session[PAGES] = pages
    else:
        request.session.pop(PAGES, None)


def _says(name: str) -> bool:
    return name not in ("version", "token") and not name.endswith("_FORMS")
