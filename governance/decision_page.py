"""What the pages of decisions show."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from governance.models import Action, Decision
from lib import working_days, written
from lib.govuk import Row
from priorities.models import Commitment, Plan


@dataclass(frozen=True)
class Listed:
    """`tag` is a state that wants something ("Overdue", "Due"), `state` one that is settled, in words."""

    decision: Decision
    tag: str
    state: str


def listed(some: Iterable[Decision], on: dt.date) -> list[Listed]:
    """Needs the owner and the later decision loaded."""
    return [Listed(one, *_state(one, getattr(one, "replaced_by", None), on)) for one in some]


def _state(one: Decision, later: Decision | None, on: dt.date) -> tuple[str, str]:
    if later is not None:
        return "", f"Replaced by {later.reference}"
    if one.done_on is not None:
        return "", f"Seen to on {written.day_year(one.done_on)}"
    if one.due_on is None:
        return "", "Nothing follows from it"
    return ("Overdue" if one.due_on < on else "Due"), ""


def lede(waiting: QuerySet[Decision], on: dt.date) -> str:
    """ "Three decisions wait to be seen to, one of them overdue." Two queries."""
    count, late = waiting.count(), waiting.filter(due_on__lt=on).count()
    if not count:
        return "Every decision is seen to."
    many = count != 1
    said = (
        f"{written.in_words(count).capitalize()} decision{'s' if many else ''} wait{'' if many else 's'} to be seen to"
    )
    if not late:
        return f"{said}."
    if not many:
        return f"{said}, and it is overdue."
    if late == count:
        return f"{said}, {'both' if count == 2 else 'all of them'} overdue."
    return f"{said}, {written.in_words(late)} of them overdue."


def state(one: Decision, later: Decision | None, on: dt.date) -> str:
    """Where it stands, in a sentence."""
    tag, settled = _state(one, later, on)
    if settled:
        return f"{settled}: {one.done_note}." if one.done_on and one.done_note and later is None else f"{settled}."
    said = f"To be seen to by {written.day(one.due_on)}: {one.owner_label}."
    if tag == "Overdue" and one.due_on is not None:
        days = working_days.between(one.due_on, on)
        return f"{said} It is {written.in_words(days)} working day{'' if days == 1 else 's'} late." if days else said
    return said


def facts(one: Decision, may_open_meeting: bool) -> list[Row]:
    rows = [Row("Why", one.reason), Row("Decided on", written.day(one.decided_on))]
    if one.meeting is not None:
        link = (
            {"url": one.meeting.get_absolute_url(), "words": "Open", "hidden": " the meeting"}
            if may_open_meeting
            else {}
        )
        about = [str(one.meeting), one.item.title] if one.item else [str(one.meeting)]
        rows.append(Row("At", about, **link))
    else:
        rows += [Row("Decided between meetings by", one.delegate), Row("With the authority of", one.authority)]
    if one.due_on is not None:
        rows += [Row("Who sees to it", one.owner_label), Row("By", written.day(one.due_on))]
    if one.replaces is not None:
        link = {"url": one.replaces.get_absolute_url(), "words": "Open", "hidden": f" {one.replaces.reference}"}
        rows.append(Row("Replaces", str(one.replaces), **link))
    return rows


def commitments(plan: Plan | None, decision: Decision) -> QuerySet[Commitment]:
    """Those of the current plan, and those linked already."""
    ours = Q(priority__plan=plan) if plan else Q(pk__in=[])
    held = Q(pk__in=decision.commitments.values("pk"))
    return Commitment.objects.filter(ours | held).select_related("priority").order_by("priority", "year", "order")


def actions(seen: QuerySet[Action], decision: Decision) -> QuerySet[Action]:
    """Open ones in sight, and those linked already."""
    held = Q(pk__in=decision.actions.values("pk"))
    return seen.filter(Q(ending="") | held).select_related("delivery_plan__body").order_by("delivery_plan", "number")
