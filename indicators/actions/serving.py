"""Which commitments and outcomes of the plan an indicator helps to know about. The plan's document does not say it; people do."""

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from indicators.actions.definitions import THIS, refuse_stale
from indicators.models import Placement
from lib.editing import write
from priorities.models import Commitment, Outcome

audit.kinds({"serves_changed": "What it serves changed"})


@transaction.atomic
def name_served(
    placement: Placement,
    *,
    commitments: Collection[Commitment],
    outcomes: Collection[Outcome],
    version: int,
    by: User | None,
) -> Placement:
    """Name what it serves: these and no others. Saying what is said already changes nothing and leaves no trace."""
    indicator = placement.indicator
    refuse_stale(indicator, version)
    priorities = {*(one.priority_id for one in commitments), *(one.priority_id for one in outcomes)}
    if priorities - {placement.priority_id}:
        raise ValidationError(f"Choose from the commitments and outcomes of priority {placement.priority.letter}.")
    changes = [
        *_changes("Serves the commitment", placement.commitments.all(), commitments),
        *_changes("Serves the outcome", placement.outcomes.all(), outcomes),
    ]
    if not changes:
        return placement
    write(indicator, version=version, what=THIS)
    placement.commitments.set(commitments)
    placement.outcomes.set(outcomes)
    audit.record("serves_changed", indicator, by=by, changes=changes)
    return placement


Entries = Iterable[Commitment] | Iterable[Outcome]


def _changes(what: str, was: Entries, now: Entries) -> list[dict[str, str]]:
    """One line for each entry that is no longer served, then for each that is from now on; in the plan's order."""
    before, after = ({entry.pk: (entry.order, entry.pk, entry.text) for entry in entries} for entries in (was, now))
    gone = sorted(before[pk] for pk in before.keys() - after.keys())
    new = sorted(after[pk] for pk in after.keys() - before.keys())
    return [
        *(audit.change(what, text, None) for _, _, text in gone),
        *(audit.change(what, None, text) for _, _, text in new),
    ]
