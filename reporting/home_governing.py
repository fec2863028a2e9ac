"""What delivery plans, meetings, scrutiny and risks want of a person now; for the partnership team also what nobody is named for."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from django.urls import reverse

from accounts.models import RoleGrant, User
from governance import owing
from governance.models import DeliveryPlan
from indicators.wording import due
from lib.owed import Owed
from reporting.home_item import OVERDUE, WAITING, WANTED, Item

SOON = dt.timedelta(days=28)  # what is due later is not wanted now
MOST = 3  # things that nobody is named for, told one by one
# What the button says, by the page it leads to.
DOES = {
    "governance:delivery-plan-add": "Begin the plan",
    "governance:delivery-plan-detail": "Go to the plan",
    "governance:delivery-plan-updates": "Draft the updates",
    "governance:delivery-plan-agree-updates": "Agree the updates",
    "governance:delivery-plan-year-end": "Go to the year’s end",
    "governance:commitment-status": "Say how they go",
    "governance:undertaking-list": "See what arose",
    "governance:decision-detail": "See to it",
    "governance:equality-edit": "Look at it again",
    "governance:meeting-detail": "Go to the meeting",
    "governance:recommendation-detail": "Go to the request",
    "governance:risk-detail": "Look at the risk",
}


def items(user: User, on: dt.date) -> Iterable[Item]:
    """What this person owes and is due within four weeks; for who may agree them, delivery plans that wait. A fixed number of queries."""
    is_team = user.has_role(RoleGrant.Role.COORDINATOR)
    found = owing.owed(on, None if is_team else user)
    if is_team:
        yield from _nobodys(owing.nobodys(found, on), on)
    for owed in found:
        if owed.person_id == user.pk and owed.due_on <= on + SOON:
            yield _item(owed, on)
    if user.has_role(RoleGrant.Role.EXECUTIVE, RoleGrant.Role.COORDINATOR):
        waiting = DeliveryPlan.objects.visible_to(user).filter(state=DeliveryPlan.State.SUBMITTED)
        for plan in waiting.select_related("body"):
            if user.has_perm("governance.agree_plan", plan) or user.has_perm("governance.record_approval"):
                yield _to_agree(plan, on)


def _item(owed: Owed, on: dt.date) -> Item:
    late = owed.due_on < on
    back = owed.stage == "sent_back"
    return Item(
        urgency=OVERDUE if late else WANTED,
        due_on=owed.due_on,
        reference="",
        name=owed.what,
        state="Sent back" if back else "Overdue" if late else "",
        why=due(owed.due_on, on),
        do=DOES.get(owed.url_name, "Go there"),
        url=owed.url,
        hidden=f": {owed.what}",
    )


def _nobodys(found: Sequence[Owed], on: dt.date) -> Iterable[Item]:
    """What only the team can see to: each with its line, or all of them in one that leads to their list."""
    if len(found) <= MOST:
        for owed in found:
            item = _item(owed, on)
            yield dataclasses.replace(item, why=f"{item.why} Nobody is named for it.")
        return
    first, late = min(found), sum(owed.due_on < on for owed in found)
    yield Item(
        urgency=OVERDUE if late else WANTED,
        due_on=first.due_on,
        reference="",
        name=f"Nobody is named for {len(found)} things: say who",
        state="Overdue" if late else "",
        why=f"The first: {first.what}. {due(first.due_on, on)}",
        do="See what they are",
        url=f"{reverse('reporting:gap-list')}#nobody",
        hidden="that nobody is named for",
    )


def _to_agree(plan: DeliveryPlan, on: dt.date) -> Item:
    return Item(
        urgency=WAITING,
        due_on=on,
        reference="",
        name=f"{plan}",
        state="",
        why="It has been submitted, and waits for the CSP Executive’s word.",
        do="Read the plan",
        url=plan.get_absolute_url(),
        hidden=f"of {plan.body} for {plan.year}",
    )
