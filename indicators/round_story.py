"""What happened to a quarter's collection, told from the audit trail: opened, its dates, closed and opened again, by whom and why."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from accounts import audit
from accounts.models import AuditEvent
from indicators import deadlines, opening, placing, second_eyes
from indicators.models import Return, Round
from lib.quarters import Quarter
from lib.written import day_year, in_sentence, listed

# In the order of the form.
ROWS = (
    ("Opens", "opens_on"),
    ("Figures due", "due_on"),
    ("Commentary due", "commentary_due_on"),
    ("Verify by", "verify_by"),
    ("Closes", "closes_on"),
)


@dataclass(frozen=True)
class Date:
    """One date of the round as the page shows it."""

    words: str
    day: dt.date | None
    how: str  # "Set by hand", "Moves with the meeting"; empty where nothing is to be said


@dataclass(frozen=True)
class Longer:
    """A return whose owner was given longer than the others, and that is still out."""

    label: str
    url: str
    until: dt.date


@dataclass(frozen=True)
class Story:
    """`closed`: "Closed by Sam Carrick on 10 May 2018 while 2 figures were out."; empty while it is open. `because`: the reason given, in their words."""

    dates: tuple[Date, ...]
    closed: str
    because: str
    lines: tuple[audit.Line, ...]  # latest first
    longer: tuple[Longer, ...]
    lacking: second_eyes.Lacking | None


def gather(round_: Round, on: dt.date) -> Story:
    """A fixed number of queries, whatever the number of returns; the trail's are as many as it has lines in one."""
    events = list(audit.history(round_))
    places = placing.in_year(round_.quarter.year)
    returns = list(Return.objects.filter(round=round_).select_related("indicator", "round"))
    waits = [
        return_.indicator for return_ in returns if return_.is_awaited or return_.status == Return.Status.SUBMITTED
    ]
    closing = next((event for event in events if event.kind == "round_closed"), None) if round_.is_closed else None
    longer = [one for one in returns if one.extended_to and one.extended_to > one.due_anyway and one.is_awaited]
    return Story(
        dates=dates(round_),
        closed=_closed(round_, closing),
        because=closing.comment if closing else "",
        lines=tuple(audit.lines(events)),
        longer=tuple(
            Longer(places.label(one.indicator), one.get_absolute_url(), one.due_on)
            for one in sorted(longer, key=lambda one: (one.due_on, places.order(one.indicator)))
        ),
        lacking=second_eyes.lacking(waits, places, on) if waits and not round_.is_closed else None,
    )


def lacking_at_opening(quarter: Quarter, on: dt.date) -> second_eyes.Lacking | None:
    """The warning for a quarter that is about to be opened."""
    return second_eyes.lacking(opening.asked(quarter), placing.in_year(quarter.year), on)


def dates(round_: Round) -> tuple[Date, ...]:
    """In the order of the form, each with whether it moves when the meeting does."""
    return tuple(Date(words, getattr(round_, name), _how(round_, name)) for words, name in ROWS)


def moved(round_: Round, before: Mapping[str, dt.date | None], typed: Collection[str]) -> str:
    """After the dates were saved: which moved with the meeting to which day, or why none did; empty where there is nothing to say.

    `before`: the dates and `executive_meets_on` as they were; `typed`: the names of those somebody set just now.
    """
    names = [name for name in deadlines.FROM_THE_MEETING if getattr(round_, name) is not None]
    went = [name for name in names if name not in typed and getattr(round_, name) != before[name]]
    if went:
        words = {name: in_sentence(said) for said, name in ROWS}
        days = listed([f"{words[name]} {day_year(getattr(round_, name))}" for name in went])
        return f"Moved with the meeting: {days}"
    if typed or round_.executive_meets_on == before["executive_meets_on"]:
        return ""
    if all(name in round_.set_by_hand for name in names):
        return "No date moved with the meeting: all are set by hand"
    try:
        deadlines.work_out(round_.quarter, round_.executive_meets_on, opened_on=round_.opens_on)
    except deadlines.TooEarly as too_early:
        return f"No date moved with the meeting. {too_early}"
    return ""


def _how(round_: Round, name: str) -> str:
    if name not in deadlines.FROM_THE_MEETING or getattr(round_, name) is None:
        return ""
    if name in round_.set_by_hand:
        return "Set by hand"
    if round_.is_closed:
        return ""
    return "Moves with the meeting" if round_.executive_meets_on else "Moves once the meeting is known"


def _closed(round_: Round, event: AuditEvent | None) -> str:
    if not round_.is_closed:
        return ""
    by = f" by {round_.closed_by.name}" if round_.closed_by else ""
    told = event.changes if event else []
    out = next((change["now"] for change in told if change["what"] == "Figures still out"), "0")
    while_out = "" if out == "0" else f" while {out} figure{' was' if out == '1' else 's were'} out"
    return f"Closed{by} on {day_year(round_.closed_at)}{while_out}"
