"""The page of money and its spreadsheet: what there is, what it is for, what is spent, what ends when."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from governance.funding import overview, workbook
from governance.models import FundingApplication, Undertaking
from lib import file_names

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VIEW, CHANGE, APPLICATIONS = "governance.view_funding", "governance.change_funding", "governance.view_applications"


@require_safe
def funding(request: HttpRequest) -> HttpResponse:
    """For the year that is asked for with `?year=2017-18`, or the one that `Held.year` chooses."""
    _allow(request)
    page = overview.gather(request.user, timezone.localdate(), request.GET.get("year", ""))
    context: dict[str, Any] = {
        "page": page,
        "year": page.year,
        "may_change": request.user.has_perm(CHANGE),
        **_deciding(request),
    }
    if page.held.holds_sample:
        context["holds_sample"] = True  # elsewhere it is the installation that says so
    return render(request, "governance/funding.html", context)


@never_cache
@require_safe
def funding_workbook(request: HttpRequest) -> HttpResponse:
    """All of it as a workbook; forecasts are those of the year."""
    _allow(request)
    now = timezone.now()
    content, name = workbook.of(request.user, now, request.GET.get("year", ""))
    headers = {"Content-Disposition": file_names.disposition(name)}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _allow(request: HttpRequest) -> None:
    if not request.user.has_perm(VIEW):
        raise PermissionDenied


def _deciding(request: HttpRequest) -> dict[str, Any]:
    """How many applications wait for a decision and how many conditions of agreed money are open, for whoever sees them."""
    if not request.user.has_perm(APPLICATIONS):
        return {"sees_applications": False}
    on_money = {"kind": Undertaking.Kind.CONDITION, "approval__application__isnull": False}
    conditions = Undertaking.objects.visible_to(request.user).open().filter(**on_money)
    return {
        "sees_applications": True,
        "waiting": FundingApplication.objects.visible_to(request.user).waiting().count(),
        "conditions": conditions.filter(approval__withdrawn_at__isnull=True).count(),
    }
