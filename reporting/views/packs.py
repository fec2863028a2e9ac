"""Packs: the list with what can be built, one pack (being built, ready, failed), its progress, and the file."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import lost_edits
from lib import file_names, jobs
from reporting import pack_list as pack_list_page
from reporting import pack_pages
from reporting.actions import building, downloads
from reporting.builds import pack_files
from reporting.forms.issuing import ApproveForm, IssueForm
from reporting.forms.packs import PackRequestForm
from reporting.models import Download, Pack
from reporting.views.handing_out import withheld

MOST_TAKEN = 20  # named on a pack's page; the log has them all


@require_safe
def pack_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("reporting.download_pack"):
        raise PermissionDenied
    may_build = request.user.has_perm("reporting.build_pack")
    packs = Pack.objects.visible_to(request.user)
    page = pack_list_page.list_page(packs, request.user, may_build, timezone.localdate())
    return render(request, "reporting/pack_list.html", {"page": page, "may_build": may_build})


@require_POST
def pack_request(request: HttpRequest) -> HttpResponse:
    """Ask for a pack; sent twice, it builds once."""
    if not request.user.has_perm("reporting.build_pack"):
        raise PermissionDenied
    form = PackRequestForm(request.POST)
    if form.is_valid():
        try:
            pack = building.request_pack(**form.asked, by=request.user)
        except building.AlreadyThere as there:
            messages.info(request, there.messages[0])
            return redirect(there.pack)
        except ValidationError as refusal:
            lost_edits.add(form, refusal)
        else:
            return redirect(pack)
    packs = Pack.objects.visible_to(request.user)
    page = pack_list_page.list_page(packs, request.user, True, timezone.localdate())
    return render(request, "reporting/pack_list.html", {"page": page, "may_build": True, "form": form})


@never_cache
@require_safe
def pack_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One pack, in the state it is in."""
    found = Pack.objects.visible_to(request.user)
    found = found.select_related("plan", "requested_by", "issued_by", "withdrawn_by")
    pack = get_object_or_404(found.beside("made_from", "supersedes", "adds_to"), pk=pk)
    may_build = request.user.has_perm("reporting.build_pack")
    if pack.is_ready:
        return _ready(request, pack)
    context = {
        "pack": pack,
        "page": pack_pages.building_page(pack, request.user),
        "progress": jobs.progress(pack, timezone.now()),
        "may_build": may_build,
    }
    return render(request, "reporting/pack_failed.html" if pack.is_failed else "reporting/pack_building.html", context)


def _ready(request: HttpRequest, pack: Pack) -> HttpResponse:
    page = pack_pages.ready_page(pack, request.user, timezone.now())
    context = {"pack": pack, "page": page}
    if page.doing.approve:
        context["approve_form"] = ApproveForm(pack=pack, action=reverse("reporting:pack-approve", args=[pack.pk]))
    if page.doing.issue:
        context["issue_form"] = IssueForm(pack=pack, action=reverse("reporting:pack-issue", args=[pack.pk]))
    if pack.issued_at and request.user.has_perm("governance.change_lifecycle"):
        context["record_url"] = pack_pages.record_url(pack)
    if request.user.has_perm("reporting.view_downloads"):
        taken = Download.objects.visible_to(request.user).filter(pack=pack).select_related("by")
        context["taken"] = list(taken[:MOST_TAKEN])
        context["shows_taken"] = context["taken"] or not pack.is_public
    return render(request, "reporting/pack_ready.html", context)


@never_cache
@require_safe
def pack_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """For `static/js/progress.js`: label, per cent, stages, and whether it has ended."""
    pack = get_object_or_404(Pack.objects.visible_to(request.user), pk=pk)
    progress = jobs.progress(pack, timezone.now())
    return JsonResponse(
        {
            "state": pack.job_state,
            "label": progress.label,
            "percent": progress.percent,
            "finished": pack.is_finished,
            "stages": [{"state": stage.state, "note": stage.note} for stage in progress.stages],
        }
    )


@never_cache
@require_safe
def pack_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored bytes, exactly as they were built, or a page that says why they are not handed out."""
    pack = get_object_or_404(Pack.objects.visible_to(request.user).filter(job_state=Pack.JobState.READY), pk=pk)
    if not request.user.has_perm("reporting.download_pack", pack):
        raise PermissionDenied
    if instead := withheld(request, pack):
        return instead
    try:
        content = pack_files.read(pack)
    except pack_files.Damaged as damage:
        context = {"pack": pack, "damage": str(damage)}
        return render(request, "reporting/pack_damaged.html", context, status=500)
    if request.method == "GET":
        downloads.record_download(pack, form="pdf", by=request.user)
    name = pack_files.download_name(pack, settings.AREA_NAME)
    headers = {"Content-Disposition": file_names.disposition(name)}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
