"""A cache that may be away: what it would have said is then unknown, and nobody's page fails for it."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Redis, as Django speaks to it. While it is out of reach every key is unknown and nothing is kept.

    What is kept there can be made again (pages, lists of quarters), and limits on how often one may ask count nothing meanwhile: better
    than to turn everybody away. `incr` on an unknown key raises ValueError, here as elsewhere.
    """

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except RedisError as error:
            return _unknown(error, default)

    def get_many(self, keys: Any, version: int | None = None) -> Any:
        try:
            return super().get_many(keys, version)
        except RedisError as error:
            return _unknown(error, {})

    def has_key(self, key: Any, version: int | None = None) -> Any:
        try:
            return super().has_key(key, version)
        except RedisError as error:
            return _unknown(error, False)

    def add(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().add(*args, **kwargs)
        except RedisError as error:
            return _unknown(error, False)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().set(*args, **kwargs)
        except RedisError as error:
            return _unknown(error, None)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().delete(*args, **kwargs)
        except RedisError as error:
            return _unknown(error, False)

    def clear(self) -> Any:
        """Forget the keys of this cache, and nothing else: the jobs that wait lie in the same Redis. False while it is out of reach."""
        try:
            client = self._cache.get_client(None, write=True)
            for key in client.scan_iter(match=f"{self.key_prefix}:*", count=1000):
                client.unlink(key)
            return True
        except RedisError as error:
            return _unknown(error, False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> Any:
        try:
            return super().incr(key, delta, version)
        except RedisError as error:
            _unknown(error, None)
            raise ValueError("The cache is out of reach.") from None


def _unknown(error: RedisError, answer: Any) -> Any:
    """One line in the log, by the kind of error alone."""
    log.warning("cache state=away error=%s", type(error).__name__)
    return answer
