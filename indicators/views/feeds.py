"""Files that publishers bring out: which there are, what they fill, and taking one in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import incoming, lost_edits
from indicators import actions
from indicators.feeds import pages
from indicators.forms import FeedFileForm, SeriesForm
from indicators.models import Feed
from indicators.uploads.shown import state
from lib import too_large
from lib.uploads import status


@require_safe
def feed_list(request: HttpRequest) -> HttpResponse:
    _allow(request)
    feeds = pages.shown(Feed.objects.visible_to(request.user))
    return render(request, "indicators/feed_list.html", {"feeds": feeds})


@too_large.takes()
def feed_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What the feed fills, and a file to take in."""
    feed = _feed(request, slug)
    posted = request.method == "POST"
    form = FeedFileForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        today=timezone.localdate(),
        sender=incoming.sender(request),
    )
    if posted and form.is_valid():
        try:
            upload = actions.add_file(feed, **form.as_said(), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            return redirect(upload)
    (shown,) = pages.shown(Feed.objects.visible_to(request.user).filter(pk=feed.pk))
    files = [(upload, *state(upload)) for upload in pages.files(feed)]
    context = {"shown": shown, "feed": feed, "form": form, "files": files}
    return render(request, "indicators/feed_detail.html", context, status=status(form))


def feed_series_add(request: HttpRequest, slug: str) -> HttpResponse:
    feed = _feed(request, slug)
    asked = pages.choices(feed)
    form = SeriesForm(
        request.POST or None,
        layout=asked.layout,
        indicators=asked.indicators,
        places=asked.places,
        area=asked.area,
        cancel_url=feed.get_absolute_url(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            series = actions.add_series(feed, **form.cleaned_data, today=timezone.localdate(), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"From the next file on it fills {series.indicator}")
            return redirect(feed)
    return render(request, "indicators/feed_series_add.html", {"feed": feed, "form": form})


@require_POST
def feed_series_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    feed = _feed(request, slug)
    series = get_object_or_404(feed.series.select_related("indicator"), pk=pk)
    try:
        actions.remove_series(series, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"It no longer fills {series.indicator}. Figures that it brought stay")
    return redirect(feed)


def _allow(request: HttpRequest) -> None:
    if not request.user.has_perm("indicators.run_feed"):
        raise PermissionDenied


def _feed(request: HttpRequest, slug: str) -> Feed:
    feed = get_object_or_404(Feed.objects.visible_to(request.user), slug=slug)
    _allow(request)
    return feed
