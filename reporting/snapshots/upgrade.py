"""Reads snapshots of earlier schemas: a plain one of an older schema becomes a plain one of the present schema. Pure.

What an older schema did not hold was not known to that pack, and the upgrade says so instead of working it out afterwards.
"""

from typing import Any

CODES = {"verified": "data_only", "unverified": "not_yet_verified", "awaited": "missing", "missing": "missing"}
VALUE = {"numerator", "denominator", "percentage"}  # what a figure was made of until schema 6
NOT_THEN = "Packs of that time did not work this out."


def to_present(plain: dict[str, Any]) -> dict[str, Any]:
    """The same snapshot in the present schema; one that is no older is given back as it is."""
    if plain.get("schema") == 1:
        plain = _from_1(plain)
    if plain.get("schema") == 2:
        plain = _from_2(plain)
    if plain.get("schema") == 3:
        plain = _from_3(plain)
    if plain.get("schema") == 4:
        plain = _from_4(plain)
    return _from_5(plain) if plain.get("schema") == 5 else plain


def _from_5(plain: dict[str, Any]) -> dict[str, Any]:
    """Schema 6 added editions: until then every pack was an executive one, and hid nothing."""
    then: dict[str, Any] = {
        "edition": "executive",
        "small_numbers": None,
        "people": [],
        "to_decide": [],
        "consulted": [],
    }
    return _with_hidden(plain) | {"schema": 6} | then


def _with_hidden(plain: Any) -> Any:
    """Every figure in it says that it is shown."""
    if isinstance(plain, list):
        return [_with_hidden(one) for one in plain]
    if not isinstance(plain, dict):
        return plain
    told = {name: _with_hidden(value) for name, value in plain.items()}
    return told | {"hidden": ""} if told.keys() == VALUE else told


def _from_4(plain: dict[str, Any]) -> dict[str, Any]:
    """Schema 5 added money."""
    return plain | {"schema": 5, "funding": None}


def _from_3(plain: dict[str, Any]) -> dict[str, Any]:
    """Schema 4 added who governs, delivers and decides, and how commitments and outcomes go."""
    not_then: dict[str, Any] = {
        "key": "",
        "lead": "",
        "state": "",
        "said": "",
        "said_in": None,
        "reached": None,
        "actions": [],
    }
    priorities = [
        priority | {"commitments": [one | not_then for one in priority["commitments"]], "outcomes": []}
        for priority in plain["priorities"]
    ]
    return plain | {"schema": 4, "governance": None, "priorities": priorities}


def _from_2(plain: dict[str, Any]) -> dict[str, Any]:
    """Schema 3 added which restatements a pack lists. Until then it listed all, and told of the quarters it showed in full."""
    then = {"materiality": None, "changes_rating": None, "is_listed": True}
    return plain | {"schema": 3, "restatements": [one | then for one in plain.get("restatements", [])]}


def _from_1(plain: dict[str, Any]) -> dict[str, Any]:
    """Schema 2 added ratings, trends, forecasts, the usual range and the whole series."""
    priorities = [
        priority
        | {
            kind: [_part_from_1(part) for part in priority[kind]]
            for kind in ("indicators", "context")
            if kind in priority
        }
        for priority in plain.get("priorities", [])
    ]
    return plain | {"schema": 2, "last_closed_on": None, "priorities": priorities}


def _part_from_1(part: dict[str, Any]) -> dict[str, Any]:
    code = CODES.get(part["this"]["state"], "no_return")
    compared = {"trend": "not_comparable", "direction": "", "signed": "", "words": "", "why": NOT_THEN}
    known = {name: value for name, value in part.items() if name != "rule"}
    words = part["words"]
    return known | {
        "words": words and {"who": "", "by_when": None, "lacking": []} | words,
        "method": "",
        "known_limits": "",
        "areas": "",
        "target": None,
        "verdict": {"code": code, "sentence": NOT_THEN},
        "last_verdict": None,
        "short": compared,
        "long": compared,
        "is_worsening": False,
        "forecast": {"number": None, "basis": NOT_THEN, "verdict": None},
        "usual": {
            "state": "unknown",
            "sentence": "",
            "is_trial": False,
            "asks_for_words": False,
            "meets": "",
            "meets_sentence": "",
        },
        "series": [],
        "stretches": [],
        "breaks": [],
        "notes": [],
        "quarter_targets": [],
    }
