"""What delivering and deciding want of whom, by subject, and all of it together: for reminders and for the first page."""

import datetime as dt
import itertools

from accounts.models import User
from governance.owing import drafting, meetings, promises, risks, scrutiny, updates
from lib.owed import Owed

SUBJECTS = (drafting, updates, promises, meetings, scrutiny, risks)


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """Everything of governance that somebody owes, most urgent first; with `person` only what they owe. A fixed number of queries."""
    return sorted(itertools.chain.from_iterable(subject.owed(on, person) for subject in SUBJECTS))
