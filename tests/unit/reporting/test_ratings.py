"""The ratings beside names: as the dashboard shows them, made anew when anything is recorded."""

import datetime as dt

import pytest

from accounts import audit
from lib.caching import ForgivingRedisCache
from reporting import ratings, snapshots
from tests.factories import reporting as data
from tests.factories.reporting import Q4, at
from tests.services import free_port

pytestmark = pytest.mark.django_db
DAY = at(8).date()


@pytest.fixture
def sam():
    return data.person("Sam Carrick", "coordinator")


@pytest.fixture
def indicator():
    return data.indicator(data.plan())


@pytest.fixture
def return_(indicator):
    return data.return_(indicator, words=True)


def taken(monkeypatch):
    """How often a snapshot was taken since."""
    calls, take = [], snapshots.take
    monkeypatch.setattr(snapshots, "take", lambda *args: calls.append(args) or take(*args))
    return calls


def test_without_a_round_nothing_is_rated(indicator):
    assert ratings.latest(DAY) == ratings.Ratings(None, {})


def test_it_is_the_word_and_sentence_of_the_snapshot(return_, indicator):
    found = ratings.latest(DAY)
    assert (found.quarter, set(found.by_slug)) == (Q4, {indicator.slug})
    part = snapshots.take(indicator.placements.get().plan, Q4).indicators[0]
    assert (found.of(indicator.slug).code, found.of(indicator.slug).sentence) == (
        part.verdict.code,
        part.verdict.sentence,
    )
    assert found.of("nothing-like-it") is None


def test_it_is_kept_until_anything_is_recorded(return_, sam, monkeypatch):
    calls = taken(monkeypatch)
    ratings.latest(DAY)
    ratings.latest(DAY)
    assert len(calls) == 1
    audit.record("collecting_changed", return_.indicator, by=sam)
    ratings.latest(DAY)
    assert len(calls) == 2
    ratings.latest(at(9).date())  # another day
    assert len(calls) == 3


def test_what_a_clock_that_runs_ahead_has_recorded_is_not_kept_out(return_, sam, monkeypatch):
    calls = taken(monkeypatch)
    event = audit.record("collecting_changed", return_.indicator, by=sam)
    monkeypatch.setattr(audit, "newest_at", lambda: event.at + dt.timedelta(hours=1))
    ratings.latest(DAY)
    ratings.latest(DAY)
    assert len(calls) == 2


def test_without_a_cache_it_is_made_each_time(return_, monkeypatch):
    monkeypatch.setattr(ratings, "cache", ForgivingRedisCache(f"redis://127.0.0.1:{free_port()}/0", {}))
    assert ratings.latest(DAY).quarter == Q4


@pytest.mark.parametrize(
    ("sentence", "because"),
    [("Missing: sent back.", "Sent back."), ("Missing.", ""), ("Missing: 2 of 4.", "2 of 4.")],
)
def test_the_sentence_after_its_word(sentence, because):
    assert ratings.Rated("missing", "Missing", sentence).because == because
