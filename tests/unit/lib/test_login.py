import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from lib.login import PublicFirstMiddleware


class Unasked:
    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"Nobody needs to be known here, and user.{name} was asked for.")


def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@login_not_required
def public(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@pytest.fixture
def middleware() -> PublicFirstMiddleware:
    return PublicFirstMiddleware(lambda request: HttpResponse())


def test_a_public_view_is_reached_without_asking_who_is_there(middleware):
    request = RequestFactory().get("/")
    request.user = Unasked()

    assert middleware.process_view(request, public, (), {}) is None


def test_any_other_view_asks_for_a_sign_in(middleware):
    request = RequestFactory().get("/anything/?page=2")
    request.user = AnonymousUser()

    response = middleware.process_view(request, private, (), {})

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/anything/%3Fpage%3D2"
