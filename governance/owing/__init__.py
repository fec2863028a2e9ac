"""What delivering and deciding want of whom, by subject, and all of it together: for reminders and for the first page."""

import datetime as dt
import itertools
from collections.abc import Iterable

from accounts.models import User
from governance.owing import (
    applications,
    drafting,
    equalities,
    funding,
    meetings,
    promises,
    risks,
    scrutiny,
    updates,
    year_end,
)
from lib.owed import NOBODY, Owed

SUBJECTS = (drafting, equalities, updates, year_end, promises, meetings, scrutiny, risks, applications, funding)
SOON = dt.timedelta(days=14)  # from then on the partnership team sees what nobody is named for


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """Everything of governance that somebody owes, most urgent first; with `person` only what they owe. A fixed number of queries."""
    return sorted(itertools.chain.from_iterable(subject.owed(on, person) for subject in SUBJECTS))


def is_nobodys(item: Owed) -> bool:
    """Whether it is governance's and nobody is named for it who is still here: then only the partnership team can be told."""
    return item.person_id == NOBODY and item.thing.startswith("governance.")


def nobodys(found: Iterable[Owed], on: dt.date) -> list[Owed]:
    """Of what is owed, what nobody is named for and is late or due within two weeks."""
    return [item for item in found if is_nobodys(item) and item.due_on <= on + SOON]
