"""The partnership team's part: verify one figure, or send it back with a comment."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import lost_edits
from indicators import actions, entry
from indicators.forms import SendBackForm
from indicators.models import Return
from lib.editing import VersionForm


@require_POST
def return_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may not verify this one is told whom to ask, on the page of the return."""
    return_ = _to_check(request, pk)
    form = VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Nothing was verified: open the return again and look at its figure")
        return redirect(return_)
    try:
        actions.verify(return_, version=form.cleaned_data["version"], by=request.user)
    except ValidationError as error:
        messages.error(request, f"Nothing was verified. {' '.join(error.messages)}")
    else:
        messages.success(request, f"Verified: {return_}")
    return redirect(return_)


def return_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    return_ = _to_check(request, pk)
    today = timezone.localdate()
    board = reverse("indicators:round-detail", args=[return_.round.quarter])
    form = SendBackForm(request.POST or None, return_=return_, today=today, cancel_url=board)
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_back(return_, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, return_)
        else:
            messages.success(request, f"Sent back with your comment: {return_}")
            return redirect(board)
    context = {"entry": entry.gather(return_, today), "return_": return_, "form": form, "changed": changed}
    return render(request, "indicators/return_send_back.html", context)


def _to_check(request: HttpRequest, pk: int) -> Return:
    returns = Return.objects.visible_to(request.user).select_related("round", "indicator__owner")
    return_ = get_object_or_404(returns, pk=pk)
    if not request.user.has_perm("indicators.send_back_return", return_):
        raise PermissionDenied
    return return_
