"""One line of what needs a person now."""

import datetime as dt
from dataclasses import dataclass

from indicators.work import Quote

# The order of urgency; within one, by the day it is due.
OVERDUE, WANTED, WAITING, TO_READ = range(4)


@dataclass(frozen=True)
class Item:
    """One thing that waits: a line of the list, with its one button. `hidden` completes the button's words for a screen reader."""

    urgency: int
    due_on: dt.date
    reference: str
    name: str
    state: str  # "Overdue", "Sent back", "Failed"; empty for none
    why: str
    do: str
    url: str
    hidden: str = ""
    quote: Quote | None = None
    is_secondary: bool = False

    @property
    def order(self) -> tuple[int, dt.date, str, str]:
        return (self.urgency, self.due_on, self.reference, self.name)
