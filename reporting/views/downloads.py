"""Who took copies of what is not for everybody."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from lib.kept import days
from reporting.forms.downloads import DownloadFilter
from reporting.models import Download

PER_PAGE = 50


@never_cache
@require_safe
def download_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("reporting.view_downloads"):
        raise PermissionDenied
    everything = Download.objects.visible_to(request.user)
    people = User.objects.visible_to(request.user).filter(pk__in=everything.order_by().values("by"))
    form = DownloadFilter(request.GET or None, people=list(people))
    shown = everything.select_related("by", "pack")
    if form.is_bound:
        shown = shown.by_person(form.cleaned_data["person"]) if form.is_valid() else shown.none()
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "kept": days(settings.DOWNLOADS_KEPT_DAYS)}
    return render(request, "reporting/download_list.html", context)
