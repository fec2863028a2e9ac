"""What people told the partnership, and what was done about it: public pages, a PDF and a table, and a preview for who publishes them."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultation.models import Consultation
from lib import file_names, throttle
from lib.sheets import csv_of
from priorities.models import Plan
from reporting.told import document, done, listing, page, reading, table
from reporting.told.done import Done
from reporting.told.shape import Found


@login_not_required
@require_safe
def told_list(request: HttpRequest) -> HttpResponse:
    every = reading.read_all(Consultation.objects.published())
    context = {"lines": listing.lines(every), "holds_sample": any(found.is_sample for found in every)}
    return render(request, "reporting/told_list.html", context)


@login_not_required
@require_safe
def told_detail(request: HttpRequest, slug: str) -> HttpResponse:
    consultation, found = _found(request, slug)
    context = {
        "page": page.build(found, _earlier(consultation)),
        "consultation": consultation,
        "holds_sample": found.is_sample,
        "preview": "" if found.is_published else "?preview",
    }
    return render(request, "reporting/told_detail.html", context)


@login_not_required
@require_safe
def told_done(request: HttpRequest, slug: str) -> HttpResponse:
    """You asked, we did."""
    consultation, found = _found(request, slug)
    answered = _done(consultation, found)
    context = {
        "found": found,
        "done": answered,
        "holds_sample": answered.is_sample,
        "preview": "" if found.is_published else "?preview",
    }
    return render(request, "reporting/told_done.html", context)


@login_not_required
@require_safe
@throttle.by_address("drawn for the public", 20)  # each is drawn anew
def told_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    consultation, found = _found(request, slug)
    whole = page.build(found, _earlier(consultation))
    address = settings.SITE_URL + reverse("reporting:told-done", args=[slug])
    pdf = document.pdf(whole, _done(consultation, found), partnership=settings.PARTNERSHIP_NAME, address=address)
    return _file(pdf, "application/pdf", table.file_name(found, "pdf"))


@login_not_required
@require_safe
def told_csv(request: HttpRequest, slug: str) -> HttpResponse:
    _, found = _found(request, slug)
    return _file(csv_of(table.rows(found)), "text/csv; charset=utf-8", table.file_name(found, "csv"))


def _found(request: HttpRequest, slug: str) -> tuple[Consultation, Found]:
    """What is published, for anyone; with `?preview` what has been analysed too, for who may see it before."""
    seen = Consultation.objects.published()
    if "preview" in request.GET:
        seen = Consultation.objects.visible_to(request.user)
    consultation = get_object_or_404(seen.select_related("earlier"), slug=slug)
    found = reading.read(consultation)
    if found is None:
        raise Http404("Nothing has been counted yet.")
    return consultation, found


def _earlier(consultation: Consultation) -> Found | None:
    """What it is compared with, where the public may know that."""
    earlier = consultation.earlier
    return reading.read(earlier) if earlier and earlier.is_published else None


def _done(consultation: Consultation, found: Found) -> Done:
    today = timezone.localdate()
    public_plan = Plan.objects.visible_to(AnonymousUser()).current(today)
    return done.read(consultation, found, public_plan=public_plan, on=today)


def _file(held: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(held, content_type=kind, headers={"Content-Disposition": file_names.disposition(name)})
