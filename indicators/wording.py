"""Figures, differences and states as people read them. Numbers come in as Decimal and are rounded only here."""

import datetime as dt
from decimal import Decimal

from indicators import aggregate
from indicators.models import Commentary, Figure, Indicator, Return
from lib import working_days
from lib.written import change, day, day_year, figure, pence, percentage

# What a pair of 0 of 0 says. Only need and met takes one: a base of 0 is refused everywhere else.
NOBODY = "nobody had the need"
SPEND = "Spend: "  # how the name of what was spent begins on forms and lists
# Beyond this, "so many working days ago" says less than the date.
WORTH_COUNTING = dt.timedelta(days=130)


def share(of: Figure) -> Decimal | None:
    """The percentage a figure states or makes, unrounded; None for a count and where the base is zero."""
    if of.stated_percentage is not None:
        return of.stated_percentage
    return aggregate.share(of.numerator, of.denominator)


def spent_on(indicator: Indicator) -> str:
    """What a sum of money is for: "Prison Exit Team" of "Spend: Prison Exit Team"."""
    return indicator.name.removeprefix(SPEND)


def value(of: Figure | None) -> str:
    """ "1,561", "31 of 44, 70.5%", "67.4%", "£12,345.67", "nobody had the need"; empty for None."""
    if of is None:
        return ""
    if of.is_amount:
        return pence(of.numerator)
    if of.stated_percentage is not None:
        return percentage(of.stated_percentage)
    if of.denominator is None:
        return figure(of.numerator)
    made = share(of)
    return NOBODY if made is None else f"{figure(of.numerator)} of {figure(of.denominator)}, {percentage(made)}"


def difference(now: Figure, was: Figure | None) -> str:
    """ "+27", "−21", "no change"; for shares "+3.1 points"; empty where there is nothing to compare with."""
    if was is None:
        return ""
    if now.denominator is None and was.denominator is None and None not in (now.numerator, was.numerator):
        moved = now.numerator - was.numerator
        if now.is_amount:
            return f"{'+' if moved > 0 else ''}{pence(moved)}" if moved else "no change"
        return change(moved) if moved else "no change"
    shares = share(now), share(was)
    if None in shares:
        return ""
    points = (shares[0] - shares[1]).quantize(Decimal("0.1"))
    return f"{change(points, 1)} points" if points else "no change"


def days_late(due_on: dt.date, on: dt.date) -> str:
    """ "3 working days"; "since 27 April 2018" when that is long ago; empty when not late."""
    if due_on >= on:
        return ""
    if on - due_on > WORTH_COUNTING:
        return f"since {day_year(due_on)}"
    late = working_days.between(due_on, on)
    return f"{late} working day{'' if late == 1 else 's'}" if late else "since the weekend"


def due(due_on: dt.date, on: dt.date) -> str:
    """ "It is due on Friday 27 April 2018." or "It was due on Friday 27 April 2018, 3 working days ago."."""
    if due_on == on:
        return f"It is due today, {day(on)}."
    if due_on > on:
        return f"It is due on {day(due_on)}."
    late = days_late(due_on, on)
    return f"It was due on {day(due_on)}, {late} ago." if late[:1].isdigit() else f"It was due on {day(due_on)}."


def beside_due(return_: Return) -> str:
    """Why it is due on a day of its own: its source is later, or its owner was given longer. Empty where it is due with the others, and once settled.

    Needs indicator and round loaded.
    """
    if not return_.is_awaited:
        return ""
    if return_.extended_to is not None and return_.due_on == return_.extended_to > return_.due_anyway:
        return f"More time was given: it was first due on {day_year(return_.due_anyway)}."
    if return_.indicator.source_lag:
        return f"Its source has the figure from {day_year(return_.source_has_it_on)}."
    return ""


def state(return_: Return, on: dt.date) -> str:
    """The word for a return's state: what wants something of somebody has a tag of its own colour."""
    if return_.status == Return.Status.SENT_BACK:
        return "Sent back"
    if return_.is_overdue(on):
        return "Overdue"
    return str(return_.get_status_display())


def words_state(commentary: Commentary, on: dt.date) -> str:
    """The word for the state of a commentary."""
    if commentary.due_on is None and commentary.status == Commentary.Status.DUE:
        return "Not asked for"
    return "Overdue" if commentary.is_overdue(on) else str(commentary.get_status_display())
