"""When somebody is away, and who stands in: one's own page, and the partnership team's for anybody."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import lost_edits
from accounts.models import Absence, User
from indicators import actions, deputies
from indicators.forms import AwayForm


def absence_edit(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("indicators.name_own_deputy"):
        raise PermissionDenied
    return _page(request, request.user)


def absence_edit_for(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user).active(), pk=pk)
    if not request.user.has_perm("indicators.name_deputy"):
        raise PermissionDenied
    return _page(request, person)


@require_POST
def absence_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    absence = get_object_or_404(Absence.objects.visible_to(request.user).select_related("person", "deputy"), pk=pk)
    try:
        actions.take_back_deputy(absence, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Taken back: {absence.deputy} does not stand in")
    return _back(request, absence.person)


def _page(request: HttpRequest, person: User) -> HttpResponse:
    today, own = timezone.localdate(), person == request.user
    away = deputies.gather(person, request.user, today)
    form = AwayForm(request.POST or None, away=away, today=today, with_organisation=not own)
    if request.method == "POST" and form.is_valid():
        try:
            absence = actions.name_deputy(person, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"{absence.deputy} stands in, and is told by mail")
            return _back(request, person)
    context = {"person": person, "own": own, "away": away, "form": form, "on": today}
    return render(request, "indicators/absence_edit.html", context)


def _back(request: HttpRequest, person: User) -> HttpResponse:
    if person == request.user:
        return redirect("indicators:absence-edit")
    return redirect("indicators:absence-edit-for", pk=person.pk)
