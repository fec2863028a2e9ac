"""How an action stands on a day: by its dates, and by what is said of it. Pure: takes dates and codes, knows no models and no clock.

Lateness is computed and never typed: an action that is open after the day that counts is late, whatever colour it was given.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

LATE, AT_RISK, NO_UPDATE, ON_TRACK, COMPLETE, ENDED = "late", "at_risk", "no_update", "on_track", "complete", "ended"
# In the order in which they are always told: late first.
STATES = (LATE, AT_RISK, NO_UPDATE, ON_TRACK, COMPLETE)
WORDS = {
    LATE: "Late",
    AT_RISK: "At risk",
    NO_UPDATE: "No update",
    ON_TRACK: "On track",
    COMPLETE: "Complete",
    ENDED: "Ended",
}
# What a colour given by hand says of an action that is not past its day: codes of `governance.models.Brag`.
SAID = {"red": LATE, "amber": AT_RISK, "green": ON_TRACK, "blue": COMPLETE, "": NO_UPDATE}
COLOURS = {"red": "red", "amber": "amber", "green": "green", "blue": "blue"}


@dataclass(frozen=True)
class Standing:
    """`state` is one of STATES, or ENDED for what was closed, merged or carried forward. `days_late` counts calendar days, 0 when it is not past its day.

    `note` says where the given colour and the dates disagree ("Said green, 45 days late"); empty where they don't.
    """

    state: str
    days_late: int
    note: str = ""

    @property
    def words(self) -> str:
        return WORDS[self.state]


def standing(*, due_on: dt.date, ending: str, ended_on: dt.date | None, brag: str, on: dt.date) -> Standing:
    """How an action stands at the end of the day `on`.

    `due_on` is the date that counts on that day; `ending` and `ended_on` as in `Action`; `brag` is the colour of the agreed update that
    counts, "" where there is none. An action that is due on `on` is not late on it.
    """
    if ending and ended_on is not None and ended_on <= on:
        return Standing(COMPLETE if ending == "complete" else ENDED, 0)
    if brag == "blue":
        return Standing(COMPLETE, 0)
    days = max((on - due_on).days, 0)
    if days:
        said = f"Said {COLOURS[brag]}, " if brag in ("green", "amber") else ""
        return Standing(LATE, days, f"{said}{days} day{'' if days == 1 else 's'} late" if said else "")
    return Standing(SAID[brag], 0)


def passed_since(due_days: Iterable[dt.date], *, since: dt.date, on: dt.date) -> int:
    """How many days of milestones that are not done went by after the words of the day `since` were written. One due on `on` has not gone by."""
    return sum(since <= due < on for due in due_days)


def words_needed(*, due_on: dt.date, has_before: bool, passed: int, on: dt.date) -> str:
    """Why “no change” won’t do for an action, in a sentence; "" where it will.

    `has_before`: an update of it was agreed before. `passed`: how many milestones went by undone since, as `passed_since` counts them.
    """
    if not has_before:
        return "Nothing was agreed before that could be unchanged: say what was done"
    if due_on < on:
        return "It is past its day: say what was done and what is next"
    if passed:
        some = "A milestone has" if passed == 1 else f"{passed} milestones have"
        return f"{some} passed since the last update and {'is' if passed == 1 else 'are'} not done: say why"
    return ""


def is_changed(brag: str, before: str) -> bool:
    """Whether a colour is another one than that agreed last; "" where none was. Then green alone is as one would expect."""
    return brag != (before or "green")


def due_on(first: dt.date, accepted: Iterable[dt.date]) -> dt.date:
    """The date that counts: the first one, or that accepted last. `accepted` in the order in which they were accepted."""
    day = first
    for day in accepted:  # noqa: B007  the last one is what is wanted
        pass
    return day


def slip(first: dt.date, now: dt.date) -> int:
    """Calendar days between the first date and the one that counts; negative where it was brought forward."""
    return (now - first).days


def counts(states: Iterable[str]) -> dict[str, int]:
    """How many stand in each of STATES, in their order, zeros included; ENDED ones are left out."""
    found = Counter(states)
    return {state: found[state] for state in STATES}
