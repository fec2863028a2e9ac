"""All quarters of one indicator as a table: the figures of its page, with the rating of each quarter and why."""

import datetime as dt
from decimal import Decimal

from indicators import over_time
from indicators.aggregate import Numbers
from indicators.profile.lines import lines
from indicators.profile.seen import Seen
from lib.quarters import Quarter
from lib.sheets import csv_of

HEADINGS = ("Quarter", "Figure", "Numerator", "Denominator", "Per cent", "Target", "Rating", "Why", "Note")
TENTH = Decimal("0.1")


def csv_file(seen: Seen) -> bytes:
    """A line of headings, then the quarters, oldest first. Numbers are digits alone, for a sheet to work with; not known is empty."""
    rows = [
        (line.quarter, *_numbers(seen, line.quarter), line.rating.word, line.rating.sentence, line.note)
        for line in reversed(lines(seen))
    ]
    return csv_of([HEADINGS, *rows])


def file_name(seen: Seen, *, is_sample: bool, known_on: dt.date | None = None) -> str:
    """ "hate-incidents-figures.csv"; a sample says so, and a day."""
    then = f"-as-known-on-{known_on}" if known_on else ""
    return f"{'sample-' if is_sample else ''}{seen.indicator.slug}-figures{then}.csv"


def _numbers(seen: Seen, quarter: Quarter) -> tuple[str, str, str, str, str]:
    """Figure, numerator, denominator, per cent and target. The figure is the count, or the share as it is shown, to one decimal."""
    series, shown = seen.series(quarter), seen.shown(quarter)
    known = over_time.numbers(shown) if shown else Numbers()
    share = known.percentage if series.is_share else None
    value = _rounded(share) if series.is_share else known.numerator
    return (
        plain(value),
        plain(known.numerator),
        plain(known.denominator),
        plain(_rounded(share)),
        plain(_rounded(series.target_in(quarter))),
    )


def _rounded(number: Decimal | None) -> Decimal | None:
    """To one decimal, half up, as everywhere."""
    return None if number is None else number.quantize(TENTH, rounding="ROUND_HALF_UP")


def plain(number: Decimal | None) -> str:
    """ "4207", "70.5"; empty where it is not known."""
    if number is None:
        return ""
    return f"{number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize():f}"
