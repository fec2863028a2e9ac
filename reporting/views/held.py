"""What is held about a person: as a file for whoever has an account, and where a name or an address occurs for anybody else."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import lost_edits
from accounts.models import User
from lib import file_names
from reporting.actions import protecting
from reporting.forms.held import ExportForm, SearchForm

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(METHODS)
def held_export(request: HttpRequest, pk: int) -> HttpResponse:
    """By POST the file. One's own for the asking; somebody else's with a reason, which the audit trail keeps."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("accounts.export_held", person):
        raise PermissionDenied
    is_own = person == request.user
    form = ExportForm(request.POST if request.method == "POST" else None, is_own=is_own)
    if request.method == "POST" and form.is_valid():
        try:
            content = protecting.export(
                person, reason=form.cleaned_data.get("reason", ""), at=timezone.now(), by=request.user
            )
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            headers = {"Content-Disposition": file_names.disposition(f"what-is-held-{person.pk}.zip")}
            return HttpResponse(content, content_type="application/zip", headers=headers)
    return render(request, "reporting/held_export.html", {"person": person, "is_own": is_own, "form": form})


@never_cache
@require_http_methods(METHODS)
def held_search(request: HttpRequest) -> HttpResponse:
    """By POST, so that no name comes into an address or a log."""
    if not request.user.has_perm("reporting.search_held"):
        raise PermissionDenied
    form, context = SearchForm(request.POST if request.method == "POST" else None), {}
    if request.method == "POST" and form.is_valid():
        try:
            found = protecting.search(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            context = {"looked_for": form.cleaned_data["words"], "found": found}
    return render(request, "reporting/held_search.html", {"form": form, **context})
