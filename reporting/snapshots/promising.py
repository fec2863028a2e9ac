"""How the year's commitments and the plan's outcomes go, as known at the moment of a snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from governance import lateness, promises
from governance.models import CommitmentLead, CommitmentStatus
from priorities.models import Commitment
from reporting.snapshots.asked import Asked, by
from reporting.snapshots.governed import ActionPart, DeliveryPart, OutcomePart
from reporting.snapshots.shape import CommitmentPart


@dataclass(frozen=True)
class Promised:
    """By the id of the priority, in the plan's order."""

    commitments: dict[int, tuple[CommitmentPart, ...]]
    outcomes: dict[int, tuple[OutcomePart, ...]]

    def commitments_of(self, priority_id: int) -> tuple[CommitmentPart, ...]:
        return self.commitments.get(priority_id, ())

    def outcomes_of(self, priority_id: int) -> tuple[OutcomePart, ...]:
        return self.outcomes.get(priority_id, ())


def read(asked: Asked, delivery: Sequence[DeliveryPart]) -> Promised:
    return Promised(_commitments(asked, delivery), _outcomes(asked))


# ---------------------------------------------------------------- commitments


def _commitments(asked: Asked, delivery: Sequence[DeliveryPart]) -> dict[int, tuple[CommitmentPart, ...]]:
    rows = Commitment.objects.filter(priority__plan=asked.plan, year=asked.quarter.year)
    ours = {"commitment__priority__plan": asked.plan, "commitment__year": asked.quarter.year}
    leads = dict(CommitmentLead.objects.filter(**ours).values_list("commitment_id", "body__short_name"))
    known = CommitmentStatus.objects.filter(**ours, quarter__lte=asked.quarter, given_at__lte=asked.as_at)
    statuses = by(known.order_by("quarter", "given_at", "pk"), "commitment_id")
    serving: dict[str, list[ActionPart]] = {}
    for action in (action for part in delivery for action in part.actions):
        serving.setdefault(action.commitment, []).append(action)
    parts: dict[int, list[CommitmentPart]] = {}
    for row in rows.select_related("theme").order_by("order", "pk"):
        part = CommitmentPart(
            theme=row.theme.title if row.theme else "",
            text=row.text,
            number=row.number,
            unit=row.unit,
            key=row.key,
            lead=leads.get(row.pk, ""),
            **_status(asked, statuses[row.pk], serving.get(row.key, [])),
        )
        parts.setdefault(row.priority_id, []).append(part)
    return {priority: tuple(own) for priority, own in parts.items()}


def _status(asked: Asked, given: Sequence[CommitmentStatus], actions: Sequence[ActionPart]) -> dict[str, Any]:
    """From the actions that serve it, or else as given for the quarter; the number is the last one given."""
    said = None if actions else promises.counting(given, asked.quarter)
    number = next((one.number for one in reversed(given) if one.number is not None), None)
    if actions:
        state = promises.worst(action.state for action in actions)
    else:
        state = lateness.SAID[said.brag] if said else lateness.NO_UPDATE
    return {
        "state": state,
        "said": said.said if said else "",
        "said_in": said.quarter if said else None,
        "reached": number,
        "actions": tuple(action.reference for action in actions),
    }


# ---------------------------------------------------------------- outcomes


def _outcomes(asked: Asked) -> dict[int, tuple[OutcomePart, ...]]:
    priorities = {priority.letter: priority.pk for priority in asked.plan.priorities.all()}
    parts: dict[int, list[OutcomePart]] = {}
    for line in promises.outcomes(asked.plan, asked.as_at):
        parts.setdefault(priorities[line.letter], []).append(_outcome(asked, line))
    return {priority: tuple(own) for priority, own in parts.items()}


def _outcome(asked: Asked, line: promises.OutcomeLine) -> OutcomePart:
    """With what was said of it last, in the quarter's year or before; an indicator goes by its reference, where the plan has one."""
    judged = next((one for one in line.judgements if one.year <= asked.quarter.year), None)
    name = asked.names.get(line.indicator.pk, "") if line.indicator else ""
    return OutcomePart(
        key=line.key,
        text=line.text,
        kind=line.kind,
        known_by=name or line.known_by,
        verdict=judged.verdict if judged else "",
        year=str(judged.year) if judged else "",
        evidence=judged.evidence if judged else "",
    )
