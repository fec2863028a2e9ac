"""Asking for another format, by anybody; and the partnership team's list of who asked."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import lost_edits
from lib import throttle
from reporting.actions import formats as actions
from reporting.formats import pages
from reporting.forms.formats import FormatAnswerForm, FormatRequestForm
from reporting.models import FormatRequest

MOST_A_MINUTE, MOST_OF_ALL_A_MINUTE = 5, 30
PER_PAGE = 50
TOO_OFTEN = "Too many requests came in a minute. Nothing is lost: wait a minute, then press the button again."
ANSWERS = "reporting.answer_format_requests"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def format_request_add(request: HttpRequest) -> HttpResponse:
    """For anybody, also without an account and without JavaScript. `?page=` is where the link was pressed."""
    asked_of = request.POST if request.method == "POST" else request.GET
    page, status = pages.ours(asked_of.get("page", "")), 200
    form = FormatRequestForm(request.POST if request.method == "POST" else None, page=page)
    if request.method == "POST" and form.is_valid():
        if _in_time(request):
            by = request.user if request.user.is_authenticated else None
            asked = actions.ask(**form.asked, at=timezone.now(), by=by)
            return redirect("reporting:format-request-thanks", asked.reference)
        form.add_error(None, TOO_OFTEN)
        status = 429
    context = {
        "form": form,
        "page": page,
        "days": settings.FORMAT_REQUEST_DAYS,
        "kept": settings.FORMAT_REQUEST_KEPT_DAYS,
    }
    return render(request, "reporting/format_request_add.html", context, status=status)


def _in_time(request: HttpRequest) -> bool:
    address = get_adapter(request).get_client_ip(request)
    mine = throttle.allows(f"formats:{address}", MOST_A_MINUTE)
    return mine and throttle.allows("formats", MOST_OF_ALL_A_MINUTE)


@login_not_required
@never_cache
@require_safe
def format_request_thanks(request: HttpRequest, reference: str) -> HttpResponse:
    """The reference, and by when an answer comes; nothing of what was asked or by whom."""
    asked = get_object_or_404(FormatRequest, reference=reference)
    return render(request, "reporting/format_request_thanks.html", {"asked": asked})


@never_cache
@require_safe
def format_request_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(ANSWERS):
        raise PermissionDenied
    on, seen = timezone.localdate(), FormatRequest.objects.visible_to(request.user)
    answered = seen.exclude(state=FormatRequest.State.OPEN).select_related("answered_by").order_by("-answered_at")
    context = {
        "waiting": [(asked, asked.is_overdue(on)) for asked in seen.open()],
        "answered": Paginator(answered, PER_PAGE).get_page(request.GET.get("page")),
        "kept": settings.FORMAT_REQUEST_KEPT_DAYS,
    }
    return render(request, "reporting/format_request_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def format_request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    seen = FormatRequest.objects.visible_to(request.user).select_related("answered_by")
    asked = get_object_or_404(seen, pk=pk)
    if not request.user.has_perm(ANSWERS):
        raise PermissionDenied
    form = FormatAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(asked, **form.cleaned_data, at=timezone.now(), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"Answered: {asked.reference}")
            return redirect("reporting:format-request-list")
    context = {"asked": asked, "form": form, "is_overdue": asked.is_overdue(timezone.localdate())}
    return render(request, "reporting/format_request_detail.html", context)
