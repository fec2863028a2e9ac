"""Keeping what somebody types into a form, as its script sends it, and throwing it away."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from accounts import unsent
from lib import written
from lib.editing import Versioned

AUTOSAVE, THROW_AWAY = "autosave", "throw_away"  # what `do` says
SOMEBODY_ELSE = (
    "Not kept: you are signed in as somebody else by now. Sign in as yourself in another tab, then go on here"
)
OVER = "Not kept: you have sent or saved this from another page. Open this page again before you type more"
LOST = "Not kept: open this page again, it lost track of what you were changing"


def left_in(request: HttpRequest, record: Versioned, *, ends: Collection[str]) -> unsent.Left | None:
    """What whoever opens the form typed the last time and didn't send."""
    return None if request.method == "POST" else unsent.restore(request.user, record, ends=ends)


def keep(request: HttpRequest, record: Versioned, typed: Mapping[str, Any], *, ends: Collection[str]) -> HttpResponse:
    """JSON: `at`, the time by which it is kept, or `said`, why it is not. Whoever asks may change the record: that has been checked."""
    now, version = timezone.now(), request.POST.get("version", "")
    if request.POST.get("typist") != str(request.user.pk):
        return _refused(SOMEBODY_ELSE)
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        return _refused(LOST)
    if unsent.is_over(request.user, record, int(version), ends=ends):
        return _refused(OVER)
    try:
        unsent.keep(request.user, record, typed, version=int(version), at=now)
    except ValidationError as error:
        return _refused(f"Not kept: {error.messages[0][:1].lower()}{error.messages[0][1:]}")
    return JsonResponse({"at": written.clock(now)})


def _refused(sentence: str) -> JsonResponse:
    return JsonResponse({"said": sentence}, status=409)
