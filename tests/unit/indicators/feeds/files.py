"""Small publisher's files, made as bytes and read back as a book, so that every test goes the whole way."""

import csv
import io
from collections.abc import Iterable, Sequence

from indicators.feeds import layout, reading
from indicators.feeds.reading import Series
from indicators.uploads.offers import Offer, Reading, Refusal
from lib import sheets
from lib.quarters import Quarter
from lib.sheets import Book

WIDE = layout.read({"levels": ["Group", "Offence"], "area": "Borough", "months": {"columns": "%Y%m"}})
LONG = layout.read(
    {
        "levels": ["Crime type"],
        "area": "Area code",
        "months": {"column": "Period", "written": "%B %Y", "numbers": "Count"},
        "only": {"Measure": "Offences"},
    }
)
YEAR = ("201704", "201705", "201706", "201707", "201708", "201709", "201710", "201711", "201712", "201801", "201802", "201803")  # fmt: skip
# Tower Hamlets, Violence with Injury, as published: 767, 743, 703 and 629 make 2,842.
INJURY = (229, 251, 287, 312, 209, 222, 250, 226, 227, 220, 155, 254)
VIOLENCE, BURGLARY, TRAFFICKING = ("Violence", "With Injury"), ("Burglary", "Domestic"), ("Drugs", "Trafficking")


def content(rows: Iterable[Iterable[object]], delimiter: str = ",") -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows(rows)
    return made.getvalue().encode()


def book(rows: Iterable[Iterable[object]], delimiter: str = ",") -> Book:
    return sheets.read(content(rows, delimiter), "crime.csv")


def wide(*rows: Sequence[object], months: Sequence[str] = YEAR) -> list[list[object]]:
    """Each row is group, offence, borough and its numbers."""
    return [["Group", "Offence", "Borough", *months], *(list(row) for row in rows)]


def injury(*numbers: object) -> list[object]:
    return [*VIOLENCE, "Tower Hamlets", *numbers]


def series(
    *categories: tuple[str, ...], area: str = "Tower Hamlets", label: str = "Violence, borough", **more
) -> Series:
    return Series(1, label, area, categories or (VIOLENCE,), **more)


def quarters(*names: str) -> list[Quarter]:
    return [Quarter.parse(name) for name in names]


ALL = quarters("2017-18 Q1", "2017-18 Q2", "2017-18 Q3", "2017-18 Q4")


def read(
    rows: Iterable[Iterable[object]], *wanted: Series, kept: Iterable[Quarter] = tuple(ALL), laid_out=WIDE
) -> Reading:
    return reading.read(book(rows), laid_out, wanted or (series(),), list(kept))


def numbers(found: Reading) -> dict[str, int]:
    """What is offered of one series, by quarter."""
    return {str(offer.quarter): int(offer.numerator) for offer in found.offers}


def whys(found: Reading) -> dict[str, str]:
    """What is refused, and why, by what it would be."""
    return {refusal.label: refusal.why for refusal in found.refusals}


def the_offer(found: Reading) -> Offer:
    (offer,) = found.offers
    return offer


def the_refusal(found: Reading) -> Refusal:
    (refusal,) = found.refusals
    return refusal
