"""What delivery plans want of whom: next year's plan, and the conditions on which agreed ones rest."""

import datetime as dt

from accounts.models import User
from governance import asking
from governance.models import Body, DeliveryPlan, Undertaking
from lib.owed import Owed, stage
from lib.quarters import Quarter, Year
from priorities.models import Plan

FROM_QUARTER = 4  # next year's plan is asked for in the last quarter of this one


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """All that is owed on that day; with `person` only theirs. At most seven queries."""
    found = [*_plans(on), *_conditions(on)]
    return sorted(one for one in found if person is None or one.person_id == person.pk)


def _plans(on: dt.date) -> list[Owed]:
    """A plan is due by 31 March before its year begins, and owed until it is submitted: by the body's support officer, else its chair.

    A year that no adopted plan of the partnership holds wants none.
    """
    this = Year.of(on)
    years = [this, this.next] if Quarter.of(on).number == FROM_QUARTER else [this]
    held = {year for plan in Plan.objects.filter(adopted_on__isnull=False) for year in plan.years}
    wanted = [year for year in years if year in held]
    if not wanted:
        return []
    plans = {
        (plan.body_id, plan.year): plan
        for plan in DeliveryPlan.objects.filter(year__in=wanted, body__in=Body.objects.owing_plans())
    }
    bodies = list(Body.objects.owing_plans().standing(on))
    who = asking.people([body.pk for body in bodies], on)
    found = []
    for body in bodies:
        for year in wanted:
            plan = plans.get((body.pk, year))
            if plan is None or plan.is_draft:
                found += [_plan(body, year, plan, person, on) for person in who.drafting(body.pk)]
    return found


def _plan(body: Body, year: Year, plan: DeliveryPlan | None, person: int, on: dt.date) -> Owed:
    due_on = year.previous.end
    came_back = plan is not None and bool(plan.sent_back_because)
    return Owed(
        due_on,
        person,
        f"governance.body:{body.pk}:{year}",
        "sent_back" if came_back else stage(due_on, on),
        f"Delivery plan of {body.short_name} for {year}",
        "governance:delivery-plan-detail" if plan else "governance:delivery-plan-add",
        (body.slug, year) if plan else (),
        started=f"sent_back:{plan.version}" if plan and came_back else "",
        query=() if plan else (("body", body.slug), ("year", year.slug)),
    )


def _conditions(on: dt.date) -> list[Owed]:
    """Open ones of delivery plans; by NOBODY where only a post is named, or the person has left."""
    found = Undertaking.objects.open().filter(kind=Undertaking.Kind.CONDITION, delivery_plan__isnull=False)
    return [
        Owed(
            one.due_on,
            asking.holder(one.owner),
            f"governance.undertaking:{one.pk}",
            stage(one.due_on, on),
            f"Condition on the delivery plan of {one.delivery_plan.body.short_name} for {one.delivery_plan.year}: {one.text}",
            "governance:delivery-plan-detail",
            (one.delivery_plan.body.slug, one.delivery_plan.year),
        )
        for one in found.select_related("owner", "delivery_plan__body")
    ]
