"""Conditions on which the agreement to a delivery plan or an application rests: set, and ended by what meets them or by its withdrawal."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from governance import equalities, giving_word
from governance.actions import undertakings
from governance.actions.undertakings import EQUALITY, RESOURCES
from governance.giving_word import Condition
from governance.holding import hold
from governance.models import Approval, Body, DeliveryPlan, Undertaking

Ending = Undertaking.Ending


@transaction.atomic
def set_one(
    plan: DeliveryPlan,
    *,
    text: str,
    owner_post: str,
    owner: User | None,
    due_on: dt.date,
    by: User,
) -> Undertaking:
    """For an action that holds the plan. It is the CSP Executive that asks for it, or the body itself where there is none yet."""
    return undertakings.add(
        the_executive() or plan.body,
        kind=Undertaking.Kind.CONDITION,
        text=text,
        owner_post=owner_post,
        owner=owner,
        due_on=due_on,
        delivery_plan=plan,
        by=by,
    )


@transaction.atomic
def set_those_of(approval: Approval, rows: Sequence[Condition], *, by: User) -> None:
    """What an approval rests on, from the rows of its form, which are complete or empty."""
    for row in giving_word.asked(rows):
        assert row.due_on is not None  # asked for before
        undertakings.add(
            approval.body,
            kind=Undertaking.Kind.CONDITION,
            text=row.text,
            owner_post=row.owner_post,
            owner=row.owner,
            due_on=row.due_on,
            approval=approval,
            delivery_plan=approval.delivery_plan,
            by=by,
        )


def is_open(plan: DeliveryPlan, text: str) -> bool:
    return _open(plan).filter(text=text).exists()


@transaction.atomic
def settle(plan: DeliveryPlan, *, by: User | None) -> None:
    """End what was to be written and is there by now. For an action that holds the plan."""
    there = {RESOURCES: bool(hold(plan).resources.strip()), EQUALITY: False}
    found = list(_open(plan).filter(text__in=there))
    if any(condition.text == EQUALITY for condition in found):
        there[EQUALITY] = not equalities.missing(equalities.of(plan))
    for condition in found:
        if there[condition.text] and by is not None:
            undertakings.end(
                condition,
                ending=Ending.DONE,
                note="It was written",
                on=timezone.localdate(),
                version=condition.version,
                by=by,
            )


@transaction.atomic
def annul(approval: Approval, *, because: str, by: User) -> None:
    """It was recorded wrongly and counts no longer; what it asked for falls with it, where it isn't done yet. For an action that holds what it is about."""
    fields = {"withdrawn_at": timezone.now(), "withdrawn_by": by, "withdrawn_because": because}
    Approval.objects.filter(pk=approval.pk).update(**fields)
    for condition in approval.conditions.open():
        undertakings.end(
            condition,
            ending=Ending.DROPPED,
            note=f"The agreement was withdrawn: {because}"[:300],
            on=timezone.localdate(),
            version=condition.version,
            by=by,
        )


def the_executive() -> Body | None:
    return Body.objects.filter(kind=Body.Kind.EXECUTIVE, ended_on__isnull=True).first()


def _open(plan: DeliveryPlan) -> QuerySet[Undertaking]:
    return Undertaking.objects.open().filter(delivery_plan=plan, approval__isnull=True, kind=Undertaking.Kind.CONDITION)
