"""What the partnership owes to scrutiny: an answer within 28 days, and a second look on the day that was set for it."""

import datetime as dt

from accounts.models import User
from governance import asking
from governance.models import Recommendation
from governance.scrutiny import title
from lib.owed import Owed, stage

URL_NAME = "governance:recommendation-detail"


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """Every answer and follow-up that is owed on that day, by its owner; by NOBODY where no person is named or that person has left, so that
    the partnership team is told. With `person` only theirs. One query."""
    open_ones = Recommendation.objects.open().select_related("committee", "owner")
    if person is not None:
        open_ones = open_ones.filter(owner=person)
    found = [_answer(one, on) for one in open_ones if one.answered_on is None]
    found += [_follow_up(one, one.follow_up_on, on) for one in open_ones if one.answered_on and one.follow_up_on]
    return sorted(found)


def _answer(one: Recommendation, on: dt.date) -> Owed:
    thing, what = f"governance.recommendation:{one.pk}", f"Answer to scrutiny: {title(one)}"
    return Owed(one.due_on, asking.holder(one.owner), thing, stage(one.due_on, on), what, URL_NAME, (one.pk,))


def _follow_up(one: Recommendation, day: dt.date, on: dt.date) -> Owed:
    thing, what = f"governance.recommendation:{one.pk}:follow-up", f"What came of it: {title(one)}"
    return Owed(day, asking.holder(one.owner), thing, stage(day, on), what, URL_NAME, (one.pk,))
