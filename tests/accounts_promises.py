"""What breaks each promise that the database keeps of sign-ins and of reviews of roles; asked by `test_constraints`."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from accounts.models import AccessReview, RoleConfirmation, Session
from lib.quarters import Quarter
from tests.factories.accounts import RoleGrantFactory, UserFactory

DAY = dt.date(2018, 4, 1)


def review(quarter: str = "2018-19-q1", **fields: object) -> AccessReview:
    return AccessReview.objects.create(**{"quarter": Quarter.parse(quarter), "due_on": DAY, "closes_on": DAY, **fields})


def two_open() -> object:
    return review(), review("2018-19-q2")


def confirmed_twice() -> object:
    said = {"review": review(), "grant": RoleGrantFactory(), "by": UserFactory()}
    return RoleConfirmation.objects.create(**said), RoleConfirmation.objects.create(**said)


BROKEN: dict[str, Callable[[], object]] = {
    "a_review_closes_after_it_is_due": lambda: review(closes_on=DAY - dt.timedelta(days=1)),
    "one_access_review_is_open_at_a_time": two_open,
    "a_role_is_confirmed_once_in_a_review": confirmed_twice,
    "a_persons_session_began_and_was_seen_at_some_time": lambda: Session.objects.create(
        session_key="k", session_data="", expire_date=timezone.now(), person=UserFactory()
    ),
}
