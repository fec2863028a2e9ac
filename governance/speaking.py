"""Who speaks for the CSP Executive on a day: its chair or co-chairs, and deputies to whom a chair has delegated it."""

import datetime as dt

from django.db.models import Q

from accounts.models import User
from governance.models import Body, Delegation, Membership


def speakers(on: dt.date) -> list[User]:
    """Those of them who have an account and are still here, by name. One query."""
    places = Membership.objects.in_force(on).filter(body__kind=Body.Kind.EXECUTIVE)
    delegated = Delegation.objects.in_force(on).filter(deputy__body__kind=Body.Kind.EXECUTIVE)
    who = Q(pk__in=places.filter(role__in=Membership.CHAIRING).values("user")) | Q(
        pk__in=delegated.values("deputy__user")
    )
    return list(User.objects.active().filter(who).order_by("name", "pk"))
