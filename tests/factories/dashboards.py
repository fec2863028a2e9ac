"""Snapshots for the dashboard's tests: so many indicators in such states, and the rated sample with one thing changed."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from reporting.snapshots.shape import (
    ForecastPart,
    IndicatorPart,
    Snapshot,
    TargetPart,
    TrendPart,
    UsualPart,
    Value,
    VerdictPart,
    Words,
)
from tests.factories import snapshots

STATES = {"not_yet_verified": "unverified", "missing": "missing", "no_return": "not_collected"}
TODAY = dt.date(2018, 5, 8)  # of the sample


def trend(kind: str = "not_comparable", signed: str = "", *, words: str = "", why: str = "") -> TrendPart:
    up = {"better": "up", "higher": "up", "worse": "down", "lower": "down", "similar": "none"}
    return TrendPart(kind, up.get(kind, ""), signed, words, why)


def verdict(code: str) -> VerdictPart:
    return VerdictPart(code, f"{code.replace('_', ' ').capitalize()}: a sentence.")


def part(reference: str, code: str = "green", **changes: Any) -> IndicatorPart:
    """One indicator with this verdict, its cell in the state that goes with it, compared with nothing and asked for no words."""
    made = _sample().indicators[1]
    state = changes.pop("state", STATES.get(code, "verified"))
    known = state in ("verified", "unverified")
    cell = replace(made.this, state=state, value=Value(Decimal(38), None, None) if known else None)
    cell = replace(cell, **changes.pop("cell", {}))
    return replace(
        made,
        **{
            "slug": f"slug-{reference.lower()}",
            "reference": reference,
            "short_name": f"Things {reference}",
            "verdict": verdict(code),
            "last_verdict": verdict(code),
            "short": trend(),
            "long": trend(),
            "is_worsening": False,
            "forecast": ForecastPart(None, "", None),
            "usual": UsualPart("usual", "38 is inside the usual range.", False, False, "", ""),
            "this": cell,
            "words": None,
            "breaks": (),
            "target": TargetPart("tolerance", "", "latest", Decimal(40), None, Decimal(5), (), None, code in ("red", "amber", "green"), ""),
            **changes,
        },
    )  # fmt: skip


def coded(*codes: str) -> tuple[IndicatorPart, ...]:
    """A1, A2, A3 ... with these verdicts."""
    return tuple(part(f"A{number}", code) for number, code in enumerate(codes, start=1))


def of(*parts: IndicatorPart, context: tuple[IndicatorPart, ...] = (), **changes: Any) -> Snapshot:
    """The sample's quarter with these indicators under one priority, and nothing restated."""
    priority = replace(_sample().priorities[0], indicators=parts, context=context)
    return replace(_sample(), **{"priorities": (priority,), "restatements": (), **changes})


@cache
def _sample() -> Snapshot:
    return snapshots.rated()


def words(state: str = "sent", **changes: Any) -> Words:
    """All of a commentary, or none of it when it is owed."""
    said = state != "owed"
    made = Words(
        state=state,
        what_happened="Calls fell." if said else "",
        why="Patrols." if said else "",
        what_next="Go on." if said else "",
        who="Superintendent" if said else "",
        by_when=dt.date(2018, 7, 31) if said else None,
        lacking=() if state == "sent" else ("what_happened", "why") if state == "owed" else ("who", "by_when"),
        by="Oona Harcastle",
        sent_on=dt.date(2018, 5, 2) if said else None,
        due_on=dt.date(2018, 5, 4),
        owed_by="" if state == "sent" else "Signe Marlowe",
    )
    return replace(made, **changes)
