"""The covering report that takes an issued public pack to the scrutiny committee: written here, handed out as PDF and as a Word document."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import lost_edits
from accounts.audit import Line
from lib import file_names
from lib.typesetting import PdfProblem
from reporting.actions import committee as actions
from reporting.clearing import publishing
from reporting.committee import cover_report, document, sections, word
from reporting.committee.cover_report import Drawn
from reporting.committee.page import meetings
from reporting.disclosure import Passage
from reporting.forms.committee import CoverReportForm
from reporting.models import CoverReport, Pack
from reporting.register import records
from reporting.views.handing_out import withheld

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cover_report_edit(request: HttpRequest, pk: int) -> HttpResponse:
    pack = _pack(request, pk)
    report = cover_report.held(pack)
    texts = _texts(request, pack, report)
    coming = meetings(request.user, timezone.localdate())
    form = CoverReportForm(request.POST or None, report=report, texts=texts, meetings=coming)
    changed: list[Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(pack, **form.asked, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, cover_report.held(pack) or CoverReport(pack=pack))
        else:
            messages.success(request, "The covering report is saved")
            return redirect("reporting:cover-report-edit", pk)
    context = {
        "pack": pack,
        "title": records.title(pack),
        "is_saved": report is not None,
        "empty": sections.empty(texts),
        "to_look_at": _to_look_at(pack, report),
        "form": form,
        "changed": changed,
        "holds_sample": pack.is_sample,
    }
    return render(request, "reporting/cover_report_edit.html", context)


@never_cache
@require_safe
def cover_report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    pack = _pack(request, pk)
    if instead := withheld(request, pack):
        return instead
    try:
        content = document.pdf(_drawn(request, pack))
    except PdfProblem as problem:
        messages.error(request, str(problem))
        return redirect("reporting:cover-report-edit", pk)
    return _file(content, "application/pdf", cover_report.file_name(pack, "pdf"))


@never_cache
@require_safe
def cover_report_word(request: HttpRequest, pk: int) -> HttpResponse:
    pack = _pack(request, pk)
    if instead := withheld(request, pack):
        return instead
    return _file(word.word(_drawn(request, pack)), WORD, cover_report.file_name(pack, "docx"))


def _pack(request: HttpRequest, pk: int) -> Pack:
    """An issued public edition; 404 for what is out of sight, 403 for who may see it and doesn't write reports."""
    pack = get_object_or_404(Pack.objects.visible_to(request.user).dispatched(), pk=pk)
    if not request.user.has_perm("reporting.write_cover_report", pack):
        raise PermissionDenied
    return pack


def _texts(request: HttpRequest, pack: Pack, report: CoverReport | None) -> dict[str, str]:
    return report.texts if report else cover_report.prefilled(pack, request.user.post)


def _to_look_at(pack: Pack, report: CoverReport | None) -> list[tuple[str, Passage]]:
    """The section and the sentence, of what was saved."""
    found = publishing.to_look_at(pack, report.texts, cover_report.prefilled(pack, "")) if report else ()
    titles = {section.key: section.title for section in sections.SECTIONS}
    return [(titles[one.place], one) for one in found if one.place in titles]


def _drawn(request: HttpRequest, pack: Pack) -> Drawn:
    report = cover_report.held(pack)
    return cover_report.draw(pack, report, _texts(request, pack, report))


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": file_names.disposition(name)}
    )
