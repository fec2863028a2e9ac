"""All figures of a public edition for programs: JSON, as `schema/figures-1.json` describes it.

A figure that is hidden has no number, only the words that stand in its place.
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from indicators.rating import WORDS
from reporting.companions import figures, identity
from reporting.companions.figures import Numbers, Row
from reporting.imprint import Imprint
from reporting.snapshots.shape import IndicatorPart, PriorityPart, Snapshot, TargetPart, ToDate

SCHEMA = "/open-data/schema/1/figures.json"  # its address on the site that publishes the figures
SCHEMA_FILE = Path(__file__).parent / "schema" / "figures-1.json"


def data(snapshot: Snapshot, imprint: Imprint) -> bytes:
    """UTF-8, keys in a fixed order, so that two issues can be laid side by side."""
    told = {
        "schema": SCHEMA,
        "title": identity.title(snapshot, imprint),
        "partnership": snapshot.partnership,
        "plan": snapshot.plan,
        "kind": imprint.kind,
        "edition": imprint.edition,
        "issue": imprint.issue,
        "draft": imprint.draft or None,
        "quarter": snapshot.quarter.slug,
        "as_at": snapshot.as_at.isoformat(),
        "is_sample": snapshot.is_sample,
        "licence": identity.LICENCE_ADDRESS,
        "small_numbers": _small_numbers(snapshot),
        "indicators": [_indicator(snapshot, *one) for one in figures.parts(snapshot)],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _small_numbers(snapshot: Snapshot) -> dict[str, Any] | None:
    small = snapshot.small_numbers
    if small is None:
        return None
    return {"threshold": small.threshold, "hides_zero": small.hides_zero, "rounds_to": small.rounds_to}


def _indicator(snapshot: Snapshot, priority: PriorityPart, part: IndicatorPart, is_counted: bool) -> dict[str, Any]:
    return {
        "key": part.slug,
        "reference": part.reference or None,
        "name": part.name,
        "short_name": part.short_name,
        "priority": {"letter": priority.letter, "title": priority.title},
        "in_set": is_counted,
        "family": part.family,
        "frequency": part.frequency,
        "measure": part.measure,
        "unit": part.unit,
        "unit_of_base": part.unit_of_base or None,
        "polarity": part.polarity,
        "owner": part.owner,
        "definition": part.definition,
        "source": part.source,
        "method": part.method or None,
        "known_limits": part.known_limits or None,
        "areas": part.areas or None,
        "series_breaks": [{"quarter": start.slug, "why": why} for start, why in part.breaks],
        "target": _target(part.target),
        "rating": {"code": part.verdict.code, "word": WORDS[part.verdict.code], "sentence": part.verdict.sentence},
        "year_to_date": _to_date(snapshot, part.year_to_date),
        "figures": [
            figure(figures.row(snapshot, priority, part, is_counted, cell)) for cell in figures.cells(snapshot, part)
        ],
    }


def _target(target: TargetPart | None) -> dict[str, Any] | None:
    """None while nothing is aimed at, or nobody has agreed to it."""
    if target is None or target.rule == "none" or not target.is_agreed:
        return None
    return {
        "rule": target.rule_words,
        "value": number(target.value),
        "minimum": number(target.minimum),
        "agreed": target.agreed or None,
    }


def _to_date(snapshot: Snapshot, to_date: ToDate) -> dict[str, Any]:
    return {
        **numbers(figures.numbers(snapshot, to_date.value)),
        "through": (to_date.through or snapshot.quarter).slug if to_date.value else None,
        "lacks": [quarter.slug for quarter in to_date.missing],
    }


def figure(row: Row) -> dict[str, Any]:
    """One quarter's, also as the feed gives it."""
    return {
        "quarter": row.quarter.slug,
        "starts_on": row.quarter.start.isoformat(),
        "ends_on": row.quarter.end.isoformat(),
        "state": row.state,
        **numbers(row.numbers),
        "shown": row.shown,
        "is_provisional": row.is_provisional,
        "restated_from": row.was or None,
        "reason": row.reason or None,
        "note": row.note or None,
    }


def numbers(one: Numbers) -> dict[str, Any]:
    return {
        "value": number(one.number),
        "numerator": number(one.part),
        "denominator": number(one.base),
        "shown": one.shown or None,
        "hidden": one.hidden or None,
    }


def number(of: Decimal | None) -> int | float | None:
    """A JSON number with the digits of the record: up to fifteen of them a float writes back as they were."""
    if of is None:
        return None
    return int(of) if of == of.to_integral_value() else float(of)
