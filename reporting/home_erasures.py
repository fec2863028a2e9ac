"""Which removals of personal data wait for a person's decision."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from accounts.models import Erasure, User
from reporting.home_item import WANTED, Item


def items(user: User, on: dt.date) -> Iterator[Item]:
    """One query, for those who may decide; nothing of their own."""
    if not user.has_perm("accounts.decide_erasure"):
        return
    for erasure in Erasure.objects.asked().exclude(asked_by=user):
        yield Item(
            urgency=WANTED,
            due_on=timezone.localdate(erasure.asked_at),
            reference="",
            name="Personal data to be removed",
            state="",
            why="It was asked for, and somebody else decides. Its files are withheld until then",
            do="Decide",
            url=erasure.get_absolute_url(),
            hidden=f"on {erasure}",
        )
