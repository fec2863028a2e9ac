"""A cache that is out of reach: nobody answers on a port of ours that is closed."""

import pytest

from lib import throttle
from lib.caching import ForgivingRedisCache
from tests.services import free_port


@pytest.fixture
def away():
    return ForgivingRedisCache(f"redis://127.0.0.1:{free_port()}/0", {"OPTIONS": {"socket_connect_timeout": 1}})


def test_every_key_is_unknown_and_nothing_fails(away):
    away.set("page", "made")
    assert away.get("page", "unknown") == "unknown"
    assert away.get_many(["page"]) == {}
    assert away.get_or_set("page", lambda: "made anew") == "made anew"
    assert "page" not in away
    assert away.add("page", 1) is False
    assert away.delete("page") is False
    assert away.clear() is False
    with pytest.raises(ValueError, match="out of reach"):
        away.incr("page")


def test_a_limit_turns_nobody_away_meanwhile(away, monkeypatch):
    monkeypatch.setattr(throttle, "cache", away)
    assert [throttle.allows("anything", 1) for _ in range(3)] == [True] * 3


def test_what_is_wrong_with_the_key_is_still_said(away):
    with pytest.raises(TypeError):
        away.incr()
