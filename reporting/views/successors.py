"""Starting the plan of the following term."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import lost_edits
from priorities.models import Plan
from reporting import successor
from reporting.forms.successors import SuccessorForm


def successor_add(request: HttpRequest) -> HttpResponse:
    """A draft of the next plan: what to call it, and its term."""
    if not request.user.has_perm("governance.change_lifecycle"):
        raise PermissionDenied
    plan = Plan.objects.visible_to(request.user).current(timezone.localdate())
    if plan is None:
        raise Http404
    back = reverse("governance:lifecycle-detail")
    first = plan.ends_on + dt.timedelta(days=1)
    form = SuccessorForm(request.POST or None, first_day=first, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            started = successor.start(plan, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"Started as a draft: {started}")
            return redirect("governance:lifecycle-plan", slug=started.slug)
    return render(request, "reporting/successor_add.html", {"form": form, "plan": plan, "back": back})
