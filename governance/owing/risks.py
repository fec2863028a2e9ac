"""What risks want of whom: to be looked at again on the day that was set."""

import datetime as dt

from accounts.models import User
from governance.models import Membership, Risk
from lib.owed import NOBODY, Owed

BEFORE = dt.timedelta(days=7)  # a review is asked for from a week before its day


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """Reviews that are due: owed by the risk's owner; without one who is here, by the body's support officers, else its chairs, else NOBODY.

    With `person` only theirs. Two queries.
    """
    risks = list(Risk.objects.open().filter(review_on__lte=on + BEFORE).select_related("body", "owner"))
    orphans = {risk.body_id for risk in risks if not _has_owner(risk)}
    instead = _who_instead(orphans, on)
    found = [
        Owed(
            risk.review_on,
            who,
            f"governance.risk:{risk.pk}",
            "overdue" if risk.review_on < on else "due",
            f"Review of risk {risk.reference}: {risk.event}",
            "governance:risk-detail",
            (risk.pk,),
        )
        for risk in risks
        for who in ([risk.owner_id] if _has_owner(risk) else instead.get(risk.body_id) or [NOBODY])
    ]
    return sorted(one for one in found if person is None or one.person_id == person.pk)


def _has_owner(risk: Risk) -> bool:
    return risk.owner is not None and risk.owner.is_active


def _who_instead(bodies: set[int], on: dt.date) -> dict[int, list[int]]:
    """Ids of people, by body."""
    if not bodies:
        return {}
    places = Membership.objects.in_force(on).filter(body__in=bodies, user__is_active=True).order_by("pk")
    support: dict[int, list[int]] = {}
    chairs: dict[int, list[int]] = {}
    for body, role, user in places.values_list("body", "role", "user"):
        if role == Membership.Role.SUPPORT:
            support.setdefault(body, []).append(user)
        elif role in Membership.CHAIRING:
            chairs.setdefault(body, []).append(user)
    return {body: support.get(body) or chairs.get(body, []) for body in bodies}
