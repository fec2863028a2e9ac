"""Naming the leads of many indicators at once."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from indicators.actions.leads import THIS, end_lead, set_lead
from indicators.leading import Named
from indicators.models import Indicator, Lead
from lib.editing import Stale


class Refused(ValidationError):
    """Nothing was saved. `rows` holds the refusal of each indicator, by its id."""

    def __init__(self, rows: Mapping[int, ValidationError]) -> None:
        super().__init__("Nothing has been saved yet: look at what is said in the table, then save again.")
        self.rows = rows


@transaction.atomic
def name_leads(named: Sequence[Named], *, on: dt.date, by: User | None) -> int:
    """Name one lead for each duty from that day on, all of them or none; returns how many changes were made.

    Whoever led until now has the day before as the last one, or the day itself where they began on it. Each change is an event of its own.
    """
    changes = 0
    refused: dict[int, ValidationError] = {}
    for one in named:
        try:
            with transaction.atomic():
                changes += _name(one, on, by)
        except ValidationError as refusal:
            refused[one.indicator.pk] = refusal
    if refused:
        raise Refused(refused)
    return changes


def _name(one: Named, on: dt.date, by: User | None) -> int:
    """The number of changes to this indicator; each raises its version by one."""
    if Indicator.objects.select_for_update().get(pk=one.indicator.pk).version != one.version:
        raise Stale(THIS)
    before = list(Lead.objects.not_over(on + dt.timedelta(days=1)).filter(indicator=one.indicator))
    done = 0
    for duty, user in one.who.items():
        for lead in before:
            if lead.duty == duty:
                last = max(lead.starts_on, on - dt.timedelta(days=1))
                lead.indicator = one.indicator
                end_lead(lead, ends_on=last, version=one.version + done, by=by)
                done += 1
        if user is not None:
            set_lead(one.indicator, duty=duty, user=user, starts_on=on, version=one.version + done, by=by)
            done += 1
    return done
