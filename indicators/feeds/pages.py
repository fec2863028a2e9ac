"""What the pages about feeds show: each with its series, and when a file of it was last taken."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from indicators import placing
from indicators.feeds import layout
from indicators.feeds.gathering import no_months
from indicators.feeds.layout import Layout, category_name
from indicators.models import Feed, FeedSeries, Figure, Indicator, Upload
from indicators.placing import Places
from lib import written
from lib.quarters import Quarter

FILES_SHOWN = 10


@dataclass(frozen=True)
class SeriesShown:
    """One series: the indicator as it is known, what is added up, and the last quarter with a figure, verified or not."""

    pk: int
    indicator: Indicator
    label: str
    short: str  # "Burglary, borough"
    area: str
    groups: tuple[
        tuple[str, tuple[str, ...]], ...
    ]  # the categories under their group; the group is empty where they have none
    latest: Quarter | None


@dataclass(frozen=True)
class FeedShown:
    """A feed; `taken_on` is the day its last file was recorded, None before the first."""

    feed: Feed
    series: tuple[SeriesShown, ...]
    taken_on: dt.date | None

    @property
    def fills(self) -> str:
        """ "4 indicators"."""
        count = len(self.series)
        return f"{written.in_words(count)} indicator{'' if count == 1 else 's'}"

    @property
    def layout_words(self) -> list[str]:
        try:
            return layout.read(self.feed.layout).in_words()
        except layout.Wrong as wrong:
            return [f"No file can be read: {wrong}"]


def shown(feeds: QuerySet[Feed]) -> list[FeedShown]:
    """The same number of queries however many there are."""
    found = list(feeds)
    series = list(FeedSeries.objects.filter(feed__in=found).select_related("indicator"))
    places, latest, taken = placing.latest(), _latest({one.indicator_id for one in series}), _taken(found)
    series.sort(key=lambda one: places.order(one.indicator))
    return [
        FeedShown(
            feed=feed,
            series=tuple(
                SeriesShown(
                    pk=one.pk,
                    indicator=one.indicator,
                    label=places.label(one.indicator),
                    short=places.brief(one.indicator),
                    area=one.area,
                    groups=_groups(one.categories),
                    latest=latest.get(one.indicator_id),
                )
                for one in series
                if one.feed_id == feed.pk
            ),
            taken_on=taken.get(feed.pk),
        )
        for feed in found
    ]


def files(feed: Feed) -> list[Upload]:
    """The last files of a feed, newest first, without all that was read from them."""
    held = Upload.objects.filter(feed=feed).defer("preview", "before").select_related("uploaded_by__organisation")
    return list(held.prefetch_related("uploaded_by__organisation__names")[:FILES_SHOWN])


def because(upload: Upload) -> str:
    """Why a publisher's file changes verified figures, as it is suggested: "The publisher’s file of 3 May 2018"; empty for another file."""
    if not upload.is_of_feed or upload.received_on is None:
        return ""
    return f"The publisher’s file of {written.day_year(upload.received_on)}"


@dataclass(frozen=True)
class Choices:
    """What a new series is chosen from: the layout, the indicators that may come, and the area that the others have."""

    layout: Layout
    indicators: list[Indicator]
    places: Places
    area: str


def choices(feed: Feed) -> Choices:
    """Indicators that months can make up and no feed fills yet. The action says of one of the plan what its definition must say."""
    places = placing.latest()
    free = Indicator.objects.filter(feed_series__isnull=True)
    areas = list(feed.series.values_list("area", flat=True)[:1])
    return Choices(
        layout=layout.read(feed.layout),
        indicators=sorted((one for one in free if not no_months(one)), key=places.order),
        places=places,
        area=areas[0] if areas else "",
    )


def _groups(categories: Iterable[list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = {}
    for category in categories:
        found.setdefault(category_name(category[:-1]), []).append(category[-1])
    return tuple((group, tuple(names)) for group, names in found.items())


def _latest(indicators: Iterable[int]) -> dict[int, Quarter]:
    held = Figure.objects.standing().filter(for_return__indicator__in=indicators)
    found: dict[int, Quarter] = {}
    for indicator, quarter in held.values_list("for_return__indicator", "for_return__round__quarter"):
        found[indicator] = max(quarter, found.get(indicator, quarter))
    return found


def _taken(feeds: Iterable[Feed]) -> dict[int, dt.date]:
    recorded = Upload.objects.filter(
        feed__in=feeds,
        phase=Upload.Phase.RECORDING,
        job_state=Upload.JobState.READY,
        undone_at__isnull=True,
        ended_at__isnull=False,
    )
    found: dict[int, dt.date] = {}
    for feed, ended_at in recorded.order_by("ended_at").values_list("feed", "ended_at"):
        found[feed] = timezone.localdate(ended_at)
    return found
