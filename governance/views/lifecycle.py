"""The plan's life: one page that tells it, and a small form for each thing that is recorded of it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import lost_edits
from accounts.models import Organisation
from governance import lifecycle
from governance.actions import approvals_of_plan
from governance.actions import lifecycle as actions
from governance.forms.lifecycle import (
    AdoptForm,
    ApprovalForm,
    ClearanceForm,
    ReviewForm,
    SendingForm,
    VersionForm,
    WithdrawForm,
)
from governance.models import Approval, Body, Clearance, Decision, PlanVersion, Review, Sending
from priorities.models import Plan

CHANGE = "governance.change_lifecycle"
PER_PAGE = 50


def lifecycle_detail(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The road of the plan that counts today, or of the one named."""
    plan = _plan(request, slug) if slug else _current(request)
    context: dict[str, Any] = {"page": None}
    if plan is not None:
        context = {
            "page": lifecycle.page(plan, timezone.localdate()),
            "plans": list(Plan.objects.visible_to(request.user).order_by("starts_on")),
            "may_change": request.user.has_perm(CHANGE),
        }
    return render(request, "governance/lifecycle_detail.html", context)


def version_add(request: HttpRequest, slug: str) -> HttpResponse:
    plan = _plan(request, slug, CHANGE)
    form = VersionForm(request.POST or None, cancel_url=_page(plan))
    return _edit(
        request,
        plan,
        form,
        lambda said: actions.add_version(plan, **said, by=request.user),
        said="Version added",
        heading="Add a version of the plan",
    )


def clearance_add(request: HttpRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    form = ClearanceForm(request.POST or None, plan=version.plan, clearance=None, cancel_url=_page(version.plan))

    def act(said: dict[str, Any]) -> None:
        del said["version"]  # adding never overwrites
        actions.add_clearance(version, **said, by=request.user)

    return _edit(request, version.plan, form, act, said="Clearance added", heading=f"Who cleared {_of(version)}?")


def clearance_edit(request: HttpRequest, pk: int) -> HttpResponse:
    _allow(request)
    those = Clearance.objects.filter(version__plan__in=Plan.objects.visible_to(request.user))
    clearance = get_object_or_404(those.select_related("version__plan"), pk=pk)
    plan = clearance.version.plan
    form = ClearanceForm(request.POST or None, plan=plan, clearance=clearance, cancel_url=_page(plan))
    return _edit(
        request,
        plan,
        form,
        lambda said: actions.set_clearance(clearance, **said, by=request.user),
        said="Clearance saved",
        heading=f"Clearance of {_of(clearance.version)}",
    )


def version_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """A body's word, given elsewhere and recorded here."""
    version = _version(request, pk)
    bodies = Body.objects.visible_to(request.user)
    form = ApprovalForm(request.POST or None, bodies=bodies, cancel_url=_page(version.plan))
    return _edit(
        request,
        version.plan,
        form,
        lambda said: approvals_of_plan.record_approval(version, **said, by=request.user),
        said="Recorded",
        heading=f"What a body said of {_of(version)}",
    )


def version_approval_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    _allow(request)
    those = Approval.objects.filter(plan_version__plan__in=Plan.objects.visible_to(request.user))
    approval = get_object_or_404(those.select_related("body", "plan_version__plan"), pk=pk)
    plan = approval.plan_version.plan
    form = WithdrawForm(request.POST or None, cancel_url=_page(plan))
    return _edit(
        request,
        plan,
        form,
        lambda said: approvals_of_plan.withdraw_approval(approval, **said, by=request.user),
        said="Withdrawn. The record stays, with your reason",
        heading="Withdraw a wrong record",
        intro=str(approval),
    )


def lifecycle_adopt(request: HttpRequest, slug: str) -> HttpResponse:
    plan = _plan(request, slug, CHANGE)
    shown = lifecycle.page(plan, timezone.localdate())
    form = AdoptForm(request.POST or None, cancel_url=_page(plan), initial={"version": plan.version})
    if plan.is_adopted:
        messages.info(request, "The plan has been adopted already")
        return redirect(_page(plan))
    return _edit(
        request,
        plan,
        form,
        lambda said: actions.adopt(plan, **said, by=request.user),
        said="Adopted. From now on the plan changes only by amendment, with a reason",
        heading="Adopt the plan",
        intro="Needed first: the CSP’s and the CSP Executive’s agreement. From then on it is public.",
        lacking=shown.lacking,
    )


def review_add(request: HttpRequest, slug: str) -> HttpResponse:
    plan = _plan(request, slug, CHANGE)
    today = timezone.localdate()
    years = [line.year for line in lifecycle.page(plan, today).years if line.review is None]
    if not years:
        messages.info(request, "Every year of the plan so far has been reviewed")
        return redirect(_page(plan))
    decisions = Decision.objects.visible_to(request.user).select_related("body")
    form = ReviewForm(request.POST or None, years=years, decisions=decisions, cancel_url=_page(plan))
    made: list[Review] = []
    return _edit(
        request,
        plan,
        form,
        lambda said: made.append(actions.record_review(plan, **said, by=request.user)),
        said="Review recorded",
        heading="Record the yearly review",
        to=lambda: reverse("governance:review-detail", args=[made[0].pk]),
    )


def review_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the review found, and what follows: amendments, and the commitments of the year after."""
    _allow(request, "governance.view_lifecycle")
    those = Review.objects.filter(plan__in=Plan.objects.visible_to(request.user))
    review = get_object_or_404(those.select_related("plan", "decided_by__body", "recorded_by"), pk=pk)
    context = {
        "review": review,
        "follows": lifecycle.after_review(review),
        "back": _page(review.plan),
        "may_change": request.user.has_perm(CHANGE) and review.plan == _current(request),
    }
    return render(request, "governance/review_detail.html", context)


def sending_list(request: HttpRequest, slug: str) -> HttpResponse:
    plan = _plan(request, slug)
    log = Sending.objects.filter(plan=plan).select_related("version", "recorded_by")
    context = {
        "plan": plan,
        "back": _page(plan),
        "lede": lifecycle.sent_words(plan),
        "page": Paginator(log, PER_PAGE).get_page(request.GET.get("page")),
        "may_change": request.user.has_perm(CHANGE),
    }
    return render(request, "governance/sending_list.html", context)


def sending_add(request: HttpRequest, slug: str) -> HttpResponse:
    """With `?what=` what was sent is filled in: so the page of a pack leads here."""
    plan = _plan(request, slug, CHANGE)
    form = SendingForm(
        request.POST or None,
        versions=list(PlanVersion.objects.filter(plan=plan).order_by("order")),
        bodies=list(Body.objects.visible_to(request.user).standing(timezone.localdate())),
        organisations=list(Organisation.objects.visible_to(request.user).with_names()),
        sent=request.GET.get("what", ""),
        cancel_url=_page(plan),
    )
    return _edit(
        request,
        plan,
        form,
        lambda _: actions.log_sending(plan, **form.as_said(), by=request.user),
        said="Added to the log",
        heading="Who was sent it?",
        intro="For the plan and for packs. What is in the log stays there.",
    )


def _edit(
    request: HttpRequest,
    plan: Plan,
    form: Any,
    act: Callable[[dict[str, Any]], object],
    *,
    said: str,
    heading: str,
    to: Callable[[], str] | None = None,
    **context: Any,
) -> HttpResponse:
    """A form of the plan's: shown, refused with everything typed kept, or done and back to the page."""
    changed: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            act(dict(form.cleaned_data))
        except ValidationError as error:
            changed = lost_edits.refused(form, error, plan)
        else:
            messages.success(request, said)
            return redirect(to() if to else _page(plan))
    told: Mapping[str, Any] = {"plan": plan, "form": form, "changed": changed, "heading": heading, "back": _page(plan)}
    return render(request, "governance/lifecycle_edit.html", {**told, **context})


def _current(request: HttpRequest) -> Plan | None:
    _allow(request, "governance.view_lifecycle")
    return Plan.objects.visible_to(request.user).current(timezone.localdate())


def _plan(request: HttpRequest, slug: str, permission: str = "governance.view_lifecycle") -> Plan:
    _allow(request, permission)
    return get_object_or_404(Plan.objects.visible_to(request.user), slug=slug)


def _version(request: HttpRequest, pk: int) -> PlanVersion:
    _allow(request)
    those = PlanVersion.objects.filter(plan__in=Plan.objects.visible_to(request.user))
    return get_object_or_404(those.select_related("plan"), pk=pk)


def _allow(request: HttpRequest, permission: str = CHANGE) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _page(plan: Plan) -> str:
    return reverse("governance:lifecycle-plan", args=[plan.slug])


def _of(version: PlanVersion) -> str:
    return f"version {version.number}"
