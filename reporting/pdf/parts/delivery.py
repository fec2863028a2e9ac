"""Delivery by subgroup: how many actions stand where, and each that is out of the ordinary. What goes well is only counted."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from governance import lateness
from indicators import charts
from lib.numerals import figure, in_words, listed
from lib.written import day_year
from reporting.pdf.parts import outcomes, said, slip
from reporting.snapshots.governed import ActionPart, DeliveryPart, Governance, UndertakingPart
from reporting.snapshots.shape import PriorityPart, Snapshot

# What the segments of a bar look like, in the order in which states are told.
LOOKS = dict(zip(lateness.STATES, ("red", "amber", "missing", "green", "complete"), strict=True))
BAR = Decimal(132)
LEAST_BAR = Decimal("3.3")  # for each state there is
MOST = 40  # actions told one by one, of those late and of those at risk; the rest is counted
MOST_REFERENCES = 12  # of a body, in a sentence
LONGEST_NEXT = 160
PLANS = {
    "none": "has no delivery plan for {year}",
    "draft": "has not submitted its delivery plan for {year} yet",
    "submitted": "has submitted its delivery plan for {year}; it is not agreed yet",
}
ENDINGS = {"complete": "Completed", "closed": "Closed", "merged": "Merged into another", "carried": "Carried forward"}


@dataclass(frozen=True)
class CountRow:
    """A body or a priority with its actions or commitments: how many in each state, and in all."""

    name: str
    bar: charts.StatusBar | None
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class ExceptionRow:
    """An action that is late or at risk. `revised` is the date there is now, `revised_note` how often it moved; `none_given` where there was none ever."""

    reference: str
    title: str
    lead: str
    first: str
    revised: str
    revised_note: str
    none_given: bool
    slip: slip.Slip
    note: str  # where its date and what was said disagree, or that it has ended since
    why: str
    next: str
    said_in: str  # an earlier quarter, or that there was no update


@dataclass(frozen=True)
class Exceptions:
    axis: slip.Axis
    rows: tuple[ExceptionRow, ...]
    rest: str  # how many more there are


@dataclass(frozen=True)
class Condition:
    body: str
    text: str
    owner: str
    due: str
    late: str


@dataclass(frozen=True)
class DeliveryPage:
    judged: str
    lede: str
    heads: tuple[said.State, ...]
    rows: tuple[CountRow, ...]
    total: CountRow | None
    ended: str  # how many are counted nowhere
    commitments: tuple[CountRow, ...]
    commitments_total: CountRow | None
    late: Exceptions | None
    at_risk: Exceptions | None
    no_update: tuple[tuple[str, str], ...]  # a body and its references
    without_plan: tuple[tuple[str, str], ...]
    conditions: tuple[Condition, ...]
    outcomes: outcomes.Outcomes


def build(snapshot: Snapshot, governance: Governance) -> DeliveryPage:
    actions = [action for part in governance.delivery for action in part.actions]
    agreed = [part for part in governance.delivery if part.is_agreed]
    rows = _rows(agreed)
    late, at_risk = _exceptions(snapshot, governance)
    promised = tuple(_promised(priority) for priority in snapshot.priorities if priority.commitments)
    return DeliveryPage(
        judged=day_year(governance.judged_on),
        lede=_lede(snapshot, governance),
        heads=tuple(said.State(state, lateness.WORDS[state]) for state in lateness.STATES),
        rows=rows,
        total=_total(rows, "bodies"),
        ended=_ended(actions),
        commitments=promised,
        commitments_total=_total(promised, "priorities"),
        late=late,
        at_risk=at_risk,
        no_update=tuple((part.body, _references(own)) for part in agreed if (own := _untold(part, snapshot))),
        without_plan=tuple(
            (part.name, PLANS[part.state].format(year=snapshot.quarter.year)) for part in governance.without_plan
        ),
        conditions=tuple(_condition(part, one) for part in governance.delivery for one in part.conditions),
        outcomes=outcomes.build(snapshot),
    )


def in_a_line(snapshot: Snapshot) -> str:
    """What is out of the ordinary, on one line: "Three of 11 actions are late, one is at risk and one has no update."

    Empty where a pack of that time held nothing of it.
    """
    if snapshot.governance is None:
        return ""
    counts = snapshot.governance.counts
    total, late = sum(counts.values()), counts[lateness.LATE]
    if not total:
        return "No delivery plan is agreed."
    first = f"{said.capital(in_words(late)) if late else 'None'} of {said.many(total, 'action', 'actions')} {'are' if late > 1 else 'is'} late"
    rest = [
        f"{in_words(count)} {words[count > 1]}"
        for count, words in (
            (counts[lateness.AT_RISK], ("is at risk", "are at risk")),
            (counts[lateness.NO_UPDATE], ("has no update", "have no update")),
        )
        if count
    ]
    return f"{listed([first, *rest])}."


# ---------------------------------------------------------------- counts


def _rows(parts: Sequence[DeliveryPart]) -> tuple[CountRow, ...]:
    """All bars on one scale: a longer bar is a longer plan."""
    longest = max((sum(part.counts.values()) for part in parts), default=0)
    return tuple(_row(part, longest) for part in parts)


def _row(part: DeliveryPart, longest: int) -> CountRow:
    counts, total = part.counts, sum(part.counts.values())
    bar = None
    if total:
        least = LEAST_BAR * sum(map(bool, counts.values()))
        segments = [(LOOKS[state], lateness.WORDS[state].lower(), count) for state, count in counts.items()]
        bar = charts.stacked(
            segments, f"{part.body}, {total} in all", size=charts.PACK, width=max(BAR * total / longest, least)
        )
    return CountRow(part.body, bar, tuple(counts.values()), total)


def _promised(priority: PriorityPart) -> CountRow:
    counts = lateness.counts(one.state for one in priority.commitments)
    return CountRow(outcomes.name(priority), None, tuple(counts.values()), sum(counts.values()))


def _total(rows: Sequence[CountRow], many: str) -> CountRow | None:
    """None for fewer than two, which need no sum."""
    if len(rows) < 2:
        return None
    counts = tuple(sum(column) for column in zip(*(row.counts for row in rows), strict=True))
    name = f"Both {many}" if len(rows) == 2 else f"All {in_words(len(rows))} {many}"
    return CountRow(name, None, counts, sum(counts))


def _ended(actions: Sequence[ActionPart]) -> str:
    ended = sum(action.state == lateness.ENDED for action in actions)
    if not ended:
        return ""
    were = "was" if ended == 1 else "were"
    return f"{said.capital(said.many(ended, 'action', 'actions'))} {were} closed, merged or carried forward, and {were} not counted."


def _lede(snapshot: Snapshot, governance: Governance) -> str:
    """The page in a few sentences: how much is complete, how much is late and where, and what is lacking."""
    counts = governance.counts
    total, late = sum(counts.values()), counts[lateness.LATE]
    if not governance.delivery:
        return "No body owes a delivery plan."
    if not total:
        return f"No delivery plan for {snapshot.quarter.year} is agreed, so there are no actions to tell of."
    complete = counts[lateness.COMPLETE]
    told = [
        f"{figure(complete)} of {said.many(total, 'action', 'actions')} {'is' if complete == 1 else 'are'} complete."
    ]
    if late:
        where = sum(bool(part.counts[lateness.LATE]) for part in governance.delivery)
        lacking = sum(_lacks_date(action) for part in governance.delivery for action in part.in_state(lateness.LATE))
        told.append(
            f"{said.capital(in_words(late))} {'is' if late == 1 else 'are'} late, in {said.many(where, 'body', 'bodies')}"
            + (f"; {_of_them(lacking, late)}." if lacking else ".")
        )
    else:
        told.append("None is late.")
    told += _untold_words(
        counts[lateness.NO_UPDATE],
        sum(action.state == lateness.LATE for part in governance.delivery for action in _untold(part, snapshot)),
    )
    return " ".join(told)


def _untold_words(untold: int, of_late: int) -> list[str]:
    """As the table counts them; those that are late are counted there as late, so they are told apart."""
    if not untold:
        return [f"Of those late, {in_words(of_late)} {_have(of_late)} no update."] if of_late else []
    too = f", and of those late {in_words(of_late)} {_have(of_late)} none either" if of_late else ""
    return [f"{said.capital(in_words(untold))} {_have(untold)} no update{too}."]


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _of_them(lacking: int, late: int) -> str:
    """Which of those late lack a date: "one of them has no new date"."""
    if lacking < late:
        return f"{in_words(lacking)} of them {'has' if lacking == 1 else 'have'} no new date"
    return "it has no new date" if late == 1 else "none of them has a new date"


def _untold(part: DeliveryPart, snapshot: Snapshot) -> list[ActionPart]:
    """Open actions without an update of the quarter, late ones among them."""
    return [
        action
        for action in part.in_state(lateness.LATE, lateness.NO_UPDATE)
        if action.update is None or action.update.quarter != snapshot.quarter
    ]


# ---------------------------------------------------------------- what is late or at risk


def _exceptions(snapshot: Snapshot, governance: Governance) -> tuple[Exceptions | None, Exceptions | None]:
    """Those late and those at risk, on one time line."""
    found = [_told(governance, state) for state in (lateness.LATE, lateness.AT_RISK)]
    shown = [action for actions, _ in found for action in actions]
    days = [day for action in shown for day in (action.first_due_on, action.due_on, action.proposed_on) if day]
    axis = slip.axis(days, governance.judged_on)
    late, at_risk = (
        Exceptions(axis, tuple(_exception(action, axis, snapshot) for action in actions), rest) if actions else None
        for actions, rest in found
    )
    return late, at_risk


def _told(governance: Governance, state: str) -> tuple[list[ActionPart], str]:
    """In the order of the bodies; of too many those that are longest late, and how many more there are."""
    own = [action for part in governance.delivery for action in part.in_state(state)]
    told = sorted(range(len(own)), key=lambda place: -own[place].days_late)[:MOST]
    if len(own) <= MOST:
        return own, ""
    which = "that are longest late" if state == lateness.LATE else "that come first in the plans"
    rest = f"These are the {MOST} {which}. {len(own) - MOST:,} more are counted above, and stand on the boards."
    return [own[place] for place in sorted(told)], rest


def _lacks_date(action: ActionPart) -> bool:
    """Late without a date that lies ahead: past the one that counts, or sure to miss it, and nothing is proposed."""
    if action.proposed_on or action.ending:
        return False
    return bool(action.days_late) or not action.moves


def _exception(action: ActionPart, axis: slip.Axis, snapshot: Snapshot) -> ExceptionRow:
    is_late = action.state == lateness.LATE
    lacks = is_late and _lacks_date(action)
    moved = f"moved {_times(action.moves)}" if action.moves else ""
    revised, note = (short(action.due_on), moved) if action.moves else ("", "" if is_late else "not moved")
    if action.proposed_on:
        note = "proposed" + (f"; {moved} before" if moved else "")
        revised = short(action.proposed_on)
    elif lacks and moved:
        note = f"passed, no new date; {moved}"
    return ExceptionRow(
        reference=action.reference,
        title=action.title,
        lead=action.lead,
        first=short(action.first_due_on),
        revised=revised,
        revised_note=note,
        none_given=lacks and not moved,
        slip=slip.slip(
            action.reference,
            axis,
            first=action.first_due_on,
            due=action.due_on,
            proposed=action.proposed_on,
            is_open=lacks,
        ),
        note=_note(action),
        why=action.update.reason if action.update else "",
        next=_next(action),
        said_in=_said_in(action, snapshot),
    )


def _times(moves: int) -> str:
    return {1: "once", 2: "twice"}.get(moves, f"{moves} times")


def _note(action: ActionPart) -> str:
    """That it has ended since; or where what was said and its date disagree."""
    if action.ending and action.ended_on:
        return f"{ENDINGS.get(action.ending, 'Ended')} on {short(action.ended_on)}, after the quarter."
    return f"{action.note}." if action.note else ""


def _said_in(action: ActionPart, snapshot: Snapshot) -> str:
    if action.update is None:
        return "No update yet"
    last, this = action.update.quarter, snapshot.quarter
    return "" if last == this else f"Last update: {f'Q{last.number}' if last.year == this.year else last}"


def _next(action: ActionPart) -> str:
    """What comes next, as the last agreed update has it."""
    if action.update is None or not action.update.next or action.ending:
        return ""
    text = action.update.next
    if len(text) > LONGEST_NEXT:
        text = f"{text[:LONGEST_NEXT].rpartition(' ')[0]} …"
    return f"Next: {said.lower_first(text)}"


def _references(actions: Sequence[ActionPart]) -> str:
    """With the quarter of which they were last told of, where all have the same."""
    words = said.some_of([action.reference for action in actions], MOST_REFERENCES)
    last = {action.update.quarter if action.update else None for action in actions}
    (only,) = last if len(last) == 1 else (None,)
    return f"{words}; the last update is of {only}." if only else f"{words}."


def _condition(part: DeliveryPart, one: UndertakingPart) -> Condition:
    return Condition(part.body, one.text, one.owner, day_year(one.due_on), days_late(one.days_late))


def short(day: dt.date) -> str:
    """ "30 Sep 2017", in a column where no date may wrap."""
    return f"{day.day} {day:%b} {day.year}"


def days_late(days: int) -> str:
    """ "25 days late"; empty for none."""
    return f"{days:,} day{'' if days == 1 else 's'} late" if days else ""
