"""Papers of a pile: keyed one by one, and taken out again when one was keyed wrongly. And where papers are handed in."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from consultation import answers, asked
from consultation.actions import batches, receiving
from consultation.actions.receiving import Came
from consultation.answers import Given
from consultation.asked import Asked
from consultation.models import Answer, Batch, Code, Comment, Consultation, MonitoringCount, Response
from lib.editing import write

ANOTHER_TIME = (
    "This form was saved before, with other answers: they stand in the list below, and what is typed now is not saved. To put it right, take "
    "that paper out. To enter this as another paper, press the button again."
)
TAKEN_OUT = "This paper has been taken out already."
NO_CODE = "No paper of this pile came with this code. Look at the form again, or leave the code out."
NOT_COUNTED = "No paper of this pile was counted with this answer. Look at the form again, or leave it empty."
LONGEST_PLACE = 300

audit.kinds({"paper_taken_out": "Paper taken out", "hand_in_changed": "Where papers are handed in changed"})
Standing = Response.Standing


@dataclass(frozen=True)
class Paper:
    """What is typed for one paper. `token` is of the form on the screen; `code` as it is kept, "" for none."""

    given: Given
    token: uuid.UUID
    code: str = ""
    language: str = asked.ENGLISH


class SentBefore(ValidationError):
    """The form had been saved with other answers: somebody went back in their browser."""


@transaction.atomic
def key(batch: Batch, *, form: Asked, paper: Paper, on: dt.date, at: dt.datetime, by: User) -> Response:
    """Count one paper. The same form sent twice counts once; with other answers the second time it is refused, so that no correction is lost."""
    before = Response.objects.filter(token=paper.token, batch=batch).first()
    if before and _says(before, paper.given, form):
        return before
    if before:
        raise SentBefore(ANOTHER_TIME)
    held = batches.holding_open(batch)
    return receiving.receive(
        form,
        given=paper.given,
        channel=held.channel,
        token=paper.token,
        at=at,
        on=on,
        came=Came(language=paper.language),
        batch=held,
        code=paper.code,
        by=by,
    )


@transaction.atomic
def take_out(
    response: Response, *, form: Asked, monitoring: Mapping[int, tuple[int, ...]], code: str = "", by: User
) -> Response:
    """Count a paper no more, while its pile is being entered.

    What it says of who people are, and its code, are joined to no response: whoever holds the paper says them again, `monitoring` as options
    by the question's id, and they are taken off.
    """
    assert response.batch is not None, "only papers of a pile are taken out"
    batch = batches.holding_open(response.batch)
    if faults := answers.faults(form.questions, Given(options=monitoring)):
        raise ValidationError(faults)
    held = Response.objects.filter(pk=response.pk, batch=batch).exclude(standing=Standing.UNDONE)
    if not held.update(standing=Standing.UNDONE, set_aside_because=""):
        raise ValidationError(TAKEN_OUT)
    used = Code.objects.filter(consultation=batch.consultation, value=code, batch=batch)
    if code and not used.update(used_on=None, batch=None):
        raise ValidationError({"code": NO_CODE})
    _take_off(batch, form, monitoring)
    audit.record("paper_taken_out", batch, by=by)
    response.standing = Standing.UNDONE
    return response


@transaction.atomic
def say_where(consultation: Consultation, *, hand_in: str, version: int, by: User) -> Consultation:
    """Where papers are handed in, as printed on them. It may change while it is open: a place closes, another opens."""
    said = " ".join(hand_in.split())
    if len(said) > LONGEST_PLACE:
        raise ValidationError(
            {"hand_in": f"Where it is handed in must be said in {LONGEST_PLACE} characters or fewer."}
        )
    if said == consultation.hand_in and version == consultation.version:
        return consultation
    changes = audit.changes({"Handed in": consultation.hand_in}, {"Handed in": said})
    write(consultation, version=version, what="This consultation", hand_in=said)
    audit.record("hand_in_changed", consultation, by=by, changes=changes)
    return consultation


def _says(response: Response, given: Given, form: Asked) -> bool:
    """Whether it was saved with these answers, as far as that can be told: who people are is joined to no response."""
    joined = {question.pk for question in form.asked_of_all}
    options = {pk for question, chosen in given.options.items() if question in joined for pk in chosen}
    texts = {pk: text.strip() for pk, text in given.texts.items() if text.strip()}
    return (
        response.choices == tuple(given.choices)
        and set(Answer.objects.filter(response=response).values_list("option", flat=True)) == options
        and dict(Comment.objects.filter(response=response).values_list("question", "text")) == texts
    )


def _take_off(batch: Batch, form: Asked, monitoring: Mapping[int, tuple[int, ...]]) -> None:
    """In the order in which counters are raised, so that two at a time wait for each other and don't lock."""
    for question in sorted(form.monitoring, key=lambda one: one.pk):
        chosen = monitoring.get(question.pk, ())
        for option in [None, *sorted(chosen)] if chosen else []:
            counters = MonitoringCount.objects.filter(question=question.pk, option=option, batch=batch, count__gte=1)
            if not counters.update(count=F("count") - 1):
                raise ValidationError({question.key: NOT_COUNTED})
