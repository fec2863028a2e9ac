"""Who still has which role, quarter by quarter."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import actions, reviewing
from accounts.forms import SettleForm
from lib.quarters import Quarter


def review_detail(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("accounts.view_review"):
        raise PermissionDenied
    review, today = reviewing.latest(), timezone.localdate()
    if request.method == "POST" and review is not None:
        form = SettleForm(request.POST)
        if form.is_valid():
            try:
                settled = actions.settle_review(
                    review, keep=form.keep, end=form.end, at=timezone.now(), by=request.user
                )
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            else:
                _tell(request, settled)
        else:
            messages.error(request, " ".join(form.non_field_errors()))
        return redirect("accounts:review-detail")
    context = {
        "shown": reviewing.page(review, request.user, today) if review else None,
        "may_open": request.user.has_perm("accounts.open_review") and (review is None or review.closed_at is not None),
        "quarter": Quarter.of(today),
    }
    return render(request, "accounts/review_detail.html", context)


@require_POST
def review_open(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("accounts.open_review"):
        raise PermissionDenied
    now = timezone.now()
    try:
        review = actions.open_review(quarter=Quarter.of(timezone.localdate(now)), at=now, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Opened: {review}")
    return redirect("accounts:review-detail")


def _tell(request: HttpRequest, settled: actions.Settled) -> None:
    if settled.confirmed or settled.ended:
        messages.success(request, f"Confirmed: {settled.confirmed}. Ended: {settled.ended}")
    for sentence in dict.fromkeys(settled.refused):
        messages.warning(request, sentence)
    if not (settled.confirmed or settled.ended or settled.refused):
        messages.warning(request, "Nothing was chosen: say of a role whether it goes on or ends")
