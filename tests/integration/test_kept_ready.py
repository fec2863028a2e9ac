"""What is kept ready is forgotten in a Redis that other things lie in as well."""

import pytest
import redis
from django.core.cache.backends.base import BaseCache

from lib.caching import ForgivingRedisCache
from tests.services import Services


@pytest.fixture(scope="module")
def address():
    with Services() as services:
        yield services.redis()


def test_only_pages_are_forgotten_and_not_the_jobs_that_wait(address):
    broker = redis.Redis.from_url(address)
    broker.lpush("celery", "a job")
    pages: BaseCache = ForgivingRedisCache(address, {"KEY_PREFIX": "kept_ready"})
    others: BaseCache = ForgivingRedisCache(address, {})
    for number in range(2_500):
        pages.set(f"page-{number}", "with the words", 60)
    others.set("limit", 3, None)

    assert pages.clear() is True

    assert not pages.get_many([f"page-{number}" for number in range(2_500)])
    assert others.get("limit") == 3
    assert broker.lrange("celery", 0, -1) == [b"a job"]
