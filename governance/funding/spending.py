"""What one project spent quarter by quarter, as far as one reader may see it, with the reason where there is no verified amount."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from governance.funding import sums
from governance.models import Project
from indicators import profile
from indicators.models import Figure, Return
from indicators.profile.lines import lines
from indicators.profile.seen import Seen
from lib.numerals import in_words, listed
from lib.quarters import Quarter, Year
from lib.written import capitalised, in_sentence

NOBODY = "Nobody is asked what it spends"
MOST_NAMED = 4  # quarters
NOT_OPENED = "Not asked for yet: the quarter has not been opened"


@dataclass(frozen=True)
class Spent:
    """One quarter. `amount` is verified, to the penny; None with a `note` that says why there is none. `url`: its return, where the reader may see it."""

    quarter: Quarter
    amount: Decimal | None
    note: str = ""
    url: str = ""
    is_awaited: bool = False  # an amount is still to come
    is_opened: bool = True  # its quarter has been opened, so that somebody was asked
    state: str = ""  # of what is awaited, without any amount that is not verified: for papers that leave the house


def quarters(project: Project, user: User, on: dt.date) -> tuple[Spent, ...]:
    """All that were asked for, oldest first, and those that are over and will be once they are opened; none where no spend is collected.

    `project` with its spend loaded. Seven queries, or none.
    """
    if project.spend is None:
        return ()
    seen = profile.look(project.spend, user)
    told = {line.quarter: line for line in lines(seen)}
    found = {quarter: _asked(seen, quarter, line.note, line.url) for quarter, line in told.items()}
    for quarter in _over(project, on):
        if quarter not in found:
            found[quarter] = Spent(quarter, None, NOT_OPENED, is_awaited=True, is_opened=False, state=NOT_OPENED)
    return tuple(found[quarter] for quarter in sorted(found))


def _asked(seen: Seen, quarter: Quarter, note: str, url: str) -> Spent:
    shown = seen.shown(quarter)
    reason = seen.held(quarter).return_.missing_reason
    awaited = shown is None and reason != Return.MissingReason.NOT_COLLECTED
    state = _state(seen, quarter) if shown is None else ""
    return Spent(quarter, amount_of(shown), note, url, awaited, state=state)


def _state(seen: Seen, quarter: Quarter) -> str:
    """ "Not yet verified", "Sent back", "Not sent yet", "Missing: awaiting partner"."""
    held = seen.held(quarter)
    if held.status == Return.Status.MISSING:
        return f"Missing: {in_sentence(held.reason)}"
    if seen.is_hidden(quarter) or held.sent:
        return "Not yet verified"
    return "Sent back, awaited again" if held.status == Return.Status.SENT_BACK else "Not sent yet"


def amount_of(figure: Figure | None) -> Decimal | None:
    if figure is None or figure.numerator is None:
        return None
    amount: Decimal = figure.numerator
    return amount.quantize(sums.NOTHING)


def _over(project: Project, on: dt.date) -> list[Quarter]:
    """The quarters that ask for its spend and have ended."""
    spend, found = project.spend, []
    if spend is None or spend.asked_from is None:
        return []
    quarter: Quarter = spend.asked_from
    while quarter.end < on and spend.asks_in(quarter):
        found.append(quarter)
        quarter = quarter.next
    return found


def how_many(spent: Sequence[Spent]) -> str:
    """ "Of three quarters asked for, two are in.", and of how many more nobody was asked yet. Empty where there is none at all.

    What is settled as not collected is not counted.
    """
    asked = [one for one in spent if one.is_opened and (one.amount is not None or one.is_awaited)]
    left = sum(not one.is_opened for one in spent)
    more = f"{capitalised(in_words(left))} {'is' if left == 1 else 'are'} over and not asked for yet." if left else ""
    return f"{_in(asked)} {more}".strip()


def left_out(awaited: Iterable[Quarter], year: Year | None = None) -> str:
    """What a sum of spend lacks: "without Q3 and Q4" of one year, "without 2017-18 Q4" of all. Empty where it lacks nothing."""
    lacks = sorted(one for one in awaited if year is None or one.year == year)
    if not lacks:
        return ""
    if len(lacks) > MOST_NAMED:
        return f"without {in_words(len(lacks))} quarters"
    return f"without {listed(str(one) if year is None else f'Q{one.number}' for one in lacks)}"


def awaited(spent: Sequence[Spent]) -> list[Quarter]:
    return [one.quarter for one in spent if one.is_awaited]


def _in(asked: Sequence[Spent]) -> str:
    known = sum(one.amount is not None for one in asked)
    if not asked:
        return ""
    if known == len(asked):
        every = {1: "The one quarter", 2: "Both quarters"}.get(known, f"All {in_words(known)} quarters")
        return f"{every} asked for {'is' if known == 1 else 'are'} in."
    of = "Of the one quarter" if len(asked) == 1 else f"Of {in_words(len(asked))} quarters"
    return f"{of} asked for, {in_words(known) if known else 'none'} {'is' if known < 2 else 'are'} in."
