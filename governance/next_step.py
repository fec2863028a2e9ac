"""The one next step of a delivery plan, for whoever looks at it."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import RoleGrant, User
from governance import approving, asking, opening
from governance.models import DeliveryPlan, Update
from governance.plan_list import next_words, updates_quarter
from governance.readiness import Readiness
from lib.numerals import listed
from lib.quarters import Quarter
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
        # The page's first line says it in the beginning.
        said = f"The CSP Executive agreed it on {day_year(plan.agreed_on)}. Delivery has not begun."
        words = "" if opening.is_opening(plan, today) else said
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
        return Step(words, "Add the first action", address("action-add", plan))
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
    """Updates first, then the year's end. Nothing before its first updates are asked for: the page's first line says when."""
    if opening.is_opening(plan, today):
        return Step("")
    quarter = updates_quarter(plan, today)
    left, is_over = _left(plan, quarter), today > plan.ends_on
    words = f"In delivery since {day_year(plan.delivery_from)}. {_wanted(plan, quarter, left, today)}."
    agrees = user.has_perm("governance.agree_updates", plan)
    if is_over and user.has_perm("governance.run_plan", plan) and not (agrees and left.waiting):
        return Step(words, "Close the year", address("delivery-plan-year-end", plan))
    if agrees and (left.missing or left.waiting):
        return Step(words, f"Agree the updates of {quarter}", address("delivery-plan-agree-updates", plan, quarter))
    if left.missing and user.has_perm("governance.draft_update", plan):
        return Step(words, f"Give the updates of {quarter}", address("delivery-plan-updates", plan, quarter))
    return Step(words)


@dataclass(frozen=True)
class _Left:
    """Of a quarter's updates: how many are to be given, how many the chair is to agree."""

    missing: int
    waiting: int


def _left(plan: DeliveryPlan, quarter: Quarter) -> _Left:
    """Two queries."""
    actions = set(plan.actions.open().filter(starts_on__lte=quarter.end).order_by().values_list("pk", flat=True))
    given = Update.objects.filter(action__delivery_plan=plan, quarter=quarter, sent_back_because="")
    states = {pk: agreed_at for pk, agreed_at in given.values_list("action", "agreed_at") if pk in actions}
    return _Left(len(actions) - len(states), sum(agreed_at is None for agreed_at in states.values()))


def _wanted(plan: DeliveryPlan, quarter: Quarter, left: _Left, today: dt.date) -> str:
    if not left.missing and left.waiting:
        return f"Every update of {quarter} is given; the chair agrees them"
    if not left.missing and today <= plan.ends_on:
        return f"The updates of {quarter} are agreed"
    return next_words(plan, today)


def _chairs(plan: DeliveryPlan, today: dt.date) -> str:
    """Who acts as chair that day, deputies while it is delegated to them among them."""
    acting = asking.places([plan.body_id], today).exclude(role=asking.SUPPORT).exclude(name="")
    names = listed(acting.order_by("name").values_list("name", flat=True))
    return names.replace(" and ", " or ") or "the partnership team"
