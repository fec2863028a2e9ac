"""When a consultation takes answers: to midnight, London time, at the end of its last day, and a little longer from who had begun."""

import datetime as dt
from enum import StrEnum

from django.utils import timezone

from consultation.models import Consultation

GRACE = dt.timedelta(hours=1)  # a form that was begun in time can be sent this long after the end; it is kept as late


class Stand(StrEnum):
    COMING = "coming"
    OPEN = "open"
    LATE = "late"  # begun in time, and not sent yet
    OVER = "over"


def stand(consultation: Consultation, now: dt.datetime, began_at: dt.datetime | None = None) -> Stand:
    """How it stands for somebody who opens it now, or who began to fill it in at that moment."""
    today = timezone.localdate(now)
    if consultation.takes_answers(today):
        return Stand.OPEN
    if consultation.state == Consultation.State.OPEN and consultation.opens_on and today < consultation.opens_on:
        return Stand.COMING
    end = ends_at(consultation)
    if began_at is not None and end is not None and consultation.takes_papers and began_at < end <= now < end + GRACE:
        return Stand.LATE
    return Stand.OVER


def ends_at(consultation: Consultation) -> dt.datetime | None:
    """Midnight after its last day, or the moment before that at which it was closed; None without a last day."""
    if consultation.closes_on is None:
        return None
    after = consultation.closes_on + dt.timedelta(days=1)
    midnight = timezone.make_aware(dt.datetime.combine(after, dt.time()), timezone.get_default_timezone())
    return min(midnight, consultation.closed_at) if consultation.closed_at else midnight
