"""The consultation of 2016 that ships with the product: totals exactly as they are printed, and no response.

Rows are found by natural keys and only ever added: what people have changed stays as they made it.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.db import models, transaction

from consultation.models import Channel, Concern, Consultation, Option, Question, Tally
from priorities.models import Plan, Priority

DATA = Path(__file__).resolve().parent / "data" / "consultation-2016.json"

Json = dict[str, Any]


def read() -> Json:
    document: Json = json.loads(DATA.read_text())
    return document


@transaction.atomic
def load(plan: Plan) -> int:
    """Add what of it is missing, for this plan. Returns how many rows were added."""
    document = read()
    consultation, made = Consultation.objects.get_or_create(
        slug=document["slug"],
        defaults={
            "title": document["title"],
            "purpose": document["purpose"],
            "plan": plan,
            "state": Consultation.State.PUBLISHED,
            "opens_on": dt.date.fromisoformat(document["opens_on"]),
            "closes_on": dt.date.fromisoformat(document["closes_on"]),
            "holds_responses": False,
            "stated_responses": document["responses"],
            "source": document["source"],
            "note": document["note"],
        },
    )
    rows = _Rows(consultation)
    if not made and not consultation.tallies.exists():
        _fill(consultation, document, plan)
    for order, given in enumerate(document["channels"], start=1):
        rows.add(Channel, {"key": given["key"]}, name=given["name"], way=given["way"], order=order)
    for order, given in enumerate(document["questions"], start=1):
        rows.add(
            Question,
            {"key": given["key"]},
            **{name: value for name, value in given.items() if name != "key"},
            order=order,
        )
    questions = {question.key: question for question in Question.objects.filter(consultation=consultation)}
    _concerns(rows, document, plan, questions["concerns"])
    for order, given in enumerate(document["options"], start=1):
        question = questions[given["question"]]
        option, added = Option.objects.get_or_create(
            question=question, key=given["key"], defaults={"text": given["text"], "order": order}
        )
        rows.added += added
        told = {"count": given["count"], "printed": given["printed"], "order": order}
        rows.add(Tally, {"question": question, "option": option}, **told)
    return made + rows.added


def _fill(consultation: Consultation, document: Json, plan: Plan) -> None:
    """What an upgrade carried over of it: only what actions answered, without a word on where it is from or which priority covers it."""
    told = {name: document[name] for name in ("purpose", "source", "note") if not getattr(consultation, name)}
    Consultation.objects.filter(pk=consultation.pk).update(**told)
    priorities = {priority.letter: priority for priority in Priority.objects.filter(plan=plan)}
    for given in document["concerns"]:
        bare = Concern.objects.filter(
            consultation=consultation, key=given["key"], priority__isnull=True, uncovered_note=""
        )
        bare.update(priority=priorities.get(given["priority"] or ""), uncovered_note=given.get("uncovered", ""))


def _concerns(rows: "_Rows", document: Json, plan: Plan, question: Question) -> None:
    priorities = {priority.letter: priority for priority in Priority.objects.filter(plan=plan)}
    for order, given in enumerate(document["concerns"], start=1):
        concern = rows.add(
            Concern,
            {"key": given["key"]},
            text=given["text"],
            order=order,
            priority=priorities.get(given["priority"] or ""),
            uncovered_note=given.get("uncovered", ""),
        )
        told = {"count": given["first"], "printed": given["printed"], "order": order}
        rows.add(Tally, {"question": question, "concern": concern, "rank": 1}, **told)
    rest = document["together"]
    told = {"count": rest["first"], "order": len(document["concerns"]) + 1}
    rows.add(Tally, {"question": question, "together": rest["text"], "rank": 1}, **told)


class _Rows:
    """Adds rows of one consultation, and counts those that were not there."""

    def __init__(self, consultation: Consultation) -> None:
        self.consultation = consultation
        self.added = 0

    def add(self, model: type[models.Model], by: Json, /, **defaults: Any) -> Any:
        row, made = model._default_manager.get_or_create(consultation=self.consultation, **by, defaults=defaults)
        self.added += made
        return row
