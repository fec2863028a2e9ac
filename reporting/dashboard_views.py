"""The CSP Executive's dashboard: the latest quarter, any quarter of the plan, and its figures as a table."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lib.quarters import Quarter
from priorities.models import Plan
from reporting import dashboard_pages, snapshots, terms
from reporting.dashboard import download
from reporting.models import Pack


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Leads to the latest quarter with figures."""
    if not request.user.has_perm("reporting.view_dashboard"):
        raise PermissionDenied
    quarter = dashboard_pages.latest()
    if quarter and terms.plan_of(quarter):
        return redirect("reporting:dashboard-detail", quarter)
    may_open = request.user.has_perm("indicators.run_round")
    return render(request, "reporting/dashboard.html", {"may_open": may_open})


@require_safe
def dashboard_detail(request: HttpRequest, quarter: Quarter) -> HttpResponse:
    plan = _plan(request, quarter)
    packs = Pack.objects.visible_to(request.user).filter(plan=plan, quarter=quarter, job_state=Pack.JobState.READY)
    context = {
        "quarter": quarter,
        "around": dashboard_pages.around(quarter),
        "pack": packs.defer("snapshot").order_by("issue").last(),
        "body": dashboard_pages.body(plan, quarter, timezone.localdate()),
    }
    return render(request, "reporting/dashboard_detail.html", context)


@require_safe
def dashboard_csv(request: HttpRequest, quarter: Quarter) -> HttpResponse:
    snapshot = snapshots.take(_plan(request, quarter), quarter)
    name = download.file_name(snapshot, settings.AREA_NAME)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(download.csv_file(snapshot), content_type="text/csv; charset=utf-8", headers=headers)


def _plan(request: HttpRequest, quarter: Quarter) -> Plan:
    """The plan that shows this quarter, for those who may see all of it."""
    if not request.user.has_perm("reporting.view_dashboard"):
        raise PermissionDenied
    plan = terms.plan_of(quarter)
    if plan is None:
        raise Http404(terms.refusal(quarter))
    return plan
