"""What risks want of whom: to be looked at again on the day that was set."""

import datetime as dt

from accounts.models import User
from governance import asking
from governance.models import Risk
from lib.owed import Owed, stage

BEFORE = dt.timedelta(days=7)  # a review is asked for from a week before its day


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """Reviews that are due: owed by the risk's owner; without one who is here, by the body's support officers, else its chairs, else NOBODY.

    With `person` only theirs. Two queries.
    """
    risks = list(Risk.objects.open().filter(review_on__lte=on + BEFORE).select_related("body", "owner"))
    orphans = {risk.body_id for risk in risks if not _has_owner(risk)}
    instead = asking.people(orphans, on)
    found = [
        Owed(
            risk.review_on,
            who,
            f"governance.risk:{risk.pk}",
            stage(risk.review_on, on),
            f"Review of risk {risk.reference}: {risk.event}",
            "governance:risk-detail",
            (risk.pk,),
        )
        for risk in risks
        for who in ([risk.owner_id] if _has_owner(risk) else instead.drafting(risk.body_id))
    ]
    return sorted(one for one in found if person is None or one.person_id == person.pk)


def _has_owner(risk: Risk) -> bool:
    return risk.owner is not None and risk.owner.is_active
