"""Pages that say something about the site itself; anyone may read them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or came from elsewhere. `reason` goes nowhere: it says nothing to the person."""
    return render(request, "403_csrf.html", status=403)
