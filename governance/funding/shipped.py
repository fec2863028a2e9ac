"""The money that the cabinet report on the plan prints, read from `governance/data`: streams with their years and projects, growth and
savings, and the officers that are paid for.

Amounts are as printed, to the pound. Where the report contradicts itself a note says so, and what it does not print is not there: no split of
a project by year, no days, no priority unless the document itself ties one to it.

Streams are found by slug or name, budget changes and posts by where they are printed. They are only ever added: what people have changed
stays as they made it, and a stream's years and projects come with it, and not again.
"""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import Organisation
from governance.models import Allocation, Body, BudgetChange, FundedPosts, FundingStream, Project
from lib.quarters import Year
from priorities.models import Priority

DOCUMENT = Path(__file__).resolve().parent.parent / "data" / "money.json"
DAAT = "Drug and Alcohol Action Team"
STEP = 10  # between the places of two projects, so that people can put others between them
Json = dict[str, Any]


def read() -> Json:
    document: Json = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return document


@transaction.atomic
def load() -> int:
    """Add what is not there yet; how many streams, budget changes and posts were added. Needs the plan, its organisations and its bodies:
    what one of them is wanted for and is not there stays open."""
    document = read()
    priorities = {priority.letter: priority for priority in Priority.objects.filter(plan__slug=document["plan"])}
    council = Organisation.objects.filter(slug="council").first()
    added = sum(_load_stream(entry, priorities, council) for entry in document["streams"])
    streams = {stream.slug: stream for stream in FundingStream.objects.all()}
    added += sum(_load_change(entry, priorities, streams) for entry in document["budget_changes"])
    bodies = {body.slug: body for body in Body.objects.all()}
    for place, entry in enumerate(document["posts"], start=1):
        added += _load_posts(entry, place * STEP, priorities, streams, bodies)
    return added


def _load_stream(entry: Json, priorities: dict[str, Priority], council: Organisation | None) -> bool:
    there = FundingStream.objects.filter(slug=entry["slug"]) | FundingStream.objects.filter(name=entry["name"])
    if there.exists():
        return False
    stream = FundingStream.objects.create(
        slug=entry["slug"],
        name=entry["name"],
        funder=entry["funder"],
        amount=_amount(entry.get("amount")),
        starts_on=_day(entry.get("starts_on")),
        ends_on=_day(entry.get("ends_on")),
        **{field: entry.get(field, "") for field in ("programme", "terms", "source", "note")},
    )
    for row in entry.get("years", []):
        Allocation.objects.create(
            stream=stream,
            year=Year.parse(row["year"]),
            team=row.get("team", ""),
            amount=_amount(row["amount"]),
            note=row.get("note", ""),
        )
    for place, project in enumerate(entry.get("projects", []), start=1):
        _load_project(stream, entry["project"] | project, place * STEP, priorities, council)
    return True


def _load_project(
    stream: FundingStream, entry: Json, place: int, priorities: dict[str, Priority], council: Organisation | None
) -> None:
    if Project.objects.filter(slug=entry["slug"]).exists():
        return  # people gave its address to another
    is_daat = entry.get("daat", False)
    Project.objects.create(
        stream=stream,
        slug=entry["slug"],
        name=entry["name"],
        order=place,
        amount=_amount(entry["amount"]),
        starts_on=_day(entry["starts_on"]),
        ends_on=_day(entry["ends_on"]),
        priority=priorities.get(entry.get("priority", "")),
        organisation=council if is_daat or entry.get("organisation") == "council" else None,
        team=DAAT if is_daat else "",
        **{field: entry.get(field, "") for field in ("theme", "purpose", "source", "note")},
    )


def _load_change(entry: Json, priorities: dict[str, Priority], streams: dict[str, FundingStream]) -> bool:
    if BudgetChange.objects.filter(source=entry["source"]).exists():
        return False
    BudgetChange.objects.create(
        kind=entry["kind"],
        year=Year.parse(entry["year"]),
        amount=_amount(entry["amount"]),
        what_for=entry["what_for"],
        stream=streams.get(entry.get("stream", "")),
        priority=priorities.get(entry.get("priority", "")),
        source=entry["source"],
        note=entry.get("note", ""),
    )
    return True


def _load_posts(
    entry: Json,
    place: int,
    priorities: dict[str, Priority],
    streams: dict[str, FundingStream],
    bodies: dict[str, Body],
) -> bool:
    there = FundedPosts.objects.filter(source=entry["source"]) | FundedPosts.objects.filter(name=entry["name"])
    if there.exists():
        return False
    FundedPosts.objects.create(
        name=entry["name"],
        number=entry["number"],
        posts="police officers",
        what_for=entry["what_for"],
        stream=streams.get(entry.get("stream", "")),
        body=bodies.get(entry.get("body", "")),
        priority=priorities.get(entry.get("priority", "")),
        source=entry["source"],
        note=entry.get("note", ""),
        order=place,
    )
    return True


def _amount(pounds: int | None) -> Decimal | None:
    return None if pounds is None else Decimal(pounds).quantize(Decimal("0.01"))


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
