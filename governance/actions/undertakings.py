"""What somebody is to do because a meeting, a decision or an approval asked for it: asked for, and ended."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from governance import equalities
from governance.holding import hold
from governance.models import Approval, Body, Decision, DeliveryPlan, Meeting, Undertaking
from lib import written
from lib.editing import write

Ending = Undertaking.Ending
# Conditions that stand for a part that a plan was submitted without. These two are met by writing the part, and in no other way.
RESOURCES = "Write the resources statement"
EQUALITY = "Complete the equalities analysis"
ONLY_THE_TEAM = "Only the partnership team can say that a condition is no longer needed: tell it why"

audit.kinds(
    {
        "undertaking_added": "Action arising or condition recorded",
        "undertaking_done": "Action arising or condition done",
        "undertaking_dropped": "Action arising or condition no longer needed",
    }
)


@transaction.atomic
def add(
    body: Body,
    *,
    text: str,
    due_on: dt.date,
    owner: User | None,
    owner_post: str,
    kind: str = Undertaking.Kind.ARISING,
    meeting: Meeting | None = None,
    decision: Decision | None = None,
    approval: Approval | None = None,
    delivery_plan: DeliveryPlan | None = None,
    by: User,
) -> Undertaking:
    """Have something done by somebody by a day. It comes from at least one of the four."""
    if not text.strip():
        raise ValidationError("Say what is to be done")
    if owner is None and not owner_post.strip():
        raise ValidationError("Say who does it: a person or a post")
    undertaking = Undertaking.objects.create(
        kind=kind,
        body=body,
        text=text.strip(),
        due_on=due_on,
        owner=owner,
        owner_post=owner_post.strip(),
        meeting=meeting,
        decision=decision,
        approval=approval,
        delivery_plan=delivery_plan,
        recorded_by=by,
    )
    facts = {"Of": body.name, "Whose": undertaking.owner_label, "Due": written.day_year(due_on)}
    audit.record("undertaking_added", undertaking, by=by, changes=audit.changes({}, facts))
    return undertaking


@transaction.atomic
def end(undertaking: Undertaking, *, ending: str, note: str, on: dt.date, version: int, by: User) -> Undertaking:
    """It is done, or no longer needed; the latter says why. `on` is the day of it. What is ended stays so.

    A part that a plan still lacks can't be ticked off. That a condition is no longer needed only the partnership team says.
    """
    note = note.strip()
    if ending not in Ending.values:
        raise ValidationError("Say whether it is done or no longer needed")
    if ending == Ending.DROPPED and not note:
        raise ValidationError({"note": f"Say why it is no longer needed: {undertaking.text}"})
    if undertaking.kind == Undertaking.Kind.CONDITION:
        _refuse_of_condition(undertaking, ending, by)
    stands = Undertaking.objects.select_for_update().get(pk=undertaking.pk)
    if stands.ending:
        when = written.day_year(stands.ended_on)
        raise ValidationError(f"It was ended already, on {when}: {stands.get_ending_display().lower()}")
    write(
        undertaking,
        version=version,
        what=f"“{undertaking.text}”",
        ending=ending,
        ended_on=on,
        ended_by=by,
        ended_note=note,
    )
    kind = "undertaking_done" if ending == Ending.DONE else "undertaking_dropped"
    audit.record(kind, undertaking, by=by, comment=note)
    return undertaking


def _refuse_of_condition(condition: Undertaking, ending: str, by: User) -> None:
    held = (
        hold(condition.delivery_plan) if condition.delivery_plan else None
    )  # so that what it lacks is not written meanwhile
    if ending == Ending.DROPPED and not by.has_perm("governance.record_approval"):
        raise ValidationError(ONLY_THE_TEAM)
    if ending != Ending.DONE or held is None:
        return
    if condition.text == RESOURCES and not held.resources.strip():
        raise ValidationError("The resources statement is not written yet: the condition ends when it is")
    if condition.text == EQUALITY and equalities.missing(equalities.of(held)):
        raise ValidationError("The equalities analysis is not complete yet: the condition ends when it is")
