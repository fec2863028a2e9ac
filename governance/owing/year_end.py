"""What the turns of a plan's year want of its chair: that delivery begins once it is agreed, and that its year is ended."""

import datetime as dt
from collections.abc import Iterable, Mapping

from accounts.models import User
from governance import asking, reporting_dates, year_end
from governance.models import Action, DeliveryPlan, Update
from lib import working_days
from lib.owed import Owed, stage

BEGUN_AFTER = 5  # working days between the CSP Executive's word and the beginning of delivery
PLAN, YEAR_END = "governance:delivery-plan-detail", "governance:delivery-plan-year-end"


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """By whoever acts as chair, by NOBODY where nobody does; with `person` only theirs. Five queries, however many plans there are."""
    plans = list(DeliveryPlan.objects.running().select_related("body").order_by("pk"))
    people = asking.people({plan.body_id for plan in plans}, on)
    if person is not None:
        plans = [plan for plan in plans if person.pk in people.agreeing(plan.body_id)]
    found = [*_beginnings(plans, on), *_ends(plans, on)]
    entries = [
        Owed(due_on, who, thing, stage(due_on, on), what, url_name, (plan.body.slug, plan.year))
        for plan, due_on, thing, what, url_name in found
        for who in people.agreeing(plan.body_id)
    ]
    return sorted(entry for entry in entries if person is None or entry.person_id == person.pk)


_Found = tuple[DeliveryPlan, dt.date, str, str, str]


def _beginnings(plans: Iterable[DeliveryPlan], on: dt.date) -> list[_Found]:
    """Of agreed plans whose delivery has not begun: due some days after they were agreed, and not before their year starts."""
    found = []
    for plan in plans:
        if plan.state == DeliveryPlan.State.AGREED and plan.agreed_on and not year_end.is_over(plan.year, on):
            due_on = max(working_days.add(plan.agreed_on, BEGUN_AFTER), plan.starts_on)
            what = f"Delivery to begin: {plan.body.short_name}, {plan.year}"
            found.append((plan, due_on, f"governance.deliveryplan:{plan.pk}:beginning", what, PLAN))
    return found


def _ends(plans: Iterable[DeliveryPlan], on: dt.date) -> list[_Found]:
    """Of plans whose year is over, once each open action has its agreed update of the last quarter; until the plan is closed."""
    over = [plan for plan in plans if year_end.is_over(plan.year, on)]
    if not over:
        return []
    counts = _counts(over)
    dates = reporting_dates.for_quarters({plan.year.quarters[-1] for plan in over})
    found = []
    for plan in over:
        still_open, unagreed = counts.get(plan.pk, (0, 0))
        if unagreed:
            continue
        left = f"{still_open} action{'' if still_open == 1 else 's'} still open" if still_open else "the plan to close"
        what = f"End of {plan.year}, {plan.body.short_name}: {left}"
        found.append(
            (plan, dates[plan.year.quarters[-1]].agreed_by, f"governance.deliveryplan:{plan.pk}:end", what, YEAR_END)
        )
    return found


def _counts(plans: Iterable[DeliveryPlan]) -> Mapping[int, tuple[int, int]]:
    """By plan: how many actions are open, and of how many of them the last quarter's update is not agreed. Two queries."""
    last = {plan.pk: plan.year.quarters[-1] for plan in plans}
    actions = Action.objects.open().filter(delivery_plan__in=last)
    updates = Update.objects.agreed().filter(action__in=actions, quarter__in=set(last.values()))
    told = set(updates.order_by().values_list("action", "quarter"))
    found: dict[int, tuple[int, int]] = {}
    for pk, plan, starts_on in actions.order_by().values_list("pk", "delivery_plan", "starts_on"):
        total, unagreed = found.get(plan, (0, 0))
        is_asked = starts_on <= last[plan].end and (pk, last[plan]) not in told
        found[plan] = (total + 1, unagreed + is_asked)
    return found
