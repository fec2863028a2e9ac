"""The dates of a quarter, and longer for one owner."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts import lost_edits
from indicators import actions, exceptions, round_story
from indicators.forms.dates import WORK_OUT, DatesForm
from indicators.forms.exceptions import ExceptionForm
from indicators.views.reach import round_in_sight
from lib import written
from lib.quarters import Quarter


def round_dates(request: HttpRequest, quarter: Quarter) -> HttpResponse:
    """Change the dates of an open round: work them out from the meeting for review, then save them."""
    round_ = round_in_sight(request, quarter)
    form = DatesForm(request.POST or None, round_=round_, cancel_url=round_.get_absolute_url())
    changed = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == WORK_OUT:
            form = form.worked_out()
        else:
            before, said = {"version": round_.version, **form.stands}, form.as_said()
            try:
                actions.change_dates(round_, **said, by=request.user)
            except ValidationError as error:
                changed = lost_edits.refused(form, error, round_)
            else:
                told = [f"Saved: the dates of {round_}", round_story.moved(round_, before, said["typed"])]
                is_same = round_.version == before["version"]
                messages.success(request, "Nothing was changed" if is_same else ". ".join(filter(None, told)))
                return redirect(round_)
    context = {"round": round_, "dates": round_story.dates(round_), "form": form, "changed": changed}
    return render(request, "indicators/round_dates.html", context)


def round_exceptions(request: HttpRequest, quarter: Quarter) -> HttpResponse:
    """Give one owner more time: first whom, then what, until when and why. `?return=12` ticks that return alone."""
    round_, today = round_in_sight(request, quarter), timezone.localdate()
    owners = exceptions.owners(round_, today)
    chosen = exceptions.chosen(owners, request.GET)
    form = chosen and ExceptionForm(
        request.POST or None,
        owed=chosen.owner.owed,
        ticked=chosen.ticked,
        today=today,
        cancel_url=round_.get_absolute_url(),
    )
    if form and request.method == "POST" and form.is_valid():
        try:
            given = actions.extend(**form.as_said(), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            what = "one return" if len(given) == 1 else f"{len(given)} returns"
            until = written.day(form.cleaned_data["until"])
            messages.success(request, f"More time given: {chosen.owner.name} has until {until} for {what}")
            return redirect(round_)
    context = {"round": round_, "owners": owners, "chosen": chosen, "form": form}
    return render(request, "indicators/round_exceptions.html", context)
