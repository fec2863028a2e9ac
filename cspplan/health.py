"""Whether this installation can work, in one word per part: for the machine that watches it, so without any detail."""

import logging
import time
import uuid
from collections.abc import Callable

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lib import clamav

log = logging.getLogger(__name__)

BROKER_TIMEOUT = 2.0  # seconds
# Anyone may ask, and each look writes a file: a verdict this young, in seconds, is given again by the process that found it.
HOLDS_FOR = 10.0


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def broker() -> None:
    with redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=BROKER_TIMEOUT,
        socket_connect_timeout=BROKER_TIMEOUT,
    ) as client:
        client.ping()


def storage() -> None:
    name = default_storage.save(f"healthz/{uuid.uuid4().hex}", ContentFile(b"ok"))
    default_storage.delete(name)


def scanner() -> None:
    clamav.ping(settings.CLAMAV_ADDRESS)


def works(part: str, probe: Callable[[], None]) -> bool:
    try:
        probe()
    except Exception:  # whatever it is, the part does not work; the trace says why, in the log only
        log.exception("health part=%s state=failed", part)
        return False
    return True


class Verdict:
    """What was last found in this process, kept for a few seconds."""

    def __init__(self) -> None:
        self._parts: dict[str, str] = {}
        self._until = float("-inf")

    def forget(self) -> None:
        self._until = float("-inf")

    def at(self, now: float) -> dict[str, str]:
        """ "ok" or "failed" by part; `now` in seconds of a clock that never goes back."""
        if now >= self._until:
            self._parts, self._until = look(), now + HOLDS_FOR
        return self._parts


def look() -> dict[str, str]:
    """Try every part."""
    probes = {"database": database, "storage": storage}
    if not settings.JOBS_IN_PLACE:
        probes["broker"] = broker
    if settings.CLAMAV_ADDRESS:
        probes["scanner"] = scanner
    return {part: "ok" if works(part, probe) else "failed" for part, probe in probes.items()}


verdict = Verdict()


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when every part is "ok", 503 when one is "failed"; found in the last ten seconds."""
    parts = verdict.at(time.monotonic())
    return JsonResponse(parts, status=200 if set(parts.values()) == {"ok"} else 503)
