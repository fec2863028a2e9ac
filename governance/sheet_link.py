"""Where a body's sheet for its meeting stands. The page is reporting's, which tells what the figures are; here is only the way to it."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from governance.models import Body
from lib.quarters import Quarter
from priorities.models import Plan


@dataclass(frozen=True)
class SheetLink:
    quarter: Quarter
    url: str


def of(body: Body, user: User, on: dt.date) -> SheetLink | None:
    """The sheet that a meeting on that day looks back on: of the last quarter that is over, within the term of the plan that counts then.

    None where this person may not read it, and for bodies that carry out no delivery plan.
    """
    if body.kind != Body.Kind.SUBGROUP or not user.has_perm("governance.view_body_work", body):
        return None
    plan = Plan.objects.visible_to(user).current(on)
    if plan is None:
        return None
    quarter = min(max(Quarter.of(on).previous, Quarter.of(plan.starts_on)), Quarter.of(plan.ends_on))
    return SheetLink(quarter, reverse("reporting:sheet-detail", args=[body.slug, quarter]))
