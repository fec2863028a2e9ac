"""A publisher's file can't hold months that were not over on the day it is said to be of."""

import datetime as dt
from decimal import Decimal

from indicators.feeds.reading import dated
from indicators.uploads.offers import Offer, Place, Reading
from lib.quarters import Quarter

Q1 = Quarter.parse("2018-19-q1")
MONTHS = tuple((dt.date(2018, month, 1), Decimal(1)) for month in (4, 5, 6))
OFFER = Offer(7, Q1, Place(0, 1, 2), "1 + 1 + 1", numerator=Decimal(3), months=MONTHS)


def on(day: dt.date) -> Reading:
    return dated(Reading((OFFER,), ()), day, {7: "Burglary, borough"})


def test_a_quarter_that_was_not_over_is_refused():
    for day, said in ((dt.date(2018, 5, 3), "3 May 2018"), (dt.date(2018, 6, 30), "30 June 2018")):
        found = on(day)
        (refusal,) = found.refusals
        assert not found.offers
        assert (refusal.label, refusal.why) == (
            "Burglary, borough, 2018-19 Q1",
            f"A file published on {said} can’t hold June 2018. Look at the day.",
        )


def test_one_that_was_over_the_day_before_is_taken():
    assert on(dt.date(2018, 7, 1)).offers == (OFFER,)
