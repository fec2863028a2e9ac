"""Whose names may stand in what people wrote, so that a public edition can put their posts in their place."""

import datetime as dt

from accounts.models import User
from governance.models import Membership
from reporting.snapshots.shape import PersonPart


def known(on: dt.date) -> tuple[PersonPart, ...]:
    """Everybody with an account and everybody who had a place on a body by that day, each name once, by name. Two queries."""
    people = dict(User.objects.order_by("name").values_list("name", "post"))
    places = Membership.objects.filter(starts_on__lte=on).exclude(name="").order_by("name", "starts_on")
    for name, post in places.values_list("name", "post"):
        people[name] = people.get(name) or post
    return tuple(PersonPart(name, post) for name, post in sorted(people.items()) if name.strip())
