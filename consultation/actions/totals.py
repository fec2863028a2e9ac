"""Totals that were published elsewhere, where no single response is held: entered as they are printed, and declared complete."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from consultation import asked, totals_held
from consultation.models import Channel, Consultation, Response, Tally
from consultation.totals import RANKS, Totals, faults
from lib.editing import Stale, write

State = Consultation.State
THIS = "This page"
HOLDS_RESPONSES = "This consultation holds responses. Its totals are counted from them, and none are entered."
PUBLISHED = "It is published, so its totals stay as they are."
OPENED = "It was opened to the public, so its totals are counted from what people answer."

audit.kinds(
    {
        "totals_begun": "Holds published totals alone",
        "totals_entered": "Published totals entered",
        "totals_complete": "Published totals complete",
    }
)


@dataclass(frozen=True)
class Row:
    """One printed count, by what it is of."""

    question: int
    concern: int | None
    option: int | None
    together: str
    rank: int
    count: int
    printed: str
    order: int
    text: str  # in the audit trail

    @property
    def key(self) -> tuple[int, int | None, int | None, str, int]:
        return self.question, self.concern, self.option, self.together, self.rank


def why_none(consultation: Consultation) -> str:
    """Why totals can't be entered now; "" where they can."""
    if consultation.holds_responses:
        return HOLDS_RESPONSES
    return PUBLISHED if consultation.is_published else ""


@transaction.atomic
def begin(consultation: Consultation, *, version: int, by: User) -> Consultation:
    """Let a draft hold published totals and no responses: nobody answers it here.

    The ways that a draft starts with go: how people answered elsewhere is for somebody to say.
    """
    if not consultation.is_draft:
        raise ValidationError(OPENED)
    if not consultation.holds_responses:
        raise Stale(THIS)
    write(consultation, version=version, what=THIS, holds_responses=False, purge_on=None)
    if Response.objects.filter(consultation=consultation).exists():
        raise ValidationError(OPENED)
    ways = Channel.objects.filter(consultation=consultation)
    changes = [audit.change("Ways to answer", ", ".join(way.name for way in ways) or None, None)] if ways else []
    ways.delete()
    audit.record("totals_begun", consultation, by=by, changes=changes)
    return consultation


@transaction.atomic
def enter(
    consultation: Consultation,
    *,
    totals: Totals,
    source: str,
    note: str,
    are_counts: bool = False,
    version: int,
    by: User,
) -> Consultation:
    """Hold the totals as they are printed. What is left empty was not printed; a number that was there before is taken off then.

    Raises ValidationError by the boxes of `totals.faults`. A printed percentage that differs from its count is kept as it is printed.
    """
    if why := why_none(consultation):
        raise ValidationError(why)
    errors = faults(totals, are_counts=are_counts)
    if totals.responses is None:
        errors["responses"] = "Enter how many answered"
    if not source.strip():
        errors["source"] = "Say where these totals are printed"
    if errors:
        raise ValidationError(errors)
    stated = consultation.stated_responses
    was = {"Responses": None if stated is None else f"{stated:,}", "Where they are printed": consultation.source}
    now = {"Responses": f"{totals.responses:,}", "Where they are printed": source.strip()}
    fields = {"stated_responses": totals.responses, "source": source.strip(), "note": note.strip()}
    if consultation.note != fields["note"]:
        was["Note"], now["Note"] = _beginning(consultation.note), _beginning(note.strip())
    changes = audit.changes(was, now)
    write(consultation, version=version, what=THIS, **fields)
    changes += _write(consultation, list(_rows(consultation, totals)))
    audit.record("totals_entered", consultation, by=by, changes=changes)
    return consultation


@transaction.atomic
def complete(consultation: Consultation, *, version: int, on: dt.date, by: User) -> Consultation:
    """Say that everything printed is entered: it is closed then, and can be analysed."""
    if why := why_none(consultation):
        raise ValidationError(why)
    if not consultation.is_draft:
        raise Stale(THIS)
    lacking = []
    if not consultation.opens_on or not consultation.closes_on:
        lacking.append("Enter the first and the last day of the consultation first.")
    elif consultation.closes_on >= on:
        lacking.append("Its last day is still to come: totals are complete when it is over.")
    if not Tally.objects.filter(consultation=consultation).exists():
        lacking.append("Enter the totals first: there is no number yet.")
    if lacking:
        raise ValidationError(lacking)
    write(consultation, version=version, what=THIS, state=State.CLOSED)
    audit.record("totals_complete", consultation, by=by)
    return consultation


def _beginning(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def _rows(consultation: Consultation, totals: Totals) -> Iterator[Row]:
    """What is to be held, in the order of the form."""
    form = asked.read(consultation)
    for order, concern in enumerate(totals.concerns, start=1):
        for rank, count in enumerate(concern.counts, start=1):
            if count is None or form.ranked is None:
                continue
            together = "" if concern.pk else concern.text
            printed = concern.printed if rank == 1 else ""
            text = f"{concern.text}, {RANKS[rank - 1]} choice"
            yield Row(form.ranked.pk, concern.pk, None, together, rank, count, printed, order, text)
    for question in totals.questions:
        for order, option in enumerate(question.options, start=1):
            if option.count is not None:
                yield Row(question.pk, None, option.pk, "", 0, option.count, option.printed, order, option.text)


def _write(consultation: Consultation, rows: list[Row]) -> list[dict[str, str]]:
    """Add, change and take off what differs. Returns the lines of the audit trail."""
    named = {row.key: row.text for row in _rows(consultation, totals_held.of(consultation))}
    held = {
        (one.question_id, one.concern_id, one.option_id, one.together, one.rank): one
        for one in Tally.objects.filter(consultation=consultation)
        if one.rank or one.option_id  # answers that were printed together with others are not on the page
    }
    changes = []
    for row in rows:
        tally = held.pop(row.key, None)
        told = _told(row.count, row.printed)
        if tally is None:
            Tally.objects.create(
                consultation=consultation,
                question_id=row.question,
                concern_id=row.concern,
                option_id=row.option,
                together=row.together,
                rank=row.rank,
                count=row.count,
                printed=row.printed,
                order=row.order,
            )
            changes.append(audit.change(row.text, None, told))
        elif (tally.count, tally.printed) != (row.count, row.printed):
            changes.append(audit.change(row.text, _told(tally.count, tally.printed), told))
            write(tally, version=tally.version, count=row.count, printed=row.printed)
    for key, tally in held.items():
        tally.delete()
        changes.append(audit.change(named.get(key, str(tally)), _told(tally.count, tally.printed), None))
    return changes


def _told(count: int, printed: str) -> str:
    return f"{count:,}, printed {printed}" if printed else f"{count:,}"
