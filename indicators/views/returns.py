"""My returns, and one return: give its figure, or say why there is none."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import absences, audit, lost_edits, unsent
from accounts.models import RoleGrant
from indicators import actions, entry, explaining, questions, revising, wording, work
from indicators.forms import NoFigureForm, ReturnForm
from indicators.models import Return
from indicators.plausible import Doubt
from indicators.views import typing
from lib.editing import Stale

# Whoever does one of these is done with what they typed.
ENDS = ("return_draft_saved", "return_submitted", "return_restated", "return_missing")
EVENTS_PER_PAGE = 50


def return_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("indicators.view_own_returns"):
        raise PermissionDenied
    on = timezone.localdate()
    mine = work.for_person(request.user, on)
    colleagues = work.of_colleagues(request.user, on)
    may_be_away = request.user.has_perm("indicators.name_own_deputy")
    away = absences.notes(request.user, on) if may_be_away else None
    context = {"work": mine, "colleagues": colleagues, "away": away, "on": on}
    return render(request, "indicators/return_list.html", context)


def return_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return_ = _visible(request, pk)
    on = timezone.localdate()
    shown = entry.gather(return_, on)
    context = {
        "entry": shown,
        "return_": return_,
        "rows": entry.rows(shown, request.user, on),
        "may_give": request.user.has_perm("indicators.submit_return", return_) and shown.is_open,
        "checks": entry.checks(shown, request.user, on),
        "revision": revising.whole_of(shown.latest),
        "may_write": request.user.has_perm("indicators.write_commentary", return_.commentary)
        and return_.commentary.takes_words,
        "more_words": explaining.more(return_.commentary),
    }
    return render(request, "indicators/return_detail.html", context)


def return_history(request: HttpRequest, pk: int) -> HttpResponse:
    return_ = _visible(request, pk)
    page = Paginator(entry.events(return_), EVENTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "entry": entry.gather(return_, timezone.localdate()),
        "return_": return_,
        "page": page,
        "lines": audit.lines(page),
    }
    return render(request, "indicators/return_history.html", context)


def return_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return_ = _visible(request, pk, "indicators.submit_return")
    if request.POST.get("do") == typing.AUTOSAVE:
        return typing.keep(request, return_, ReturnForm.typed_in(request.POST), ends=ENDS)
    if request.POST.get("do") == typing.THROW_AWAY:
        unsent.forget(request.user, return_)
        return redirect("indicators:return-edit", pk=return_.pk)
    left = typing.left_in(request, return_, ends=ENDS)
    form = _return_form(request, return_, left)
    changed, question = None, None
    if request.method == "POST" and form.is_valid():
        question = _question(form)
        try:
            answer = None if question else _give(request, return_, form)
        except ValidationError as error:
            if isinstance(error, Stale) and entry.is_sent_already(return_, form.figure_or_none(), request.user):
                unsent.forget(request.user, return_)
                return _done(request, return_, f"This figure has been sent already, once: {return_.indicator}")
            answer, changed = None, lost_edits.refused(form, error, return_)
        if answer:
            return answer
    context = {
        "entry": form.entry,
        "return_": return_,
        "form": form,
        "changed": changed,
        "question": question,
        "left": left,
        "throw_away": entry.throw_away(form.entry),
    }
    return render(request, "indicators/return_edit.html", context)


def _question(form: ReturnForm) -> Doubt | None:
    """What is asked before an unusual figure is sent, until that very figure is said to be right. A draft is not judged."""
    doubt = None if form.as_draft else questions.about(form.entry, form.figure())
    return doubt if doubt and form.said_right != doubt.value else None


def _give(request: HttpRequest, return_: Return, form: ReturnForm) -> HttpResponse:
    if form.as_draft:
        actions.save_draft(return_, typed=form.typed(), version=form.cleaned_data["version"], by=request.user)
        unsent.forget(request.user, return_)
        messages.success(request, "Draft saved. Nothing has been sent yet")
        return redirect("indicators:return-edit", pk=return_.pk)
    figure = actions.submit(return_, **form.figure(), by=request.user)
    unsent.forget(request.user, return_)
    return _done(request, return_, f"Sent: {wording.value(figure)} for {return_.indicator}")


def return_no_figure(request: HttpRequest, pk: int) -> HttpResponse:
    return_ = _visible(request, pk, "indicators.submit_return")
    today = timezone.localdate()
    back = reverse("indicators:return-edit", args=[return_.pk])
    form = NoFigureForm(request.POST or None, return_=return_, today=today, cancel_url=back)
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_missing(return_, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            if isinstance(error, Stale) and entry.is_said_already(return_, form.as_said(), request.user):
                return _done(request, return_, f"The reason for {return_.indicator} has been said already, once")
            changed = lost_edits.refused(form, error, return_)
        else:
            unsent.forget(request.user, return_)
            return _done(request, return_, f"Said why there is no figure for {return_.indicator}")
    context = {"entry": entry.gather(return_, today), "return_": return_, "form": form, "changed": changed}
    return render(request, "indicators/return_no_figure.html", context)


def _visible(request: HttpRequest, pk: int, permission: str = "") -> Return:
    """The return, if it is in this person's sight; refused when they may not do what they ask."""
    returns = Return.objects.visible_to(request.user).select_related("round", "indicator__owner", "commentary")
    return_ = get_object_or_404(returns.prefetch_related("indicator__owner__names"), pk=pk)
    if permission and not request.user.has_perm(permission, return_):
        raise PermissionDenied
    return return_


def _return_form(request: HttpRequest, return_: Return, left: unsent.Left | None) -> ReturnForm:
    on, user = timezone.localdate(), request.user
    gathered = entry.gather(return_, on)
    leads = entry.data_leads(return_, on)
    return ReturnForm(
        request.POST or None,
        entry=gathered,
        user=user,
        suppliers=entry.suppliers(return_, user, on),
        own=user in leads or not user.has_role(RoleGrant.Role.COORDINATOR),
        today=on,
        likely=leads[0] if len(leads) == 1 else None,
        no_figure_url=reverse("indicators:return-no-figure", args=[return_.pk]) if gathered.may_have_none else "",
        as_draft=request.POST.get("do") == "draft",
        unsent=left.typed if left else None,
    )


def _done(request: HttpRequest, return_: Return, sentence: str) -> HttpResponse:
    """On to the next figure: the team's on the board, a data lead's under "My returns". With nothing more owed, the return."""
    if request.user.has_perm("indicators.run_round"):
        messages.success(request, sentence, extra_tags="still-out")  # the board shows it there
        return redirect(f"{return_.round.get_absolute_url()}#still-out")
    messages.success(request, sentence)
    today = timezone.localdate()
    more = work.askable(Return.objects.visible_to(request.user).owed_by(request.user, today).awaited(), today)
    return redirect("indicators:return-list") if more else redirect(return_)
