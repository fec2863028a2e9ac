"""From a built pack to an issued one and what comes after: build dialog, approval, issue, withdrawal, the register."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import lost_edits
from governance import choosing
from indicators.models import Round
from lib import file_names
from lib.quarters import Quarter
from lib.sheets import csv_of
from reporting import clearing, offers, pack_pages, pack_register, terms
from reporting.actions import approving, building, withdrawing
from reporting.actions import issuing as acts
from reporting.clearing import approvers
from reporting.forms.issuing import ApproveForm, IssueForm, RecordForm, WithdrawForm
from reporting.forms.packs import AgainForm, PackBuildForm
from reporting.models import Pack


def pack_build(request: HttpRequest) -> HttpResponse:
    """Build something of a quarter: one page for each thing that can be built, led to by `?quarter=…&what=…`."""
    if not request.user.has_perm("reporting.build_pack"):
        raise PermissionDenied
    quarter = _quarter(request.GET.get("quarter", ""))
    plan = terms.plan_of(quarter) if quarter else None
    if quarter is None or plan is None:
        quarters = [round_.quarter for round_ in Round.objects.visible_to(request.user).order_by("-quarter")]
        return render(request, "reporting/pack_build_quarter.html", {"quarters": quarters})
    what = request.GET.get("what", offers.EXECUTIVE)
    if what not in offers.WORDS:
        raise Http404
    offered = offers.beside(what, plan, quarter)
    if what not in offered:
        messages.error(request, f"{offers.lacks(what)} This is what can be built now")
        return redirect(f"{request.path}?quarter={quarter.slug}")
    form = PackBuildForm(request.POST or None, offer=offered[what], cancel_url=request.path.removesuffix("build/"))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(building.request_pack(plan, quarter, **form.asked, by=request.user))
        except building.AlreadyThere as there:
            messages.info(request, there.messages[0])
            return redirect(there.pack)
        except ValidationError as refusal:
            lost_edits.add(form, refusal)
    context = {"form": form, "quarter": quarter, "offer": offered[what], "offers": offered.values()}
    return render(request, "reporting/pack_build.html", context)


@require_POST
def pack_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Build the same once more: a failed build as it was asked for, another one with the figures of now."""
    pack, form = _pack(request, pk, "reporting.build_pack"), AgainForm(request.POST)
    after = form.cleaned_data["after"] if form.is_valid() else None
    try:
        made = building.request_pack(pack.plan, pack.quarter, **offers.again(pack), after=after, by=request.user)
    except building.AlreadyThere as there:
        messages.info(request, there.messages[0])
        return redirect(there.pack)
    except ValidationError as refusal:
        messages.error(request, f"Nothing was built. {' '.join(refusal.messages)}")
        return redirect(pack)
    return redirect(made)


@never_cache
def pack_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever speaks for the CSP Executive approves this build, or doesn't."""
    pack, changed = _pack(request, pk, "reporting.approve_pack"), None
    if pack.standing != Pack.Standing.BUILT:
        return _no_longer(request, pack)
    form = ApproveForm(request.POST or None, pack=pack, cancel_url=pack.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        act = approving.refuse if form.is_refusal else approving.approve
        try:
            act(pack, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, pack)
        else:
            return _spoken_of(request, pack)
    page = pack_pages.ready_page(pack, request.user, timezone.now())
    return render(
        request, "reporting/pack_approve.html", {"pack": pack, "page": page, "form": form, "changed": changed}
    )


@never_cache
def pack_approval_record(request: HttpRequest, pk: int) -> HttpResponse:
    """The partnership team records what was said in a meeting or by mail."""
    pack, changed = _pack(request, pk, "reporting.issue_pack"), None
    if pack.standing != Pack.Standing.BUILT or not pack.is_ready:
        return _no_longer(request, pack)
    today = timezone.localdate()
    since = timezone.localdate(pack.ended_at) if pack.ended_at else today
    speakers = approvers.free(pack, approvers.between(since, today))
    form = RecordForm(
        request.POST or None,
        pack=pack,
        speakers=speakers,
        meetings=choosing.meetings_of_the_executive(request.user, since, today),
        cancel_url=pack.get_absolute_url(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            approving.record(pack, **form.given, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, pack)
        else:
            return _spoken_of(request, pack)
    context = {"pack": pack, "heading": pack_pages.heading(pack), "form": form, "changed": changed, "anyone": speakers}
    return render(request, "reporting/pack_approval_record.html", context)


@never_cache
def pack_issue(request: HttpRequest, pk: int) -> HttpResponse:
    pack, changed = _pack(request, pk, "reporting.issue_pack"), None
    if pack.standing != Pack.Standing.APPROVED:
        return _no_longer(request, pack)
    form = IssueForm(request.POST or None, pack=pack, cancel_url=pack.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        try:
            acts.issue(pack, publish_at=form.moment, version=form.cleaned_data["version"], by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, pack)
        else:
            messages.success(request, f"{pack.number.capitalize()} is issued")
            return redirect(pack)
    found = () if form.is_bound else clearing.obstacles(pack)
    context = {"pack": pack, "heading": pack_pages.heading(pack), "form": form, "changed": changed, "obstacles": found}
    return render(request, "reporting/pack_issue.html", context)


@never_cache
def pack_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    pack, changed = _pack(request, pk, "reporting.issue_pack"), None
    if pack.standing != Pack.Standing.ISSUED:
        return _no_longer(request, pack)
    form = WithdrawForm(request.POST or None, pack=pack, cancel_url=pack.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        try:
            withdrawing.withdraw(pack, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, pack)
        else:
            messages.success(request, f"{pack.number.capitalize()} is withdrawn. Everyone who looks for it reads why")
            return redirect(pack)
    context = {
        "pack": pack,
        "heading": pack_pages.heading(pack),
        "form": form,
        "changed": changed,
        "public": pack.published_as.standing().first(),
    }
    return render(request, "reporting/pack_withdraw.html", context)


@require_safe
def pack_register_list(request: HttpRequest) -> HttpResponse:
    """Every pack that was issued, with the checksums of its files."""
    if not request.user.has_perm("reporting.download_pack"):
        raise PermissionDenied
    rows = pack_register.rows(Pack.objects.visible_to(request.user))
    return render(request, "reporting/pack_register.html", {"rows": rows})


@require_safe
def pack_register_csv(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("reporting.download_pack"):
        raise PermissionDenied
    content = csv_of(pack_register.table(Pack.objects.visible_to(request.user)))
    name = f"{slugify(settings.AREA_NAME)}-csp-register-of-packs.csv"
    headers = {"Content-Disposition": file_names.disposition(name)}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _quarter(told: str) -> Quarter | None:
    try:
        return Quarter.parse(told)
    except ValueError:
        return None


def _pack(request: HttpRequest, pk: int, permission: str) -> Pack:
    """In sight, or 404; to be acted on by this person, or 403."""
    found = Pack.objects.visible_to(request.user).select_related("plan", "requested_by")
    pack = get_object_or_404(found.beside("made_from", "supersedes", "adds_to"), pk=pk)
    if not request.user.has_perm(permission):
        raise PermissionDenied
    return pack


def _no_longer(request: HttpRequest, pack: Pack) -> HttpResponse:
    """The page that was asked for is over, or not yet: the pack's own says where it has come to."""
    messages.info(request, f"This pack is {pack_pages.where_it_is(pack)}. Its page says what can be done now")
    return redirect(pack)


def _spoken_of(request: HttpRequest, pack: Pack) -> HttpResponse:
    """After the CSP Executive's word."""
    pack.refresh_from_db(fields=["standing"])
    if pack.standing == Pack.Standing.SET_ASIDE:
        messages.success(request, "It is not approved, and set aside with your reason")
    elif pack.standing == Pack.Standing.ISSUED:
        messages.success(request, "Approved and issued")
    elif pack.issue_when_approved:
        messages.success(request, "Approved. It is not issued yet: its page tells the partnership team why")
    else:
        messages.success(request, "Approved. The partnership team can issue it now")
    return redirect(pack)
