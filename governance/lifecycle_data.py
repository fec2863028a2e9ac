"""How the plan that ships came about, read from `governance/data`: its versions, who cleared them, and what bodies said of them.

Loaded once for a plan; whatever people have recorded since stays as they made it.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.db import transaction

from governance.models import Approval, Body, Clearance, PlanVersion
from priorities.models import Plan

DOCUMENT = Path(__file__).resolve().parent / "data" / "plan-life-2017-21.json"
Json = dict[str, Any]


def read() -> Json:
    document: Json = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return document


def consulted_until(plan: Plan) -> dt.date | None:
    """The last day of the public consultation before the plan; None where it is not known."""
    document = read()
    return _day(document["consulted_until"]) if document["plan"] == plan.slug else None


@transaction.atomic
def load(plan: Plan) -> int:
    """Add what the document says of this plan, unless it has versions already. Returns how many versions and approvals were added. Needs the bodies."""
    document = read()
    if document["plan"] != plan.slug or PlanVersion.objects.filter(plan=plan).exists():
        return 0
    versions = {
        entry["number"]: _load_version(plan, order, entry) for order, entry in enumerate(document["versions"], start=1)
    }
    bodies = {body.slug: body for body in Body.objects.all()}
    approvals = [
        entry for entry in document["approvals"] if entry["body"] in bodies
    ]  # people may have given its name to another
    for entry in approvals:
        Approval.objects.create(
            body=bodies[entry["body"]],
            plan_version=versions[entry["version"]],
            verdict=entry["verdict"],
            given_on=_day(entry["given_on"]),
            route=Approval.Route.MEETING,
            **{field: entry[field] for field in ("evidence", "said", "note")},
        )
    return len(versions) + len(approvals)


def _load_version(plan: Plan, order: int, entry: Json) -> PlanVersion:
    version = PlanVersion.objects.create(
        plan=plan,
        order=order,
        dated_on=_day(entry["dated_on"]),
        **{field: entry[field] for field in ("number", "what_changed", "note")},
    )
    for place, line in enumerate(entry["clearances"], start=1):
        Clearance.objects.create(
            version=version,
            order=place,
            who=line["who"],
            consulted_on=_day(line["consulted_on"]),
            cleared_on=_day(line["cleared_on"]),
            note=line.get("note", ""),
        )
    return version


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
