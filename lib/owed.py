"""What somebody owes by a day, in the same shape from every app, so that one page and one digest can hold all of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True, order=True)
class Owed:
    """One thing that one person owes. Sorted by the day it is due.

    `thing` names it for good ("indicators.return:12"): with the person, the stage and the due day it tells one reminder from another.
    Stages: "due", "overdue", "sent_back", "incomplete" (sent, and more is asked for by now).
    """

    due_on: dt.date
    person_id: int
    thing: str
    stage: str
    what: str  # "Figure for B2 Domestic abuse reports, 2017-18 Q4"
    url_name: str
    url_args: tuple[Any, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.url_name, args=self.url_args)
