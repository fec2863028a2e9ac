"""The scrutiny committee's page, and dispatched editions before their publication for who may read them under embargo."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reporting.actions import downloads
from reporting.builds import pack_files
from reporting.committee import page as pages
from reporting.models import Pack
from reporting.register import addresses, records
from reporting.register.addresses import About, Number
from reporting.views.handing_out import handed_out

VIEW, UNDER_EMBARGO, WRITE = (
    f"reporting.{name}" for name in ("view_committee", "read_under_embargo", "write_cover_report")
)


@never_cache
@require_safe
def committee(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    page = pages.build(
        request.user,
        timezone.now(),
        timezone.localdate(),
        reads_under_embargo=request.user.has_perm(UNDER_EMBARGO),
    )
    context = {"page": page, "may_write": request.user.has_perm(WRITE), "holds_sample": page.is_sample}
    return render(request, "reporting/committee.html", context)


@never_cache
@require_safe
def committee_issue(request: HttpRequest, about: About, number: Number) -> HttpResponse:
    """A report under embargo; once it is public, its permanent address."""
    pack = _dispatched(request, about, number)
    if pack.is_published(timezone.now()):
        return redirect(addresses.address(pack))
    page = pages.embargo_page(pack)
    return render(request, "reporting/committee_issue.html", {"page": page, "holds_sample": page.is_sample})


@never_cache
@require_safe
def committee_pdf(request: HttpRequest, about: About, number: Number) -> HttpResponseBase:
    pack = _dispatched(request, about, number)
    if pack.is_published(timezone.now()):
        return redirect("reporting:report-pdf", *addresses.parts(pack))
    response = handed_out(
        request,
        pack,
        read=lambda: pack_files.read(pack),
        sha256=pack.pdf_sha256,
        content_type="application/pdf",
        name=records.download_name(pack),
        caching="private, no-store",
        back=pages.under_embargo(pack),
    )
    if request.method == "GET" and response.status_code == 200:
        downloads.record_read_under_embargo(pack, by=request.user)
    return response


def _dispatched(request: HttpRequest, about: About, number: Number) -> Pack:
    """Out of everybody else's sight: nobody is told that there is something to wait for."""
    pack = pages.dispatched(about, number, timezone.now()) if request.user.has_perm(UNDER_EMBARGO) else None
    if pack is None:
        raise Http404
    return pack
