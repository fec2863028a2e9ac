"""What a project returns to its funder for one quarter: as a page that prints, and as a spreadsheet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.funding import funder_return, return_sheet
from governance.funding.funder_return import FunderReturn
from governance.views.projects_reach import REPORT, project_in_sight
from indicators import taken
from lib import file_names
from lib.quarters import Quarter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def project_return(request: HttpRequest, slug: str, quarter: Quarter) -> HttpResponse:
    told = _told(request, slug, quarter)
    context = {
        "project": told.project,
        "told": told,
        "facts": funder_return.facts(told),
        "output_rows": [(line, line.counts.get(quarter)) for line in told.outputs],
        "may_report": request.user.has_perm(REPORT, told.project),
        "size": len(return_sheet.of(told)),
    }
    return render(request, "governance/project_return.html", context)


@require_safe
def project_return_download(request: HttpRequest, slug: str, quarter: Quarter) -> HttpResponse:
    told = _told(request, slug, quarter)
    if request.method == "GET" and any(moved.is_restricted for moved in told.moved):
        taken.tell(f"Report to a funder on {told.project}, {quarter}", "xlsx", by=request.user)
    response = HttpResponse(return_sheet.of(told), content_type=XLSX)
    response["Content-Disposition"] = file_names.disposition(told.file_name)
    return response


def _told(request: HttpRequest, slug: str, quarter: Quarter) -> FunderReturn:
    project, today = project_in_sight(request, slug), timezone.localdate()
    if not funder_return.is_about_something(project, quarter, today):
        raise Http404
    return funder_return.gather(project, quarter, request.user, today)
