"""Who has taken a copy of what is not for everybody. The row is written before the file leaves: where it can't be, nothing leaves."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from lib.written import day_year
from reporting.models import Download, Pack
from reporting.snapshots.shape import Snapshot

Why = Download.Why


@transaction.atomic
def record_download(pack: Pack, *, form: str, by: User) -> Pack:
    """Keep who has taken a copy of an executive edition, or of any that holds restricted indicators; of any other nothing is kept."""
    if pack.holds_restricted or not pack.is_public:
        why = Why.RESTRICTED if pack.holds_restricted else Why.EXECUTIVE
        Download.objects.create(by=by, pack=pack, what=_named(pack), form=form, why=why)
    return pack


@transaction.atomic
def record_read_under_embargo(pack: Pack, *, by: User) -> Pack:
    """Keep who has taken a copy of an edition that is not public yet."""
    Download.objects.create(by=by, pack=pack, what=_named(pack), form="pdf", why=Why.EMBARGO)
    return pack


@transaction.atomic
def record_figures_taken(
    snapshot: Snapshot, *, what: str, form: str, by: User, known_on: dt.date | None = None
) -> Snapshot:
    """The same for the figures of a dashboard or a sheet, also as they were known on a day. `what`: "Dashboard", "Sheet of the DIPs Board"."""
    if snapshot.restricted and snapshot.round_exists:
        as_known = f", as known on {day_year(known_on)}" if known_on else ""
        words = f"{what}, {snapshot.quarter}{as_known}"
        Download.objects.create(by=by, what=words[:250], form=form, why=Why.RESTRICTED)
    return snapshot


@transaction.atomic
def note_taken(what: str, form: str, *, by: User) -> Download:
    """The same for restricted figures that another app hands out: see `indicators.taken`."""
    return Download.objects.create(by=by, what=what[:250], form=form, why=Why.RESTRICTED)


@transaction.atomic
def forget(*, at: dt.datetime, by: User | None) -> int:
    """Remove what has been kept for as long as people were told. How many. The log is no record of the partnership: nothing is audited."""
    return Download.objects.all().forget(at)


def _named(pack: Pack) -> str:
    return f"{pack.title}, {pack.get_edition_display().lower()} edition, {pack.number}"[:250]
