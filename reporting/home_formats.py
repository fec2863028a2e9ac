"""Requests for other formats on the first page of the partnership team."""

import datetime as dt
from collections.abc import Iterable

from accounts.models import RoleGrant, User
from indicators.wording import due
from reporting.formats import owing
from reporting.home_item import OVERDUE, WANTED, Item


def items(user: User, on: dt.date) -> Iterable[Item]:
    """One query where nobody waits."""
    if not user.has_role(RoleGrant.Role.COORDINATOR):
        return
    for owed in owing.owed(on, user):
        late = owed.due_on < on
        yield Item(
            urgency=OVERDUE if late else WANTED,
            due_on=owed.due_on,
            reference="",
            name=owed.what,
            state="Overdue" if late else "",
            why=f"They were told the day. {due(owed.due_on, on)}",
            do="Answer it",
            url=owed.url,
            hidden=f": {owed.what}",
        )
