"""Files of figures: upload one, watch it being compared, look at what it would change, record it, take it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import incoming, lost_edits
from accounts.erasing import holding
from accounts.models import RoleGrant
from accounts.withholding import withheld
from indicators import actions, taken
from indicators.feeds.pages import because
from indicators.forms import RecordForm, UndoForm, UploadForm
from indicators.models import Return, Upload
from indicators.uploads import marking, shown, waiting, workbook, working
from lib import file_names, jobs, too_large
from lib.quarters import Quarter
from lib.uploads import status

PER_PAGE = 25
NAMED = 5  # of those that could not be verified
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def upload_list(request: HttpRequest) -> HttpResponse:
    _allow(request)
    uploads = (
        Upload.objects.visible_to(request.user).defer("preview", "before").select_related("uploaded_by__organisation")
    )
    page = Paginator(uploads.prefetch_related("uploaded_by__organisation__names"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows = [(upload, *shown.state(upload), shown.whose(upload)) for upload in page]
    return render(
        request, "indicators/upload_list.html", {"page": page, "rows": rows, "quarter": _workbook_quarter(request)}
    )


@too_large.takes()
def upload_add(request: HttpRequest) -> HttpResponse:
    _allow(request)
    user, today, posted = request.user, timezone.localdate(), request.method == "POST"
    form = UploadForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        user=user,
        suppliers=shown.suppliers(user, today),
        own=not user.has_role(RoleGrant.Role.COORDINATOR),
        today=today,
        sender=incoming.sender(request),
        cancel_url=reverse("indicators:upload-list"),
    )
    if posted and form.is_valid():
        try:
            upload = actions.add_upload(**form.upload(), by=user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            return redirect(upload)
    context = {"form": form, "quarter": _workbook_quarter(request)}
    return render(request, "indicators/upload_add.html", context, status=status(form))


@never_cache
@require_safe
def upload_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One upload, in the state it is in."""
    return _shown(request, _visible(request, pk))


@never_cache
@require_safe
def upload_progress(request: HttpRequest, pk: int) -> JsonResponse:
    upload = _visible(request, pk)
    progress = jobs.progress(upload, timezone.now())
    return JsonResponse(
        {
            "state": upload.job_state,
            "label": progress.label,
            "percent": progress.percent,
            "finished": upload.is_finished,
            "stages": [{"state": stage.state, "note": stage.note} for stage in progress.stages],
        }
    )


@require_POST
def upload_record(request: HttpRequest, pk: int) -> HttpResponse:
    upload = _visible(request, pk, "indicators.record_upload")
    if not upload.is_previewed:
        return redirect(upload)  # pressed twice
    form = _record_form(upload, shown.preview(upload, 1, request.user), request.POST)
    if form.is_valid():
        try:
            actions.record_upload(upload, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            return redirect(upload)
    return _shown(request, upload, form)


@require_POST
def upload_throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    upload = _visible(request, pk, "indicators.undo_upload")
    try:
        actions.throw_away(upload, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(upload)
    messages.success(request, f"Thrown away: {upload.file_name}. Nothing of it was recorded")
    return redirect("indicators:upload-list")


@require_POST
def upload_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Verify together what a file brought; each figure that can't be verified says why."""
    upload = _visible(request, pk, "indicators.verify_upload")
    outcome = actions.verify_several(waiting.to_verify(upload), by=request.user)
    if outcome.verified:
        many = len(outcome.verified)
        messages.success(request, f"Verified: {many} figure{'' if many == 1 else 's'} of {upload.file_name}")
    for return_, sentence in outcome.refused[:NAMED]:
        messages.error(request, f"Not verified: {return_}. {sentence}")
    if len(outcome.refused) > NAMED:
        messages.error(request, f"Not verified: {len(outcome.refused) - NAMED} more")
    return redirect(upload)


def upload_undo(request: HttpRequest, pk: int) -> HttpResponse:
    upload = _visible(request, pk, "indicators.undo_upload")
    form = UndoForm(request.POST or None, cancel_url=upload.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        try:
            actions.undo_upload(upload, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(
                request, f"Taken back: all that {upload.file_name} brought. The returns are as they were before"
            )
            return redirect(upload)
    context = {
        "upload": upload,
        "form": form,
        "shown": shown.preview(upload, 1, request.user) if upload.is_recorded else None,
    }
    return render(request, "indicators/upload_undo.html", context)


@never_cache
@require_safe
def upload_marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The uploaded file with its refused cells marked, to be put right."""
    upload = _visible(request, pk)
    if removal := holding.of_file("indicators.upload", pk):
        return withheld(request, upload.file_name, removal, upload.get_absolute_url())
    try:
        content = marking.marked(upload, request.user)
    except marking.NothingToMark:
        raise Http404 from None
    except working.Gone:
        messages.error(request, "The file itself has been removed, so it can’t be given back")
        return redirect(upload)
    return _workbook(content, marking.name(upload))


@never_cache
@require_safe
def return_workbook(request: HttpRequest) -> HttpResponse:
    """The quarter's workbook with all that this person may give, prefilled with what is held."""
    _allow(request)
    today = timezone.localdate()
    returns = Return.objects.visible_to(request.user).giveable_by(request.user, today)
    try:
        asked = Quarter.parse(request.GET.get("quarter", ""))
    except ValueError:
        asked = workbook.latest(returns)
    chosen = returns.filter(round__quarter=asked) if asked else returns.none()
    if asked is None or not chosen.exists():
        raise Http404
    if request.method == "GET" and chosen.filter(indicator__is_restricted=True).exists():
        taken.tell(f"Workbook of returns, {asked}", "xlsx", by=request.user)
    return _workbook(workbook.of(chosen, asked), f"figures-{asked.slug}.xlsx")


def _workbook_quarter(request: HttpRequest) -> Quarter | None:
    """Which quarter's workbook is offered; None where this person has nothing to give."""
    returns = Return.objects.visible_to(request.user).giveable_by(request.user, timezone.localdate())
    return workbook.latest(returns)


def _allow(request: HttpRequest) -> None:
    if not request.user.has_perm("indicators.upload_figures"):
        raise PermissionDenied


def _visible(request: HttpRequest, pk: int, permission: str = "") -> Upload:
    people = ("uploaded_by__organisation", "recorded_by", "undone_by")
    upload = get_object_or_404(Upload.objects.visible_to(request.user).select_related(*people), pk=pk)
    if permission and not request.user.has_perm(permission, upload):
        raise PermissionDenied
    return upload


def _shown(request: HttpRequest, upload: Upload, form: RecordForm | None = None) -> HttpResponse:
    may_undo = request.user.has_perm("indicators.undo_upload", upload)
    context = {"upload": upload, "facts": shown.facts(upload), "may_undo": may_undo}
    if not upload.is_finished:
        context["progress"] = jobs.progress(upload, timezone.now())
        return render(request, "indicators/upload_working.html", context)
    if upload.is_failed:
        return render(request, "indicators/upload_failed.html", context)
    told = shown.preview(upload, request.GET.get("page"), request.user)
    if form is None and upload.is_previewed and told.changing:
        form = _record_form(upload, told)
    may_record = request.user.has_perm("indicators.record_upload", upload)
    context |= {"shown": told, "form": form if may_record else None, "kept": shown.kept_until(upload)}
    context["waiting"] = waiting.of(upload, request.user, timezone.localdate())
    context["may_verify"] = request.user.has_perm("indicators.verify_upload", upload)
    return render(request, "indicators/upload_detail.html", context)


def _record_form(upload: Upload, told: shown.Shown, data: object = None) -> RecordForm:
    return RecordForm(
        data,
        fingerprint=upload.fingerprint,
        button=told.button,
        refused=told.counts[shown.REFUSED],
        worth=told.worth,
        restates=told.restates,
        because=because(upload),
        action=reverse("indicators:upload-record", args=[upload.pk]),
    )


def _workbook(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": file_names.disposition(name)}
    return HttpResponse(content, content_type=XLSX, headers=headers)
