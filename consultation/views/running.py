"""Consultations for the partnership team: the list, one, a new one, and what is known of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit, lost_edits
from accounts.models import User
from consultation import asked, disclosing, running_page
from consultation.actions import setting_up
from consultation.forms.running import AddForm, ConsultationForm
from consultation.models import Consultation
from consultation.views.running_reach import RUN, VIEW, in_sight
from priorities.models import Plan

HISTORY = 10  # events on its page; the audit trail has them all


@require_safe
def consultation_list(request: HttpRequest) -> HttpResponse:
    """Latest first, drafts before them."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    shown = Consultation.objects.visible_to(request.user)
    lines = running_page.lines(shown, timezone.localdate())
    context = {"lines": lines, "lede": running_page.lede(lines), "may_run": request.user.has_perm(RUN)}
    return render(request, "consultation/consultation_list.html", context)


@require_safe
def consultation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = in_sight(request, slug, VIEW)
    may_run = request.user.has_perm(RUN)
    context = {
        "consultation": consultation,
        "page": running_page.page(consultation, timezone.localdate(), may_run=may_run),
        "may_run": may_run,
        "lines": audit.lines(audit.history(consultation)[:HISTORY]) if may_run else [],
    }
    return render(request, "consultation/consultation_detail.html", context)


def consultation_add(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(RUN):
        raise PermissionDenied
    plans = Plan.objects.visible_to(request.user)
    form = AddForm(
        request.POST or None,
        earlier=Consultation.objects.visible_to(request.user),
        plans=plans,
        plan=plans.current(timezone.localdate()),
        cancel_url=reverse("consultation:consultation-list"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            consultation = setting_up.add(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(
                request, "Begun, as a draft that nobody else can see. Below is what it lacks before it can open"
            )
            return redirect(consultation)
    return render(request, "consultation/consultation_add.html", {"form": form})


def consultation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = in_sight(request, slug)
    form = ConsultationForm(request.POST or None, **_offered(request, consultation))
    changed: list[audit.Line] = []
    if request.method == "POST" and form.is_valid():
        before = consultation.version
        try:
            setting_up.change(consultation, facts=form.facts(), version=form.cleaned_data["version"], by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, consultation)
        else:
            messages.success(
                request, "The consultation is saved" if consultation.version != before else "Nothing was changed"
            )
            return redirect(consultation)
    context = {"consultation": consultation, "form": form, "changed": changed}
    return render(request, "consultation/consultation_edit.html", context)


def _offered(request: HttpRequest, consultation: Consultation) -> dict[str, Any]:
    """What can be chosen, and who sees to it already though they have left."""
    chosen = User.objects.visible_to(request.user).filter(pk=consultation.triage_owner_id)
    return {
        "consultation": consultation,
        "people": (disclosing.people(timezone.localdate()) | chosen).order_by("name", "pk"),
        "earlier": Consultation.objects.visible_to(request.user).exclude(pk=consultation.pk),
        "plans": Plan.objects.visible_to(request.user),
        "cancel_url": consultation.get_absolute_url(),
    }


@require_safe
def consultation_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """What people are asked, in one language, on one page."""
    consultation = in_sight(request, slug, VIEW)
    form = asked.read(consultation, request.GET.get("language", asked.ENGLISH))
    return render(request, "consultation/consultation_preview.html", {"consultation": consultation, "asked": form})
