"""What packs want of whom: the word of those who speak for the CSP Executive on what is built."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from indicators.models import Round
from lib import working_days
from lib.owed import Owed, stage
from reporting.clearing import approvers
from reporting.models import Pack

AFTER = 5  # working days after the build, where no meeting is to come


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """Each pack that waits to be approved, by each who may, until the CSP Executive meets. Five queries at most; with `person` only theirs."""
    built = Pack.objects.ready().filter(standing=Pack.Standing.BUILT).select_related("requested_by")
    waiting = list(built.without_texts().order_by("pk"))
    if not waiting:
        return []
    speakers = approvers.on(on)
    here = {one.pk for one in approvers.with_accounts(speakers) if person is None or one.pk == person.pk}
    meets = dict(
        Round.objects.filter(quarter__in={pack.quarter for pack in waiting}).values_list(
            "quarter", "executive_meets_on"
        )
    )
    return sorted(
        _to_approve(pack, one.user_id, _due_on(pack, meets.get(pack.quarter)), on)
        for pack in waiting
        for one in approvers.free(pack, speakers)
        if one.user_id in here
    )


def _due_on(pack: Pack, meets_on: dt.date | None) -> dt.date:
    built_on = timezone.localdate(pack.ended_at)
    return meets_on if meets_on and meets_on >= built_on else working_days.add(built_on, AFTER)


def _to_approve(pack: Pack, person_id: int, due_on: dt.date, on: dt.date) -> Owed:
    return Owed(
        due_on,
        person_id,
        f"reporting.pack:{pack.pk}",
        stage(due_on, on),
        f"Approval of: {pack.title}, {pack.get_edition_display().lower()} edition, {pack.number}",
        "reporting:pack-detail",
        (pack.pk,),
    )
