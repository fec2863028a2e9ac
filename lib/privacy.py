"""What one signed-in person sees is kept by nobody on the way."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


class PrivateMiddleware:
    """Tells browsers and proxies to keep no page that was made with somebody's session. What a view said of keeping stands."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        if session.accessed and not session.is_empty() and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response
