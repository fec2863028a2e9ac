"""The first page after signing in, and the first steps of a new installation."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reporting import first_steps as steps
from reporting import home_page


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs you now; for somebody who is not signed in, the plan."""
    if not request.user.is_authenticated:
        return redirect("reporting:plan-detail")
    page = home_page.home_page(request.user, timezone.localdate())
    return render(request, "reporting/home.html", {"page": page})


@require_safe
def first_steps(request: HttpRequest) -> HttpResponse:
    """What a new installation still needs, looked up when the page is read."""
    if not request.user.has_perm("reporting.view_first_steps"):
        raise PermissionDenied
    return render(request, "reporting/first_steps.html", {"page": steps.read(request.user, timezone.localdate())})
