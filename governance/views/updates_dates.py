"""A new date for one action: asked for from its own page, accepted, refused with a reason, or taken back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts import lost_edits
from governance.actions import date_moves
from governance.forms.updates_dates import DateMoveForm, KeepDateForm
from governance.models import Action, DateMove
from governance.views.drafting_reach import action_in_sight
from lib.written import day_year


def date_move_add(request: HttpRequest, pk: int) -> HttpResponse:
    action = action_in_sight(request, pk, "governance.draft_update")
    back = action.get_absolute_url()
    form = DateMoveForm(request.POST or None, action=action, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            move = date_moves.propose(action, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            lost_edits.add(form, refusal)
        else:
            messages.success(
                request, f"Asked for {day_year(move.proposed)}. {day_year(move.was)} counts until it is accepted"
            )
            return redirect(back)
    return render(request, "governance/date_move_add.html", {"action": action, "form": form})


@require_POST
def date_move_accept(request: HttpRequest, pk: int, move: int) -> HttpResponse:
    action = action_in_sight(request, pk, "governance.agree_updates")
    waiting = _move(action, move)
    try:
        date_moves.accept(waiting, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"Accepted: {action.reference} is due on {day_year(waiting.proposed)}")
    return redirect(action)


def date_move_refuse(request: HttpRequest, pk: int, move: int) -> HttpResponse:
    action = action_in_sight(request, pk, "governance.agree_updates")
    waiting = _move(action, move)
    form = KeepDateForm(request.POST or None, move=waiting, cancel_url=action.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        try:
            date_moves.refuse(waiting, because=form.cleaned_data["because"], by=request.user)
        except ValidationError as refusal:
            lost_edits.add(form, refusal)
        else:
            messages.success(request, f"Kept: {action.reference} stays due on {day_year(waiting.was)}")
            return redirect(action)
    context = {"action": action, "move": waiting, "form": form}
    return render(request, "governance/date_move_refuse.html", context)


@require_POST
def date_move_take_back(request: HttpRequest, pk: int, move: int) -> HttpResponse:
    action = action_in_sight(request, pk, "governance.draft_update")
    try:
        date_moves.take_back(_move(action, move), by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"Taken back: {action.reference} stays due on {day_year(action.due_on)}")
    return redirect(action)


def _move(action: Action, pk: int) -> DateMove:
    move: DateMove = get_object_or_404(action.date_moves.select_related("action", "proposed_by"), pk=pk)
    return move
