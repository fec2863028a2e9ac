"""The listed concerns, while a consultation is a draft; and, at any time, what of the plan covers each: that is our answer, not theirs."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from consultation.actions.setting_up import THIS, refuse_opened, refuse_stale
from consultation.actions.setting_up_lists import forget_translations, free_key, write_entries
from consultation.models import Concern, Consultation
from consultation.models.question import MOST_CONCERNS
from lib.editing import write
from priorities.models import Priority

LONGEST_CONCERN = 120
OTHER = "other"

audit.kinds(
    {
        "consultation_concerns_changed": "Concerns changed",
        "consultation_concerns_answered": "What covers the concerns changed",
    }
)


@dataclass(frozen=True)
class Listed:
    """A concern as it is to be listed; `key` is empty for a new one. A priority covers it, or a note says why none does, or nobody has said yet."""

    text: str
    key: str = ""
    priority: Priority | None = None
    uncovered_note: str = ""


@transaction.atomic
def write_concerns(
    consultation: Consultation, *, concerns: Sequence[Listed], other: str, version: int, by: User
) -> Consultation:
    """All of them, in the order in which they are printed; what is not among them goes. `other`: the words beside the box, empty for none."""
    refuse_opened(consultation, version)
    _refuse_faults(concerns, other)
    held = list(Concern.objects.filter(consultation=consultation))
    before = _listed(held)
    by_key = {concern.key: concern for concern in held if not concern.is_other}
    keys = [OTHER, *(concern.key for concern in held)]
    kept: list[Concern] = []
    added: list[Concern] = []
    for order, listed in enumerate(concerns, start=1):
        concern = by_key.get(listed.key)
        if concern is None:
            key = free_key(listed.text, keys, longest=60, otherwise="concern")
            keys.append(key)
            concern = Concern(consultation=consultation, key=key)
            added.append(concern)
        else:
            kept.append(concern)
        concern.text, concern.order = listed.text, order
        concern.priority, concern.uncovered_note = listed.priority, listed.uncovered_note
    if other:
        present = next((concern for concern in held if concern.is_other), None)
        concern = present or Concern(consultation=consultation, key=OTHER, is_other=True)
        concern.text, concern.order = other, len(concerns) + 1
        (kept if present else added).append(concern)
    if not added and len(kept) == len(held) and not _differs(consultation, kept):
        return consultation
    write(consultation, version=version, what=THIS)
    staying = {concern.pk for concern in kept}
    removed = [concern for concern in held if concern.pk not in staying]
    forget_translations(consultation, [f"concern.{concern.key}" for concern in removed])
    write_entries(kept, removed, added, names=("text", "order", "priority", "uncovered_note"))
    lines = audit.changes(before, _listed([*kept, *added]))
    audit.record("consultation_concerns_changed", consultation, by=by, changes=lines)
    return consultation


@transaction.atomic
def answer_concerns(consultation: Consultation, *, concerns: Sequence[Listed], version: int, by: User) -> Consultation:
    """Which priority covers each, by its key, or why none does. Words and order stay as they were asked."""
    refuse_stale(consultation, version)
    said = {listed.key: listed for listed in concerns}
    _refuse_both(concerns)
    held = list(Concern.objects.filter(consultation=consultation).select_related("priority"))
    before = _answered(held)
    for concern in held:
        if listed := said.get(concern.key):
            concern.priority, concern.uncovered_note = listed.priority, listed.uncovered_note
    lines = audit.changes(before, _answered(held))
    if not lines:
        return consultation
    write(consultation, version=version, what=THIS)
    Concern.objects.bulk_update(held, ["priority", "uncovered_note"])
    audit.record("consultation_concerns_answered", consultation, by=by, changes=lines)
    return consultation


def _refuse_faults(concerns: Sequence[Listed], other: str) -> None:
    if len(concerns) > MOST_CONCERNS:
        raise ValidationError(
            f"List {MOST_CONCERNS} concerns or fewer, beside “other”: these are {len(concerns)}. Nobody reads more than that"
        )
    texts = [listed.text for listed in concerns] + ([other] if other else [])
    folded = [text.casefold() for text in texts]
    if twice := next((text for text in texts if folded.count(text.casefold()) > 1), ""):
        raise ValidationError(f"“{twice}” is listed twice. Each concern is listed once")
    if long := next((text for text in texts if len(text) > LONGEST_CONCERN), ""):
        raise ValidationError(
            f"Each concern must be {LONGEST_CONCERN} characters or fewer: “{long[:40]}…” has {len(long)}"
        )
    _refuse_both(concerns)


def _refuse_both(concerns: Sequence[Listed]) -> None:
    both = next((listed for listed in concerns if listed.priority and listed.uncovered_note), None)
    if both:
        raise ValidationError(
            f"“{both.text}” is covered by a priority, and there is a note on why none covers it. Take one of the two away"
        )


def _differs(consultation: Consultation, kept: Sequence[Concern]) -> bool:
    fields = ("pk", "text", "order", "priority_id", "uncovered_note")
    now = set(Concern.objects.filter(consultation=consultation).values_list(*fields))
    return now != {tuple(getattr(concern, name) for name in fields) for concern in kept}


def _listed(concerns: Sequence[Concern]) -> dict[str, object]:
    return {"Concerns": "; ".join(concern.text for concern in sorted(concerns, key=lambda one: one.order))}


def _answered(concerns: Sequence[Concern]) -> dict[str, object]:
    return {
        concern.text: str(concern.priority) if concern.priority else concern.uncovered_note
        for concern in concerns
        if not concern.is_other
    }
