"""What browsers kept a page from doing: one line each in the log, for whoever looks after this installation.

Anybody may send such a report, and its addresses may hold what people typed: of the directive only its name is kept, of what was blocked only
where it would have come from.
"""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lib import throttle

log = logging.getLogger(__name__)

MOST_BYTES = 16 * 1024
MOST_A_REQUEST = 5  # browsers gather several before they send them
COUNTED = "csp-reports"
DIRECTIVE = re.compile(r"[a-z-]{3,40}")
ORIGIN = re.compile(r"(https?|wss?)://[A-Za-z0-9.:\[\]-]{1,253}")
WORDS = ("inline", "eval", "self", "data", "blob", "trusted-types-policy", "trusted-types-sink", "wasm-eval")


@csrf_exempt
@login_not_required
@require_POST
@throttle.by_address("csp reports", 60, methods=("POST",))
def csp_report(request: HttpRequest) -> HttpResponse:
    """204 whatever was sent: a browser does nothing with the answer, and who plays with it learns nothing."""
    if int(request.META.get("CONTENT_LENGTH") or 0) <= MOST_BYTES:
        for directive, blocked in list(told(request.body))[:MOST_A_REQUEST]:
            with suppress(ValueError):  # the cache is away: the log tells all the same
                cache.add(COUNTED, 0, None)
                cache.incr(COUNTED)
            log.warning("csp directive=%s blocked=%s", directive, blocked)
    return HttpResponse(status=204)


def told(body: bytes) -> Iterator[tuple[str, str]]:
    """(directive, origin of what was blocked) of each report in a body of either kind that browsers send."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return
    for one in sent if isinstance(sent, list) else [sent]:
        held = (one.get("csp-report") or one.get("body")) if isinstance(one, dict) else None
        if isinstance(held, dict):
            directive = (
                held.get("effective-directive") or held.get("effectiveDirective") or held.get("violated-directive")
            )
            yield name(directive), origin(held.get("blocked-uri") or held.get("blockedURL"))


def name(directive: object) -> str:
    first = str(directive).split(" ")[0]
    return first if DIRECTIVE.fullmatch(first) else "other"


def origin(address: object) -> str:
    """ "https://example.org" of any address there; a word that browsers use instead of one; otherwise "other"."""
    said = str(address)
    if said in WORDS:
        return said
    try:
        parts = urlsplit(said)
        found = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    except ValueError:
        return "other"
    return found if ORIGIN.fullmatch(found) else "other"
