"""When something that should happen again and again last did, in the cache that all processes share: for the machine that watches."""

import datetime as dt
import logging

from django.core.cache import cache

log = logging.getLogger(__name__)


def beat(name: str, at: dt.datetime) -> None:
    """It has just happened. A cache that is away is no reason to stop."""
    try:
        cache.set(_key(name), at.timestamp(), timeout=None)
    except Exception:  # whatever the cache raises: the next beat will do
        log.warning("heartbeat=%s state=not-kept", name)


def last(name: str) -> dt.datetime | None:
    """When it last happened; None when that is not known, also after the cache forgot everything."""
    seconds = cache.get(_key(name))
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, dt.UTC)


def _key(name: str) -> str:
    return f"heartbeat:{name}"
