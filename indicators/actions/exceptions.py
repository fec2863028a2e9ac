"""More time for one owner: a later day for some returns, in an open quarter or a closed one, which stays closed for everyone else."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from indicators.models import Return, Round
from lib import written
from lib.editing import Stale

LONGEST = 365  # days from today; a later one is a slip of the finger

audit.kinds({"return_extended": "More time given"})


@transaction.atomic
def extend(returns: Sequence[Return], *, until: dt.date, reason: str, by: User) -> list[Return]:
    """Give the owners of these returns until that day, also where the round is closed or closes before. All of them or none.

    Only what is still out can be given longer: not sent, or sent back, and then it is due again on that day. `until` is later than the day
    on which the figure would be due without any exception, so an exception can be shortened and not turned against its owner.
    """
    errors: dict[str, str] = {}
    today = timezone.localdate()
    if not reason.strip():
        errors["reason"] = "Say why they are given more time"
    if until < today:
        errors["until"] = "The day must be today or later"
    elif until > today + dt.timedelta(days=LONGEST):
        errors["until"] = "The day must be within a year from today"
    if not returns:
        errors["returns"] = "Tick what they are given more time for"
    if errors:
        raise ValidationError(errors)
    # No figure is sent and no round is closed meanwhile. Rounds first, as everybody who locks both does.
    rounds = Round.objects.filter(pk__in={return_.round_id for return_ in returns}).order_by("pk")
    list(rounds.select_for_update())
    given = [return_.pk for return_ in returns]
    locked = Return.objects.filter(pk__in=given).order_by("pk").select_for_update(of=("self",))
    stand = list(locked.select_related("round", "indicator"))
    for return_ in stand:
        _refuse(return_, until)
    for return_ in stand:
        _extend(return_, until, reason.strip(), by)
    return stand


def _refuse(return_: Return, until: dt.date) -> None:
    what = return_.indicator.name
    if not return_.is_awaited:
        state = written.in_sentence(str(return_.get_status_display()))
        raise ValidationError({"returns": f"{what} is no longer out: it is {state}. Nobody was given more time."})
    if until <= return_.due_anyway:
        sentence = f"{what} is due on {written.day_year(return_.due_anyway)} anyway. Give a later day"
        raise ValidationError({"until": sentence})


def _extend(return_: Return, until: dt.date, reason: str, by: User) -> None:
    """The version stays: whoever is typing the figure meanwhile has nothing to look at again. The locks keep the state."""
    was = return_.due_on
    again = {"due_again_on": until} if return_.status == Return.Status.SENT_BACK else {}
    row = Return.objects.filter(pk=return_.pk, version=return_.version, status__in=Return.AWAITED)
    if not row.update(extended_to=until, **again):
        raise Stale("This return")
    return_.refresh_from_db(fields=["extended_to", "due_again_on"])
    changes = audit.changes({"Due": written.day_year(was)}, {"Due": written.day_year(until)})
    audit.record("return_extended", return_, by=by, changes=changes, comment=reason)
