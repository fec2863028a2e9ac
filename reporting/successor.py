"""Starting the plan of the following term: a draft with the priorities of the one before it, and its indicators in their places."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from indicators.models import Placement
from lib.quarters import Year
from lib.written import day_year
from priorities.models import FocusPoint, Outcome, Plan, Priority, Theme

LONGEST = 10  # years: longer than any term of a partnership, shorter than a slip of the century

audit.kinds({"plan_started": "Plan for the following term started"})


@transaction.atomic
def start(plan: Plan, *, title: str, starts_on: dt.date, ends_on: dt.date, by: User) -> Plan:
    """A draft that follows `plan`: its priorities with sub-headings, focus points and outcomes, and the indicators that are in it to its last year.

    Commitments belong to a year of their plan, and sections and strategies to its making: they are written anew. One plan follows another, and
    terms don't overlap; the plans are held meanwhile, so that of two people one starts it.
    """
    list(Plan.objects.order_by("pk").select_for_update(no_key=True))
    plans = list(Plan.objects.all())  # read again: one that was added while this waited is not among those held
    slug = f"{starts_on.year}-{ends_on.year % 100:02d}"
    _refuse(plan, plans, starts_on, ends_on, slug)
    successor = Plan.objects.create(slug=slug, title=title, starts_on=starts_on, ends_on=ends_on)
    priorities = {old.pk: _copy_priority(old, successor) for old in plan.priorities.with_parts()}
    _copy_placements(plan, successor, priorities)
    changes = [audit.change("Term", None, f"{day_year(starts_on)} to {day_year(ends_on)}")]
    audit.record("plan_started", successor, by=by, changes=changes, comment=f"After {plan}")
    return successor


def _refuse(plan: Plan, plans: list[Plan], starts_on: dt.date, ends_on: dt.date, slug: str) -> None:
    later = next((other for other in plans if other.starts_on > plan.ends_on), None)
    if later is not None:
        raise ValidationError(f"{later} has been started already: it runs from {day_year(later.starts_on)}.")
    last = max(other.ends_on for other in plans)
    if starts_on <= last:
        raise ValidationError(
            {"starts_on": f"It must start after {day_year(last)}, the last day of the plan before it"}
        )
    if ends_on <= starts_on:
        raise ValidationError({"ends_on": "The last day must be after the first day"})
    if Year.of(ends_on).begins - Year.of(starts_on).begins >= LONGEST:
        raise ValidationError({"ends_on": f"A plan runs for {LONGEST} years at most"})
    if any(other.slug == slug for other in plans):
        raise ValidationError(f"There is a plan called {slug} already.")


def _copy_priority(old: Priority, successor: Plan) -> Priority:
    own = {name: getattr(old, name) for name in ("letter", "title", "short_title", "why")}
    new = Priority.objects.create(plan=successor, **own)
    themes = {
        theme.pk: Theme.objects.create(priority=new, title=theme.title, order=theme.order) for theme in old.themes.all()
    }
    FocusPoint.objects.bulk_create(
        FocusPoint(priority=new, theme=themes.get(part.theme_id), key=part.key, order=part.order, text=part.text)
        for part in old.focus_points.all()
    )
    Outcome.objects.bulk_create(
        Outcome(
            priority=new,
            theme=themes.get(part.theme_id),
            key=part.key,
            order=part.order,
            text=part.text,
            known_by=part.known_by,
        )
        for part in old.outcomes.all()
    )
    return new


def _copy_placements(plan: Plan, successor: Plan, priorities: dict[int, Priority]) -> None:
    last = plan.years[-1]
    Placement.objects.bulk_create(
        Placement(
            plan=successor,
            priority=priorities[placement.priority_id],
            from_year=successor.years[0],
            **{name: getattr(placement, name) for name in ("indicator", "reference", "order", "short_name")},
        )
        for placement in Placement.objects.filter(plan=plan).select_related("indicator")
        if placement.until_year is None or placement.until_year >= last
    )
