"""Recording what a preview showed, by the thousand: figures, months, revisions, returns and their trail, in one transaction or not at all."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from indicators import giving
from indicators.models import Commentary, Figure, MonthlyFigure, Return, Revision, Upload
from indicators.uploads.comparing import Step

BATCH = 1000  # rows in one statement
# What of a return a file changes, so that it can be put back.
STATE = (
    "status",
    "due_again_on",
    "draft",
    "draft_saved_at",
    "draft_saved_by_id",
    "submitted_at",
    "submitted_by_id",
    "missing_reason",
    "missing_note",
    "expected_on",
    "missing_at",
)
MOMENTS = ("draft_saved_at", "submitted_at", "missing_at")
DAYS = ("due_again_on", "expected_on")
FROM_A_FEED = "It is filled from a published file."


Thing = TypeVar("Thing")


class Moved(Exception):
    """A return is no longer as it was compared. Nothing may be kept of what was written in this transaction."""


def write(upload: Upload, steps: Sequence[Step], *, by: User) -> dict[str, Any]:
    """Take these steps, just compared under a lock; how the returns were before, for `Upload.before`.

    Inside the caller's transaction. Raises Moved.
    """
    now = timezone.now()
    _ask([step.held.return_ for step in steps if step.held.return_.pk is None], now)
    before = _before(steps)
    facts = {step.held.return_.pk: _facts(step) for step in steps}
    _move(steps, now, by)
    figures = _figures(upload, steps, now, by)
    _trail(steps, facts, figures, by)
    return before


def _ask(returns: Sequence[Return], now: dt.datetime) -> None:
    """Add the returns that a feed's figures are for and no quarter asked for. Without its figure each is settled, so that nobody owes it;
    words are welcome, not asked for. Raises Moved where one has come meanwhile.
    """
    for return_ in returns:
        return_.status, return_.missing_at = Return.Status.MISSING, now
        return_.missing_reason, return_.missing_note = Return.MissingReason.NOT_COLLECTED, FROM_A_FEED
    try:
        with transaction.atomic():
            Return.objects.bulk_create(returns, batch_size=BATCH)
    except IntegrityError:
        raise Moved from None
    Commentary.objects.bulk_create((Commentary(for_return=return_) for return_ in returns), batch_size=BATCH)


def _facts(step: Step) -> dict[str, object]:
    held = step.held
    if step.offer.missing_reason:
        return giving.missing_facts(held.return_)
    return giving.facts(held.return_, held.latest)


def _move(steps: Sequence[Step], now: dt.datetime, by: User) -> None:
    """Bring the returns on, as many at once as become the same, each only at the version it was compared at."""
    alike: dict[tuple[Any, ...], list[Return]] = defaultdict(list)
    for step in steps:
        return_, offer = step.held.return_, step.offer
        settled = (offer.missing_reason, offer.missing_note.strip(), offer.expected_on, return_.missing_at or now)
        alike[return_.version, *(settled if offer.missing_reason else ("",))].append(return_)
    for (version, reason, *rest), returns in alike.items():
        if reason:
            note, expected_on, missing_at = rest
            fields = {
                "status": Return.Status.MISSING,
                "missing_reason": reason,
                "missing_note": note,
                "expected_on": expected_on,
                "missing_at": missing_at,
                **giving.NO_DRAFT,
            }
        else:
            fields = {
                "status": Return.Status.SUBMITTED,
                "submitted_at": now,
                "submitted_by_id": by.pk,
                "due_again_on": None,
                **giving.NO_DRAFT,
                **giving.NOT_MISSING,
            }
        move_on(returns, version, fields)


def move_on(returns: Sequence[Return], version: int, fields: dict[str, Any]) -> None:
    """Write the fields on rows that are all at this version, and raise it. Raises Moved where one is not."""
    for some in in_batches(returns):
        rows = Return.objects.filter(pk__in=[return_.pk for return_ in some], version=version)
        if rows.update(version=version + 1, **fields) != len(some):
            raise Moved
    for return_ in returns:
        return_.version = version + 1
        for name, value in fields.items():
            setattr(return_, name, value)


def in_batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    left = iter(things)
    while some := list(islice(left, BATCH)):
        yield some


def _figures(upload: Upload, steps: Iterable[Step], now: dt.datetime, by: User) -> dict[int, Figure]:
    """The figures of the steps that bring one, with their months, by return."""
    bringing = [step for step in steps if not step.offer.missing_reason]
    revisions = _revisions(upload, bringing, now, by)
    named = upload.supplied_by.name if upload.supplied_by else upload.supplied_by_name or by.name
    whose = {
        "upload": upload,
        "route": upload.route or Figure.Route.UPLOAD,
        "supplied_by": upload.supplied_by or (None if upload.supplied_by_name else by),
        "supplied_by_name": named,
        "received_on": upload.received_on,
        "recorded_by": by,
        "recorded_at": now,
    }
    figures = [_figure(step, whose, revisions, upload.restated_because) for step in bringing]
    Figure.objects.bulk_create(figures, batch_size=BATCH)
    months = (
        MonthlyFigure(figure=figure, month=month, number=number)
        for step, figure in zip(bringing, figures, strict=True)
        for month, number in step.offer.months
    )
    for some in in_batches(months):
        MonthlyFigure.objects.bulk_create(some)
    return {figure.for_return_id: figure for figure in figures}


def _figure(step: Step, whose: dict[str, Any], revisions: dict[int, Revision], because: str) -> Figure:
    offer = step.offer
    return Figure(
        for_return=step.held.return_,
        numerator=offer.numerator,
        denominator=offer.denominator,
        stated_percentage=offer.stated_percentage,
        is_amount=step.held.return_.indicator.is_amount,
        is_provisional=offer.is_provisional,
        source=offer.source.strip(),
        extracted_on=offer.extracted_on,
        restates=Figure.Restates.REVISION if step.restates else "",
        restated_because=because if step.restates else "",
        revision=revisions[offer.indicator_id] if step.restates else None,
        **whose,
    )


def _revisions(upload: Upload, steps: Iterable[Step], now: dt.datetime, by: User) -> dict[int, Revision]:
    """One for each series of which verified figures are replaced, by indicator."""
    series = {step.offer.indicator_id: None for step in steps if step.restates}
    made = [
        Revision(indicator_id=indicator, reason=upload.restated_because, made_by=by, made_at=now)
        for indicator in series
    ]
    Revision.objects.bulk_create(made, batch_size=BATCH)
    return {revision.indicator_id: revision for revision in made}


def _trail(steps: Iterable[Step], facts: dict[int, dict[str, object]], figures: dict[int, Figure], by: User) -> None:
    def entries() -> Iterator[audit.Entry]:
        for step in steps:
            return_ = step.held.return_
            figure = figures.get(return_.pk)
            now = giving.facts(return_, figure) if figure else giving.missing_facts(return_)
            kind = "return_missing" if figure is None else "return_restated" if step.restates else "return_submitted"
            comment = figure.restated_because if figure else ""
            yield audit.Entry(kind, return_, audit.changes(facts[return_.pk], now), comment)

    audit.record_several(entries(), by=by)


# ---------------------------------------------------------------- how the returns were


def _before(steps: Iterable[Step]) -> dict[str, Any]:
    """{"states": [...], "returns": {id: [version once recorded, number of its state]}}: most were in the same state."""
    states: dict[str, int] = {}
    kept: list[dict[str, Any]] = []
    returns: dict[str, list[int]] = {}
    for step in steps:
        return_ = step.held.return_
        state = {name: getattr(return_, name) for name in STATE}
        for name in (*MOMENTS, *DAYS):
            state[name] = state[name] and state[name].isoformat()
        number = states.setdefault(repr(state), len(kept))
        if number == len(kept):
            kept.append(state)
        returns[str(return_.pk)] = [return_.version + 1, number]
    return {"states": kept, "returns": returns}


def former_states(upload: Upload) -> list[dict[str, Any]]:
    """The states that the returns of an upload had, as `move_on` takes them."""
    states = []
    for kept in upload.before.get("states", []):
        state = dict(kept)
        for name in MOMENTS:
            state[name] = state[name] and dt.datetime.fromisoformat(state[name])
        for name in DAYS:
            state[name] = state[name] and dt.date.fromisoformat(state[name])
        states.append(state)
    return states
