"""How the actions of delivery plans stand in a quarter: one line each, sorted into late, at risk, no update, on track, complete.

Every page, sheet and pack that says how delivery goes asks here, so that they all say the same.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from governance import lateness
from governance.lateness import COMPLETE, ENDED, STATES, Standing
from governance.models import Action, Brag, DateMove, DeliveryPlan, Update
from lib.numerals import listed
from lib.quarters import Quarter, Year
from lib.written import day_year

State = DateMove.State
# How many stand there, in a sentence: ("is late", "are late").
SAID = {
    lateness.LATE: ("is late", "are late"),
    lateness.AT_RISK: ("is at risk", "are at risk"),
    lateness.NO_UPDATE: ("has no update", "have no update"),
    lateness.ON_TRACK: ("is on track", "are on track"),
    lateness.COMPLETE: ("is complete", "are complete"),
}


@dataclass(frozen=True)
class Line:
    """One action: where it stands, and from what that follows. `moves` are accepted ones, oldest first."""

    action: Action
    standing: Standing
    due_on: dt.date
    moves: tuple[DateMove, ...]
    waiting: DateMove | None  # a new date that nobody has accepted yet; it does not count
    update: Update | None  # the agreed one that counts

    @property
    def state(self) -> str:
        return self.standing.state

    @property
    def words(self) -> str:
        """ "Late"; "Late, said green" where what is said and the dates disagree; of an ended one how it ended."""
        if self.state == ENDED:
            return str(self.action.get_ending_display())
        said = self.update.brag if self.update else ""
        return f"{self.standing.words}, said {said}" if self.standing.note else self.standing.words

    @property
    def dates(self) -> str:
        """ "was 31 January 2018, moved once"; empty where the first date still counts."""
        if not self.moves:
            return ""
        times = {1: "once", 2: "twice"}.get(len(self.moves), f"{len(self.moves)} times")
        return f"was {day_year(self.action.first_due_on)}, moved {times}"

    @property
    def slip(self) -> int:
        """Calendar days from the first date to the one that counts; negative where it was brought forward."""
        return lateness.slip(self.action.first_due_on, self.due_on)


@dataclass(frozen=True)
class Group:
    state: str
    words: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Board:
    """One plan in one quarter. `lines` hold every action, ended ones too, in the order of their numbers."""

    delivery_plan: DeliveryPlan
    quarter: Quarter
    lines: tuple[Line, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many stand in each of the five states, zeros included; ended ones are counted nowhere."""
        return lateness.counts(line.state for line in self.lines)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def groups(self) -> tuple[Group, ...]:
        """Late first; within a group the longest late first, then by number. States without an action are left out."""
        found = []
        for state in (*STATES, ENDED):
            lines = [line for line in self.lines if line.state == state]
            if lines:
                lines.sort(key=lambda line: (-line.standing.days_late, line.action.number))
                words = "Ended otherwise" if state == ENDED else lateness.WORDS[state]
                found.append(Group(state, words, tuple(lines)))
        return tuple(found)

    @property
    def headline(self) -> str:
        """ "2 of 10 actions are late, 1 is at risk and 7 are on track"."""
        counts, total = self.counts, self.total
        if not self.lines:
            return "There are no actions yet"
        if not total:
            return "All actions have ended otherwise than by completing"
        there = [state for state in STATES if counts[state]]
        if there == [COMPLETE]:
            return "The one action is complete" if total == 1 else f"All {total} actions are complete"
        if len(there) == 1:
            one, many = SAID[there[0]]
            return f"The one action {one}" if total == 1 else f"All {total} actions {many}"
        first, *rest = there
        told = [f"{counts[first]} of {total} actions {SAID[first][counts[first] != 1]}"]
        told += [f"{counts[state]} {SAID[state][counts[state] != 1]}" for state in rest]
        return listed(told)


def quarter_on(year: Year, day: dt.date) -> Quarter:
    """The quarter of the year in which its plans are looked at on that day: the running one, before the year its first, after it its last."""
    return min(max(Quarter.of(day), year.quarters[0]), year.quarters[-1])


def gather(
    plans: Iterable[DeliveryPlan],
    quarter: Quarter,
    *,
    on: dt.date,
    known_at: dt.datetime | None = None,
) -> dict[int, Board]:
    """The board of each plan, by its id; the plans' bodies have to be loaded. Three queries, however many plans and actions.

    An action stands as at the end of the day `on`, by the date that counted on it: one accepted later moves nothing back. It stands by the
    agreed update of that quarter or else of the latest before it; once the quarter is over, from its last day on, by that quarter's alone:
    what was complete stays complete, anything else has no update. With `known_at` actions, endings, dates and updates recorded after
    that moment are not known yet; without it all that is recorded counts.
    """
    only = quarter if on >= quarter.end else None
    by_id = {plan.pk: plan for plan in plans}
    known = Action.objects.filter(delivery_plan__in=by_id)
    if known_at is not None:
        known = known.filter(recorded_at__lte=known_at)
    actions = list(known.select_related("owner").in_order())
    moves = _moves(by_id, known_at)
    updates = _updates(by_id, quarter, known_at)
    lines: dict[int, list[Line]] = {pk: [] for pk in by_id}
    for action in actions:
        action.delivery_plan = by_id[action.delivery_plan_id]
        lines[action.delivery_plan_id].append(
            _line(
                action,
                moves.get(action.pk, []),
                updates.get(action.pk),
                only,
                on=on,
                known_at=known_at,
            )
        )
    return {pk: Board(plan, quarter, tuple(lines[pk])) for pk, plan in by_id.items()}


def _line(
    action: Action,
    moves: list[DateMove],
    update: Update | None,
    only: Quarter | None,
    *,
    on: dt.date,
    known_at: dt.datetime | None,
) -> Line:
    accepted = tuple(
        move
        for move in moves
        if move.state == State.ACCEPTED and _is_known(move.decided_at, known_at) and _day(move.decided_at) <= on
    )
    since = [move for move in moves if move.state == State.ACCEPTED and move not in accepted]
    # The date that counted then is today's, or what the first date accepted since has replaced.
    due_on = since[0].was if since else action.due_on
    ending = action.ending if action.is_known_to_have_ended(known_at) else ""
    stands = lateness.standing(
        due_on=due_on, ending=ending, ended_on=action.ended_on, brag=_colour(update, only), on=on
    )
    return Line(action, stands, due_on, accepted, _waiting(moves, known_at), update)


def _colour(update: Update | None, only: Quarter | None) -> str:
    """What counts: with `only` that quarter's, and of an earlier one that it is complete, for that needs no further update."""
    if update is None or (only and update.quarter != only and update.brag != Brag.BLUE):
        return ""
    return str(update.brag)


def _is_known(when: dt.datetime | None, known_at: dt.datetime | None) -> bool:
    return when is not None and (known_at is None or when <= known_at)


def _day(moment: dt.datetime | None) -> dt.date:
    assert moment is not None  # what is decided has its moment
    return timezone.localtime(moment).date()


def _waiting(moves: list[DateMove], known_at: dt.datetime | None) -> DateMove | None:
    """Proposed, and not decided yet; there is one at a time."""
    there = (
        move
        for move in moves
        if _is_known(move.proposed_at, known_at)
        and not (move.state != State.PROPOSED and _is_known(move.decided_at, known_at))
    )
    return next(there, None)


def _moves(plans: Iterable[int], known_at: dt.datetime | None) -> dict[int, list[DateMove]]:
    """Accepted ones in the order in which they were accepted, and those that wait, or waited then; by action."""
    wanted = Q(state=State.ACCEPTED) | Q(state=State.PROPOSED)
    if known_at is not None:
        wanted |= Q(proposed_at__lte=known_at, decided_at__gt=known_at)
    moves = DateMove.objects.filter(wanted, action__delivery_plan__in=plans)
    found: dict[int, list[DateMove]] = {}
    for move in moves.order_by("decided_at", "pk"):
        found.setdefault(move.action_id, []).append(move)
    return found


def _updates(plans: Iterable[int], quarter: Quarter, known_at: dt.datetime | None) -> dict[int, Update]:
    """The latest agreed one up to the quarter, by action."""
    agreed = Update.objects.agreed().filter(action__delivery_plan__in=plans, quarter__lte=quarter)
    if known_at is not None:
        agreed = agreed.filter(agreed_at__lte=known_at)
    return {update.action_id: update for update in agreed.order_by("quarter")}
