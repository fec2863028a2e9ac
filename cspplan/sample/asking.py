"""A consultation that is open whenever the sample is loaded, with answers that nobody gave. All of it is made up.

Unlike the sample years it lies around today, so that the public form can be tried.
"""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from consultation import asked
from consultation.actions import receiving
from consultation.answers import Given
from consultation.asked import Asked
from consultation.models import Channel, Concern, Consultation, Language, Option, Question, Translation
from cspplan.sample.people import read
from priorities.models import Plan

Json = Mapping[str, Any]

BEGAN, RUNS = dt.timedelta(days=14), dt.timedelta(days=60)  # before and after the day of loading
HELD = dt.timedelta(days=183)  # after the last day
OWNER = "sam.carrick@example.org"
SEED = 2018  # the same answers at every loading
WORDS = ("slug", "title", "purpose", "privacy", "hand_in", "panel", "panel_source", "note")


def load(plan: Plan, people: dict[str, User]) -> None:
    """Add the open consultation with its texts, languages and answers."""
    told = read("asking.json")["open"]
    today = timezone.localdate()
    form, channels = ask(
        told,
        plan=plan,
        owner=people[OWNER],
        state=Consultation.State.OPEN,
        opens_on=today - BEGAN,
        closes_on=today + RUNS,
        purge_on=today + RUNS + HELD,
        opened_at=timezone.now() - BEGAN,
    )
    answer(form, channels, told, days=[today - dt.timedelta(days=days) for days in range(1, BEGAN.days)])


def ask(told: Json, *, plan: Plan, owner: User, **facts: Any) -> tuple[Asked, dict[str, Channel]]:
    """A consultation with all it asks; its form and its channels by their keys."""
    consultation = Consultation.objects.create(
        **{name: told[name] for name in WORDS if name in told},
        **facts,
        plan=plan,
        earlier=Consultation.objects.published().filter(plan=plan).first(),
        triage_owner=owner,
        opened_by=owner,
        is_sample=True,
    )
    channels = {
        given["key"]: Channel.objects.create(consultation=consultation, order=order, **given)
        for order, given in enumerate(told["channels"], start=1)
    }
    _concerns(consultation, told)
    for order, given in enumerate(told["questions"], start=1):
        _question(consultation, given, order)
    for order, given in enumerate(told.get("languages", []), start=1):
        _language(consultation, given, order)
    return asked.read(consultation), channels


def _concerns(consultation: Consultation, told: Json) -> None:
    for order, text in enumerate(told["concerns"], start=1):
        Concern.objects.create(consultation=consultation, key=slugify(text), text=text, order=order)
    last = len(told["concerns"]) + 1
    Concern.objects.create(consultation=consultation, key="other", text=told["other"], order=last, is_other=True)


def _question(consultation: Consultation, given: Json, order: int) -> None:
    """Options are written "key|text", or the text alone; a "?" before it says that it is none of a percentage."""
    fields = {name: value for name, value in given.items() if name != "options"}
    question = Question.objects.create(consultation=consultation, order=order, **fields)
    for number, option in enumerate(given.get("options", []), start=1):
        key, _, text = option.rpartition("|")
        Option.objects.create(
            question=question,
            key=key or slugify(text.removeprefix("?").replace("’", "")),
            text=text.removeprefix("?"),
            order=number,
            is_dont_know=text.startswith("?"),
        )


def _language(consultation: Consultation, given: Json, order: int) -> None:
    fields = {name: value for name, value in given.items() if name != "texts"}
    language = Language.objects.create(consultation=consultation, order=order, **fields)
    Translation.objects.bulk_create(
        Translation(language=language, of=of, text=text) for of, text in given["texts"].items()
    )


def answer(form: Asked, channels: Mapping[str, Channel], told: Json, *, days: Sequence[dt.date]) -> None:
    """As many responses by each channel as `told` says, drawn by its weights."""
    chance = random.Random(SEED)
    concerns = [option for option in form.ranked.options if not option.is_other] if form.ranked else []
    weights = [told["weights"].get(option.text, 1) for option in concerns]
    comments = [given["text"] for given in told["comments"]]
    for key, number in told["responses"].items():
        rows = []
        for _ in range(number):
            words = comments.pop() if comments and chance.random() < 0.2 else ""
            given = _given(form, chance, [option.pk for option in concerns], weights, words)
            chance.getrandbits(128)  # not used: drawn so that the answers that follow stay the ones they were
            rows.append(receiving.Row(given, chance.choice(days)))
        receiving.receive_all(form, channel=channels[key], rows=rows, by=None)


def _given(form: Asked, chance: random.Random, concerns: list[int], weights: Sequence[int], words: str) -> Given:
    choices: list[int] = []
    for _ in range(chance.choices([0, 1, 2, 3], [4, 10, 16, 70])[0]):
        left = [(pk, weight) for pk, weight in zip(concerns, weights, strict=True) if pk not in choices]
        choices += chance.choices([pk for pk, _ in left], [weight for _, weight in left])
    options = {}
    texts = {}
    for question in form.questions:
        if question.is_text:
            texts[question.pk] = words
        elif not question.is_ranked and chance.random() < (0.5 if question.is_monitoring else 0.9):
            most = 2 if question.takes_several else 1
            first_ones_oftener = range(len(question.options), 0, -1)
            picked = chance.choices(question.options, first_ones_oftener, k=chance.randint(1, most))
            options[question.pk] = tuple({option.pk: None for option in picked})
    return Given(tuple(choices), options, texts)
