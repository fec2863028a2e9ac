"""A preview as the row of its upload keeps it: what was read, what each row would do, and a fingerprint of both. Plain JSON."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from governance.plan_sheets.columns import DUE, INDICATORS, MOVED, STARTS, STEPS
from governance.plan_sheets.offers import Offer, Place, Reading, Refusal
from governance.plan_sheets.results import Comparison, Line, Result
from lib.quarters import Quarter

DAYS = (STARTS, DUE, MOVED)


@dataclass(frozen=True)
class Kept:
    """A preview taken from its row."""

    quarter: Quarter
    reading: Reading
    comparison: Comparison


def fingerprint(text: str) -> str:
    """Of what `to_json` made: the same for the same file compared with the same plan."""
    return hashlib.sha256(text.encode()).hexdigest()


def to_json(quarter: Quarter, reading: Reading, comparison: Comparison) -> str:
    """The same text for the same reading and comparison."""
    kept = {
        "quarter": quarter.slug,
        "offers": [_offer(offer) for offer in reading.offers],
        "refusals": [[_place(one.place), one.field, one.label, one.typed, one.why] for one in reading.refusals],
        "notes": list(reading.notes),
        "refusal": comparison.refusal,
        "is_report": comparison.is_report,
        "results": [
            [
                one.kind,
                _place(one.place),
                one.label,
                [
                    [line.kind, line.field, line.what, _place(line.place), line.was, line.now, line.why]
                    for line in one.lines
                ],
                one.offer,
                one.number,
                one.versions,
            ]
            for one in comparison.results
        ],
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def from_json(text: str) -> Kept:
    """What `to_json` was given."""
    kept = json.loads(text)
    offers = tuple(_read_offer(parts) for parts in kept["offers"])
    refusals = tuple(Refusal(Place(*place), *rest) for place, *rest in kept["refusals"])
    results = tuple(
        Result(
            kind,
            Place(*place),
            label,
            tuple(
                Line(how, field, what, Place(*where), was, now, why) for how, field, what, where, was, now, why in lines
            ),
            offer,
            number,
            (versions[0], versions[1]),
        )
        for kind, place, label, lines, offer, number, versions in kept["results"]
    )
    reading = Reading(offers, refusals, tuple(kept["notes"]))
    return Kept(Quarter.parse(kept["quarter"]), reading, Comparison(results, kept["is_report"], kept["refusal"]))


def _offer(offer: Offer) -> list[Any]:
    places = {name: _place(place) for name, place in offer.places.items()}
    fields = {name: _value(name, value) for name, value in offer.fields.items()}
    return [_place(offer.place), offer.reference, offer.title, fields, places, offer.seen]


def _read_offer(parts: list[Any]) -> Offer:
    place, reference, title, fields, places, seen = parts
    return Offer(
        Place(*place),
        reference,
        title,
        {name: _read_value(name, value) for name, value in fields.items()},
        {name: Place(*where) for name, where in places.items()},
        (seen[0], seen[1]) if seen else None,
    )


def _value(name: str, value: Any) -> Any:
    if name == STEPS:
        return [[text, day.isoformat()] for text, day in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _read_value(name: str, value: Any) -> Any:
    if name == STEPS:
        return tuple((text, dt.date.fromisoformat(day)) for text, day in value)
    if name == INDICATORS:
        return tuple(value)
    return dt.date.fromisoformat(value) if name in DAYS and value else value


def _place(place: Place) -> tuple[int, int, int]:
    return place.sheet, place.row, place.column
