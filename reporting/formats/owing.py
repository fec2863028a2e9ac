"""Who owes an answer to those who asked for another format."""

import datetime as dt

from accounts.models import RoleGrant, User
from lib.owed import NOBODY, Owed, stage
from reporting.models import FormatRequest


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """Each open request is every coordinator's, until one has answered it; NOBODY's where there is none. With `person` only theirs. Two queries."""
    waiting = list(FormatRequest.objects.open())
    if not waiting:
        return []
    team = list(User.objects.holding(RoleGrant.Role.COORDINATOR, on).values_list("pk", flat=True)) or [NOBODY]
    found = [_owed(one, who, on) for one in waiting for who in team]
    return sorted(one for one in found if person is None or one.person_id == person.pk)


def _owed(request: FormatRequest, who: int, on: dt.date) -> Owed:
    return Owed(
        request.due_on,
        who,
        f"reporting.formatrequest:{request.pk}",
        stage(request.due_on, on),
        f"Answer to somebody who asked for another format, {request.reference}",
        "reporting:format-request-detail",
        (request.pk,),
    )
