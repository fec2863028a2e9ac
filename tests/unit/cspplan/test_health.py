import logging

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.test import Client

from cspplan import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_verdict():
    health.verdict.forget()
    yield
    health.verdict.forget()


def fails(*args: object) -> None:
    raise DatabaseError("password=secret")


def test_everything_well(client: Client):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "storage": "ok"}
    assert response["Cache-Control"].startswith("max-age=0, no-cache")


def test_it_leaves_no_file_behind(client: Client):
    client.get("/healthz")

    assert default_storage.listdir("healthz")[1] == []


@pytest.mark.parametrize("part", ["database", "storage"])
def test_a_part_that_fails_is_named_without_detail(client: Client, monkeypatch, caplog, part):
    monkeypatch.setattr(health, part, fails)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == {"database": "ok", "storage": "ok"} | {part: "failed"}
    assert [r.getMessage() for r in caplog.records if r.name == "cspplan.health"] == [
        f"health part={part} state=failed"
    ]


def test_the_broker_counts_where_jobs_are_queued(client: Client, settings, caplog):
    settings.JOBS_IN_PLACE = False
    settings.REDIS_URL = "redis://127.0.0.1:1/0"  # nothing listens there

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["broker"] == "failed"


def test_it_can_only_be_read(client: Client, caplog):
    caplog.set_level(logging.CRITICAL)

    assert client.post("/healthz").status_code == 405


def test_it_opens_no_session(client: Client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")

    assert response.cookies == {}


def test_a_verdict_is_given_again_for_ten_seconds_and_then_found_anew(monkeypatch):
    monkeypatch.setattr(health, "storage", fails)
    assert health.verdict.at(100.0)["storage"] == "failed"

    monkeypatch.setattr(health, "storage", lambda: None)

    assert health.verdict.at(109.9)["storage"] == "failed"
    assert health.verdict.at(110.0)["storage"] == "ok"


def test_asking_again_at_once_asks_no_part(client: Client, django_assert_num_queries):
    client.get("/healthz")

    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200
