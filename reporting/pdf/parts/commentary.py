"""What happened, why, what next, who and by when; or whose explanation is missing."""

import datetime as dt
from dataclasses import dataclass

from lib.written import day_year
from reporting.pdf.parts import said
from reporting.snapshots.shape import Words

NO_BREAK = "\N{NO-BREAK SPACE}"
LONGEST_COLUMN = 60  # words; longer commentary moves to a full measure below, whole
LONGEST_UNBROKEN = 250  # words; a longer block may run over a page


@dataclass(frozen=True)
class Saying:
    """`who` sees to what is next, and by when."""

    heading: str
    text: str
    who: str = ""


@dataclass(frozen=True)
class Commentary:
    sayings: tuple[Saying, ...]
    signed: str
    missing: str
    is_owed: bool  # `missing` asks something of somebody
    is_long: bool
    may_break: bool


def build(words: Words | None, on: dt.date, *, is_public: bool = False) -> Commentary:
    """`on` is the day whose knowledge is shown: what is not due by then is asked of somebody, and not yet owed. A public
    edition may leave words out that were sent.
    """
    if words is None:
        return Commentary((), "", "No commentary was asked for.", False, False, False)
    if said.is_not_due(words, on):
        return Commentary((), "", _not_due(words), False, False, False)
    if words.state == "owed":
        return Commentary((), "", _owed(words), True, False, False)
    sayings = tuple(
        saying
        for saying in (
            Saying("What happened", words.what_happened),
            Saying("Why", words.why),
            Saying("What next", words.what_next, _who(words)),
        )
        if saying.text.strip() or saying.who
    )
    lengths = [len(saying.text.split()) for saying in sayings]
    sent = _unbroken(words.sent_on)
    is_incomplete = words.state == "incomplete"
    left_out = "The commentary is left out of this edition." if is_public else "The commentary was sent without words."
    nothing = "" if sayings else left_out
    return Commentary(
        sayings,
        ", ".join(filter(None, (words.by, sent))),
        _owed(words) if is_incomplete else nothing,
        is_owed=is_incomplete,
        is_long=any(length > LONGEST_COLUMN for length in lengths),
        may_break=sum(lengths) > LONGEST_UNBROKEN,
    )


def _who(words: Words) -> str:
    """ "Superintendent, partnerships, by 31 July 2018"; what is not given is left out, and the date stays on one line."""
    by_when = f"by{NO_BREAK}{_unbroken(words.by_when)}" if words.by_when else ""
    return said.capital(", ".join(filter(None, (words.who.strip().rstrip("."), by_when))))


def _unbroken(day: dt.date | None) -> str:
    """A date that stays on one line."""
    return day_year(day).replace(" ", NO_BREAK)


def _not_due(words: Words) -> str:
    who = f" from {words.owed_by}" if words.owed_by else ", and nobody is named"
    return f"The explanation is not yet due. It is expected by {_unbroken(words.due_on)}{who}."


def _owed(words: Words) -> str:
    """Which parts are lacking and who owes them, by when."""
    how = "incomplete" if words.state == "incomplete" else "missing"
    who = f"owed by {words.owed_by}" if words.owed_by else "owed, and nobody is named"
    by = f"{who}{f', due {_unbroken(words.due_on)}' if words.due_on else ''}"
    if not words.lacking:
        return f"The explanation is {how}. It is {by}."
    return f"The explanation is {how}: {said.what_is_owed(words)} {'is' if len(words.lacking) == 1 else 'are'} {by}."
