"""The time from the CSP Executive's word on a plan to the end of the first quarter of which updates are asked: nothing is amiss without them."""

import datetime as dt

from governance.models import DeliveryPlan
from lib.numerals import in_words
from lib.quarters import Quarter
from lib.written import day_year


def first_asked(plan: DeliveryPlan) -> Quarter:
    """The first quarter of which updates are asked: the first that was not over when the plan was agreed."""
    agreed_on = plan.agreed_on or plan.starts_on
    quarters = plan.year.quarters
    return next((quarter for quarter in quarters if quarter.end >= agreed_on), quarters[-1])


def is_opening(plan: DeliveryPlan, today: dt.date) -> bool:
    return plan.is_running and today <= first_asked(plan).end


def headline(plan: DeliveryPlan, conditions: int) -> str:
    """ "Agreed on 24 May 2018, subject to one condition. Delivery has not begun". `conditions`: those still open."""
    subject = f", subject to {in_words(conditions)} condition{'' if conditions == 1 else 's'}" if conditions else ""
    if plan.state == DeliveryPlan.State.AGREED:
        return f"Agreed on {day_year(plan.agreed_on)}{subject}. Delivery has not begun"
    since = day_year(plan.delivery_from or plan.agreed_on)
    return (
        f"In delivery since {since}{subject}; its first updates are asked for after {day_year(first_asked(plan).end)}"
    )
