"""The register of risks: by body, one by one, entered, worded, scored again and closed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit, lost_edits
from accounts.models import RoleGrant
from governance import choosing, risks, standing
from governance.actions import risks as actions
from governance.forms.risks import AT, CloseForm, RiskForm, ScoreForm
from governance.models import Action, Body, Risk
from lib.refusals import at_boxes

VIEW, CHANGE = "governance.view_risks", "governance.change_risks"


@require_safe
def risk_list(request: HttpRequest) -> HttpResponse:
    """Open ones, by body; with `?closed=yes` those that are closed."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    closed = request.GET.get("closed") == "yes"
    seen = Risk.objects.visible_to(request.user).select_related("body", "owner")
    chosen = seen.filter(closed_at__isnull=False) if closed else seen.open()
    found = risks.lines(chosen, timezone.localdate())
    context = {
        "groups": risks.by_body(found),
        "lede": f"{len(found)} risk{'' if len(found) == 1 else 's'} closed." if closed else risks.lede(found),
        "closed": closed,
        "may_add": bool(_bodies(request)),
    }
    return render(request, "governance/risk_list.html", context)


@require_safe
def risk_detail(request: HttpRequest, pk: int) -> HttpResponse:
    risk = _risk(request, pk)
    (line,) = risks.lines([risk], timezone.localdate())
    linked = Action.objects.visible_to(request.user).filter(risks=risk)
    context = {
        "risk": risk,
        "line": line,
        "actions": linked.select_related("delivery_plan__body", "owner").in_order(),
        "may_change": risk.closed_at is None and request.user.has_perm(CHANGE, risk),
        "lines": audit.lines(audit.history(risk)),
    }
    return render(request, "governance/risk_detail.html", context)


def risk_add(request: HttpRequest) -> HttpResponse:
    """For a body that one chairs or supports; for any by the partnership team."""
    bodies = _bodies(request)
    if not bodies:
        raise PermissionDenied
    form = RiskForm(
        request.POST or None, bodies=bodies, cancel_url=reverse("governance:risk-list"), **_offered(request, bodies)
    )
    if request.method == "POST" and form.is_valid():
        try:
            risk = actions.add(form.whose, content=form.content(), now=form.pair("now"), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, at_boxes(error, AT))
        else:
            messages.success(request, f"Entered: {risk.reference}")
            return redirect(risk)
    return render(request, "governance/risk_add.html", {"form": form})


def risk_edit(request: HttpRequest, pk: int) -> HttpResponse:
    risk, changed = _changeable(request, pk), None
    form = RiskForm(
        request.POST or None, risk=risk, cancel_url=risk.get_absolute_url(), **_offered(request, [risk.body], risk)
    )
    if request.method == "POST" and form.is_valid():
        before = risk.version
        try:
            actions.edit(risk, content=form.content(), version=form.cleaned_data["version"], by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, at_boxes(error, AT), risk)
        else:
            messages.success(request, "The risk is saved" if risk.version != before else "Nothing was changed")
            return redirect(risk)
    return render(request, "governance/risk_edit.html", {"risk": risk, "form": form, "changed": changed})


def risk_score(request: HttpRequest, pk: int) -> HttpResponse:
    risk, changed = _changeable(request, pk), None
    (line,) = risks.lines([risk], timezone.localdate())
    form = ScoreForm(request.POST or None, risk=risk, now=line.now, cancel_url=risk.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.score(risk, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, risk)
        else:
            messages.success(request, f"Scored: {risk.reference} is {made}")
            return redirect(risk)
    context = {"risk": risk, "line": line, "form": form, "changed": changed}
    return render(request, "governance/risk_score.html", context)


def risk_close(request: HttpRequest, pk: int) -> HttpResponse:
    risk, changed = _changeable(request, pk), None
    form = CloseForm(request.POST or None, risk=risk, cancel_url=risk.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        try:
            actions.close(risk, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, risk)
        else:
            messages.success(request, f"Closed: {risk.reference}")
            return redirect(risk)
    return render(request, "governance/risk_close.html", {"risk": risk, "form": form, "changed": changed})


def _risk(request: HttpRequest, pk: int) -> Risk:
    seen = Risk.objects.visible_to(request.user).select_related("body", "owner", "closed_by")
    risk = get_object_or_404(seen.distinct(), pk=pk)
    if not request.user.has_perm(VIEW) and not request.user.has_perm(CHANGE, risk):
        raise PermissionDenied
    return risk


def _changeable(request: HttpRequest, pk: int) -> Risk:
    risk = _risk(request, pk)
    if not request.user.has_perm(CHANGE, risk):
        raise PermissionDenied
    return risk


def _bodies(request: HttpRequest) -> list[Body]:
    """For which this person may enter a risk."""
    user, today = request.user, timezone.localdate()
    its = standing.of(user)
    everything = user.has_role(RoleGrant.Role.COORDINATOR)
    return choosing.bodies(user, its.acts_as_chair | its.supports, today, everything=everything)


def _offered(request: HttpRequest, bodies: list[Body], risk: Risk | None = None) -> dict[str, Any]:
    """People and actions to choose from; those named already are among them. Actions only where it is plain whose they are."""
    whose = bodies if len(bodies) == 1 else []
    open_ones = Action.objects.visible_to(request.user).open().filter(delivery_plan__body__in=whose)
    found = list(open_ones.select_related("delivery_plan__body").distinct().in_order())
    if risk:
        there = {action.pk for action in found}
        found += [one for one in risk.actions.select_related("delivery_plan__body") if one.pk not in there]
    people = choosing.people(timezone.localdate(), risk.owner if risk else None)
    return {"people": people, "actions": found}
