"""What is still out: figures without which the quarter is not whole, or a reason why not, and words."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from indicators import explaining, placing, wording
from indicators.explaining import Asked
from indicators.models import Commentary, Return, SendBack
from lib import written


@dataclass(frozen=True)
class Out:
    """A return that is still out, or settled without a figure."""

    return_: Return
    label: str
    reference: str
    state: str
    people: tuple[User, ...]  # who gives the figure
    organisation: str
    late: str
    note: str
    is_late: bool

    @property
    def who(self) -> str:
        return ", ".join(person.name for person in self.people)


@dataclass(frozen=True)
class WordsOut:
    """A commentary that has not been sent, or that was sent and says less than its figure asks for."""

    commentary: Commentary
    return_: Return
    label: str
    reference: str
    state: str
    people: tuple[User, ...]  # who writes it
    organisation: str
    late: str
    is_late: bool
    do: str


def urgency(it: Out) -> tuple[int, dt.date]:
    """Late ones first, then what was sent back, then what is due."""
    return {"Overdue": 0, "Sent back": 1}.get(it.state, 2), it.return_.due_on


def row(return_: Return, places: placing.Places, leads: list[User], back: SendBack | None, on: dt.date) -> Out:
    if return_.status == Return.Status.MISSING:
        late, note = str(return_.get_missing_reason_display()), return_.missing_note
        if return_.expected_on:
            note = f"{note} Expected {written.day_year(return_.expected_on)}".strip()
    else:
        again = " again" if return_.status == Return.Status.SENT_BACK else ""
        late = _how_late(return_.due_on, on) or f"Due{again} {written.day_year(return_.due_on)}"
        note = ""
        if return_.status == Return.Status.SENT_BACK and back:
            who = back.sent_by.name
            note = f"{who} asked: {back.comment}"
        elif return_.draft_saved_at and return_.draft_saved_by:
            note = f"Draft saved by {return_.draft_saved_by.name}"
    return Out(
        return_=return_,
        label=places.label(return_.indicator),
        reference=places.reference(return_.indicator) or return_.indicator.name,
        state=wording.state(return_, on),
        people=tuple(leads),
        organisation=return_.indicator.owner.name_on(return_.round.quarter.end),
        late=late,
        note=note,
        is_late=return_.is_overdue(on),
    )


def words_row(
    return_: Return, places: placing.Places, writers: list[User], outstanding: Asked | None, on: dt.date
) -> WordsOut:
    commentary = return_.commentary
    late = _how_late(commentary.due_on, on) or f"Due {written.day_year(commentary.due_on)}"
    return WordsOut(
        commentary=commentary,
        return_=return_,
        label=places.label(return_.indicator),
        reference=places.reference(return_.indicator) or return_.indicator.name,
        state=explaining.OUTSTANDING if outstanding else wording.words_state(commentary, on),
        people=tuple(writers),
        organisation=return_.indicator.owner.name_on(return_.round.quarter.end),
        late=f"Sent without {outstanding.still(commentary)}" if outstanding else late,
        # What was sent and says too little is as late as what was not sent.
        is_late=commentary.due_on is not None and commentary.due_on < on,
        do="Complete it for them" if outstanding else "Write it for them",
    )


def _how_late(due_on: dt.date, on: dt.date) -> str:
    """ "3 working days late", "Late since 27 April 2018"; empty when not late."""
    late = wording.days_late(due_on, on)
    return f"{late} late" if late[:1].isdigit() else f"Late {late}" if late else ""
