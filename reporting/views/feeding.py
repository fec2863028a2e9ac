"""Open data: the files beside a report, the description of its figures, and the feed that programs read with a key."""

import datetime as dt
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lib import file_names, throttle
from reporting import feed_keys, figure_feed
from reporting.actions import downloads, feeding
from reporting.builds import pack_files
from reporting.companions.data import SCHEMA_FILE
from reporting.figure_feed import Page
from reporting.models import Companion, FeedKey, Pack
from reporting.register import companion_files, records
from reporting.register.addresses import About, Number
from reporting.views.handing_out import handed_out, withheld

Form = Companion.Form
KINDS: dict[str, str] = {
    Form.PAGE: "text/html; charset=utf-8",
    Form.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.TABLE: "text/csv; charset=utf-8",
    Form.DATA: "application/json",
}


@login_not_required
@require_safe
def report_companion(request: HttpRequest, about: About, number: Number, form: str) -> HttpResponseBase:
    """A file beside a published report, as it was stored; the web page is shown, the others are downloads."""
    companion = companion_files.published(about, number, form, timezone.now())
    if companion is None:
        raise Http404
    return handed_out(
        request,
        companion.pack,
        read=lambda: pack_files.read_companion(companion),
        sha256=companion.sha256,
        content_type=KINDS[form],
        name="" if form == Form.PAGE else records.download_name(companion.pack, form),
    )


@never_cache
@require_safe
def pack_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The same file for who may see the pack, before it is issued too."""
    pack = get_object_or_404(Pack.objects.visible_to(request.user).filter(job_state=Pack.JobState.READY), pk=pk)
    companion = get_object_or_404(pack.companions.all(), form=form)
    if not request.user.has_perm("reporting.download_pack", pack):
        raise PermissionDenied
    if instead := withheld(request, pack):
        return instead
    try:
        content = pack_files.read_companion(companion)
    except pack_files.Damaged as damage:
        context = {"pack": pack, "damage": str(damage)}
        return render(request, "reporting/pack_damaged.html", context, status=500)
    if request.method == "GET":
        downloads.record_download(pack, form=form, by=request.user)
    headers = {"X-Content-Type-Options": "nosniff"}
    if form != Form.PAGE:
        name = pack_files.download_name(pack, settings.AREA_NAME, form)
        headers["Content-Disposition"] = file_names.disposition(name)
    return HttpResponse(content, content_type=KINDS[form], headers=headers)


@login_not_required
@require_safe
def figure_schema(request: HttpRequest) -> HttpResponse:
    """What the fields of `figures.json` mean, for people and programs. A version never changes."""
    headers = {"Cache-Control": "public, max-age=86400", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(SCHEMA_FILE.read_bytes(), content_type="application/schema+json", headers=headers)


# ---------------------------------------------------------------- the feed


MOST_A_MINUTE, MOST_WRONG_A_MINUTE = 120, 30


@login_not_required
@require_safe
def figure_list(request: HttpRequest) -> HttpResponseBase:
    """Published figures, page by page, for a program with a key: JSON, or all of them as CSV with `?format=csv`."""
    key = feed_keys.recognised(feed_keys.presented(request.headers.get("Authorization", "")))
    if not _in_time(request, key):
        return _no(429, "Too many requests. Wait a minute, then ask again.")
    if key is None:
        return _no(401, "Send a key: as a bearer token, or as the password of basic authentication.")
    try:
        number, size, form = _asked(request)
    except ValueError as error:
        return _no(400, str(error))
    at = timezone.now()
    feeding.note_use(key, on=timezone.localdate(at))
    held = figure_feed.standing(at)
    etag = f'"{held.version[:32]}-{form}-{number}-{size}"'
    unchanged = get_conditional_response(request, etag=etag, last_modified=_seconds(held.since))
    response = unchanged or _figures(held, number, size, form)
    return _kept_by_nobody(response, etag, held.since)


def _in_time(request: HttpRequest, key: FeedKey | None) -> bool:
    """A program with a key is counted by it, whoever has none by where they ask from."""
    if key:
        return throttle.allows(f"feed:{key.pk}", MOST_A_MINUTE)
    return throttle.allows(f"feed:{throttle.address(request)}", MOST_WRONG_A_MINUTE)


def _figures(held: figure_feed.Standing, number: int, size: int, form: str) -> HttpResponse:
    if form == "csv":
        headers = {"Content-Disposition": file_names.disposition("published-figures.csv")}
        return HttpResponse(figure_feed.csv(held.issues), content_type=KINDS[Form.TABLE], headers=headers)
    page = figure_feed.page(held.issues, number, size)
    if number > page.pages:
        return _no(404, f"There {'is one page' if page.pages == 1 else f'are {page.pages} pages'} of {size} rows.")
    told = {
        "count": page.count,
        "page": number,
        "pages": page.pages,
        "page_size": size,
        "next": _address(page, number + 1) if number < page.pages else None,
        "previous": _address(page, number - 1) if number > 1 else None,
        "figures": page.rows,
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _address(page: Page, number: int) -> str:
    query = urlencode({"page": number, "page_size": page.size})
    return f"{settings.SITE_URL}{reverse('reporting:figure-list')}?{query}"


def _asked(request: HttpRequest) -> tuple[int, int, str]:
    """Page, rows on it, and format. ValueError with a sentence for what can't be answered."""
    form = request.GET.get("format", "json")
    if form not in ("json", "csv"):
        raise ValueError("The format is json or csv.")
    number = _whole(request.GET.get("page", "1"), "page", 1_000_000)
    size = _whole(request.GET.get("page_size", str(figure_feed.USUAL)), "page_size", figure_feed.MOST)
    return number, size, form


def _whole(said: str, name: str, most: int) -> int:
    if not (said.isascii() and said.isdecimal() and len(said) < 10 and 1 <= int(said) <= most):
        raise ValueError(f"Give {name} as a whole number from 1 to {most:,}.")
    return int(said)


def _seconds(moment: dt.datetime | None) -> int | None:
    return int(moment.timestamp()) if moment else None


def _kept_by_nobody(response: HttpResponse, etag: str, since: dt.datetime | None) -> HttpResponse:
    """No store on the way keeps what a key opened; the program itself asks whether its own copy still holds."""
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Authorization"
    if response.status_code in (200, 304):
        response["ETag"] = etag
        if since:
            response["Last-Modified"] = since.astimezone(dt.UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    return response


def _no(status: int, sentence: str) -> HttpResponse:
    """A refusal that a program can show to its owner."""
    response = JsonResponse({"error": sentence}, status=status, headers={"Cache-Control": "no-store"})
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="figures", Basic realm="figures", charset="UTF-8"'
    if status == 429:
        response["Retry-After"] = "60"
    return response
