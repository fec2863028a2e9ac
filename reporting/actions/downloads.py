"""Who has taken a copy of what is not for everybody."""

import datetime as dt

from django.db import transaction

from accounts import audit
from accounts.models import User
from lib.written import day_year
from priorities.models import Plan
from reporting.models import Pack
from reporting.snapshots.shape import Snapshot


@transaction.atomic
def record_download(pack: Pack, *, by: User) -> Pack:
    """Keep who has taken a copy of a pack that holds restricted indicators; of any other nothing is kept."""
    if pack.holds_restricted:
        audit.record("pack_downloaded", pack, by=by)
    return pack


@transaction.atomic
def record_figures_taken(plan: Plan, *, snapshot: Snapshot, by: User, known_on: dt.date | None = None) -> Plan:
    """The same for the table of a dashboard, also one of figures as they were known on a day."""
    if snapshot.restricted and snapshot.round_exists:
        taken = {"Figures of": snapshot.quarter} | ({"As known on": day_year(known_on)} if known_on else {})
        audit.record("figures_downloaded", plan, by=by, changes=audit.changes({}, taken))
    return plan
