"""So many times in a while and no more: counted in the cache that all web workers share."""

import time

from django.core.cache import cache


def allows(what: str, most: int, *, minutes: int = 1) -> bool:
    """Counts once more what is named, and says whether that is still among the first `most` of these minutes.

    Minutes begin by the clock, so what is spread over the end of some and the beginning of the next may come to twice as many.
    """
    length = minutes * 60
    key = f"throttle:{what}:{length}:{int(time.time() // length)}"
    cache.add(key, 0, 2 * length)
    try:
        return cache.incr(key) <= most
    except ValueError:  # the cache threw it out just now
        return True
