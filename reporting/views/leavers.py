"""What a person leads and owes, and closing their account with that list beside the button: here, because accounts know nothing of indicators and bodies."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts import actions
from accounts.models import User
from lib.editing import VersionForm
from reporting import handover


def user_work(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    held = handover.held_by(person, timezone.localdate())
    context = {
        "person": person,
        "held": held,
        "owes": sum(bool(each.owed) for each in held),
        "may_hand_over": request.user.has_perm("indicators.change_leads"),
        **_on_bodies(request, person),
    }
    return render(request, "reporting/user_work.html", context)


def user_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    may_close = request.user.has_perm("accounts.change_person")
    if request.method == "POST":
        if not may_close:
            raise PermissionDenied
        return _close(request, person)
    context = {
        "person": person,
        "held": handover.held_by(person, timezone.localdate()),
        "may_close": may_close and person.is_active and person != request.user,
        "may_open": may_close and not person.is_active,
        "may_hand_over": request.user.has_perm("indicators.change_leads"),
        **_on_bodies(request, person),
    }
    return render(request, "reporting/user_deactivate.html", context)


def _on_bodies(request: HttpRequest, person: User) -> dict[str, Any]:
    return {
        "on_bodies": handover.on_bodies(person, timezone.localdate()),
        "may_pass_on": request.user.has_perm("governance.change_members"),
    }


def _person(request: HttpRequest, pk: int) -> User:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("accounts.view_people"):
        raise PermissionDenied
    return person


def _close(request: HttpRequest, person: User) -> HttpResponse:
    form = VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["version"][0])
        return redirect("reporting:user-deactivate", pk=person.pk)
    try:
        actions.deactivate(person, version=form.cleaned_data["version"], by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"The account of {person} is closed")
    return redirect("reporting:user-deactivate", pk=person.pk)
