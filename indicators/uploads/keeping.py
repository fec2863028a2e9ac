"""A preview as the row of its upload keeps it: what was read, what each cell would do, and a fingerprint of both. Plain JSON."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from indicators.uploads.comparing import Comparison, Line
from indicators.uploads.offers import Offer, Place, Reading, Refusal
from lib.quarters import Quarter

NOTICE = ',"notice":'  # inside a text of JSON its quotation marks would be escaped


@dataclass(frozen=True)
class Kept:
    """A preview taken from its row. `notice` is about the preview itself: why it is another one than was looked at."""

    reading: Reading
    comparison: Comparison
    notice: str


def fingerprint(text: str) -> str:
    """Of what `to_json` made without a notice: the same for the same file compared with the same figures."""
    return hashlib.sha256(text.encode()).hexdigest()


def to_json(reading: Reading, comparison: Comparison) -> str:
    """The same text for the same reading and comparison."""
    kept = {
        "offers": [_offer(offer) for offer in reading.offers],
        "refusals": [
            [*_place(refusal.place), refusal.typed, refusal.label, refusal.why] for refusal in reading.refusals
        ],
        "notes": list(reading.notes),
        "lines": _lines(reading.offers, comparison.lines),
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def with_notice(text: str, notice: str) -> str:
    """The same preview with a sentence about it, which is no part of its fingerprint."""
    bare = text.rpartition(NOTICE)[0] or text[:-1]
    return f"{bare}{NOTICE}{json.dumps(notice, ensure_ascii=False)}}}"


def from_json(text: str) -> Kept:
    """What `to_json` was given, without what was held then."""
    kept = json.loads(text)
    offers = tuple(_read_offer(parts) for parts in kept["offers"])
    refusals = tuple(
        Refusal(Place(sheet, row, column), typed, label, why)
        for sheet, row, column, typed, label, why in kept["refusals"]
    )
    lines = tuple(_read_line(parts, offers) for parts in kept["lines"])
    return Kept(Reading(offers, refusals, tuple(kept["notes"])), Comparison(lines), kept.get("notice", ""))


def _lines(offers: Sequence[Offer], lines: Sequence[Line]) -> list[list[Any]]:
    at = {id(offer): number for number, offer in enumerate(offers)}
    return [
        [
            line.kind,
            *_place(line.place),
            line.typed,
            line.label,
            line.was,
            line.now,
            line.why,
            line.restates,
            line.worth,
            line.version,
            None if line.offer is None else at[id(line.offer)],
        ]
        for line in lines
    ]


def _read_line(parts: list[Any], offers: Sequence[Offer]) -> Line:
    kind, sheet, row, column, typed, label, was, now, why, restates, worth, version, offer = parts
    place = Place(sheet, row, column)
    return Line(
        kind, place, typed, label, was, now, why, restates, worth, version, None if offer is None else offers[offer]
    )


def _offer(offer: Offer) -> list[Any]:
    return [
        offer.indicator_id,
        offer.quarter.slug,
        *_place(offer.place),
        offer.typed,
        _number(offer.numerator),
        _number(offer.denominator),
        _number(offer.stated_percentage),
        [[month.isoformat(), str(number)] for month, number in offer.months],
        offer.is_provisional,
        offer.source,
        _day(offer.extracted_on),
        offer.missing_reason,
        offer.missing_note,
        _day(offer.expected_on),
        offer.seen_version,
        *([True] if offer.is_amount else []),  # left out of what earlier releases kept as well
    ]


def _read_offer(parts: list[Any]) -> Offer:
    indicator, quarter, sheet, row, column, typed, numerator, denominator, stated, months, *rest = parts
    is_provisional, source, extracted_on, reason, note, expected_on, seen_version, *amount = rest
    return Offer(
        indicator_id=indicator,
        quarter=Quarter.parse(quarter),
        place=Place(sheet, row, column),
        typed=typed,
        numerator=_read_number(numerator),
        denominator=_read_number(denominator),
        stated_percentage=_read_number(stated),
        is_amount=bool(amount),
        months=tuple((dt.date.fromisoformat(month), Decimal(number)) for month, number in months),
        is_provisional=is_provisional,
        source=source,
        extracted_on=_read_day(extracted_on),
        missing_reason=reason,
        missing_note=note,
        expected_on=_read_day(expected_on),
        seen_version=seen_version,
    )


def _place(place: Place) -> tuple[int, int, int]:
    return place.sheet, place.row, place.column


def _number(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _read_number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _read_day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
