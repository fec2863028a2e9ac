"""What delivery plans want of whom: next year's plan, and the conditions on which agreed ones rest."""

import datetime as dt

from accounts.models import User
from governance.models import Body, DeliveryPlan, Membership, Undertaking
from lib.owed import NOBODY, Owed
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
    who = _who_drafts(bodies, on)
    found = []
    for body in bodies:
        for year in wanted:
            plan = plans.get((body.pk, year))
            if plan is None or plan.is_draft:
                found += [_plan(body, year, plan, person, on) for person in who[body.pk]]
    return found


def _plan(body: Body, year: Year, plan: DeliveryPlan | None, person: int, on: dt.date) -> Owed:
    due_on = year.previous.end
    came_back = plan is not None and bool(plan.sent_back_because)
    return Owed(
        due_on,
        person,
        f"governance.body:{body.pk}:{year}",
        "sent_back" if came_back else _stage(due_on, on),
        f"Delivery plan of {body.short_name} for {year}",
        "governance:delivery-plan-detail" if plan else "governance:delivery-plan-add",
        (body.slug, year) if plan else (),
        started=f"sent_back:{plan.version}" if plan and came_back else "",
        query=() if plan else (("body", body.slug), ("year", year.slug)),
    )


def _who_drafts(bodies: list[Body], on: dt.date) -> dict[int, list[int]]:
    """Ids of people, by body: its support officers; without one its chairs; without any NOBODY."""
    places = Membership.objects.in_force(on).filter(body__in=bodies, user__is_active=True)
    support: dict[int, list[int]] = {}
    chairs: dict[int, list[int]] = {}
    for body, role, user in places.order_by("pk").values_list("body", "role", "user"):
        if role == Membership.Role.SUPPORT:
            support.setdefault(body, []).append(user)
        elif role in Membership.CHAIRING:
            chairs.setdefault(body, []).append(user)
    return {body.pk: support.get(body.pk) or chairs.get(body.pk) or [NOBODY] for body in bodies}


def _conditions(on: dt.date) -> list[Owed]:
    """Open ones of delivery plans; by NOBODY where only a post is named, or the person has left."""
    found = Undertaking.objects.open().filter(kind=Undertaking.Kind.CONDITION, delivery_plan__isnull=False)
    return [
        Owed(
            one.due_on,
            one.owner.pk if one.owner and one.owner.is_active else NOBODY,
            f"governance.undertaking:{one.pk}",
            _stage(one.due_on, on),
            f"Condition on the delivery plan of {one.delivery_plan.body.short_name} for {one.delivery_plan.year}: {one.text}",
            "governance:delivery-plan-detail",
            (one.delivery_plan.body.slug, one.delivery_plan.year),
        )
        for one in found.select_related("owner", "delivery_plan__body")
    ]


def _stage(due_on: dt.date, on: dt.date) -> str:
    return "overdue" if due_on < on else "due"
