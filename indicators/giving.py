"""What holds for every way of giving a figure or saying that there is none: on the form, in a file, by the partnership team."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from indicators import wording
from indicators.models import Figure, Indicator, Return, Round
from indicators.numbers import MOST_FIGURES, Unreadable, check_share
from lib import written
from lib.locks import hold_still
from lib.quarters import Quarter

PENNY = Decimal("0.01")
TOLD = ("numerator", "denominator", "stated_percentage", "is_provisional")  # what a figure says
# What a return holds no more once a figure has been sent.
NO_DRAFT: dict[str, Any] = {"draft": {}, "draft_saved_at": None, "draft_saved_by": None}
NOT_MISSING: dict[str, Any] = {"missing_reason": "", "missing_note": "", "expected_on": None, "missing_at": None}


def takes_figures(return_: Return) -> Figure | None:
    """The verified figure that stands, if any. Refuses a first figure for a closed round, unless this return stays open; the round can't close meanwhile."""
    hold_still(Round, return_.round_id)  # fifty who send at once don't queue for the quarter
    round_ = Round.objects.get(pk=return_.round_id)
    shown = return_.figures.verified().in_order().last()
    refuse_closed(return_, round_, shown, timezone.localdate())
    refuse_not_spending(return_, round_, shown)
    return shown


def refuse_closed(return_: Return, round_: Round, shown: Figure | None, on: dt.date) -> None:
    """A closed round takes no first figures, unless this return stays open longer. A restatement is taken."""
    if not is_answerable(return_, round_, on, is_shown=shown is not None):
        raise ValidationError(closed(round_))


def closed(round_: Round) -> str:
    return f"{round_} is closed, and takes no new figures any more. The partnership team can open it again."


def refuse_not_spending(return_: Return, round_: Round, shown: Figure | None) -> None:
    """Spend is taken for the quarters in which it is asked for: not before its project starts, nor once it is closed. A restatement is taken.

    Whoever changes those quarters holds every round, so what is read here holds until the transaction ends.
    """
    if not return_.indicator.is_spend:
        return
    refuse_not_asked(Indicator.objects.get(pk=return_.indicator_id), round_, shown)


def refuse_not_asked(indicator: Indicator, round_: Round, shown: Figure | None) -> None:
    """The same of an indicator that was just read."""
    if shown is None and (why := why_not_asked(indicator, round_.quarter)):
        raise ValidationError(why)


def why_not_asked(indicator: Indicator, quarter: Quarter) -> str:
    """Why no spend is taken for a quarter, and what to do instead; empty where it is, and for what is no spend."""
    if indicator.asks_in(quarter):
        return ""
    name, first, last = wording.spent_on(indicator), indicator.asked_from, indicator.asked_until
    if first is not None and quarter < first:
        return (
            f"No spend is taken for {quarter}: that of {name} is asked for from {first} on. "
            f"If it was spent earlier, the partnership team can change when it starts."
        )
    return (
        f"No spend is taken for {quarter}: that of {name} was asked for until {last}. "
        f"If something is still to come, restate the figure of {last}."
    )


def is_answerable(return_: Return, round_: Round, on: dt.date, *, is_shown: bool) -> bool:
    """Whether a figure could be given that day. `is_shown`: a verified figure stands, which another may take the place of."""
    return not round_.is_closed or is_shown or return_.stays_open(on)


def refuse_missing(return_: Return, shown: Figure | None) -> None:
    """Where a figure stands or waits, nobody says that there is none."""
    if shown:
        raise ValidationError("A verified figure stands for this quarter. If it was wrong, restate it instead.")
    if return_.status == Return.Status.SUBMITTED:
        raise ValidationError(
            "A figure has been sent and waits to be verified. Ask the partnership team to send it back."
        )


def check_numbers(
    indicator: Indicator, numerator: Decimal | None, denominator: Decimal | None, stated: Decimal | None
) -> None:
    """What every way of giving a figure must keep to; the form says the same next to the box."""
    if any(number is not None and number < 0 for number in (numerator, denominator, stated)):
        raise ValidationError("A figure can’t be less than 0.")
    if indicator.is_count:
        if numerator is None or denominator is not None or stated is not None:
            raise ValidationError(f"Give one whole number for {indicator}.")
    elif indicator.is_amount:
        if numerator is None or denominator is not None or stated is not None:
            raise ValidationError(f"Give one amount for {indicator}.")
        if numerator >= 10**MOST_FIGURES:
            raise ValidationError(f"The amount for {indicator} must be less than a billion pounds.")
        if numerator != numerator.quantize(PENNY):
            raise ValidationError(f"Give pounds and pence for {indicator}, with at most two figures after the point.")
        return
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


def check_days(*, extracted_on: dt.date | None, received_on: dt.date | None) -> None:
    today, errors = timezone.localdate(), {}
    if extracted_on and extracted_on > today:
        errors["extracted_on"] = "The day it was taken from its source can’t be in the future"
    if received_on and received_on > today:
        errors["received_on"] = "The day it reached you can’t be in the future"
    if errors:
        raise ValidationError(errors)


def check_restatement(figure: Figure, shown: Figure) -> None:
    """A verified figure is replaced for a reason, by another one."""
    if figure.restates not in Figure.Restates.values:
        raise ValidationError({"restates": "Say whether the source has new figures or the figure was wrong"})
    if not figure.restated_because:
        raise ValidationError({"restated_because": "Say why the figure changes"})
    if is_same(figure, shown):
        raise ValidationError(
            f"{wording.value(shown)} is the verified figure already. Change it, or leave it as it is."
        )


def is_same(figure: object, other: object) -> bool:
    """Whether both say the same number, and both that it is final or not."""
    return all(getattr(figure, name) == getattr(other, name) for name in TOLD)


def facts(return_: Return, figure: Figure | None) -> dict[str, object]:
    """What the trail tells of a return and its latest figure."""
    facts: dict[str, object] = {"State": return_.get_status_display()}
    if return_.missing_reason:
        facts |= missing_facts(return_)
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


def missing_facts(return_: Return) -> dict[str, object]:
    """The same of one that is settled without a figure."""
    return {
        "State": return_.get_status_display(),
        "Why there is no figure": return_.get_missing_reason_display(),
        "Note": return_.missing_note,
        "Expected on": return_.expected_on and written.day_year(return_.expected_on),
    }
