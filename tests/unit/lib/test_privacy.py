"""Pages made with a session are kept nowhere; public ones and what a view decided stay as they are."""

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from lib.privacy import PrivateMiddleware
from tests.permission_cases import World


def answer(*, held: dict[str, str], asked: bool, said: str | None = None) -> HttpResponse:
    """What comes back when the session holds that, the view asks it or not, and says that about keeping."""

    def view(request: HttpRequest) -> HttpResponse:
        if asked:
            request.session.get("who")
        return HttpResponse(headers={"Cache-Control": said} if said else {})

    request = RequestFactory().get("/")
    request.session = SessionStore()
    request.session.update(held)
    request.session.accessed = False
    return PrivateMiddleware(view)(request)


def test_a_page_made_with_a_session_is_kept_nowhere():
    assert answer(held={"who": "7"}, asked=True)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("held", "asked"), [({"who": "7"}, False), ({}, True)])
def test_a_page_that_owes_the_session_nothing_may_be_kept(held, asked):
    assert not answer(held=held, asked=asked).has_header("Cache-Control")


def test_what_a_view_said_stands():
    assert answer(held={"who": "7"}, asked=True, said="max-age=60")["Cache-Control"] == "max-age=60"


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def world(self) -> World:
        return World()

    @pytest.fixture
    def coordinator(self, world) -> Client:
        client = Client()
        client.force_login(world.people["coordinator"])
        return client

    @pytest.mark.parametrize(
        "name",
        [
            "reporting:home",
            "accounts:user-list",
            "indicators:return-detail",
            "reporting:pack-detail",
            "reporting:pack-download",
        ],
    )
    def test_signed_in(self, world, coordinator, name):
        response = coordinator.get(reverse(name, args=world.case(name).args))
        assert response.status_code == 200
        assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))

    def test_a_page_that_is_refused(self, world, coordinator):
        response = coordinator.get(reverse("accounts:user-invite"))
        assert (response.status_code, response["Cache-Control"]) == (403, "private, no-store")

    @pytest.mark.parametrize("name", ["reporting:plan-detail", "reporting:page-privacy"])
    def test_public_ones_are_as_they_were_for_a_visitor(self, world, name):
        assert not Client().get(reverse(name)).has_header("Cache-Control")
