"""The quarter from the partnership team's side: open it, see how far it is, verify, close it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import lost_edits
from indicators import actions, board, deadlines, opening, progress, round_story
from indicators.forms import CloseForm, QuarterForm, ReopenForm, RoundForm, TickForm
from indicators.models import Return, Round
from indicators.views.reach import round_in_sight
from lib import working_days
from lib.quarters import Quarter


def round_list(request: HttpRequest) -> HttpResponse:
    _allow(request)
    rounds = progress.of_rounds(Round.objects.visible_to(request.user), timezone.localdate())
    return render(request, "indicators/round_list.html", {"rounds": rounds})


def round_open(request: HttpRequest) -> HttpResponse:
    """First which quarter and for which meeting, then its dates, worked out from that."""
    _allow(request)
    today, is_post = timezone.localdate(), request.method == "POST"
    asked = opening.choices(today)
    chosen = QuarterForm(
        request.GET or None, quarters=asked.quarters, suggested=asked.suggested, today=today, asks=not is_post
    )
    if not chosen.is_bound or not chosen.is_valid():
        return render(request, "indicators/round_open.html", {"form": chosen, "asked": asked})
    quarter, meets_on = chosen.cleaned_data["quarter"], chosen.cleaned_data["executive_meets_on"]
    has_been = opening.has_been(quarter, meets_on, today)
    days = {"quarter": quarter, "today": today, "meets_on": None if has_been else meets_on}
    back = reverse("indicators:round-open")
    form = RoundForm(request.POST or None, **days, other_set=opening.to_take_over(quarter), cancel_url=back)
    if is_post and form.is_valid():
        try:
            round_ = actions.open_round(quarter, **form.cleaned_data, executive_meets_on=meets_on, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"Opened: {round_}. The data leads find it under their returns")
            return redirect(round_)
    context = {
        **days,
        "form": form,
        "met_on": meets_on if has_been else None,
        "asked": opening.how_many(quarter),
        "papers_go_out": meets_on and working_days.add(meets_on, -deadlines.PAPERS_GO_OUT),
        "lacking": round_story.lacking_at_opening(quarter, today),
    }
    return render(request, "indicators/round_open_dates.html", context)


def round_detail(request: HttpRequest, quarter: Quarter) -> HttpResponse:
    return _board(request, round_in_sight(request, quarter))


@require_POST
def round_verify(request: HttpRequest, quarter: Quarter) -> HttpResponse:
    """Verify what was ticked, or go on to the comment with which one is sent back."""
    round_ = round_in_sight(request, quarter)
    form = TickForm(request.POST)
    if not form.is_valid():
        return _board(request, round_, form)
    ticked = dict(form.cleaned_data["verify"])
    if request.POST.get("do") == "back":
        if len(ticked) == 1:
            return redirect("indicators:return-send-back", pk=next(iter(ticked)))
        form.add_error("verify", "Tick one return to send back: each gets a comment of its own")
        return _board(request, round_, form)
    returns = Return.objects.visible_to(request.user).filter(round=round_, pk__in=ticked)
    chosen = [(return_, ticked[return_.pk]) for return_ in returns.select_related("round", "indicator")]
    outcome = actions.verify_several(chosen, by=request.user)
    if outcome.verified:
        messages.success(request, f"Verified: {', '.join(return_.indicator.name for return_ in outcome.verified)}")
    for return_, sentence in outcome.refused:
        messages.error(request, f"Not verified: {return_.indicator}. {sentence}")
    return redirect(round_)


def round_close(request: HttpRequest, quarter: Quarter) -> HttpResponse:
    round_ = round_in_sight(request, quarter)
    shown = board.gather(round_, request.user, timezone.localdate())
    form = CloseForm(
        request.POST or None, round_=round_, is_complete=not shown.out, cancel_url=round_.get_absolute_url()
    )
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_round(round_, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, round_)
        else:
            messages.success(request, f"Closed: {round_}")
            return redirect(round_)
    context = {"round": round_, "board": shown, "form": form, "changed": changed}
    return render(request, "indicators/round_close.html", context)


def round_reopen(request: HttpRequest, quarter: Quarter) -> HttpResponse:
    round_ = round_in_sight(request, quarter)
    form = ReopenForm(request.POST or None, round_=round_, cancel_url=round_.get_absolute_url())
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen_round(round_, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, round_)
        else:
            messages.success(request, f"Opened again: {round_}")
            return redirect(round_)
    context = {
        "round": round_,
        "form": form,
        "changed": changed,
        "story": round_story.gather(round_, timezone.localdate()),
    }
    return render(request, "indicators/round_reopen.html", context)


def _allow(request: HttpRequest) -> None:
    if not request.user.has_perm("indicators.run_round"):
        raise PermissionDenied


def _board(request: HttpRequest, round_: Round, form: TickForm | None = None) -> HttpResponse:
    today = timezone.localdate()
    context = {"board": board.gather(round_, request.user, today), "story": round_story.gather(round_, today)}
    return render(request, "indicators/round_detail.html", {"round": round_, "form": form, **context})
