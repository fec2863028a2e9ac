"""The log of reminders: who was reminded of what, when, and whether the mail went."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import reminding
from accounts.forms import ReminderFilter
from accounts.models import Reminder, User

PER_PAGE = 50


def reminder_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("accounts.view_reminders"):
        raise PermissionDenied
    everything = Reminder.objects.visible_to(request.user)
    people = User.objects.visible_to(request.user).filter(pk__in=everything.order_by().values("person"))
    form = ReminderFilter(request.GET or None, people=list(people))
    shown = everything.select_related("person", "mail")
    if form.is_bound:
        shown = shown.to(form.cleaned_data["person"]) if form.is_valid() else shown.none()
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "lines": reminding.lines(page)}
    return render(request, "accounts/reminder_list.html", context)
