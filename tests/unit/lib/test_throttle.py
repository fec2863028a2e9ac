"""So many a minute from one address, whatever the method, and past as many proxies as are ours."""

import datetime as dt

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.urls import reverse

from lib import throttle
from tests.permission_cases import World
from tests.test_permissions import case

NOW = dt.datetime(2018, 5, 3, 9, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("proxies", "passed_on", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),  # anybody may send that header
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the last one is our proxy's word
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),  # a household's network
    ],
)
def test_where_a_request_comes_from(settings, proxies, passed_on, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert throttle.address(RequestFactory().get("/", headers={"X-Forwarded-For": passed_on})) == address


def test_anything_can_be_counted_and_the_next_minute_starts_anew():
    name = "feed:203.0.113.9 \x00" + "x" * 400  # as a key of a cache it would be refused
    with time_machine.travel(NOW, tick=False) as clock:
        assert [throttle.allows(name, 2) for _ in range(3)] == [True, True, False]
        clock.shift(60)
        assert throttle.allows(name, 2)


# What anybody may ask and what costs, guesses or mails; how often a minute.
LIMITS = [
    ("indicators:confirmation-answer", "get", 60),
    ("accounts:invitation-accept", "get", 30),
    ("consultation:asking-start", "post", 60),
    ("consultation:asking-kiosk", "post", 60),
    ("consultation:asking-step", "post", 600),
    ("consultation:asking-check", "post", 600),
    ("consultation:paper-form", "get", 20),
    ("reporting:told-pdf", "get", 20),
]


@pytest.mark.django_db
def test_guessing_addresses_of_calendars_is_limited_and_calendars_are_not(monkeypatch):
    monkeypatch.setattr(throttle, "allows", lambda what, most: False)
    right = reverse("governance:meeting-feed", args=case(World(), "governance:meeting-feed").args)
    assert Client().get(right).status_code == 200
    assert Client().get(reverse("governance:meeting-feed", args=["1.guessed"])).status_code == 429


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "method", "most"), LIMITS)
def test_a_public_page_is_limited_by_address(name, method, most, monkeypatch):
    """Not asked six hundred times: that the count is asked, under which limit, and what is said once it is full."""
    asked = []

    def allows(what, limit):
        asked.append((what.rpartition(":")[2], limit))
        return False

    monkeypatch.setattr(throttle, "allows", allows)
    response = getattr(Client(), method)(reverse(name, args=case(World(), name).args))
    assert asked == [("127.0.0.1", most)]
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert "minute" in response.content.decode()
