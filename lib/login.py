"""Login is required everywhere but on views that say `@login_not_required`."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase


class PublicFirstMiddleware(LoginRequiredMiddleware):
    """Asks whether the view is public before it asks who is there.

    Django's own asks the other way round, so every public page would cost the session and the user: two queries.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
