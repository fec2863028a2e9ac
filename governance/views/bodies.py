"""Who governs and delivers: the structure, one body, and where it stands."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit, lost_edits
from governance import bodies
from governance.actions import bodies as actions
from governance.forms.bodies import BodyAddForm, BodyForm, LinksForm
from governance.models import Body, BodyLink
from priorities.models import Plan, Priority

VIEW, CHANGE = "governance.view_bodies", "governance.change_body"
HISTORY = 10  # events on a body's page; the audit trail has them all


@require_safe
def body_list(request: HttpRequest) -> HttpResponse:
    """The structure drawn, and as a nested list."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    today = timezone.localdate()
    drawn = bodies.drawing(today)
    context = {
        "drawn": drawn,
        "lede": bodies.lede(drawn),
        "ended": Body.objects.visible_to(request.user).filter(ended_on__lt=today),
        "may_change": request.user.has_perm(CHANGE),
    }
    return render(request, "governance/body_list.html", context)


@require_safe
def body_detail(request: HttpRequest, slug: str) -> HttpResponse:
    body = in_sight(request, slug, VIEW)
    context = {
        "body": body,
        "page": bodies.page(body, request.user, timezone.localdate()),
        "may_change": request.user.has_perm(CHANGE, body),
        "may_change_members": request.user.has_perm("governance.change_members", body),
        "may_delegate": request.user.has_perm("governance.delegate_chair", body),
        "lines": audit.lines(audit.history(body)[:HISTORY]) if request.user.has_perm(CHANGE, body) else [],
    }
    return render(request, "governance/body_detail.html", context)


def body_add(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    form = BodyAddForm(request.POST or None, cancel_url=reverse("governance:body-list"))
    if request.method == "POST" and form.is_valid():
        try:
            body = actions.add(form.facts(), by=request.user)
        except ValidationError as refusal:
            lost_edits.add(form, refusal)
        else:
            messages.success(request, f"Added: {body}. Now say where it stands")
            return redirect("governance:body-links", slug=body.slug)
    return render(request, "governance/body_add.html", {"form": form})


def body_edit(request: HttpRequest, slug: str) -> HttpResponse:
    body = in_sight(request, slug, CHANGE)
    form = BodyForm(request.POST or None, body=body, cancel_url=body.get_absolute_url())
    changed: list[audit.Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(body, facts=form.facts(), version=form.cleaned_data["version"], by=request.user)
        except ValidationError as refusal:
            changed = lost_edits.refused(form, refusal, body)
        else:
            messages.success(request, f"Saved: {body}")
            return redirect(body)
    context = {"body": Body.objects.visible_to(request.user).get(pk=body.pk), "form": form, "changed": changed}
    return render(request, "governance/body_edit.html", context)


def body_links(request: HttpRequest, slug: str) -> HttpResponse:
    """Where it stands, to whom it answers, with whom it works, which priorities it serves."""
    body = in_sight(request, slug, CHANGE)
    stands = _stands(body)
    form = LinksForm(
        request.POST or None,
        body=body,
        others=_others(request, body, stands),
        priorities=_priorities(request, stands),
        stands=stands,
        cancel_url=body.get_absolute_url(),
    )
    changed: list[audit.Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_links(body, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            changed = lost_edits.refused(form, refusal, body)
        else:
            messages.success(request, f"Saved: where {body} stands")
            return redirect(body)
    return render(request, "governance/body_links.html", {"body": body, "form": form, "changed": changed})


def _stands(body: Body) -> dict[str, Any]:
    links = list(BodyLink.objects.filter(Q(body=body) | Q(to=body, kind=BodyLink.Kind.WORKS_WITH)))
    return {
        "parent": next((one.to_id for one in links if one.kind == BodyLink.Kind.PARENT), None),
        "accountable": [one.to_id for one in links if one.kind == BodyLink.Kind.ACCOUNTABLE],
        "works_with": [
            one.to_id if one.body_id == body.pk else one.body_id
            for one in links
            if one.kind == BodyLink.Kind.WORKS_WITH
        ],
        "serves": list(body.serves.values_list("priority", flat=True)),
    }


def _others(request: HttpRequest, body: Body, stands: dict[str, Any]) -> Any:
    """Bodies that exist today, and those it is linked to already."""
    linked = [stands["parent"], *stands["accountable"], *stands["works_with"]]
    today = timezone.localdate()
    known = Body.objects.visible_to(request.user).exclude(pk=body.pk)
    return known.filter(Q(pk__in=Body.objects.standing(today)) | Q(pk__in=[pk for pk in linked if pk]))


def _priorities(request: HttpRequest, stands: dict[str, Any]) -> Any:
    """Those of the plan that counts today, and those it serves already."""
    plan = Plan.objects.visible_to(request.user).current(timezone.localdate())
    known = Priority.objects.visible_to(request.user)
    return known.filter(Q(plan=plan) | Q(pk__in=stands["serves"])).order_by("-plan__starts_on", "letter")


def in_sight(request: HttpRequest, slug: str, permission: str) -> Body:
    """The body, 404 when out of sight; 403 without the permission."""
    body = get_object_or_404(Body.objects.visible_to(request.user), slug=slug)
    if not request.user.has_perm(permission, body):
        raise PermissionDenied
    return body
