"""The retention table of the whole installation: every app's rows, and doing what is due."""

import datetime as dt
import logging
from dataclasses import dataclass

from accounts import kept as accounts
from consultation import kept as consultation
from governance import kept as governance
from indicators import kept as indicators
from lib.kept import Kept, Purge
from priorities import kept as priorities
from reporting import kept as reporting

log = logging.getLogger("job")

# In the order of the map.
SOURCES = (accounts.rows, priorities.rows, indicators.rows, consultation.rows, governance.rows, reporting.rows)


def rows() -> list[Kept]:
    return [row for source in SOURCES for row in source()]


@dataclass(frozen=True)
class Purged:
    """`count` is how many went or would go; None where it failed: the log says why."""

    row: Kept
    count: int | None


def due(at: dt.datetime) -> list[Purged]:
    """What would go at that moment. Writes nothing."""
    return [Purged(row, row.purge.due(at)) for row in rows() if row.purge]


def purge(at: dt.datetime, *, only_unscheduled: bool = False) -> list[Purged]:
    """Remove all whose time is over; one that fails holds up none of the others. `only_unscheduled`: not what beat starts by a task of its own.

    Reminders come before the mails they point to, as in the table. Safe to run twice.
    """
    done = []
    for row in rows():
        if row.purge and not (only_unscheduled and row.purge.schedule):
            done.append(Purged(row, _do(row, row.purge, at)))
    return done


def _do(row: Kept, it: Purge, at: dt.datetime) -> int | None:
    try:
        count = it.do(at)
    except Exception:
        log.exception("kept=%s state=purge-failed", row.models[0])
        return None
    log.info("kept=%s state=purged rows=%s", row.models[0], count)
    return count


def in_notice() -> list[str]:
    """What the public privacy notice says of how long: a sentence for each row about people."""
    return [row.in_notice for row in rows() if row.is_personal]
