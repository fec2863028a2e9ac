"""Giving the figure of a return: draft, submit, restate, or say why there is none."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from indicators import giving
from indicators.models import Figure, Return, Revision
from lib.editing import Stale, write

THIS = "This return"

audit.kinds(
    {
        "return_draft_saved": "Draft saved",
        "return_submitted": "Figure sent",
        "return_restated": "Restated figure sent",
        "return_missing": "No figure this quarter",
    }
)


@transaction.atomic
def save_draft(return_: Return, *, typed: Mapping[str, Any], version: int, by: User) -> Return:
    """Keep what was typed exactly as it is, right or wrong. The state of a return that was never sent becomes "draft"."""
    refuse_stale(return_, version)
    giving.takes_figures(return_)
    before, now = return_.draft, timezone.now()
    status = Return.Status.DRAFT if return_.status == Return.Status.DUE else return_.status
    write(
        return_,
        version=version,
        what=THIS,
        status=status,
        draft=dict(typed),
        draft_saved_at=now,
        draft_saved_by=by,
    )
    changes = audit.changes(_readable(before), _readable(typed))
    audit.record("return_draft_saved", return_, by=by, changes=changes)
    return return_


@transaction.atomic
def submit(
    return_: Return,
    *,
    version: int,
    by: User,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    stated_percentage: Decimal | None = None,
    is_provisional: bool = False,
    source: str = "",
    extracted_on: dt.date | None = None,
    route: str = Figure.Route.FORM,
    supplied_by: User | None = None,
    supplied_by_name: str = "",
    received_on: dt.date | None = None,
    restates: str = "",
    restated_because: str = "",
    revision: Revision | None = None,
) -> Figure:
    """Record a figure and hand it over for verification. Every earlier figure stays as it is.

    A count has a numerator; need and met, or a percentage with its base, have both; a percentage without a base is stated. The figure
    is the supplier's: a person here, or a name. Once a figure was verified, a further one restates it and needs kind and reason; that
    is allowed after the round has closed, a first figure is not. `revision`: the one of a whole series that it is a part of.
    """
    refuse_stale(return_, version)
    shown = giving.takes_figures(return_)
    giving.check_numbers(return_.indicator, numerator, denominator, stated_percentage)
    giving.check_days(extracted_on=extracted_on, received_on=received_on)
    name = supplied_by.name if supplied_by else supplied_by_name.strip()
    if not name:
        raise ValidationError({"supplier": "Say who gave you the figure"})
    figure = Figure(
        for_return=return_,
        numerator=numerator,
        denominator=denominator,
        stated_percentage=stated_percentage,
        is_amount=return_.indicator.is_amount,
        is_provisional=is_provisional,
        source=source.strip(),
        extracted_on=extracted_on,
        route=route,
        supplied_by=supplied_by,
        supplied_by_name=name,
        received_on=received_on,
        recorded_by=by,
        recorded_at=timezone.now(),
        restates=restates if shown else "",
        restated_because=restated_because.strip() if shown else "",
        revision=revision,
    )
    if shown:
        giving.check_restatement(figure, shown)
    before = giving.facts(return_, return_.figures.standing().in_order().last())
    write(
        return_,
        version=version,
        what=THIS,
        status=Return.Status.SUBMITTED,
        submitted_at=figure.recorded_at,
        submitted_by=by,
        due_again_on=None,
        **giving.NO_DRAFT,
        **giving.NOT_MISSING,
    )
    figure.save()
    audit.record(
        "return_restated" if shown else "return_submitted",
        return_,
        by=by,
        changes=audit.changes(before, giving.facts(return_, figure)),
        comment=figure.restated_because,
    )
    return figure


@transaction.atomic
def say_missing(
    return_: Return, *, reason: str, note: str = "", expected_on: dt.date | None = None, version: int, by: User
) -> Return:
    """Settle a return without a figure: a state with a reason, never a zero. Sending a figure later takes it back.

    `missing_at` is when it was first said; another reason or note leaves it.
    """
    refuse_stale(return_, version)
    giving.refuse_missing(return_, giving.takes_figures(return_))
    if reason not in Return.MissingReason.values:
        raise ValidationError({"reason": "Choose why there is no figure"})
    before = giving.missing_facts(return_)
    write(
        return_,
        version=version,
        what=THIS,
        status=Return.Status.MISSING,
        missing_reason=reason,
        missing_note=note.strip(),
        expected_on=expected_on,
        missing_at=return_.missing_at or timezone.now(),
        **giving.NO_DRAFT,
    )
    audit.record("return_missing", return_, by=by, changes=audit.changes(before, giving.missing_facts(return_)))
    return return_


def refuse_stale(return_: Return, version: int) -> None:
    """Tell a late comer so before anything else is found wrong. The conditional write tells whoever comes at the same moment."""
    if return_.version != version:
        raise Stale(THIS)


# What a draft calls its boxes, in words.
_BOXES = {
    "base": "Out of how many",
    "number": "Figure",
    "stated": "Percentage",
    "kind": "Final or provisional",
    "source": "Source",
    "extracted_on": "Extracted on",
    "behalf": "Whose figure",
    "supplier": "Who gave it",
    "supplier_name": "Name of who gave it",
    "route": "Route",
    "received_on": "Reached us on",
    "restates": "Restates",
    "restated_because": "Why it changes",
}


def _readable(typed: Mapping[str, Any]) -> dict[str, object]:
    """What was typed into each box, in words; dates with their parts side by side."""
    return {
        _BOXES.get(box, box): " ".join(str(part) for part in said) if isinstance(said, list) else said
        for box, said in typed.items()
        if box not in ("behalf", "supplier")  # codes and ids say nothing to a reader
    }
