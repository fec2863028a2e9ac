"""Handing over what one leads; and for the partnership team, what anybody leads."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import lost_edits
from accounts.models import User
from indicators import actions, handing_over
from indicators.forms import HandOverForm
from lib.written import in_words


def return_hand_over(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("indicators.hand_over_own"):
        raise PermissionDenied
    return _page(request, request.user, reverse("indicators:return-list"))


def return_hand_over_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Also for somebody who has left."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("indicators.change_leads"):
        raise PermissionDenied
    return _page(request, person, reverse("reporting:user-work", args=[person.pk]))


def _page(request: HttpRequest, person: User, back: str) -> HttpResponse:
    today, own = timezone.localdate(), person == request.user
    over = handing_over.gather(person, request.user, today)
    form = HandOverForm(request.POST or None, over=over, own=own, today=today, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        leads = form.cleaned_data["leads"]
        try:
            actions.hand_over(leads, **form.as_said(), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            to = form.cleaned_data["to"]
            count = len({lead.indicator_id for lead, _ in leads})
            what = f"{in_words(count).capitalize()} indicator{'' if count == 1 else 's'}"
            messages.success(request, f"{what} handed over to {to}, who is told by mail")
            return redirect(back)
    context = {"person": person, "own": own, "over": over, "form": form, "back": back}
    return render(request, "indicators/return_hand_over.html", context)
