"""Equalities analyses to be looked at again on the day that was set for it."""

import datetime as dt

from accounts.models import User
from governance import asking
from governance.models import DeliveryPlan, EqualityAnalysis
from lib.owed import Owed, stage

BEFORE = dt.timedelta(days=28)


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """Of plans that are carried out, from four weeks before their day, by whoever drafts for the body. Two queries."""
    found = EqualityAnalysis.objects.filter(
        delivery_plan__in=DeliveryPlan.objects.running(), review_on__lte=on + BEFORE
    ).select_related("delivery_plan__body")
    analyses = list(found.order_by("review_on", "pk"))
    people = asking.people({one.delivery_plan.body_id for one in analyses}, on)
    return [
        Owed(
            one.review_on,
            who,
            f"governance.equalityanalysis:{one.pk}",
            stage(one.review_on, on),
            f"Equalities analysis of {one.delivery_plan.body.short_name}, {one.delivery_plan.year}, to look at again",
            "governance:equality-edit",
            (one.delivery_plan.body.slug, one.delivery_plan.year),
        )
        for one in analyses
        for who in people.drafting(one.delivery_plan.body_id)
        if person is None or who == person.pk
    ]
