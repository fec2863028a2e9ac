"""What browsers were kept from is logged without anything that a person typed, and costs nobody much."""

import json
import logging

import pytest
from django.core.cache import cache
from django.test import Client

from cspplan import csp_reports
from lib import throttle
from lib.caching import ForgivingRedisCache
from tests.services import free_port

OLD = {
    "csp-report": {
        "document-uri": "https://plan.example.org/returns/1/?q=typed",
        "violated-directive": "script-src 'self'",
        "blocked-uri": "https://user:not-a-secret@evil.example:8443/x?name=typed",
    }
}
NEW = [
    {"type": "csp-violation", "body": {"effectiveDirective": "style-src-attr", "blockedURL": "inline"}},
    {"type": "deprecation", "body": None},
]


@pytest.fixture
def send(caplog):
    caplog.set_level(logging.WARNING, "cspplan.csp_reports")
    client = Client(enforce_csrf_checks=True)

    def send(body, content_type="application/csp-report"):
        caplog.clear()
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        response = client.post("/csp-reports", sent, content_type=content_type)
        return response.status_code, [one.getMessage() for one in caplog.records if one.name == "cspplan.csp_reports"]

    return send


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (OLD, ["csp directive=script-src blocked=https://evil.example:8443"]),
        (NEW, ["csp directive=style-src-attr blocked=inline"]),
        ({"csp-report": {"violated-directive": "My name is", "blocked-uri": "http://a b/"}}, ["csp directive=other blocked=other"]),
        ({"csp-report": {"violated-directive": {"a": 1}, "blocked-uri": "http://[x"}}, ["csp directive=other blocked=other"]),
        ([NEW[0]] * 50, ["csp directive=style-src-attr blocked=inline"] * 5),
        (b"\xff not json", []),
        (b"[" * 15_000, []),
        ({"csp-report": {"violated-directive": "img-src", "sample": "x" * 16_384}}, []),
    ],
)  # fmt: skip
def test_one_line_of_directive_and_origin(send, body, lines):
    assert send(body) == (204, lines)
    assert cache.get(csp_reports.COUNTED, 0) == len(lines)


def test_a_report_is_logged_while_the_cache_is_away(send, monkeypatch):
    away = ForgivingRedisCache(f"redis://127.0.0.1:{free_port()}/0", {})
    monkeypatch.setattr(csp_reports, "cache", away)
    assert send(OLD) == (204, ["csp directive=script-src blocked=https://evil.example:8443"])


def test_who_sends_many_is_not_heard(send, monkeypatch):
    monkeypatch.setattr(throttle, "allows", lambda what, most: most > 60)
    assert send(OLD) == (429, [])


def test_pages_say_where_to(client, settings):
    response = client.get("/accessibility/")
    assert "report-uri /csp-reports; " in response["Content-Security-Policy"] + "; "
    assert response["Reporting-Endpoints"] == f'csp="{settings.SITE_URL}/csp-reports"'
