"""What is kept of single people's answers, until when, and what stays."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts import audit, lost_edits
from consultation import retention
from consultation.actions import purging
from consultation.forms.retention import PurgeDayForm
from consultation.views.running_reach import in_sight


def consultation_retention(request: HttpRequest, slug: str) -> HttpResponse:
    consultation, on, changed = in_sight(request, slug), timezone.localdate(), None
    form = PurgeDayForm(request.POST or None, consultation=consultation)
    if request.method == "POST" and form.is_valid():
        before = consultation.version
        try:
            purging.change_day(consultation, **form.cleaned_data, on=on, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, consultation)
        else:
            saved = "Saved: the day of removal" if consultation.version != before else "Nothing was changed"
            messages.success(request, saved)
            return redirect("consultation:consultation-retention", consultation.slug)
    held = retention.held(consultation)
    context = {
        "consultation": consultation,
        "held": held,
        "headline": retention.headline(consultation, held.responses, on),
        "may_move": consultation.holds_responses and not consultation.is_draft and not consultation.purge_begun_at,
        "form": form,
        "changed": changed,
        "lines": audit.lines(audit.history(consultation).filter(kind__in=purging.KINDS)),
    }
    return render(request, "consultation/consultation_retention.html", context)
