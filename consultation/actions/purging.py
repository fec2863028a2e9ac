"""Removing what single people answered, on the day that was set for it, and forgetting addresses after 24 hours. What was counted stays."""

import datetime as dt
import logging
import time
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Count

from accounts import audit
from accounts.models import User
from consultation import retention
from consultation.imports.mapping import NO_ANSWER
from consultation.models import AddressSeen, Code, Consultation, MonitoringCount, Quote, Response, Source
from lib import written
from lib.editing import write

log = logging.getLogger("job")

CHUNK = 1_000  # responses in one transaction: memory stays flat, and a run that is killed loses no more than that
LONGEST_ANSWER = 60  # characters of an answer to choose, as a survey tool writes it
THIS = "The day of removal"

BEGUN = "Single answers are being removed already."
GONE = "Single answers have been removed."
IN_DRAFT = "While it is a draft, the day is set with the others."
AFTER_THE_LAST = "The day must be after {day}, the last day of the consultation"
NOT_PAST = "The day must be today or later"
WHY_LONGER = "Say why they are kept longer than people were told"

KINDS = {
    "purge_day_changed": "Day on which single answers are removed changed",
    "purge_begun": "Removal of single answers begun",
    "purge_put_off": "Removal of single answers put off",
    "responses_purged": "Single answers removed",
}
audit.kinds(KINDS)


@transaction.atomic
def change_day(
    consultation: Consultation, *, purge_on: dt.date, reason: str, version: int, on: dt.date, by: User | None
) -> Consultation:
    """Have single responses removed on another day. An earlier one needs no reason; a later one does: people were told the other."""
    if consultation.is_draft:
        raise ValidationError(IN_DRAFT)
    if not consultation.holds_responses:
        raise ValidationError(retention.NONE_HELD)
    if consultation.purge_begun_at:
        raise ValidationError(GONE if consultation.purged_at else BEGUN)
    was = consultation.purge_on
    if purge_on == was and version == consultation.version:
        return consultation
    errors = {}
    if consultation.closes_on and purge_on <= consultation.closes_on:
        errors["purge_on"] = AFTER_THE_LAST.format(day=written.day_year(consultation.closes_on))
    elif purge_on < on:
        errors["purge_on"] = NOT_PAST
    if was and purge_on > was and not reason.strip():
        errors["reason"] = WHY_LONGER
    if errors:
        raise ValidationError(errors)
    write(consultation, version=version, what=THIS, purge_on=purge_on)
    changes = [audit.change("Single answers are removed on", written.day_year(was), written.day_year(purge_on))]
    audit.record("purge_day_changed", consultation, by=by, changes=changes, comment=reason.strip())
    return consultation


@transaction.atomic
def purge_some(consultation: Consultation, *, on: dt.date, at: dt.datetime, by: User | None) -> int:
    """Remove some of its responses with all their answers and words; when none is left, everything else that goes with them.

    How many responses went: 0 when there was none left. `purged_at` tells that all is gone. Raises ValidationError while they must not go.
    Safe to run twice, and by two at once: the consultation's row is held until the transaction ends.
    """
    held = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if held.purged_at:
        return 0
    if refusal := retention.refusal(held, on):
        raise ValidationError(refusal)
    if not held.purge_begun_at:
        _begin(held, at, by)
    some = list(held.responses.values_list("pk", flat=True)[:CHUNK])
    if not some:
        _finish(held, at, by)
        return 0
    # Quotes and disclosures lose their way back to the comment with it.
    Response.objects.filter(pk__in=some).delete()
    return len(some)


@transaction.atomic
def put_off(consultation: Consultation, *, because: str, by: User | None) -> bool:
    """Tell the trail that responses stay past their day, and why: once for each reason. Whether it was news."""
    last = audit.history(consultation).filter(kind="purge_put_off").first()
    if last is not None and last.comment == because:
        return False
    audit.record("purge_put_off", consultation, by=by, comment=because)
    return True


@transaction.atomic
def forget_addresses(*, at: dt.datetime, by: User | None) -> int:
    """Remove the hashes of addresses that are 24 hours old. How many. They are no record: nothing is audited."""
    removed, _ = AddressSeen.objects.filter(seen_at__lte=at - AddressSeen.FORGOTTEN_AFTER).delete()
    return removed


@dataclass(frozen=True)
class Purge:
    """How far a run came with one consultation. `because`: why nothing could go."""

    consultation: Consultation
    removed: int = 0
    is_done: bool = False
    because: str = ""


def purge_due(*, on: dt.date, at: dt.datetime, seconds: float = float("inf")) -> list[Purge]:
    """Remove the responses of every consultation whose day has come, as the schedule does; no longer than about `seconds`.

    Not atomic as a whole: each chunk stands, so that the next run goes on where this one stopped. What stays past its day, and why, is
    in the trail. One that fails holds up none of the others.
    """
    until = time.monotonic() + seconds
    return [_purge(consultation, on, at, until) for consultation in Consultation.objects.to_purge(on)]


def _purge(consultation: Consultation, on: dt.date, at: dt.datetime, until: float) -> Purge:
    removed = 0
    try:
        while time.monotonic() < until and (gone := purge_some(consultation, on=on, at=at, by=None)):
            removed += gone
    except ValidationError as refusal:
        because = " ".join(refusal.messages)
        put_off(consultation, because=because, by=None)
        log.warning("consultation=%s state=purge-put-off", consultation.pk)
        return Purge(consultation, removed, because=because)
    except DatabaseError:
        log.exception("consultation=%s state=purge-failed", consultation.pk)
    consultation.refresh_from_db()
    is_done = consultation.purged_at is not None
    log.info(
        "consultation=%s state=%s responses=%s", consultation.pk, "purged" if is_done else "purge-goes-on", removed
    )
    return Purge(consultation, removed, is_done)


def _begin(held: Consultation, at: dt.datetime, by: User | None) -> None:
    """From here on nothing is counted from them, and the trail says how many there were."""
    found = held.responses.order_by("standing").values_list("standing").annotate(Count("pk"))
    write(held, version=held.version, purge_begun_at=at)
    changes = [audit.change(Response.Standing(each).label, f"{count:,}", 0) for each, count in found]
    audit.record("purge_begun", held, by=by, changes=changes)


def _finish(held: Consultation, at: dt.datetime, by: User | None) -> None:
    """What is no response and could still tell of one: files, the words that were matched in them, codes, addresses, unpassed quotes.

    Counters of equality monitoring go too: a pile of one paper is one person, and the result keeps the sums.
    """
    files = _remove_files(held)
    if files is None:
        return
    _forget_words(held)
    held.batches.exclude(mapping={}).update(mapping={})
    codes = Code.objects.filter(consultation=held)
    used = codes.filter(used_on__isnull=False).count()
    made, _ = codes.delete()
    AddressSeen.objects.filter(consultation=held).delete()
    Quote.objects.filter(consultation=held, passed_at__isnull=True).delete()
    MonitoringCount.objects.filter(question__consultation=held).delete()
    write(held, version=held.version, purged_at=at)
    told = {"Files": files, "Codes on paper forms": made, "Codes that were used": used}
    changes = [audit.change(what, count, 0) for what, count in told.items() if count]
    audit.record("responses_purged", held, by=by, changes=changes)


def _forget_words(held: Consultation) -> None:
    """Of what a source is remembered by, what may be somebody's own words: long ones, and those that stand for "other" or for no answer."""
    no_words = {NO_ANSWER, *held.concerns.filter(is_other=True).values_list("key", flat=True)}
    sources = Source.objects.filter(pk__in=held.batches.exclude(source=None).values("source")).order_by("pk")
    for source in sources.select_for_update():  # a file of another consultation may be telling it more just now
        told = source.mapping.get("answers", {})
        kept = {
            group: {
                value: key for value, key in answers.items() if key not in no_words and len(value) <= LONGEST_ANSWER
            }
            for group, answers in told.items()
        }
        if kept != told:
            Source.objects.filter(pk=source.pk).update(mapping={**source.mapping, "answers": kept})


def _remove_files(held: Consultation) -> int | None:
    """How many imported files were removed; None when the storage did not give one up: the next run tries again."""
    removed = 0
    for batch in held.batches.exclude(file=""):
        # The file first: a row that points to nothing does no harm, a file that nothing points to stays for good.
        try:
            batch.file.storage.delete(str(batch.file.name))
        except Exception:
            log.exception("batch=%s state=file-not-removed", batch.pk)
            return None
        held.batches.filter(pk=batch.pk).update(file="")
        removed += 1
    return removed
