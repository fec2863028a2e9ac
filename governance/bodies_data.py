"""The bodies that the plan and its cabinet report name, read from `governance/data`: what each is called, where it is named, and the few
links between them that are written down.

Which body serves which priority is not among them: the plan's page for it is empty. Names that may be those of one body are kept apart,
with a note. Bodies are found by slug and only ever added: what people have changed stays as they made it, and a body's functions and
links come with it, and not again.
"""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from governance.models import Body, BodyFunction, BodyLink

DATA = Path(__file__).resolve().parent / "data"
STEP = 10  # between the places of two bodies, so that people can put others between them
# What of an entry is a field of the model under the same name; what it does not name is empty.
TEXTS = ("short_name", "kind", "source", "also_called", "note")


def read() -> list[dict[str, Any]]:
    """The entries of "bodies.json", in the order in which bodies are listed."""
    entries: list[dict[str, Any]] = json.loads((DATA / "bodies.json").read_text(encoding="utf-8"))
    return entries


@transaction.atomic
def load() -> int:
    """Add the bodies that are not there yet; how many were added.

    A body whose name or code people gave to another one is left out: the two would be told apart by nothing.
    """
    entries = read()
    added = {
        entry["slug"]: entry for place, entry in enumerate(entries, start=1) if _load_body(entry, order=place * STEP)
    }
    bodies = {body.slug: body for body in Body.objects.all()}
    for slug, entry in added.items():
        _load_links(bodies[slug], entry, bodies)
    return len(added)


def _load_body(entry: dict[str, Any], *, order: int) -> bool:
    taken = (
        Body.objects.filter(slug=entry["slug"])
        | Body.objects.filter(name=entry["name"])
        | Body.objects.filter(code=entry["code"])
    )
    if taken.exists():
        return False
    body = Body.objects.create(
        slug=entry["slug"],
        name=entry["name"],
        code=entry["code"],
        order=order,
        paper_days=entry["paper_days"],
        **{field: entry.get(field, "") for field in TEXTS},
    )
    BodyFunction.objects.bulk_create(
        BodyFunction(body=body, order=number, text=text)
        for number, text in enumerate(entry.get("functions", []), start=1)
    )
    return True


def _load_links(body: Body, entry: dict[str, Any], bodies: dict[str, Body]) -> None:
    BodyLink.objects.bulk_create(
        BodyLink(body=body, to=bodies[link["to"]], kind=link["kind"], source=link["source"])
        for link in entry.get("links", [])
        if link["to"] in bodies
    )
