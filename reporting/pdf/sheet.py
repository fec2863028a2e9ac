"""A body's sheet for its meeting as a PDF, in the look of the pack: drawn from its part of a snapshot alone."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from governance import lateness
from lib import typesetting
from lib.typesetting import characters
from lib.written import day_year
from reporting.pdf.parts import cover, decided, delivery, funding, scorecard
from reporting.snapshots.governed import ActionPart, BodyPart, DeliveryPart
from reporting.snapshots.shape import Snapshot

# Told one by one with their dates above; these follow in short.
REST = (lateness.NO_UPDATE, lateness.ON_TRACK, lateness.COMPLETE, lateness.ENDED)


@dataclass(frozen=True)
class Row:
    reference: str
    title: str
    lead: str
    due: str
    state: str
    said: str


def render(own: Snapshot, body: BodyPart, plan: DeliveryPart, *, lede: str, no_actions: str) -> typesetting.Rendered:
    """`own` holds nothing but this body's; `no_actions` stands where there are none."""
    return typesetting.typeset(html(own, body, plan, lede=lede, no_actions=no_actions))


def html(own: Snapshot, body: BodyPart, plan: DeliveryPart, *, lede: str, no_actions: str) -> str:
    governance = own.governance
    assert governance is not None, "a sheet is made from a snapshot that holds who governs"
    handling = cover.marking(own)
    context: dict[str, Any] = {
        "snapshot": own,
        "body": body,
        "plan": plan,
        "lede": lede,
        "no_actions": no_actions,
        "title": f"{body.name}, sheet for {own.quarter}: {own.partnership}",
        "created": own.as_at.isoformat(timespec="seconds"),
        "classification": handling.classification,
        "marking": handling.protective,
        "flag": "Sample figures" if own.is_sample else "",
        "issue": f"Sheet of {body.short_name}, {own.quarter}",
        "scorecard": scorecard.build(own) if own.indicators else None,
        "quarter": {"shows_details": True},
        "delivery": delivery.build(own, governance),
        "rest": [_row(action) for state in REST for action in plan.in_state(state)],
        "decided": decided.build(own, governance),
        "money": funding.build(own, own.funding) if own.funding else None,
        "risks": [decided.risk(one) for one in governance.risks],
    }
    return characters.printable(render_to_string("reporting/pack/sheet.html", context))


def _row(action: ActionPart) -> Row:
    update = action.update
    return Row(
        action.reference,
        action.title,
        action.lead,
        day_year(action.due_on),
        lateness.WORDS[action.state],
        (update.done or update.reason) if update else "",
    )
