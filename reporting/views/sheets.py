"""The sheet of a body for its meeting: a page and a PDF, for its members, the CSP Executive and the partnership team."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from governance.models import Body
from indicators.models import Indicator
from lib import file_names
from lib.quarters import Quarter
from reporting import sheets, sight, snapshots, terms
from reporting.actions import downloads
from reporting.pdf import sheet as sheet_pdf
from reporting.sheets import Sheet


@require_safe
def sheet_detail(request: HttpRequest, slug: str, quarter: Quarter) -> HttpResponse:
    sheet = _sheet(request, slug, quarter)
    context = {
        "sheet": sheet,
        "quarter": quarter,
        "holds_sample": sheet.snapshot.is_sample,
        "meets": sheets.meets(sheet.snapshot),
    }
    return render(request, "reporting/sheet_detail.html", context)


@require_safe
def sheet_download(request: HttpRequest, slug: str, quarter: Quarter) -> HttpResponse:
    """Set at once: a sheet is a page or three. Who takes a copy with restricted indicators is kept, as with packs."""
    sheet = _sheet(request, slug, quarter)
    if request.method == "GET":
        downloads.record_figures_taken(sheet.snapshot, what=f"Sheet of {sheet.body}", form="pdf", by=request.user)
    name = f"{sheet.body.slug}-{quarter.slug}.pdf"
    headers = {"Content-Disposition": file_names.disposition(name)}
    made = sheet_pdf.render(sheet.snapshot, sheet.body, sheet.plan, lede=sheet.lede, no_actions=sheet.no_actions)
    return HttpResponse(made.pdf, content_type="application/pdf", headers=headers)


def _sheet(request: HttpRequest, slug: str, quarter: Quarter) -> Sheet:
    body = get_object_or_404(Body.objects.visible_to(request.user), slug=slug)
    if not request.user.has_perm("governance.view_body_work", body):
        raise PermissionDenied
    plan = terms.plan_of(quarter)
    if plan is None:
        raise Http404(terms.refusal(quarter))
    seen = set(Indicator.objects.visible_to(request.user).values_list("slug", flat=True))
    snapshot = sight.seen_by(snapshots.take(plan, quarter), request.user)
    sheet = sheets.build(snapshot, body.slug, sees=lambda part: part.slug in seen)
    if sheet is None:
        raise Http404("This body carries out no delivery plan.")
    return sheet
