"""The public register: what was issued, each issue at its permanent address, its PDF, and a feed of what happened.

Nothing of an edition is known here before its moment of publication: that is decided anew for every request, by the clock.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from reporting import plan_pages, register
from reporting.builds import pack_files
from reporting.models import Pack
from reporting.register import addresses, records
from reporting.register.addresses import About, Number
from reporting.register.events import Event, events
from reporting.views.handing_out import handed_out, not_handed_out


@login_not_required
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """The public reports; before the first one, when it can come."""
    at = timezone.now()
    told = records.records(register.public(at), at)
    context: dict[str, object] = {
        "records": told,
        "holds_sample": any(one.pack.is_sample for one in told),
        "threshold": settings.SMALL_NUMBERS_UNDER,
        "hides_zero": settings.SMALL_NUMBERS_HIDE_ZERO,
    }
    if not told:
        context["executive_meets_on"] = plan_pages.first_report_after(timezone.localdate())
    return render(request, "reporting/report_list.html", context)


@login_not_required
@require_safe
def report_about(request: HttpRequest, about: About) -> HttpResponse:
    """Every issue and addendum of a quarter or year, and which one stands."""
    at = timezone.now()
    page = records.about_page(about, records.read(addresses.about(register.public(at), about), at), at)
    if page is None:
        raise Http404
    return render(request, "reporting/report_about.html", {"page": page, "holds_sample": page.is_sample})


@login_not_required
@require_safe
def report_issue(request: HttpRequest, about: About, number: Number) -> HttpResponse:
    """One issue: its files, what took its place, or why it was withdrawn or removed. The page stays for ever."""
    at = timezone.now()
    pack = addresses.find(records.read(register.public(at), at), about, number)
    if pack is None:
        raise Http404
    context = {"page": records.issue_page(pack, at), "holds_sample": pack.is_sample}
    return render(request, "reporting/report_issue.html", context, status=not_handed_out(pack) or 200)


@login_not_required
@require_safe
def report_pdf(request: HttpRequest, about: About, number: Number) -> HttpResponseBase:
    pack = _published(about, number)
    return handed_out(
        request,
        pack,
        read=lambda: pack_files.read(pack),
        sha256=pack.pdf_sha256,
        content_type="application/pdf",
        name=records.download_name(pack),
    )


def _published(about: About, number: Number) -> Pack:
    pack = register.find(about, number, timezone.now())
    if pack is None:
        raise Http404
    return pack


class _Register(Feed):
    """Links are those of the installation's own address, whatever name it was asked by."""

    feed_type = Atom1Feed
    subtitle = "What was published, what took its place, and what was withdrawn."

    def title(self) -> str:
        return f"Reports of the {settings.PARTNERSHIP_NAME}"

    def link(self) -> str:
        return settings.SITE_URL + reverse("reporting:report-list")

    def feed_url(self) -> str:
        return settings.SITE_URL + reverse("reporting:report-feed")

    def items(self) -> list[Event]:
        at = timezone.now()
        return events(records.read(register.public(at), at))

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.words)

    def item_link(self, item: Any) -> str:
        return settings.SITE_URL + str(item.url)

    def item_guid(self, item: Any) -> str:
        return settings.SITE_URL + str(item.key)

    def item_pubdate(self, item: Any) -> Any:
        return item.at

    def item_updateddate(self, item: Any) -> Any:
        return item.at


@login_not_required
@require_safe
def report_feed(request: HttpRequest) -> HttpResponse:
    return _Register()(request)
