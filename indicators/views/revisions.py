"""Revisions of a series: give new figures for several quarters, look at them together, verify or send back all of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import lost_edits
from accounts.models import RoleGrant
from indicators import actions, entry, revisable, revising
from indicators.forms import ReviseForm, RevisionBackForm
from indicators.models import Revision
from indicators.views.reach import indicator_in_sight
from lib.editing import Stale


def indicator_revise(request: HttpRequest, slug: str) -> HttpResponse:
    indicator = indicator_in_sight(request, slug, "indicators.revise_indicator")
    found = revisable.gather(indicator)
    if not found.quarters:
        return render(request, "indicators/revision_nothing.html", {"indicator": indicator, "revisable": found})
    form, changed = _form(request, found), []
    if request.method == "POST" and form.is_valid():
        try:
            revision = actions.revise(indicator, **form.revision(), by=request.user)
        except Stale as stale:
            now = revisable.gather(indicator)
            changed = revisable.moved(now, form.opened_at())
            form.take_up(now)
            form.add_error(None, stale)
        except ValidationError as refusal:
            lost_edits.add(form, refusal)
        else:
            messages.success(request, "Sent. Nothing that is shown changes until somebody else has verified it")
            return redirect(revision)
    context = {"indicator": indicator, "revisable": form.revisable, "form": form, "changed": changed}
    return render(request, "indicators/revision_make.html", context)


def _form(request: HttpRequest, found: revisable.Revisable) -> ReviseForm:
    today, any_return = timezone.localdate(), found.quarters[0].return_
    leads = entry.data_leads(any_return, today)
    return ReviseForm(
        request.POST or None,
        revisable=found,
        user=request.user,
        suppliers=entry.suppliers(any_return, request.user, today),
        own=request.user in leads or not request.user.has_role(RoleGrant.Role.COORDINATOR),
        likely=leads[0] if len(leads) == 1 else None,
        today=today,
    )


def revision_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("indicators.view_revision"):
        raise PermissionDenied
    waiting, others = revising.in_list(request.user)
    return render(request, "indicators/revision_list.html", {"waiting": waiting, "others": others})


def revision_detail(request: HttpRequest, pk: int) -> HttpResponse:
    revision = _visible(request, pk)
    page = revising.page(revision, request.user, timezone.localdate())
    context = {
        "revision": revision,
        "page": page,
        "may_check": request.user.has_perm("indicators.check_revision") and page.summary.waits,
        "may_revise": request.user.has_perm("indicators.revise_indicator", revision.indicator),
    }
    return render(request, "indicators/revision_detail.html", context)


@require_POST
def revision_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """What a revision holds never changes, so what was looked at is what is verified."""
    revision = _visible(request, pk, "indicators.check_revision")
    try:
        verified = actions.verify_revision(revision, by=request.user)
    except ValidationError as refusal:
        messages.error(request, f"Nothing was verified. {' '.join(refusal.messages)}")
    else:
        figures = "One figure is" if len(verified) == 1 else f"All {len(verified)} figures are"
        messages.success(request, f"{figures} verified, and shown from now on")
    return redirect(revision)


def revision_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    revision = _visible(request, pk, "indicators.check_revision")
    today = timezone.localdate()
    page = revising.page(revision, request.user, today)
    if not page.summary.waits:
        messages.error(request, f"Nothing was sent back. {revising.refusal(revision)}")
        return redirect(revision)
    back = revision.get_absolute_url()
    form = RevisionBackForm(request.POST or None, indicator=revision.indicator, today=today, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_back_revision(revision, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            lost_edits.add(form, refusal)
        else:
            messages.success(request, "Sent back with your comment")
            return redirect(revision)
    return render(request, "indicators/revision_send_back.html", {"revision": revision, "page": page, "form": form})


def _visible(request: HttpRequest, pk: int, permission: str = "indicators.view_revision") -> Revision:
    revisions = Revision.objects.visible_to(request.user).select_related("indicator__owner", "made_by")
    revision = get_object_or_404(revisions, pk=pk)
    if not request.user.has_perm(permission):
        raise PermissionDenied
    return revision
