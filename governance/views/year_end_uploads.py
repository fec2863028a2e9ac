"""A delivery plan's actions as a spreadsheet: download it, upload one, look at what it would change, record it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import incoming, lost_edits
from governance.actions import uploads
from governance.forms.year_end_uploads import RecordForm, UploadForm
from governance.models import DeliveryPlan, PlanUpload
from governance.plan_sheets import comparing, shown, workbook
from governance.views.updates_reach import plan_in_sight
from lib import file_names, too_large
from lib.quarters import Quarter, Year
from lib.uploads import status

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PERMISSION = "governance.draft_plan"


@never_cache
@require_safe
def delivery_plan_workbook(request: HttpRequest, slug: str, year: Year) -> HttpResponse:
    """The plan as a workbook, with the updates of the quarter asked for, else of the one that ended last."""
    plan = plan_in_sight(request, slug, year)
    try:
        asked = request.GET.get("quarter", "")
        quarter = Quarter.parse(asked) if asked else workbook.last_ended(year, timezone.localdate())
    except ValueError:
        raise Http404 from None
    if quarter.year != year:
        raise Http404
    name = f"actions-{plan.body.slug}-{year}{'' if plan.is_draft else f'-q{quarter.number}'}.xlsx"
    headers = {"Content-Disposition": file_names.disposition(name)}
    return HttpResponse(workbook.of(plan, quarter, by=request.user), content_type=XLSX, headers=headers)


@too_large.takes(uploads.MOST_BYTES)
def plan_upload_add(request: HttpRequest, slug: str, year: Year) -> HttpResponse:
    plan = _allowed(request, slug, year)
    posted, refusal = request.method == "POST", comparing.why_none(plan)
    quarter = workbook.last_ended(year, timezone.localdate())
    form = UploadForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        plan=plan,
        quarter=quarter,
        sender=incoming.sender(request),
    )
    if posted and form.is_valid():
        try:
            upload = uploads.add(plan, **form.upload(), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            return redirect(_address(upload, plan))
    earlier = PlanUpload.objects.filter(delivery_plan=plan, recorded_at__isnull=False).select_related("recorded_by")
    context = {"plan": plan, "form": form, "refusal": refusal, "quarter": quarter, "earlier": _told(earlier, plan)}
    return render(request, "governance/plan_upload_add.html", context, status=status(form))


@never_cache
def plan_upload_detail(request: HttpRequest, slug: str, year: Year, pk: int) -> HttpResponse:
    """What the file would change; posted, it is recorded if that is still what was looked at."""
    plan = _allowed(request, slug, year)
    people = ("uploaded_by__organisation", "recorded_by__organisation")
    upload = get_object_or_404(PlanUpload.objects.filter(delivery_plan=plan).select_related(*people), pk=pk)
    upload.delivery_plan = plan
    form, told = _form(upload, request.POST or None, 1)
    if request.method == "POST" and form.is_valid():
        try:
            uploads.record(upload, **form.cleaned_data, by=request.user)
        except uploads.MovedOn as error:
            uploads.compare_again(upload, by=request.user)
            form, told = _form(upload, None, 1)
            return _shown(request, upload, form, told, notice=error.messages[0])
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, _done(told))
            return redirect(_address(upload, plan))
    if request.method != "POST":
        form, told = _form(upload, None, request.GET.get("page"))
    return _shown(request, upload, form, told)


def _form(upload: PlanUpload, data: object, page: object) -> tuple[RecordForm, shown.Shown]:
    told = shown.preview(upload, page)
    return RecordForm(data, fingerprint=upload.fingerprint, button=told.button), told


def _shown(
    request: HttpRequest, upload: PlanUpload, form: RecordForm, told: shown.Shown, notice: str = ""
) -> HttpResponse:
    may_record = told.comparison.may_be_recorded and upload.recorded_at is None
    context = {
        "upload": upload,
        "plan": upload.delivery_plan,
        "shown": told,
        "form": form if may_record or form.errors else None,
        "may_record": may_record,
        "facts": shown.facts(upload),
        "notice": notice,
    }
    return render(request, "governance/plan_upload_detail.html", context)


def _done(told: shown.Shown) -> str:
    with_chair = ". The chair agrees what was drafted" if told.comparison.is_report else ""
    return f"{told.recorded.removesuffix('.')}{with_chair}"


def _told(earlier: object, plan: DeliveryPlan) -> list[tuple[PlanUpload, str]]:
    return [(upload, _address(upload, plan)) for upload in earlier[:5]]  # type: ignore[index]


def _address(upload: PlanUpload, plan: DeliveryPlan) -> str:
    return reverse("governance:plan-upload-detail", args=[plan.body.slug, plan.year, upload.pk])


def _allowed(request: HttpRequest, slug: str, year: Year) -> DeliveryPlan:
    plan = plan_in_sight(request, slug, year)
    if not request.user.has_perm(PERMISSION, plan):
        raise PermissionDenied
    return plan
