"""The audit trail: who did what, when, from what to what."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import audit
from accounts.forms import EventFilter
from accounts.models import AuditEvent, User

PER_PAGE = 50


def event_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("accounts.view_audit"):
        raise PermissionDenied
    people = User.objects.visible_to(request.user)
    form = EventFilter(request.GET if request.GET else None, people=list(people))
    events = AuditEvent.objects.visible_to(request.user)
    page = Paginator(_asked(events, form), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/event_list.html", {"form": form, "page": page, "lines": audit.lines(page)})


def _asked(events: audit.Events, form: EventFilter) -> audit.Events:
    """The events a filter asks for; a filter with a fault shows none."""
    if not form.is_bound:
        return events
    if not form.is_valid():
        return events.none()
    return audit.narrow(events, **form.cleaned_data)
