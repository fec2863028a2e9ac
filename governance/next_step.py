"""The one next step of a delivery plan, for whoever looks at it."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import RoleGrant, User
from governance import approving
from governance.models import DeliveryPlan, Membership
from governance.plan_list import next_words, updates_quarter
from governance.readiness import Readiness
from lib.numerals import listed
from lib.written import day_year

State = DeliveryPlan.State


@dataclass(frozen=True)
class Step:
    """What comes next in words, and the button for it where this person does it; `posts` where pressing it does it at once."""

    words: str
    button: str = ""
    url: str = ""
    posts: bool = False


def of(plan: DeliveryPlan, user: User, today: dt.date, lacks: Readiness | None) -> Step:
    """`lacks` is there for a draft."""
    if lacks is not None:
        return _of_draft(plan, user, today, lacks)
    if plan.is_submitted:
        return _of_submitted(plan, user, today)
    if plan.state == State.AGREED:
        words = f"The CSP Executive agreed it on {day_year(plan.agreed_on)}. Delivery has not begun."
        if user.has_perm("governance.run_plan", plan):
            return Step(words, "Begin delivery", address("delivery-plan-begin", plan), posts=True)
        return Step(words)
    if plan.is_closed:
        return Step(f"The year was closed on {day_year(plan.closed_at)}.")
    return _of_running(plan, user, today)


def address(name: str, plan: DeliveryPlan, *more: object) -> str:
    """Of a page about the plan."""
    return reverse(f"governance:{name}", args=[plan.body.slug, plan.year, *more])


def _of_draft(plan: DeliveryPlan, user: User, today: dt.date, lacks: Readiness) -> Step:
    words = "It is ready to be submitted." if lacks.is_ready else "It is being drafted."
    if not user.has_perm("governance.draft_plan", plan):
        return Step(words)
    if not lacks.actions:
        return Step("There are no actions yet.", "Add the first action", address("action-add", plan))
    chairs = user.has_perm("governance.submit_plan", plan)
    if lacks.is_ready:
        if chairs:
            return Step(words, "Submit the plan", address("delivery-plan-submit", plan))
        return Step(f"{words} The chair submits it: ask {_chairs(plan, today)}.")
    if lacks.unmeasured:
        first = lacks.unmeasured[0]
        return Step(
            f"{lacks.faults[0]}.", f"Complete {first.reference}", reverse("governance:action-edit", args=[first.pk])
        )
    if lacks.equality:
        return Step(
            "The equalities analysis is not complete.",
            "Complete the equalities analysis",
            address("equality-edit", plan),
        )
    return Step(
        "The resources statement is missing.", "Write the resources statement", address("delivery-plan-edit", plan)
    )


def _of_submitted(plan: DeliveryPlan, user: User, today: dt.date) -> Step:
    words = f"It waits for the CSP Executive’s word since {day_year(plan.submitted_at)}."
    how = approving.own(plan, user, today) if user.has_role(RoleGrant.Role.EXECUTIVE) else ""
    if user.has_perm("governance.agree_plan", plan) and not how:
        return Step(words, "Agree the plan or not", address("delivery-plan-agree", plan))
    if user.has_perm("governance.record_approval"):
        return Step(words, "Record what the CSP Executive said", address("approval-record", plan))
    if how:
        return Step(
            f"{words} {how}, so somebody else on the CSP Executive agrees it: {approving.whom_to_ask(plan, today)}."
        )
    return Step(words)


def _of_running(plan: DeliveryPlan, user: User, today: dt.date) -> Step:
    words = f"In delivery since {day_year(plan.delivery_from)}. {next_words(plan, today)}."
    if today > plan.ends_on and user.has_perm("governance.run_plan", plan):
        return Step(words, "Close the year", address("delivery-plan-year-end", plan))
    quarter = updates_quarter(plan, today)
    if user.has_perm("governance.agree_updates", plan):
        return Step(words, f"Agree the updates of {quarter}", address("delivery-plan-agree-updates", plan, quarter))
    if user.has_perm("governance.draft_update", plan):
        return Step(words, f"Give the updates of {quarter}", address("delivery-plan-updates", plan, quarter))
    return Step(words)


def _chairs(plan: DeliveryPlan, today: dt.date) -> str:
    names = Membership.objects.in_force(today).chairing().filter(body=plan.body_id).exclude(name="")
    return (
        listed(names.order_by("name").values_list("name", flat=True)).replace(" and ", " or ") or "the partnership team"
    )
