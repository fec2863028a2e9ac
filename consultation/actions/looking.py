"""Counting what was held back or late, and setting aside what should not count. No response is removed by it, and each way leads back."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from consultation.actions import quotes
from consultation.flagged import Group
from consultation.models import Consultation, Response

LONGEST_REASON = 200  # characters
NONE_CHOSEN = "Tick the responses, or choose all of them"
GONE = "The single responses of this consultation are being removed, so nothing can be changed about them any more."

audit.kinds({"responses_set_aside": "Responses set aside", "responses_counted": "Responses counted"})
Standing = Response.Standing


@transaction.atomic
def set_aside(
    consultation: Consultation, *, group: Group, only: Collection[int] | None, up_to: int, because: str, by: User
) -> int:
    """Take these of a group out of the figures. `only` are ids, None for all of the group up to the id `up_to`: what came while one was
    looking is not among them. Returns how many: what somebody else has moved meanwhile is left as it is.
    """
    because = because.strip()
    if not because:
        raise ValidationError({"because": "Say why they are set aside"})
    if len(because) > LONGEST_REASON:
        raise ValidationError({"because": f"Say why in {LONGEST_REASON} characters or fewer"})
    if not group.may_set_aside:
        raise ValidationError("These are not counted as it is.")
    chosen = _chosen(consultation, group, only, up_to)
    moved = _move(chosen, Standing.SET_ASIDE, because)
    quotes.take_back(moved, by=by)
    _record("responses_set_aside", consultation, group, len(moved), by, because)
    return len(moved)


@transaction.atomic
def count(consultation: Consultation, *, group: Group, only: Collection[int] | None, up_to: int, by: User) -> int:
    """Let these of a group into the figures; `only`, `up_to` and what is returned as for setting aside."""
    if not group.may_count:
        raise ValidationError("These are counted already.")
    moved = _move(_chosen(consultation, group, only, up_to), Standing.COUNTED, "")
    _record("responses_counted", consultation, group, len(moved), by, "")
    return len(moved)


def _chosen(consultation: Consultation, group: Group, only: Collection[int] | None, up_to: int) -> list[int]:
    """Their ids. Holds the consultation: one person at a time moves its responses, and nobody counts it meanwhile."""
    if only is not None and not only:
        raise ValidationError({"only": NONE_CHOSEN})
    held = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    if held.purge_begun_at:
        raise ValidationError(GONE)
    found = group.responses(consultation).filter(pk__lte=up_to)
    if only is not None:
        found = found.filter(pk__in=only)
    return list(found.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))


def _move(chosen: list[int], standing: str, because: str) -> list[int]:
    Response.objects.filter(pk__in=chosen).update(standing=standing, set_aside_because=because)
    return chosen


def _record(kind: str, consultation: Consultation, group: Group, moved: int, by: User, because: str) -> None:
    if moved:
        change = audit.change(group.title, None, f"{moved:,} response{'' if moved == 1 else 's'}")
        audit.record(kind, consultation, by=by, changes=[change], comment=because)
