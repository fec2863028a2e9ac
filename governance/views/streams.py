"""Streams: what each is, what there is by year, and what it is given to."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit, lost_edits
from governance.actions import streams as actions
from governance.forms.streams import StreamForm
from governance.funding import stream_page
from governance.models import Allocation, FundingStream
from lib.quarters import Year

VIEW, CHANGE = "governance.view_funding", "governance.change_funding"


@require_safe
def funding_stream_detail(request: HttpRequest, slug: str) -> HttpResponse:
    stream = _stream(request, slug)
    page = stream_page.page(stream, timezone.localdate())
    context = {
        "stream": stream,
        "page": page,
        "spent": stream_page.spend_sentence(page.lines),
        "may_change": request.user.has_perm(CHANGE),
        "lines": audit.lines(audit.history(stream)),
    }
    if page.holds_sample:
        context["holds_sample"] = True  # elsewhere it is the installation that says so
    return render(request, "governance/funding_stream_detail.html", context)


def funding_stream_add(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    form = StreamForm(request.POST or None, cancel_url=reverse("governance:funding"))
    if request.method == "POST" and form.is_valid():
        try:
            stream = actions.add(content=form.content(), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"Added: {stream}. Now enter the amounts of its years, as far as they are known")
            return redirect("governance:funding-stream-edit", stream.slug)
    return render(request, "governance/funding_stream_add.html", {"form": form})


def funding_stream_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The stream and the amounts of its years, in one form."""
    stream, changed = _stream(request, slug), None
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    allocations = list(Allocation.objects.filter(stream=stream))
    this_year = Year.of(timezone.localdate())
    form = StreamForm(
        request.POST or None,
        stream=stream,
        allocations=allocations,
        years=stream_page.boxes_for(stream, allocations, this_year=this_year),
        cancel_url=stream.get_absolute_url(),
    )
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            saved = actions.edit(
                stream, content=form.content(), years=form.of_years(), version=version, by=request.user
            )
        except ValidationError as error:
            changed = lost_edits.refused(form, error, stream)
        else:
            messages.success(request, "The stream is saved" if saved.version != version else "Nothing was changed")
            return redirect(saved)
    context = {"stream": stream, "form": form, "changed": changed}
    return render(request, "governance/funding_stream_edit.html", context)


def _stream(request: HttpRequest, slug: str) -> FundingStream:
    stream = get_object_or_404(FundingStream.objects.visible_to(request.user), slug=slug)
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    return stream
