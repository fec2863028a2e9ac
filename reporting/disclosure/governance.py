"""Who governs, delivers and decides, for the public: posts for names, and neither risks nor who still owes what. Pure."""

from dataclasses import replace

from reporting.disclosure.people import Names
from reporting.snapshots.governed import ActionPart, BodyPart, DeliveryPart, Governance, OutcomePart

# What says of an outcome that only its own words say it (see `OutcomePart`).
AS_PLANNED = "plan"


def public(full: Governance, names: Names, restricted_names: frozenset[str]) -> Governance:
    """`restricted_names`: the references and short names by which actions are linked to what is restricted."""
    return replace(
        full,
        bodies=tuple(_body(one, names) for one in full.bodies),
        delivery=tuple(_delivery(one, names, restricted_names) for one in full.delivery),
        decisions=tuple(replace(one, owner=names.post(one.owner)) for one in full.decisions),
        undertakings=(),
        recommendations=tuple(
            replace(one, owner=names.post(one.owner), answered_by=names.post(one.answered_by))
            for one in full.recommendations
        ),
        risks=(),
    )


def _body(full: BodyPart, names: Names) -> BodyPart:
    return replace(full, chairs=tuple(names.post(one) for one in full.chairs))


def _delivery(full: DeliveryPart, names: Names, restricted_names: frozenset[str]) -> DeliveryPart:
    actions = tuple(_action(one, names, restricted_names) for one in full.actions)
    return replace(full, resources="", conditions=(), actions=actions)


def _action(full: ActionPart, names: Names, restricted_names: frozenset[str]) -> ActionPart:
    kept = tuple(one for one in full.indicators if one not in restricted_names)
    return replace(full, lead=names.post(full.lead), proposed_on=None, indicators=kept)


def outcome(full: OutcomePart, hidden_names: frozenset[str], restricted_names: frozenset[str]) -> OutcomePart:
    """Known by what is restricted, it has its own words alone; by what is hidden, no judgement: that would tell how the figure went."""
    if full.known_by in restricted_names:
        return replace(full, kind=AS_PLANNED, known_by="", verdict="", year="", evidence="")
    return replace(full, verdict="", year="", evidence="") if full.known_by in hidden_names else full
