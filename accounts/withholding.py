"""The page instead of a file from which personal data is or may be removed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.erasing import holding


def withheld(request: HttpRequest, name: str, removal: str, back: str) -> HttpResponse:
    """Status 451, for legal reasons, while it is decided; 410 once the file is gone."""
    is_erased = removal == holding.ERASED
    context = {"name": name, "is_erased": is_erased, "back": back}
    return render(request, "accounts/file_withheld.html", context, status=410 if is_erased else 451)
