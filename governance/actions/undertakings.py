"""What somebody is to do because a meeting, a decision or an approval asked for it: asked for, and ended."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from governance.models import Approval, Body, Decision, DeliveryPlan, Meeting, Undertaking
from lib import written
from lib.editing import write

Ending = Undertaking.Ending

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
    """It is done, or no longer needed; the latter says why. `on` is the day of it. What is ended stays so."""
    note = note.strip()
    if ending not in Ending.values:
        raise ValidationError("Say whether it is done or no longer needed")
    if ending == Ending.DROPPED and not note:
        raise ValidationError({"note": f"Say why it is no longer needed: {undertaking.text}"})
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
