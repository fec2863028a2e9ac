"""Which lines of a publisher's file make up an indicator, and taking such a file in."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from indicators.actions.uploads import add_upload
from indicators.entry import definition_in
from indicators.feeds import layout
from indicators.feeds.gathering import NO_SERIES, may_fill, no_months
from indicators.models import Feed, FeedSeries, Figure, Indicator, Upload
from lib.numerals import in_words
from lib.quarters import Quarter

MOST_LINES = 100  # of a file, in one series
LONGEST_NAME = 200  # letters of one level
LONGEST_AREA = 120

audit.kinds({"feed_series_added": "Indicator filled from a feed", "feed_series_removed": "Indicator no longer filled"})


@transaction.atomic
def add_series(
    feed: Feed, *, indicator: Indicator, area: str, categories: Sequence[Sequence[str]], today: dt.date, by: User
) -> FeedSeries:
    """Say which lines of the feed's file are added up to an indicator: those of one area with one of these categories."""
    Feed.objects.select_for_update().get(pk=feed.pk)
    area, lines = area.strip(), [[level.strip() for level in category] for category in categories]
    errors = {}
    if why := _no_indicator(feed, indicator, today):
        errors["indicator"] = why
    if not area or len(area) > LONGEST_AREA:
        errors["area"] = "Type the area as the file has it"
    if why := _no_lines(feed, lines):
        errors["categories"] = why
    if errors:
        raise ValidationError(errors)
    series = FeedSeries.objects.create(feed=feed, indicator=indicator, area=area, categories=lines)
    audit.record("feed_series_added", feed, by=by, changes=audit.changes({}, _told(series)))
    return series


@transaction.atomic
def remove_series(series: FeedSeries, *, by: User) -> FeedSeries:
    """From now on the file no longer fills the indicator. Figures that it brought stay."""
    held = FeedSeries.objects.select_for_update().select_related("feed", "indicator").filter(pk=series.pk).first()
    if held is None:
        raise ValidationError("It has been taken out already.")
    was = _told(held)
    audit.record("feed_series_removed", held.feed, by=by, changes=[audit.change(what, was[what], None) for what in was])
    held.delete()
    return series


@transaction.atomic
def add_file(feed: Feed, *, content: bytes, name: str, published_on: dt.date, by: User) -> Upload:
    """Take a publisher's file in, like any other file of figures: the publisher's, of the day it was published or fetched."""
    if not feed.series.exists():
        raise ValidationError(NO_SERIES)
    return add_upload(
        content,
        name=name,
        supplied_by_name=feed.publisher,
        route=Figure.Route.FEED,
        received_on=published_on,
        feed=feed,
        by=by,
    )


def _no_indicator(feed: Feed, indicator: Indicator, today: dt.date) -> str:
    """Why the feed can't fill this indicator; empty when it can."""
    if why := no_months(indicator):
        return why
    other = FeedSeries.objects.filter(indicator=indicator).select_related("feed").first()
    if other:
        return f"It is filled from “{other.feed.name}” already. Take it out there first"
    if not may_fill(indicator, definition_in(indicator, Quarter.of(today)), feed):
        return (
            f"{indicator} can only be filled from a published file if its definition in force says so. "
            "Add a definition that names this file first"
        )
    return ""


def _no_lines(feed: Feed, lines: Sequence[Sequence[str]]) -> str:
    """Why these are no lines of the feed's file; empty when they may be."""
    levels = layout.read(feed.layout).levels
    if not lines:
        return "Type at least one category"
    if len(lines) > MOST_LINES:
        return f"A series adds up at most {MOST_LINES} categories"
    seen = set()
    for line in lines:
        name, at = layout.category_name(line), tuple(map(layout.key, line))
        if len(line) != len(levels) or not all(line):
            wanted = layout.category_name(levels)
            return f"“{name}” must have {in_words(len(levels))} part{'' if len(levels) == 1 else 's'}, like {wanted}"
        if any(len(level) > LONGEST_NAME for level in line):
            return f"A category must be {LONGEST_NAME} characters or fewer"
        if at in seen:
            return f"“{name}” stands there twice, and would be counted twice"
        seen.add(at)
    return ""


def _told(series: FeedSeries) -> dict[str, str]:
    return {
        "Indicator": str(series.indicator),
        "Area": series.area,
        "What is added up": "; ".join(layout.category_name(category) for category in series.categories),
    }
