"""The list of what arose from meetings, and of the conditions that approvals rest on."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.models import User
from governance import decisions
from governance.models import Undertaking
from lib import written

ENDED = 50  # of those that are ended, latest first


@dataclass(frozen=True)
class Listed:
    undertaking: Undertaking
    tag: str  # "Overdue" or "Due"
    is_mine: bool
    may_end: bool
    may_drop: bool  # say that it is no longer needed


def listed(open_ones: Iterable[Undertaking], user: User, on: dt.date) -> list[Listed]:
    """One's own first, most urgent first. Needs bodies and owners loaded."""
    is_team = user.has_perm("governance.record_approval")
    return [
        Listed(
            one,
            "Overdue" if one.due_on < on else "Due",
            one.owner_id == user.pk,
            user.has_perm("governance.see_to", one),
            is_team or one.kind != Undertaking.Kind.CONDITION,
        )
        for one in decisions.in_line(open_ones, user.pk)
    ]


def lede(rows: Sequence[Listed]) -> str:
    """ "Five are open, two of them overdue. One is yours." """
    if not rows:
        return "Nothing is open."
    late, mine = sum(row.tag == "Overdue" for row in rows), sum(row.is_mine for row in rows)
    said = f"{written.in_words(len(rows)).capitalize()} {'is' if len(rows) == 1 else 'are'} open"
    if late:
        said += f", {_of_them(late, len(rows))} overdue"
    yours = f" {written.in_words(mine).capitalize()} {'is' if mine == 1 else 'are'} yours." if mine else ""
    return f"{said}.{yours}"


def _of_them(late: int, count: int) -> str:
    """ "and it is", "both", "all of them", "two of them"."""
    if late == count:
        return {1: "and it is", 2: "both"}.get(count, "all of them")
    return f"{written.in_words(late)} of them"
