"""So many times a minute and no more: counted in the cache that all web workers share."""

import time

from django.core.cache import cache


def allows(what: str, most: int) -> bool:
    """Counts once more what is named, and says whether that is still among the first `most` of this minute."""
    key = f"throttle:{what}:{int(time.time() // 60)}"
    cache.add(key, 0, 120)
    try:
        return cache.incr(key) <= most
    except ValueError:  # the cache threw it out just now
        return True
