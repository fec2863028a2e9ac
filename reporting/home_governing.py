"""What delivery plans, meetings, scrutiny, risks and money want of a person now; for the partnership team also what nobody is named for."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from django.urls import reverse

from accounts.models import RoleGrant, User
from governance import owing, standing
from governance.funding import applying
from governance.models import DeliveryPlan, FundingApplication
from indicators.wording import due
from lib.owed import NOBODY, Owed
from reporting.home_item import OVERDUE, WAITING, WANTED, Item

SOON = dt.timedelta(days=28)  # what is due later is not wanted now
ALL_TIED = (
    "Nobody on the CSP Executive may decide on it here: put it on its agenda, and record what the meeting decides."
)
MOST = 3  # things that nobody is named for, and applications for money, told one by one
APPLICATION = "governance:funding-application-detail"
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
    APPLICATION: "Read the application",
    "governance:project-return": "Fill in the report",
    "governance:project-reports": "Go to its reports",
}


def items(user: User, on: dt.date) -> Iterable[Item]:
    """What this person owes and is due within four weeks; what waits for the CSP Executive's word, for who may give or record it.

    A fixed number of queries.
    """
    is_team = user.has_role(RoleGrant.Role.COORDINATOR)
    found = owing.owed(on, None if is_team else user)
    if is_team:
        yield from _nobodys([owed for owed in owing.nobodys(found, on) if owed.url_name != APPLICATION], on)
        yield from _for_the_team(
            [owed for owed in found if owed.url_name == APPLICATION and owed.person_id == NOBODY], on
        )
    decisions = [owed for owed in found if owed.url_name == APPLICATION and owed.person_id != NOBODY]
    for owed in found:
        if owed.person_id == user.pk and owed.due_on <= on + SOON and owed.url_name != APPLICATION:
            yield _item(owed, on)
    yield from _applications(user, decisions, on)
    yield from _to_submit(user, on)
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


def _for_the_team(found: Sequence[Owed], on: dt.date) -> Iterable[Item]:
    """What of applications only the team can see to, however far its day: those that nobody may decide on, and agreed ones to make projects of."""
    if len(found) <= MOST:
        for owed in found:
            item = _item(owed, on)
            why = f"It is agreed. {item.why}" if owed.thing.endswith(":project") else f"{ALL_TIED} {item.why}"
            yield dataclasses.replace(item, urgency=_urgency(owed, on), why=why)
        return
    yield _together(found, on, f"{len(found)} applications for money wait for the partnership team", "you", own=True)


def _to_submit(user: User, on: dt.date) -> Iterable[Item]:
    """Drafts that lack nothing, for whoever acts as chair of their body."""
    chairs = standing.read(user, on).acts_as_chair
    if not chairs:
        return
    drafts = FundingApplication.objects.visible_to(user).filter(state=FundingApplication.State.DRAFT, body__in=chairs)
    for one in applying.complete(drafts.order_by("body", "number")):
        yield Item(
            urgency=WAITING,
            due_on=on,
            reference="",
            name=f"Application for money to submit: {one.reference} {one.title}",
            state="",
            why="Nothing is missing in the draft. It waits for you to submit it to the CSP Executive.",
            do="Read the draft",
            url=one.get_absolute_url(),
            hidden=f": {one.reference} {one.title}",
        )


def _applications(user: User, decisions: Sequence[Owed], on: dt.date) -> Iterable[Item]:
    """Those that wait for this person's decision, however far its day; and for the team those that wait for others."""
    own = {owed.thing: owed for owed in decisions if owed.person_id == user.pk}
    others = {owed.thing: owed for owed in decisions if owed.thing not in own}
    yield from _to_decide(list(own.values()), on, own=True)
    yield from _to_decide(list(others.values()), on, own=False)


def _to_decide(found: Sequence[Owed], on: dt.date, *, own: bool) -> Iterable[Item]:
    """Each with its line, or all of them in one that leads to their list."""
    whose = "your decision" if own else "the CSP Executive’s decision"
    if len(found) <= MOST:
        for owed in found:
            why = f"It waits for {whose}. {due(owed.due_on, on)}"
            yield dataclasses.replace(_item(owed, on), urgency=_urgency(owed, on) if own else WAITING, why=why)
        return
    yield _together(found, on, f"{len(found)} applications for money wait for {whose}", whose, own=own)


def _together(found: Sequence[Owed], on: dt.date, name: str, whose: str, *, own: bool) -> Item:
    first = min(found)
    return Item(
        urgency=_urgency(first, on) if own else WAITING,
        due_on=first.due_on,
        reference="",
        name=name,
        state="Overdue" if first.due_on < on else "",
        why=f"The first: {first.what}. {due(first.due_on, on)}",
        do="See the applications",
        url=reverse("governance:funding-application-list"),
        hidden=f"that wait for {whose}",
    )


def _urgency(owed: Owed, on: dt.date) -> int:
    if owed.due_on < on:
        return OVERDUE
    return WANTED if owed.due_on <= on + SOON else WAITING


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
