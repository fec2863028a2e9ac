"""The plan that ships with the product, read from `priorities/data` into the database.

Rows are found by natural keys. A plan is loaded whole or, when it is already there, left exactly as people have made it.
"""

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from lib.quarters import Year
from priorities.models import (
    Commitment,
    FocusPoint,
    LinkedStrategy,
    Outcome,
    Plan,
    Priority,
    Section,
    SectionItem,
    Theme,
)

DATA = Path(__file__).resolve().parent / "data"
DOCUMENT = "plan-2017-21.json"

Json = dict[str, Any]


def read(name: str = DOCUMENT) -> Json:
    """The plan as one document, with its priorities, sections and linked strategies read from their own files."""
    document = _file(name)
    document["priorities"] = [_file(part) for part in document["priorities"]]
    document["sections"] = _file(document["sections"])
    document["linked_strategies"] = _file(document["linked_strategies"])
    return document


@transaction.atomic
def load(document: Json | None = None) -> tuple[Plan, bool]:
    """Load the plan unless it is there. Returns it, and whether this call made it.

    An existing plan is not completed or repaired: what is missing from it, somebody has taken out.
    """
    document = document or read()
    plan, made = Plan.objects.get_or_create(
        slug=document["slug"],
        defaults={
            "title": document["title"],
            "starts_on": dt.date.fromisoformat(document["starts_on"]),
            "ends_on": dt.date.fromisoformat(document["ends_on"]),
            "adopted_on": dt.date.fromisoformat(document["adopted_on"]),
            "note": document["note"],
        },
    )
    if made:
        for priority in document["priorities"]:
            _load_priority(plan, priority, first_year=Year.parse(document["first_year"]))
        _load_sections(plan, [*document["sections"], _readings(document)])
        LinkedStrategy.objects.bulk_create(
            LinkedStrategy(plan=plan, order=order, title=strategy["title"], ends_in=strategy["ends_in"])
            for order, strategy in enumerate(document["linked_strategies"], start=1)
        )
    return plan, made


def _file(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def _load_priority(plan: Plan, printed: Json, *, first_year: Year) -> None:
    priority = Priority.objects.create(
        plan=plan,
        letter=printed["letter"],
        title=printed["title"],
        short_title=printed["short_title"],
        why="\n\n".join(printed["why"]),
    )
    themes = {
        title: Theme.objects.create(priority=priority, title=title, order=order)
        for order, title in enumerate(printed["themes"], start=1)
    }

    def common(kind: str, order: int, item: Json) -> Json:
        return {
            "priority": priority,
            "theme": themes[item["theme"]] if "theme" in item else None,
            "key": f"{priority.letter.lower()}-{kind}-{order}",
            "order": order,
            "text": item["text"],
        }

    FocusPoint.objects.bulk_create(
        FocusPoint(**common("focus", order, item)) for order, item in enumerate(printed["focus_points"], start=1)
    )
    Commitment.objects.bulk_create(
        Commitment(
            **common("commitment", order, item),
            year=first_year,
            number=item.get("number"),
            unit=item.get("unit", ""),
        )
        for order, item in enumerate(printed["commitments"], start=1)
    )
    Outcome.objects.bulk_create(
        Outcome(**common("outcome", order, item), known_by=item["known_by"])
        for order, item in enumerate(printed["outcomes"], start=1)
    )


def _load_sections(plan: Plan, sections: list[Json]) -> None:
    for order, printed in enumerate(sections, start=1):
        section = Section.objects.create(
            plan=plan,
            key=printed["key"],
            title=printed["title"],
            body="\n\n".join(printed["body"]),
            note=printed["note"],
            order=order,
        )
        SectionItem.objects.bulk_create(
            SectionItem(
                section=section,
                order=place,
                text=item["text"],
                note=item.get("note", ""),
                on=dt.date.fromisoformat(item["on"]) if item.get("on") else None,
                number=Decimal(item["number"]) if "number" in item else None,
            )
            for place, item in enumerate(printed["items"], start=1)
        )


def _readings(document: Json) -> Json:
    """The notes on priorities, their items and the linked strategies, as one section: both readings stay on the record."""
    return {
        "key": "readings",
        "title": "How we read the document",
        "body": [
            "Where the printed plan contradicts itself or leaves something open, this is what is kept here, and why."
        ],
        "note": "",
        "items": [{"text": text, "note": where} for where, text in _notes(document)],
    }


def _notes(document: Json) -> Iterator[tuple[str, str]]:
    kinds = {"focus_points": "focus point", "commitments": "commitment", "outcomes": "outcome"}
    for priority in document["priorities"]:
        where = f"Priority {priority['letter']}"
        for note in priority["notes"]:
            yield where, note
        for part, kind in kinds.items():
            for order, item in enumerate(priority[part], start=1):
                if "note" in item:
                    yield f"{where}, {kind} {order}", item["note"]
    for strategy in document["linked_strategies"]:
        if "note" in strategy:
            yield strategy["title"], strategy["note"]
