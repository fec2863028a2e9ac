"""What was said about a figure, and who owes what is not said yet."""

import datetime as dt

from lib.written import day_year
from reporting.dashboard import naming
from reporting.pdf.parts.said import day_of, what_is_owed
from reporting.snapshots.shape import Snapshot, Words

# What stands before each part of a commentary.
TERMS = {"what_happened": "What happened", "why": "Why", "what_next": "What next"}


def said(words: Words | None) -> tuple[tuple[str, str], ...]:
    """The commentary as terms and words; only what was said."""
    if words is None or words.state == "owed":
        return ()
    parts = [(term, getattr(words, name)) for name, term in TERMS.items()]
    parts.append(("Who", _who(words)))
    return tuple((term, text) for term, text in parts if text.strip())


def _who(words: Words) -> str:
    """ "Head of Youth Justice, by 31 March 2018"."""
    by_when = f"by {day_year(words.by_when)}" if words.by_when else ""
    return ", ".join(filter(None, (words.who, by_when))) if words.who else naming.sentence(by_when)


def lacking(words: Words) -> str:
    """ "why, what next and by when"; "the explanation" where all of it, or nothing by name, is lacking."""
    if words.state == "owed" and len(words.lacking) != 1:
        return "the explanation"
    return what_is_owed(words) or "the explanation"


def owed(words: Words, snapshot: Snapshot) -> str:
    """ "Still to come: who sees to it and by when. Owed by Dev Malhotra, IOM Co-ordinator, since 8 May 2018." """
    what, when = what_is_owed(words), _since(words.due_on, snapshot)
    start = f"Still to come: {what}. " if what else ""
    return f"{start}Owed by {words.owed_by}{', ' + when if when else ''}."


def _since(due_on: dt.date | None, snapshot: Snapshot) -> str:
    if due_on is None:
        return ""
    return f"since {day_year(due_on)}" if due_on < day_of(snapshot) else f"due on {day_year(due_on)}"
