"""What a body decided: recorded with its number, seen to, put right in its wording, linked; or replaced by a later decision."""

import datetime as dt
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.models import User
from governance import indicators_told
from governance.models import Action, AgendaItem, Body, Decision, Meeting
from indicators.models import Indicator
from lib import written
from lib.editing import Stale, write
from priorities.models import Commitment

THIS = "This decision"

audit.kinds(
    {
        "decision_recorded": "Decision recorded",
        "decision_replaced": "Decision replaced by a later one",
        "decision_seen_to": "Decision seen to",
        "decision_corrected": "Wording of a decision put right",
        "decision_linked": "What a decision is about changed",
    }
)


@transaction.atomic
def record(
    body: Body,
    *,
    text: str,
    reason: str,
    decided_on: dt.date,
    meeting: Meeting | None = None,
    item: AgendaItem | None = None,
    delegate: str = "",
    authority: str = "",
    owner: User | None = None,
    owner_post: str = "",
    due_on: dt.date | None = None,
    replaces: Decision | None = None,
    by: User,
) -> Decision:
    """Put a decision on the record under the body's next number: taken at a meeting, or between meetings by a delegate with an authority.

    Somebody sees to it by a day, or nobody does. One that replaces an earlier one ends what was still to be done about that.
    """
    Body.objects.select_for_update().get(pk=body.pk)  # so that no number is given twice
    _refuse(body, meeting, decided_on, delegate, authority, owner is not None or bool(owner_post.strip()), due_on)
    if not text.strip() or not reason.strip():
        raise ValidationError("Say what was decided, and why")
    if replaces is not None:
        _refuse_replacing(body, replaces)
    last: int | None = Decision.objects.filter(body=body).aggregate(last=Max("number"))["last"]
    decision = Decision.objects.create(
        body=body,
        number=(last or 0) + 1,
        text=text.strip(),
        reason=reason.strip(),
        decided_on=decided_on,
        route=Decision.Route.MEETING if meeting else Decision.Route.DELEGATION,
        meeting=meeting,
        item=item,
        delegate=delegate.strip(),
        authority=authority.strip(),
        owner=owner,
        owner_post=owner_post.strip(),
        due_on=due_on,
        replaces=replaces,
        recorded_by=by,
    )
    facts = {
        "Reason": decision.reason,
        "Decided on": written.day_year(decided_on),
        "Decided by": decision.delegate,
        "Authority": decision.authority,
        "Whose": decision.owner_label,
        "Due": written.day_year(due_on),
    }
    audit.record("decision_recorded", decision, by=by, changes=audit.changes({}, {k: v for k, v in facts.items() if v}))
    if replaces is not None:
        # Its own fields stay as they were; the version tells whoever has its page open.
        write(replaces, version=replaces.version, what=THIS)
        audit.record(
            "decision_replaced", replaces, by=by, changes=[audit.change("Replaced by", "", decision.reference)]
        )
    return decision


def _refuse(
    body: Body,
    meeting: Meeting | None,
    decided_on: dt.date,
    delegate: str,
    authority: str,
    has_owner: bool,
    due_on: dt.date | None,
) -> None:
    errors = {}
    if meeting is not None:
        if meeting.body_id != body.pk or meeting.is_cancelled:
            errors["meeting"] = "Choose a meeting of this body that was not called off"
    else:
        if not delegate.strip():
            errors["delegate"] = "Enter who decided"
        if not authority.strip():
            errors["authority"] = "Say what gave them the power to decide, and where it can be read"
    if has_owner and due_on is None:
        errors["due_on"] = "Enter the day by which it is seen to"
    if due_on is not None and not has_owner:
        errors["who"] = "Enter who sees to it"
    if due_on is not None and due_on < decided_on:
        errors["due_on"] = "The day by which it is seen to can’t be before the decision"
    if errors:
        raise ValidationError(errors)


def _refuse_replacing(body: Body, earlier: Decision) -> None:
    if earlier.body_id != body.pk:
        raise ValidationError(f"{earlier.reference} is another body’s decision: only {earlier.body} can replace it")
    later = Decision.objects.filter(replaces=earlier).select_related("body").first()
    if later:
        raise ValidationError(f"{earlier.reference} has been replaced already, by {later.reference}")
    earlier.refresh_from_db(fields=["version"])


@transaction.atomic
def see_to(decision: Decision, *, note: str, on: dt.date, version: int, by: User) -> Decision:
    """What was decided has been done. `note` says how, where there is something to say."""
    stands = Decision.objects.select_for_update().select_related("body").get(pk=decision.pk)
    if stands.done_on:
        raise ValidationError(f"{stands.reference} was seen to already, on {written.day_year(stands.done_on)}")
    if stands.due_on is None:
        raise ValidationError(f"Nothing is to be done about {stands.reference}")
    _refuse_replaced(stands)
    write(decision, version=version, what=THIS, done_on=on, done_by=by, done_note=note.strip())
    audit.record("decision_seen_to", decision, by=by, comment=note.strip())
    return decision


@transaction.atomic
def correct(decision: Decision, *, text: str, reason: str, why: str, version: int, by: User) -> Decision:
    """Put a typing error right. What was decided stays the same: another decision is recorded as one that replaces this."""
    if not text.strip() or not reason.strip():
        raise ValidationError("Say what was decided, and why")
    stands = Decision.objects.select_for_update().get(pk=decision.pk)
    if stands.version != version:
        raise Stale(THIS)
    before = {"Decision": stands.text, "Reason": stands.reason}
    changes = audit.changes(before, {"Decision": text.strip(), "Reason": reason.strip()})
    if not changes:
        return decision
    if not why.strip():
        raise ValidationError({"why": "Say what was wrong with the wording"})
    write(decision, version=version, what=THIS, text=text.strip(), reason=reason.strip())
    audit.record("decision_corrected", decision, by=by, changes=changes, comment=why.strip())
    return decision


@transaction.atomic
def link(
    decision: Decision,
    *,
    commitments: Collection[Commitment],
    indicators: Collection[Indicator],
    actions: Collection[Action],
    version: int,
    by: User,
) -> Decision:
    """Say what it is about: commitments, indicators and actions of delivery plans, instead of those said before."""
    write(decision, version=version, what=THIS)  # first, so that nobody else is at it
    named = list(decision.indicators.all())
    before = _about(decision, named)
    decision.commitments.set(commitments)
    decision.indicators.set(indicators)
    decision.actions.set(actions)
    audit.record("decision_linked", decision, by=by, changes=audit.changes(before, _about(decision, named)))
    return decision


def _about(decision: Decision, before: Collection[Indicator]) -> dict[str, object]:
    """`before` are the indicators that were named before something changed."""
    of_plans = decision.actions.select_related("delivery_plan__body").order_by("pk")
    return {
        "Commitments": "; ".join(str(one) for one in decision.commitments.order_by("pk")),
        "Indicators": indicators_told.told_after(decision.indicators.all(), before),
        "Actions": "; ".join(one.reference for one in of_plans),
    }


def _refuse_replaced(decision: Decision) -> None:
    later = Decision.objects.filter(replaces=decision).select_related("body").first()
    if later:
        raise ValidationError(f"{decision.reference} was replaced by {later.reference}: see to that one")
