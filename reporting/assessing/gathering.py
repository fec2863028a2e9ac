"""A year's figures and what people said in it: the snapshot of its last quarter, with every consultation of the year."""

import datetime as dt
from dataclasses import replace

from django.utils import timezone

from lib.one_moment import one_moment
from lib.quarters import Year
from priorities.models import Plan
from reporting import snapshots
from reporting.snapshots import consulting
from reporting.snapshots.asked import Asked
from reporting.snapshots.shape import Snapshot


def take(plan: Plan, year: Year, as_at: dt.datetime | None = None) -> Snapshot:
    """Results of consultations that came out since the year began are in it, not only those of its last quarter."""
    at, quarter = as_at or timezone.now(), year.quarters[-1]
    today = timezone.localdate(at)
    with one_moment():
        snapshot = snapshots.take(plan, quarter, at)
        asked = Asked(plan, quarter, at, today, min(quarter.end, today), {})
        return replace(snapshot, consulted=consulting.read(asked, year.start - dt.timedelta(days=1)))
