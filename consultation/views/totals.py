"""Totals that were published elsewhere: looked at, entered as they are printed, declared complete."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import audit, lost_edits
from consultation import totals_held
from consultation.actions import totals
from consultation.forms.totals import TotalsForm
from consultation.models import Consultation
from consultation.totals import differences

PERMISSION = "consultation.run_consultation"


def totals_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The totals; whoever may change them gets the boxes."""
    consultation = get_object_or_404(Consultation.objects.visible_to(request.user), slug=slug)
    may_run = request.user.has_perm(PERMISSION)
    if request.method == "POST" and not may_run:
        raise PermissionDenied
    held, changed = totals_held.of(consultation), None
    refusal = totals.why_none(consultation)
    form = TotalsForm(request.POST or None, consultation=consultation, held=held) if may_run and not refusal else None
    if form and request.method == "POST" and form.is_valid():
        try:
            totals.enter(consultation, **form.totals(), by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, consultation)
        else:
            messages.success(request, "Saved: the published totals")
            return redirect("consultation:totals-edit", slug)
    context = {
        "consultation": consultation,
        "form": form,
        "held": held,
        "changed": changed,
        "refusal": refusal,
        "differences": differences(held),
        "may_run": may_run,
        "lines": audit.lines(audit.history(consultation).filter(kind__startswith="totals_")) if may_run else [],
    }
    return render(request, "consultation/totals_edit.html", context)


@require_POST
def totals_begin(request: HttpRequest, slug: str) -> HttpResponse:
    said = "It holds published totals alone now"
    return _act(request, slug, said, lambda held, version: totals.begin(held, version=version, by=request.user))


@require_POST
def totals_complete(request: HttpRequest, slug: str) -> HttpResponse:
    today = timezone.localdate()
    return _act(
        request,
        slug,
        "Complete: the totals can be analysed now",
        lambda held, version: totals.complete(held, version=version, on=today, by=request.user),
    )


def _act(request: HttpRequest, slug: str, said: str, act: Callable[[Consultation, int], object]) -> HttpResponse:
    consultation = get_object_or_404(Consultation.objects.visible_to(request.user), slug=slug)
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    version = request.POST.get("version", "")
    try:
        act(consultation, int(version) if version.isascii() and version.isdigit() else 0)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, said)
    return redirect("consultation:totals-edit", slug)
