"""Taking in what people answered: from the web form, a pile of papers or a file. Each response is written whole or not at all."""

import datetime as dt
import secrets
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from consultation import answers, asked
from consultation.actions import disclosures
from consultation.answers import Given
from consultation.asked import Asked
from consultation.models import (
    AddressSeen,
    Answer,
    Batch,
    Channel,
    Code,
    Comment,
    Consultation,
    MonitoringCount,
    Response,
)
from lib.locks import hold_still

CODE_UNKNOWN = "There is no such code on a form of this consultation. Check each letter, or leave the code out."
CODE_USED = "This code has been used already, and each counts once. Leave the code out to answer without it."
OVER = "This consultation is not open any more: nothing can be added to what was counted."
MOST_FROM_ADDRESS = (
    20  # forms in 24 hours from one address; more are counted and flagged: a library has one address for all
)
CHUNK = 500
Standing = Response.Standing


@dataclass(frozen=True)
class Came:
    """How a form came, and what of it somebody may want to look at. `digest` is the address as a keyed hash, empty off the web."""

    language: str = asked.ENGLISH
    digest: str = ""
    was_fast: bool = False
    filled_the_trap: bool = False
    is_late: bool = False  # begun before midnight of the last day, and sent after

    @property
    def standing(self) -> str:
        if self.is_late:
            return Standing.LATE
        return Standing.HELD if self.filled_the_trap else Standing.COUNTED


@dataclass(frozen=True)
class Row:
    """One response of a file. `respondent` is a keyed hash of what tells people apart there; empty where nothing does."""

    given: Given
    received_on: dt.date
    respondent: str = ""


@transaction.atomic
def receive(
    form: Asked,
    *,
    given: Given,
    channel: Channel,
    token: uuid.UUID,
    at: dt.datetime,
    on: dt.date,
    came: Came | None = None,
    batch: Batch | None = None,
    code: str = "",
    by: User | None,
) -> Response:
    """Write one response, count what it says of who people are, and use up its code. The same token again writes nothing and returns the first.

    Raises ValidationError by the question's key for what can't be counted, by "code" for a code. It is no audit event: who answers leaves
    no trace, and who keyed a pile is told by its batch.
    """
    came = came or Came()
    if already := Response.objects.filter(token=token).first():
        return already
    if faults := answers.faults(form.questions, given):
        raise ValidationError(faults)
    _hold_open(form.consultation)
    try:
        with transaction.atomic():
            response = Response.objects.create(
                consultation=form.consultation,
                channel=channel,
                batch=batch,
                token=token,
                language=came.language,
                received_on=on,
                standing=came.standing,
                was_fast=came.was_fast,
                filled_the_trap=came.filled_the_trap,
                from_shared_address=_is_shared(form.consultation, came.digest, at),
                **_ballot(given),
            )
    except IntegrityError:  # sent twice at one moment: the other one counts
        return Response.objects.get(token=token)
    if code:
        _use(form.consultation, code, on, batch)
    _write_answers(form, [(response, given)], at)
    if came.digest:
        _note_address(form.consultation, came.digest, at)
    if came.standing == Standing.COUNTED:
        _count(form, [given], batch)  # last: everybody's form raises the same few counters
    return response


@transaction.atomic
def receive_many(batch: Batch, *, form: Asked, rows: Iterable[Row], by: User) -> int:
    """Write all responses of a file, in chunks. Returns how many. One that can't be counted stops all: the preview has told of them before."""
    return _write_all(form, rows, batch.channel_id, batch)


@transaction.atomic
def receive_all(form: Asked, *, channel: Channel, rows: Iterable[Row], by: User | None) -> int:
    """The same for responses that came by this channel and in no batch. As with `receive`, it is no audit event."""
    return _write_all(form, rows, channel.pk, None)


def _write_all(form: Asked, rows: Iterable[Row], channel: int, batch: Batch | None) -> int:
    """In chunks: memory stays flat, and the queries of a chunk are as many however long it is."""
    _hold_open(form.consultation)
    written = 0
    for chunk in _chunks(rows):
        for row in chunk:
            if faults := answers.faults(form.questions, row.given):
                raise ValidationError(list(faults.values()))
        responses = Response.objects.bulk_create(
            Response(
                consultation=form.consultation,
                channel_id=channel,
                batch=batch,
                received_on=row.received_on,
                respondent=row.respondent,
                **_ballot(row.given),
            )
            for row in chunk
        )
        _write_answers(form, list(zip(responses, (row.given for row in chunk), strict=True)), timezone.now())
        _count(form, [row.given for row in chunk], batch)
        written += len(chunk)
    return written


def _ballot(given: Given) -> dict[str, int | None]:
    choices = (*given.choices, None, None, None)
    return {"first_id": choices[0], "second_id": choices[1], "third_id": choices[2]}


def _hold_open(consultation: Consultation) -> None:
    """Until all is written nobody counts what there is, or closes it for good; any number of forms come in at once."""
    hold_still(Consultation, consultation.pk)
    state = Consultation.objects.values_list("state", flat=True).get(pk=consultation.pk)
    if state not in (Consultation.State.OPEN, Consultation.State.CLOSED):
        raise ValidationError(OVER)


def _is_shared(consultation: Consultation, digest: str, at: dt.datetime) -> bool:
    if not digest:
        return False
    since = at - AddressSeen.FORGOTTEN_AFTER
    seen = AddressSeen.objects.filter(consultation=consultation, digest=digest, seen_at__gt=since)
    return seen.count() >= MOST_FROM_ADDRESS


def _note_address(consultation: Consultation, digest: str, at: dt.datetime) -> None:
    """In no order and without its minute: else the one that came in with a response would stand in the same place as it."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    AddressSeen.objects.create(pk=secrets.randbelow(2**63), consultation=consultation, digest=digest, seen_at=hour)


def _use(consultation: Consultation, code: str, on: dt.date, batch: Batch | None) -> None:
    held = Code.objects.filter(consultation=consultation, value=code)
    if held.filter(used_on__isnull=True).update(used_on=on, batch=batch):
        return
    raise ValidationError({"code": fault_of_code(consultation, code)})


def fault_of_code(consultation: Consultation, code: str) -> str:
    """Why this code can't be used; empty when it can."""
    held = Code.objects.filter(consultation=consultation, value=code).first()
    if held is None:
        return CODE_UNKNOWN
    return CODE_USED if held.used_on else ""


def _write_answers(form: Asked, received: list[tuple[Response, Given]], at: dt.datetime) -> None:
    """Options and words, equality monitoring not among them. Words that may tell of harm wait at once for somebody to see to them."""
    joined = {question.pk for question in form.asked_of_all}
    Answer.objects.bulk_create(
        Answer(response=response, question_id=question, option_id=option)
        for response, given in received
        for question, options in given.options.items()
        if question in joined
        for option in options
    )
    comments = Comment.objects.bulk_create(
        Comment(response=response, question_id=question, text=text.strip())
        for response, given in received
        for question, text in given.texts.items()
        if text.strip() and question in joined
    )
    disclosures.look_at(comments, consultation=form.consultation, at=at)


def _count(form: Asked, given: Iterable[Given], batch: Batch | None) -> None:
    """Raise the counters of equality monitoring. In one order, so that two at a time wait for each other and don't lock."""
    monitoring = {question.pk for question in form.monitoring}
    told: Counter[tuple[int, int | None]] = Counter()
    for one in given:
        for question, options in one.options.items():
            if question in monitoring and options:
                told[question, None] += 1
                told.update((question, option) for option in options)
    for (question, option), times in sorted(told.items(), key=lambda entry: (entry[0][0], entry[0][1] or 0)):
        _raise(question, option, batch, times)


def _raise(question: int, option: int | None, batch: Batch | None, times: int) -> None:
    counters = MonitoringCount.objects.filter(question=question, option=option, batch=batch)
    if counters.update(count=F("count") + times):
        return
    try:
        with transaction.atomic():
            MonitoringCount.objects.create(question_id=question, option_id=option, batch=batch, count=times)
    except IntegrityError:  # somebody else has just made it
        counters.update(count=F("count") + times)


def _chunks(rows: Iterable[Row]) -> Iterable[list[Row]]:
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
