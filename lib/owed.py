"""What somebody owes by a day, in the same shape from every app, so that one page and one digest can hold all of it."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

NOBODY = 0  # in place of a person's id


def stage(due_on: dt.date, on: dt.date) -> str:
    """Of what is simply to be done by a day, that day included."""
    return "overdue" if due_on < on else "due"


@dataclass(frozen=True)
class Owed:
    """One thing that one person owes. Sorted by the day it is due, then by person and in the order in which the things were made.

    `thing` names it for good ("indicators.return:12"): with the person, the stage and the cycle it tells one reminder from another.
    Stages: "due", "overdue", "sent_back", "incomplete" (sent, and more is asked for by now). `started` says what began it anew, after
    which reminders begin again: "sent_back:4", "taken_back:7"; empty the first time. `person_id` is who does it: a deputy, while its lead is away;
    NOBODY where no one is named, so that only the partnership team can be told.
    """

    due_on: dt.date
    person_id: int
    thing: str
    stage: str
    what: str  # "Figure for B2 Domestic abuse reports, 2017-18 Q4"
    url_name: str
    url_args: tuple[Any, ...] = ()
    started: str = ""
    query: tuple[tuple[str, str], ...] = ()  # what the page is to fill in: (("body", "csp"), ("year", "2018-19"))

    def __lt__(self, other: "Owed") -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[Any, ...]:
        # The number in `thing` counts as a number: "governance.undertaking:9" comes before "governance.undertaking:10".
        numbers_apart = [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", self.thing)]
        return (self.due_on, self.person_id, numbers_apart, self.stage, self.what)

    @property
    def cycle(self) -> str:
        """Another one after a sending-back, and when the day it is due has moved: "2018-04-27", "2018-05-11 sent_back:4"."""
        return f"{self.due_on} {self.started}".strip()

    @property
    def url(self) -> str:
        return reverse(self.url_name, args=self.url_args, query=self.query or None)
