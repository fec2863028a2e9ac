"""A spreadsheet of a delivery plan's actions: taken in and compared, looked at, and recorded whole or not at all."""

import datetime as dt
import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance.actions import date_moves, plan_actions, updates
from governance.holding import hold
from governance.models import Action, DeliveryPlan, PlanUpload
from governance.plan_sheets import comparing, keeping, reading, results
from governance.plan_sheets.columns import (
    COLOUR,
    COMMITMENT,
    DONE,
    DUE,
    INDICATORS,
    MEASURE,
    MOVED,
    MOVED_WHY,
    NEXT,
    OUTCOME,
    PARTNERS,
    PERSON,
    POST,
    REPORTED,
    RESOURCES,
    STARTS,
    STEPS,
    TITLE,
    WHY,
)
from governance.plan_sheets.held import Held, Plan
from governance.plan_sheets.offers import Offer
from indicators.models import Indicator
from lib import file_names, sheets
from lib.quarters import Quarter
from priorities.models import Commitment, Outcome

audit.kinds({"plan_upload_added": "File of actions uploaded", "plan_upload_recorded": "File of actions recorded"})

MOST_BYTES = 1024 * 1024
TOO_LARGE = "The file must be smaller than 1 MB. Send only the sheet with the actions"
MOST_IN_AN_HOUR = 30  # files of one person: they are read while the page waits
MOVED_ON = "The plan has changed since this was compared. Nothing was recorded: look at it again."
DONE_ALREADY = "This file has been recorded already."


class MovedOn(ValidationError):
    """The plan is no longer as it was when the file was compared with it: `compare_again`, and let it be looked at again."""

    def __init__(self) -> None:
        super().__init__(MOVED_ON)


@transaction.atomic
def add(plan: DeliveryPlan, *, content: bytes, name: str, quarter: Quarter, by: User) -> PlanUpload:
    """Read a file and compare it with the plan; nothing of it counts until it is recorded. `quarter` is the one whose updates it drafts.

    The file itself is not kept: what was read from it is.
    """
    if why := comparing.why_none(plan):
        raise ValidationError(why)
    if quarter.year != plan.year:
        raise ValidationError({"quarter": f"{quarter} is not in the year of this plan"})
    now = timezone.now()
    lately = PlanUpload.objects.filter(uploaded_by=by, uploaded_at__gt=now - dt.timedelta(hours=1))
    if lately.count() >= MOST_IN_AN_HOUR:
        raise ValidationError(
            f"You have uploaded {MOST_IN_AN_HOUR} files within an hour. Wait a while, then upload the next."
        )
    if len(content) > MOST_BYTES:
        raise ValidationError({"file": TOO_LARGE})
    try:
        read = reading.read(sheets.read(content, name), year=plan.year, quarter=quarter, by=by)
    except sheets.Unusable as unusable:
        raise ValidationError({"file": str(unusable)}) from None
    if not read.offers and not read.refusals:
        raise ValidationError({"file": "There is no action in this file, only headings."})
    text = keeping.to_json(quarter, read, comparing.compare(plan, read, quarter, by=by, on=timezone.localdate()))
    upload = PlanUpload.objects.create(
        delivery_plan=plan,
        file_name=file_names.shown(name, "Without a name"),
        file_sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
        uploaded_at=now,
        preview=text,
        fingerprint=keeping.fingerprint(text),
    )
    audit.record("plan_upload_added", upload, by=by)
    return upload


@transaction.atomic
def record(upload: PlanUpload, *, fingerprint: str, by: User) -> PlanUpload:
    """Do what was looked at, all of it or nothing. `fingerprint` is that of the preview that was looked at.

    Raises MovedOn where the plan has changed since, and so would be changed otherwise than was seen.
    """
    plan = hold(upload.delivery_plan)
    held_upload = PlanUpload.objects.select_for_update().get(pk=upload.pk)
    if held_upload.recorded_at:
        raise ValidationError(DONE_ALREADY)
    kept = keeping.from_json(held_upload.preview)
    comparison = _compare(plan, kept, by, lock=True)
    now = keeping.fingerprint(keeping.to_json(kept.quarter, kept.reading, comparison))
    if not now == held_upload.fingerprint == fingerprint:
        raise MovedOn
    if comparison.refusal:
        raise ValidationError(comparison.refusal)
    if comparison.of(results.REFUSED):
        raise ValidationError(
            "Put the refused cells right and upload the file again: it is recorded whole or not at all."
        )
    if not comparison.changing:
        raise ValidationError("There is nothing to record: this file would change nothing.")
    held = Plan(plan, kept.quarter, by)
    rows = [
        (kept.reading.offers[one.offer], held.by_number.get(one.number) if one.number else None)
        for one in sorted(comparison.changing, key=lambda one: one.place)
        if one.offer is not None
    ]
    if plan.is_draft:
        for offer, one in rows:
            _say(plan, offer, one, held, by)
    else:
        _report(plan, rows, kept.quarter, by)
    PlanUpload.objects.filter(pk=upload.pk).update(recorded_by=by, recorded_at=timezone.now())
    upload.refresh_from_db()
    audit.record(
        "plan_upload_recorded", upload, by=by, changes=[audit.change("Rows recorded", None, len(comparison.changing))]
    )
    return upload


@transaction.atomic
def compare_again(upload: PlanUpload, *, by: User) -> PlanUpload:
    """Compare what was read with the plan as it is now, for another look. What has been recorded stays as it was seen."""
    plan = hold(upload.delivery_plan)
    kept = keeping.from_json(upload.preview)
    text = keeping.to_json(kept.quarter, kept.reading, _compare(plan, kept, by))
    waiting = PlanUpload.objects.filter(pk=upload.pk, recorded_at__isnull=True)
    waiting.update(preview=text, fingerprint=keeping.fingerprint(text))
    upload.refresh_from_db()
    return upload


def _compare(plan: DeliveryPlan, kept: keeping.Kept, by: User, *, lock: bool = False) -> results.Comparison:
    return comparing.compare(plan, kept.reading, kept.quarter, by=by, on=timezone.localdate(), lock=lock)


# ---------------------------------------------------------------- what a row does


def _say(plan: DeliveryPlan, offer: Offer, held: Held | None, all_held: Plan, by: User) -> None:
    """Add the action, or word it as the file does."""

    def value(name: str, empty: Any = "") -> Any:
        return offer.fields[name] if name in offer.fields else held.value(name) if held else empty

    pks = set(value(INDICATORS, ()))
    if held:  # what is out of sight stays
        pks |= set(held.action.indicators.values_list("pk", flat=True)) - set(all_held.in_sight)
    content = plan_actions.Content(
        title=value(TITLE),
        starts_on=value(STARTS),
        due_on=value(DUE),
        owner_post=value(POST),
        owner=_one(User, value(PERSON, None)),
        commitment=_one(Commitment, value(COMMITMENT, None)),
        outcome=_one(Outcome, value(OUTCOME, None)),
        partners=value(PARTNERS),
        success_measure=value(MEASURE),
        resources=value(RESOURCES),
        indicators=list(Indicator.objects.filter(pk__in=pks)),
        concerns=list(held.action.concerns.all()) if held else (),
        milestones=_steps(offer, held),
    )
    if held:
        plan_actions.edit(held.action, content=content, version=held.action.version, by=by)
    else:
        plan_actions.add(plan, content=content, by=by)


def _steps(offer: Offer, held: Held | None) -> list[plan_actions.Step]:
    """Those that the file adds, and those whose day it moves: known by their words."""
    there = list(held.action.milestones.all()) if held else []
    said = list(offer.fields.get(STEPS, ()))
    for step in held.steps if held else ():
        if step in said:
            said.remove(step)
    kept = set(offer.fields.get(STEPS, ()))
    found = []
    for text, day in said:
        match = next(
            (one for one in there if one.text.split() == text.split() and (text, one.due_on) not in kept), None
        )
        if match:
            there.remove(match)
        found.append(plan_actions.Step(text, day, match.pk if match else None))
    return found


def _one(model: Any, pk: int | None) -> Any:
    return model._default_manager.get(pk=pk) if pk else None


def _report(plan: DeliveryPlan, rows: list[tuple[Offer, Held | None]], quarter: Quarter, by: User) -> None:
    """Draft the updates of the quarter, and propose the new dates."""
    words: dict[Action, updates.Words] = {}
    for offer, held in rows:
        assert held  # in an agreed plan there is no other row
        new = offer.fields.get(MOVED) if held.move is None else None
        because = offer.fields.get(MOVED_WHY, "") if new else ""
        fields = {name: offer.fields.get(name, held.value(name)) for name in REPORTED}
        says_more = any(offer.fields.get(name) for name in REPORTED) and any(
            fields[name] != held.value(name) for name in REPORTED
        )
        if says_more:
            version = held.update.version if held.update else 0
            words[held.action] = updates.Words(
                version, fields[DONE], fields[NEXT], fields[COLOUR], fields[WHY], move_to=new, move_because=because
            )
        elif new:
            date_moves.propose(held.action, proposed=new, reason=because, by=by)
    if words:
        updates.draft(plan, quarter=quarter, words=words, by=by)
