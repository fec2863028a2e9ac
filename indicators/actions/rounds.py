"""Opening a quarter's collection and closing it."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from indicators.actions.dates import BY_HAND, THIS, check_order, facts, listed, set_by_hand
from indicators.actions.sets import ask, refuse_outside_plans, take_over
from indicators.models import Indicator, Return, Round
from indicators.opening import nearest_set
from lib.editing import Stale, write
from lib.quarters import Quarter

audit.kinds(
    {"round_opened": "Quarter opened", "round_closed": "Quarter closed", "round_reopened": "Quarter opened again"}
)


@transaction.atomic
def open_round(
    quarter: Quarter,
    *,
    opens_on: dt.date,
    due_on: dt.date,
    commentary_due_on: dt.date | None,
    verify_by: dt.date,
    closes_on: dt.date,
    executive_meets_on: dt.date | None = None,
    take_over_set: bool = False,
    by: User | None,
) -> Round:
    """Ask for the figures of a quarter: a return and its commentary for every indicator of the year's monitoring set, and for spend.

    Without a day for commentary only figures are asked for; words are welcome all the same. Annual measures are asked with Q4 only. Quarters before the plan's adoption, and those of the year before its first one, are
    taken. A year without a set takes over the nearest one as data only when `take_over_set`, and is refused otherwise. A date that is
    not what the meeting gives, or without one the quarter's end, counts as set by hand.
    """
    try:
        refuse_outside_plans(quarter.year, str(quarter))
    except ValidationError as refusal:
        raise ValidationError({"quarter": refusal.messages}) from None
    if Round.objects.filter(quarter=quarter).exists():
        raise ValidationError({"quarter": f"{quarter} has been opened already"})
    days = {"opens_on": opens_on, "due_on": due_on, "verify_by": verify_by, "closes_on": closes_on}
    check_order(quarter, **days, commentary_due_on=commentary_due_on)
    every = {**days, "commentary_due_on": commentary_due_on}
    by_hand = set_by_hand(quarter, every, executive_meets_on)
    if by_hand is None:  # too early a meeting: they follow the quarter's end, or are somebody's own
        by_hand = set_by_hand(quarter, every, None) or []
    indicators = list(Indicator.objects.in_set(quarter.year)) or _taken_over(quarter, take_over_set, by)
    try:
        with transaction.atomic():
            round_ = Round.objects.create(
                quarter=quarter,
                commentary_due_on=commentary_due_on,
                executive_meets_on=executive_meets_on,
                set_by_hand=by_hand,
                opened_by=by,
                **days,
            )
    except IntegrityError:  # opened by someone else at the same moment
        raise ValidationError({"quarter": f"{quarter} has been opened already"}) from None
    ask(round_, [*indicators, *Indicator.objects.spending_in(quarter)])
    returns = Return.objects.filter(round=round_).count()
    said = {**facts(every, executive_meets_on), BY_HAND: listed(by_hand) or None, "Returns": returns}
    audit.record("round_opened", round_, by=by, changes=audit.changes({}, said))
    return round_


@transaction.atomic
def close_round(round_: Round, *, version: int, reason: str = "", by: User) -> Round:
    """Take no more first figures. What is still out stays out and shows as such; verifying and restating go on.

    `reason` says why it is closed while figures are still out; the page asks for it then.
    """
    # Figures on their way in hold the row: the moment of closing is read when they are done.
    Round.objects.select_for_update().get(pk=round_.pk)
    if round_.is_closed:
        raise ValidationError(f"{round_} is closed already.")
    if round_.version != version:
        raise Stale(THIS)
    out = Return.objects.filter(round=round_).awaited().count()
    write(round_, version=version, what=THIS, closed_at=timezone.now(), closed_by=by)
    changes = [audit.change("State", "open", "closed"), audit.change("Figures still out", None, out)]
    audit.record("round_closed", round_, by=by, changes=changes, comment=reason.strip())
    return round_


@transaction.atomic
def reopen_round(round_: Round, *, reason: str, version: int, by: User) -> Round:
    """Take first figures again, for a reason that is kept."""
    if not round_.is_closed:
        raise ValidationError(f"{round_} is open already.")
    if round_.version != version:
        raise Stale(THIS)
    if not reason.strip():
        raise ValidationError({"reason": "Say why the quarter is opened again"})
    write(round_, version=version, what=THIS, closed_at=None, closed_by=None)
    changes = [audit.change("State", "closed", "open")]
    audit.record("round_reopened", round_, by=by, changes=changes, comment=reason.strip())
    return round_


def _taken_over(quarter: Quarter, agreed: bool, by: User | None) -> list[Indicator]:
    nearest = nearest_set(quarter.year)
    if nearest is None:
        raise ValidationError("No indicator is in any year’s monitoring set yet. Add one on its page first.")
    if not agreed:
        raise ValidationError(
            {
                "take_over_set": f"{quarter.year} has no monitoring set yet. Tick the box to take over the one of {nearest}"
            }
        )
    return take_over(quarter.year, of=nearest, by=by)
