"""The queue of what may tell of harm to somebody."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import audit, lost_edits
from consultation import disclosing, harm
from consultation.actions import disclosures as actions
from consultation.forms.words_disclosures import HandOverForm, SettleForm
from consultation.models import Disclosure
from consultation.views.words_reach import RUN
from lib.editing import VersionForm

SETTLE = "consultation.settle_disclosure"
PER_PAGE = 50


@require_safe
def disclosure_list(request: HttpRequest) -> HttpResponse:
    """What waits, longest first; with `?settled=yes` what was settled, latest first. For the team, and whoever one was handed to."""
    seen = Disclosure.objects.visible_to(request.user)
    if not request.user.has_perm(RUN) and not seen.exists():
        raise PermissionDenied
    settled = request.GET.get("settled") == "yes"
    seen = seen.select_related("consultation", "comment", "owner", "raised_by", "settled_by")
    chosen = seen.filter(settled_at__isnull=False).order_by("-settled_at", "-pk") if settled else seen.waiting()
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "lines": disclosing.lines(page, today),
        "lede": disclosing.lede(disclosing.lines(seen.waiting(), today)),
        "page": page,
        "settled": settled,
    }
    return render(request, "consultation/disclosure_list.html", context)


def disclosure_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The comment, what to do, and the box in which to say what was done."""
    disclosure, changed = _disclosure(request, pk), None
    form = SettleForm(request.POST or None, disclosure=disclosure)
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle(disclosure, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, disclosure)
        else:
            messages.success(request, "Settled")
            return redirect("consultation:disclosure-list")
    (line,) = disclosing.lines([disclosure], timezone.localdate())
    context = {
        "line": line,
        "disclosure": disclosure,
        "form": form,
        "changed": changed,
        "harm": harm.words_found(disclosure.comment.text) if disclosure.comment else (),
        "may_read": request.user.has_perm(RUN),
        "lines": audit.lines(audit.history(disclosure)),
    }
    return render(request, "consultation/disclosure_detail.html", context)


def disclosure_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    disclosure, changed = _disclosure(request, pk), None
    back = reverse("consultation:disclosure-detail", args=[pk])
    form = HandOverForm(
        request.POST or None,
        disclosure=disclosure,
        people=disclosing.people(timezone.localdate()),
        cancel_url=back,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(disclosure, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, disclosure)
        else:
            messages.success(request, f"{disclosure.owner.name} sees to it from now on. Ring them: they are not mailed")
            return redirect("consultation:disclosure-list" if request.user.has_perm(RUN) else "reporting:home")
    context = {"disclosure": disclosure, "form": form, "changed": changed}
    return render(request, "consultation/disclosure_hand_over.html", context)


@require_POST
def disclosure_take_up(request: HttpRequest, pk: int) -> HttpResponse:
    disclosure = _disclosure(request, pk)
    form = VersionForm(request.POST)
    try:
        actions.take_up(disclosure, version=form.cleaned_data["version"] if form.is_valid() else 0, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, "It waits again to be seen to")
    return redirect("consultation:disclosure-detail", pk)


def _disclosure(request: HttpRequest, pk: int) -> Disclosure:
    seen = Disclosure.objects.visible_to(request.user)
    beside = ("consultation", "owner", "raised_by", "settled_by", "comment__question", "comment__response__channel")
    disclosure = get_object_or_404(seen.select_related(*beside), pk=pk)
    if not request.user.has_perm(SETTLE, disclosure):
        raise PermissionDenied
    return disclosure
