"""In production nothing of ours runs as root."""

import os
from pathlib import Path

import pytest

from cspplan import celery, not_root

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("is_production", "user", "command", "starts"),
    [
        (True, 0, "", False),
        (True, 0, "migrate", False),
        (True, 0, "collectstatic", True),  # while an image is built
        (True, 1000, "migrate", True),
        (False, 0, "migrate", True),
    ],
)
def test_who_may_start_it(settings, monkeypatch, is_production, user, command, starts):
    settings.PRODUCTION = is_production
    monkeypatch.setattr(os, "geteuid", lambda: user)
    if starts:
        not_root.stop_if_root(command)
    else:
        with pytest.raises(SystemExit, match="not as root"):
            not_root.stop_if_root(command)


def test_a_worker_asks_before_anything_else(settings, monkeypatch):
    settings.PRODUCTION = True
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(SystemExit, match="not as root"):
        celery.refuse_to_start()


@pytest.mark.parametrize("way_in", ["manage.py", "cspplan/wsgi.py"])
def test_every_way_in_asks(way_in):
    assert "stop_if_root(" in (ROOT / way_in).read_text()
