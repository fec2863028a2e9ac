"""What is still out: figures without which the quarter is not whole, or a reason why not, and words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from indicators import explaining, giving, placing, wording
from indicators.doing import Doer
from indicators.explaining import Asked
from indicators.models import Commentary, Return, SendBack
from lib import written

NEVER_GIVEN = "Not given"


@dataclass(frozen=True)
class Out:
    """A return that is still out, or settled without a figure."""

    return_: Return
    label: str
    reference: str
    state: str
    people: tuple[Doer, ...]  # who gives the figure
    organisation: str
    late: str
    note: str
    own_day: str  # why it is due on a day of its own; empty where it is due with the others
    is_late: bool
    can_be_given: bool  # a closed quarter takes no first figures, but for who was given longer

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
    people: tuple[Doer, ...]  # who writes it
    organisation: str
    late: str
    is_late: bool
    is_asked_for: bool  # late words are welcome; nobody is asked for them once the quarter is closed
    do: str


class MayBeLate(Protocol):
    @property
    def is_late(self) -> bool: ...


def when_head(rows: Iterable[MayBeLate]) -> str:
    """What stands over the column that says when something is due, or how late it is."""
    return "How late" if any(row.is_late for row in rows) else "When"


def urgency(it: Out) -> tuple[bool, int, dt.date]:
    """Late ones first, then what was sent back, then what is due; spend, in the same order, after all others."""
    return it.return_.indicator.is_spend, {"Overdue": 0, "Sent back": 1}.get(it.state, 2), it.return_.due_on


def row(
    return_: Return,
    places: placing.Places,
    doers: list[Doer],
    back: SendBack | None,
    on: dt.date,
    *,
    is_restating: bool,
) -> Out:
    """`is_restating`: a verified figure stands, so that a closed quarter takes another one."""
    takes_it = giving.is_answerable(return_, return_.round, on, is_shown=is_restating)
    can_be_given = takes_it and not giving.why_not_asked(return_.indicator, return_.round.quarter)
    state, late, note = wording.state(return_, on), "", ""
    if return_.status == Return.Status.MISSING:
        late, note = str(return_.get_missing_reason_display()), return_.missing_note
        if return_.expected_on:
            note = f"{note} Expected {written.day_year(return_.expected_on)}".strip()
    elif not can_be_given:
        state, late = NEVER_GIVEN, "The quarter closed without it"
    else:
        again = " again" if return_.status == Return.Status.SENT_BACK else ""
        late = how_late(return_.due_on, on) or f"Due{again} {written.day_year(return_.due_on)}"
        note = _note(return_, back)
    return Out(
        return_=return_,
        label=places.label(return_.indicator),
        reference=places.reference(return_.indicator) or return_.indicator.name,
        state=state,
        people=tuple(doers),
        organisation=return_.indicator.owner.name_on(return_.round.quarter.end),
        late=late,
        note=note,
        own_day=wording.beside_due(return_) if can_be_given else "",
        is_late=can_be_given and return_.is_overdue(on),
        can_be_given=can_be_given,
    )


def _note(return_: Return, back: SendBack | None) -> str:
    if return_.status == Return.Status.SENT_BACK and back:
        return f"{back.sent_by.name} asked: {back.comment}"
    if return_.draft_saved_at and return_.draft_saved_by:
        return f"Draft saved by {return_.draft_saved_by.name}"
    return ""


def words_row(
    return_: Return, places: placing.Places, writers: list[Doer], outstanding: Asked | None, on: dt.date
) -> WordsOut:
    commentary = return_.commentary
    late = how_late(commentary.due_on, on) or f"Due {written.day_year(commentary.due_on)}"
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
        is_asked_for=commentary.due_on is not None and not return_.round.is_closed,
        do="Complete it for them" if outstanding else "Write it for them",
    )


def how_late(due_on: dt.date, on: dt.date) -> str:
    """ "3 working days late", "Late since 27 April 2018"; empty when not late."""
    late = wording.days_late(due_on, on)
    return f"{late} late" if late[:1].isdigit() else f"Late {late}" if late else ""
