"""What a file of a feed offers, told by its rows: the layout, the series with the indicators they fill, the quarters that are kept."""

import datetime as dt
from collections.abc import Collection

from indicators import placing
from indicators.feeds import layout, reading
from indicators.feeds.reading import Series
from indicators.models import Definition, Feed, Indicator, Round
from indicators.uploads.offers import Reading
from lib.quarters import Quarter
from lib.sheets import Book, Unusable

NO_SERIES = "This feed fills no indicator yet. Add a series to it, then upload the file again."


def read(feed: Feed, book: Book, *, published_on: dt.date | None) -> Reading:
    """What the file offers, said to be from this feed and of that day. Raises Unusable with a sentence."""
    try:
        laid_out = layout.read(feed.layout)
    except layout.Wrong as wrong:
        raise Unusable(f"The layout kept for this feed can’t be used. {wrong}") from None
    kept = set(Round.objects.values_list("quarter", flat=True))
    wanted = series(feed, kept)
    if not wanted:
        raise Unusable(NO_SERIES)
    found = reading.read(book, laid_out, wanted, kept)
    found = reading.dated(found, published_on, {one.indicator_id: one.label for one in wanted})
    return reading.stamped(found, source=feed.source, extracted_on=published_on)


def series(feed: Feed, kept: Collection[Quarter]) -> list[Series]:
    """The series of a feed in the order of the plan, each with the quarters that this feed may not fill. Three queries."""
    rows = list(feed.series.select_related("indicator"))
    places = placing.latest()
    rows.sort(key=lambda row: places.order(row.indicator))
    definitions: dict[int, list[Definition]] = {row.indicator_id: [] for row in rows}
    for definition in Definition.objects.filter(indicator__in=definitions).order_by("starts"):
        definitions[definition.indicator_id].append(definition)
    return [
        Series(
            indicator_id=row.indicator_id,
            label=places.brief(row.indicator),
            area=row.area,
            categories=tuple(tuple(category) for category in row.categories),
            refused=_refused(row.indicator, definitions[row.indicator_id], feed, kept),
        )
        for row in rows
    ]


def no_months(indicator: Indicator) -> str:
    """Why the months of a published file can't make up this indicator, as a sentence; empty when they can."""
    if indicator.is_count and indicator.year_to_date == Indicator.YearToDate.SUM:
        if indicator.frequency == Indicator.Frequency.QUARTERLY:
            return ""
    return f"The months of a file can’t be added up to {indicator}: only counts of every quarter that are summed over the year can be filled"


def may_fill(indicator: Indicator, definition: Definition | None, feed: Feed) -> bool:
    """Whether a feed may fill an indicator under this definition: a context measure always, one that is rated if its definition says so."""
    if indicator.family == Indicator.Family.CONTEXT:
        return True
    return definition is not None and definition.feed_id == feed.pk


def to_choose(indicator: Indicator, held: Definition | None) -> list[Feed]:
    """The feeds that a definition may name. None for a measure that feeds fill anyway, or that no months make up."""
    named = held is not None and held.feed_id is not None
    if named or (indicator.family != Indicator.Family.CONTEXT and not no_months(indicator)):
        return list(Feed.objects.all())
    return []


def _refused(
    indicator: Indicator, definitions: list[Definition], feed: Feed, kept: Collection[Quarter]
) -> dict[Quarter, str]:
    found = {}
    for quarter in kept:
        holds = next((one for one in reversed(definitions) if one.starts <= quarter), None)
        if not may_fill(indicator, holds, feed):
            found[quarter] = f"The definition that holds in {quarter} doesn’t say that this file fills it."
    return found
