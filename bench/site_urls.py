"""The product's pages, and two bare ones to compare against."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from cspplan.urls import handler400, handler403, handler404, handler500  # noqa: F401  (the same pages where one fails)


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@login_not_required
def bytes_alone(request: HttpRequest, size: int) -> HttpResponse:
    """As many bytes as asked for, for anybody."""
    return HttpResponse(b"x" * size)


def signed_in(request: HttpRequest, size: int) -> HttpResponse:
    """As many bytes as asked for, for somebody who is signed in."""
    if not request.user.is_authenticated:
        raise RuntimeError("Nobody is signed in: this would measure something else.")
    return HttpResponse(b"x" * size)


urlpatterns = [
    path("bench/bare/", bare),
    path("bench/bare/<int:size>/", bytes_alone),
    path("bench/signed-in/<int:size>/", signed_in),
    path("", include("cspplan.urls")),
]
