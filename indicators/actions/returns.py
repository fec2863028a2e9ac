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
from indicators import wording
from indicators.models import Figure, Indicator, Return, Round
from indicators.numbers import Unreadable, check_share
from lib import written
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
    _takes_figures(return_)
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
) -> Figure:
    """Record a figure and hand it over for verification. Every earlier figure stays as it is.

    A count has a numerator; need and met, or a percentage with its base, have both; a percentage without a base is stated. The figure
    is the supplier's: a person here, or a name. Once a figure was verified, a further one restates it and needs kind and reason; that
    is allowed after the round has closed, a first figure is not.
    """
    refuse_stale(return_, version)
    shown = _takes_figures(return_)
    _check_numbers(return_.indicator, numerator, denominator, stated_percentage)
    _check_days(extracted_on=extracted_on, received_on=received_on)
    name = supplied_by.name if supplied_by else supplied_by_name.strip()
    if not name:
        raise ValidationError({"supplier": "Say who gave you the figure"})
    figure = Figure(
        for_return=return_,
        numerator=numerator,
        denominator=denominator,
        stated_percentage=stated_percentage,
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
    )
    if shown:
        _check_restatement(figure, shown)
    before = _facts(return_, return_.figures.standing().in_order().last())
    write(
        return_,
        version=version,
        what=THIS,
        status=Return.Status.SUBMITTED,
        submitted_at=figure.recorded_at,
        submitted_by=by,
        due_again_on=None,
        **_NO_DRAFT,
        **_NOT_MISSING,
    )
    figure.save()
    audit.record(
        "return_restated" if shown else "return_submitted",
        return_,
        by=by,
        changes=audit.changes(before, _facts(return_, figure)),
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
    if _takes_figures(return_):
        raise ValidationError("A verified figure stands for this quarter. If it was wrong, restate it instead.")
    if return_.status == Return.Status.SUBMITTED:
        raise ValidationError(
            "A figure has been sent and waits to be verified. Ask the partnership team to send it back."
        )
    if reason not in Return.MissingReason.values:
        raise ValidationError({"reason": "Choose why there is no figure"})
    before = _missing_facts(return_)
    write(
        return_,
        version=version,
        what=THIS,
        status=Return.Status.MISSING,
        missing_reason=reason,
        missing_note=note.strip(),
        expected_on=expected_on,
        missing_at=return_.missing_at or timezone.now(),
        **_NO_DRAFT,
    )
    audit.record("return_missing", return_, by=by, changes=audit.changes(before, _missing_facts(return_)))
    return return_


_NO_DRAFT: dict[str, Any] = {"draft": {}, "draft_saved_at": None, "draft_saved_by": None}
_NOT_MISSING: dict[str, Any] = {"missing_reason": "", "missing_note": "", "expected_on": None, "missing_at": None}


def refuse_stale(return_: Return, version: int) -> None:
    """Tell a late comer so before anything else is found wrong. The conditional write tells whoever comes at the same moment."""
    if return_.version != version:
        raise Stale(THIS)


def _takes_figures(return_: Return) -> Figure | None:
    """The verified figure that stands, if any. Refuses a first figure for a closed round, unless this return stays open; the round can't close meanwhile."""
    round_ = Round.objects.select_for_update().get(pk=return_.round_id)
    shown = return_.figures.verified().in_order().last()
    if round_.is_closed and shown is None and not return_.stays_open(timezone.localdate()):
        raise ValidationError(
            f"{round_} is closed, and takes no first figures any more. The partnership team can open it again."
        )
    return shown


def _check_numbers(
    indicator: Indicator, numerator: Decimal | None, denominator: Decimal | None, stated: Decimal | None
) -> None:
    """What every way of giving a figure must keep to; the form says the same next to the box."""
    if any(number is not None and number < 0 for number in (numerator, denominator, stated)):
        raise ValidationError("A figure can’t be less than 0.")
    if indicator.is_count:
        if numerator is None or denominator is not None or stated is not None:
            raise ValidationError(f"Give one whole number for {indicator}.")
    elif numerator is not None and denominator is not None and stated is None:
        try:
            check_share(
                numerator,
                denominator,
                part_name=written.capitalised(indicator.unit),
                base_name=written.capitalised(indicator.unit_of_base),
                may_be_none=indicator.is_need_met,
            )
        except Unreadable as unreadable:
            raise ValidationError(f"{unreadable}.") from None
    elif indicator.is_need_met or stated is None or numerator is not None or denominator is not None:
        raise ValidationError(f"Give both numbers for {indicator}.")
    elif stated > 100:
        raise ValidationError("A percentage can’t be more than 100.")
    if not all(number is None or _is_whole(number) for number in (numerator, denominator)):
        raise ValidationError(f"Give whole numbers for {indicator}.")


def _is_whole(number: Decimal) -> bool:
    return number == number.to_integral_value()


def _check_days(*, extracted_on: dt.date | None, received_on: dt.date | None) -> None:
    today, errors = timezone.localdate(), {}
    if extracted_on and extracted_on > today:
        errors["extracted_on"] = "The day it was taken from its source can’t be in the future"
    if received_on and received_on > today:
        errors["received_on"] = "The day it reached you can’t be in the future"
    if errors:
        raise ValidationError(errors)


def _check_restatement(figure: Figure, shown: Figure) -> None:
    if figure.restates not in Figure.Restates.values:
        raise ValidationError({"restates": "Say whether the source has new figures or the figure was wrong"})
    if not figure.restated_because:
        raise ValidationError({"restated_because": "Say why the figure changes"})
    told = ("numerator", "denominator", "stated_percentage", "is_provisional")
    if all(getattr(figure, name) == getattr(shown, name) for name in told):
        raise ValidationError(
            f"{wording.value(shown)} is the verified figure already. Change it, or leave it as it is."
        )


def _facts(return_: Return, figure: Figure | None) -> dict[str, object]:
    """What the trail tells of a return and its latest figure."""
    facts: dict[str, object] = {"State": return_.get_status_display()}
    if return_.missing_reason:
        facts |= _missing_facts(return_)
    if figure is None:
        return facts
    return facts | {
        "Figure": wording.value(figure),
        "Final or provisional": "provisional" if figure.is_provisional else "final",
        "Source": figure.source,
        "Extracted on": figure.extracted_on and written.day_year(figure.extracted_on),
        "Whose figure": figure.supplied_by_name,
        "Route": figure.get_route_display(),
        "Reached us on": figure.received_on and written.day_year(figure.received_on),
        "Restates": figure.get_restates_display(),
    }


def _missing_facts(return_: Return) -> dict[str, object]:
    return {
        "State": return_.get_status_display(),
        "Why there is no figure": return_.get_missing_reason_display(),
        "Note": return_.missing_note,
        "Expected on": return_.expected_on and written.day_year(return_.expected_on),
    }


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
