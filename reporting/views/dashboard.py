"""The CSP Executive's dashboard: the latest quarter, any quarter of the plan, and its figures as a table."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from lib import file_names
from lib.known_on import KnownOnForm
from lib.quarters import Quarter
from reporting import dashboard_pages, snapshots, terms
from reporting.actions import downloads
from reporting.dashboard import download


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Leads to the latest quarter with figures."""
    _allow(request)
    quarter = dashboard_pages.latest()
    if quarter and terms.plan_of(quarter):
        return redirect("reporting:dashboard-detail", quarter)
    may_open = request.user.has_perm("indicators.run_round")
    return render(request, "reporting/dashboard.html", {"may_open": may_open})


@require_safe
def dashboard_detail(request: HttpRequest, quarter: Quarter) -> HttpResponse:
    _allow(request)
    today = timezone.localdate()
    known = KnownOnForm(request.GET, today=today)
    kept = dashboard_pages.make(quarter, known) if known.day else dashboard_pages.content(quarter, today)
    if kept is None:
        raise Http404(terms.refusal(quarter))
    context = {
        "quarter": quarter,
        "content": kept.html,
        "holds_sample": kept.is_sample,
        "form": known,
        "not_open": dashboard_pages.not_open_by(quarter, known.day) if known.day else "",
    }
    return render(request, "reporting/dashboard_detail.html", context)


@require_safe
def dashboard_csv(request: HttpRequest, quarter: Quarter) -> HttpResponse:
    """The same figures as a table. Who takes a copy with restricted indicators is kept, as with packs."""
    _allow(request)
    plan = terms.plan_of(quarter)
    if plan is None:
        raise Http404(terms.refusal(quarter))
    known = KnownOnForm(request.GET, today=timezone.localdate())
    if known.is_refused:
        return redirect(f"{reverse('reporting:dashboard-detail', args=[quarter])}?{request.GET.urlencode()}")
    snapshot = snapshots.take(plan, quarter, known.moment)
    if request.method == "GET":
        downloads.record_figures_taken(snapshot, what="Dashboard", form="csv", known_on=known.day, by=request.user)
    name = download.file_name(snapshot, settings.AREA_NAME, known.day)
    headers = {"Content-Disposition": file_names.disposition(name)}
    return HttpResponse(download.csv_file(snapshot), content_type="text/csv; charset=utf-8", headers=headers)


def _allow(request: HttpRequest) -> None:
    if not request.user.has_perm("reporting.view_dashboard"):
        raise PermissionDenied
