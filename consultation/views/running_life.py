"""The life of a consultation: opened, given longer, closed early, opened again. Each on a page that says what follows."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts import lost_edits
from consultation import readiness, running_page
from consultation.actions import running
from consultation.forms.running import CloseForm, ExtendForm, OpenForm, ReopenForm
from consultation.models import Consultation
from consultation.views.running_reach import in_sight
from lib.written import day

Act = Callable[[], Consultation]


def consultation_open(request: HttpRequest, slug: str) -> HttpResponse:
    consultation, on = in_sight(request, slug), timezone.localdate()
    form = OpenForm(request.POST or None, consultation=consultation, cancel_url=consultation.get_absolute_url())
    told = {
        "lacking": readiness.lacking(consultation, on) if consultation.is_draft else [],
        "facts": running_page.facts(consultation),
    }

    def act() -> Consultation:
        return running.open_(consultation, **form.cleaned_data, at=timezone.now(), on=on, by=request.user)

    return _taken(request, consultation, form, act, "open", "Opened: {title}", told)


def consultation_extend(request: HttpRequest, slug: str) -> HttpResponse:
    consultation, on = in_sight(request, slug), timezone.localdate()
    form = ExtendForm(request.POST or None, consultation=consultation, cancel_url=consultation.get_absolute_url())

    def act() -> Consultation:
        return running.extend(consultation, **form.cleaned_data, on=on, by=request.user)

    return _taken(request, consultation, form, act, "extend", "People can answer until {closes}")


def consultation_close(request: HttpRequest, slug: str) -> HttpResponse:
    consultation, on = in_sight(request, slug), timezone.localdate()
    form = CloseForm(request.POST or None, consultation=consultation, cancel_url=consultation.get_absolute_url())

    def act() -> Consultation:
        return running.close(consultation, **form.cleaned_data, at=timezone.now(), on=on, by=request.user)

    return _taken(request, consultation, form, act, "close", "Closed: {title}")


def consultation_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    consultation, on = in_sight(request, slug), timezone.localdate()
    back = consultation.get_absolute_url()
    form = ReopenForm(request.POST or None, consultation=consultation, on=on, cancel_url=back)

    def act() -> Consultation:
        return running.reopen(consultation, **form.cleaned_data, on=on, by=request.user)

    return _taken(request, consultation, form, act, "reopen", "Open again, until {closes}")


def _taken(
    request: HttpRequest,
    consultation: Consultation,
    form: Any,
    act: Act,
    verb: str,
    done: str,
    told: dict[str, Any] | None = None,
) -> HttpResponse:
    """Do it when it was sent, or show its page, with what was refused."""
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as error:
            changed = lost_edits.refused(form, error, consultation)
        else:
            messages.success(request, done.format(title=consultation, closes=day(consultation.closes_on)))
            return redirect(consultation)
    context = {"consultation": consultation, "form": form, "changed": changed, **(told or {})}
    return render(request, f"consultation/consultation_{verb}.html", context)
