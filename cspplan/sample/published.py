"""The sample's consultation of 2017, from its answers to what was published of it. Its single responses are gone when their day has come."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.models import User
from consultation import gathering, safe
from consultation.actions import purging
from consultation.asked import Asked
from consultation.models import Comment, Concern, Consultation, Quote, Result, Tag
from cspplan.sample import asking
from cspplan.sample.people import read
from priorities.models import Plan, Priority

Json = Mapping[str, Any]

OWNER, READER, PASSER = "sam.carrick@example.org", "lena.fox@example.org", "jo.mercer@example.org"


def load(plan: Plan, people: dict[str, User]) -> None:
    """Ask what the open one asks, as far as `told` names it; answer, read, count and publish it, each on its day."""
    document = read("asking.json")
    told, of = document["published"], document["open"]
    opened, closed = (dt.date.fromisoformat(told[name]) for name in ("opens_on", "closes_on"))
    questions = [given for given in of["questions"] if given["key"] in told["questions"]]
    form, channels = asking.ask(
        {**told, "questions": questions, "concerns": of["concerns"], "other": of["other"]},
        plan=plan,
        owner=people[OWNER],
        state=Consultation.State.CLOSED,
        opens_on=opened,
        closes_on=closed,
        purge_on=dt.date.fromisoformat(told["purge_on"]),
        opened_at=_at(opened),
        closed_at=_at(closed + dt.timedelta(days=1)),
    )
    days = [opened + dt.timedelta(days=day) for day in range((closed - opened).days + 1)]
    asking.answer(form, channels, told, days=days)
    _read(form, told, people)
    _cover(form.consultation, told, plan)
    _publish(form.consultation, told, people)
    purging.purge_due(on=timezone.localdate(), at=timezone.now())


def _read(form: Asked, told: Json, people: dict[str, User]) -> None:
    """Comments with their tags; those that were chosen as quotes, passed by somebody else."""
    read_at = _at(dt.date.fromisoformat(told["analysed_on"]))
    of_text = {given["text"]: given for given in told["comments"]}
    for comment in Comment.objects.filter(response__consultation=form.consultation, text__in=of_text):
        given = of_text[comment.text]
        tags = [Tag.objects.get_or_create(consultation=form.consultation, name=name)[0] for name in given["tags"]]
        comment.tags.set(tags)
        Comment.objects.filter(pk=comment.pk).update(read_by=people[READER], read_at=read_at)
        if "quote" in given:
            Quote.objects.create(
                consultation=form.consultation,
                question=comment.question,
                comment=comment,
                text=given["quote"],
                chosen_by=people[READER],
                chosen_at=read_at,
                passed_by=people[PASSER],
                passed_at=read_at + dt.timedelta(days=2),
            )


def _cover(consultation: Consultation, told: Json, plan: Plan) -> None:
    """Which priority answers a concern, or why none does."""
    priorities = {priority.letter: priority for priority in Priority.objects.filter(plan=plan)}
    concerns = Concern.objects.filter(consultation=consultation)
    for text, letter in told["priorities"].items():
        concerns.filter(text=text).update(priority=priorities[letter])
    for text, why in told["uncovered"].items():
        concerns.filter(text=text).update(uncovered_note=why)


def _publish(consultation: Consultation, told: Json, people: dict[str, User]) -> None:
    counts = gathering.gather(consultation)
    Result.objects.create(
        consultation=consultation,
        number=1,
        counts=counts.to_json(),
        safe=safe.publish(counts, consultation.threshold).to_json(),
        taken_at=_at(dt.date.fromisoformat(told["analysed_on"])),
        taken_by=people[OWNER],
    )
    Consultation.objects.filter(pk=consultation.pk).update(
        state=Consultation.State.PUBLISHED,
        published_at=_at(dt.date.fromisoformat(told["published_on"])),
        published_by=people[OWNER],
    )


def _at(on: dt.date) -> dt.datetime:
    return dt.datetime.combine(on, dt.time(11), tzinfo=dt.UTC)
