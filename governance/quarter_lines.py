"""What one quarter says of each action of a delivery plan: drafted, sent back, agreed or missing, beside what was agreed before."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from governance import colours, dates, lateness
from governance.models import Action, DateMove, DeliveryPlan, Milestone, Update
from governance.reporting_dates import ReportingDates, for_quarter
from lib.quarters import Quarter

LATE, CHANGED, MOVES = "late", "changed", "moves"  # why the chair has to look at a line
ASKED_FOR_MORE = "The chair has sent it back with a comment: say what is asked for"


@dataclass(frozen=True)
class Line:
    """One action in one quarter.

    `update` is this quarter's, `before` the one agreed last of an earlier quarter, `words` the last of those that says more than "no
    change". `move` is the date that waits to be accepted, `milestones` are those still to be done. `standing` is how the action stands
    by this quarter's colour, or by that before while there is none.
    """

    action: Action
    update: Update | None
    before: Update | None
    words: Update | None
    move: DateMove | None
    milestones: tuple[Milestone, ...]
    standing: lateness.Standing
    on: dt.date
    is_overtaken: bool = False  # a later quarter's has been agreed, so that nobody asks for this one any more

    @property
    def version(self) -> int:
        """Of this quarter's update, 0 while there is none: what a form was opened at."""
        return self.update.version if self.update else 0

    @property
    def is_agreed(self) -> bool:
        return self.update is not None and self.update.is_agreed

    @property
    def is_sent_back(self) -> bool:
        return self.update is not None and bool(self.update.sent_back_because)

    @property
    def waits(self) -> bool:
        """Drafted, for the chair to agree."""
        return self.update is not None and not self.is_agreed and not self.is_sent_back

    @property
    def is_missing(self) -> bool:
        """Whoever drafts still owes it."""
        return (self.update is None and not self.is_overtaken) or self.is_sent_back

    @property
    def takes_words(self) -> bool:
        """Whether something can be said of it for this quarter."""
        return self.action.is_open and not self.is_agreed and not (self.update is None and self.is_overtaken)

    @property
    def words_needed(self) -> str:
        """Why "no change" won't do; "" where it will."""
        if self.is_sent_back:
            return ASKED_FOR_MORE
        return words_needed(self.action, self.before, self.milestones, self.on)

    @property
    def left_behind(self) -> list[Milestone]:
        """Milestones that would fall after the date that waits."""
        return dates.left_behind(self.milestones, self.move.proposed) if self.move else []

    @property
    def is_late(self) -> bool:
        return self.standing.state == lateness.LATE

    @property
    def late_words(self) -> str:
        """ "45 days late"; empty when it is not past its day."""
        days = self.standing.days_late
        return f"{days} day{'' if days == 1 else 's'} late" if days else ""

    @property
    def is_changed(self) -> bool:
        """Whether what waits gives another colour than was agreed last."""
        if self.update is None or not self.waits:
            return False
        return lateness.is_changed(self.update.brag, self.before.brag if self.before else "")

    @property
    def exceptions(self) -> tuple[str, ...]:
        """Why the chair has to look at what waits here; empty where one need not."""
        if not self.waits and not self.move:
            return ()
        told = ((LATE, self.is_late), (CHANGED, self.is_changed), (MOVES, self.move is not None))
        return tuple(why for why, holds in told if holds)


@dataclass(frozen=True)
class QuarterLines:
    """`lines` in the order of the plan. `later`: how many open actions start after the quarter, of which nothing is asked yet."""

    plan: DeliveryPlan
    quarter: Quarter
    lines: tuple[Line, ...]
    later: int
    dates: ReportingDates
    colours: colours.Colours
    on: dt.date

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if line.is_missing]

    @property
    def waiting(self) -> list[Line]:
        return [line for line in self.lines if line.waits]

    @property
    def agreed(self) -> list[Line]:
        return [line for line in self.lines if line.is_agreed]

    @property
    def exceptions(self) -> list[Line]:
        """What the chair has to look at, late first."""
        rank = {LATE: 0, CHANGED: 1, MOVES: 2}
        found = [line for line in self.lines if line.exceptions]
        return sorted(found, key=lambda line: (rank[line.exceptions[0]], -line.standing.days_late, line.action.number))

    @property
    def others(self) -> list[Line]:
        """What else waits: no change, or as before."""
        return [line for line in self.waiting if not line.exceptions]

    @property
    def has_ended(self) -> bool:
        """The quarter: only then its updates are agreed. Its last day is one of its days."""
        return self.on > self.quarter.end

    @property
    def counts(self) -> dict[str, int]:
        """How the lines stand, in the order of `lateness.STATES`, zeros left out."""
        return {state: n for state, n in lateness.counts(line.standing.state for line in self.lines).items() if n}


def gather(plan: DeliveryPlan, quarter: Quarter, on: dt.date) -> QuarterLines:
    """All of a plan's quarter as of the day `on`; needs the plan's body loaded. Five queries, however many actions there are."""
    updates = list(
        Update.objects.filter(action__delivery_plan=plan).select_related("drafted_by", "agreed_by").order_by("quarter")
    )
    told = {update.action_id for update in updates if update.quarter == quarter and update.is_agreed}
    actions = [
        action
        for action in plan.actions.select_related("owner").order_by("number")
        if action.is_open or action.pk in told
    ]
    for action in actions:
        action.delivery_plan = plan
    begun = [action for action in actions if action.starts_on <= quarter.end]
    moves = {move.action_id: move for move in _waiting_moves(plan)}
    steps = _milestones(plan)
    mine: dict[int, list[Update]] = defaultdict(list)
    for update in updates:
        mine[update.action_id].append(update)
    lines = tuple(
        _line(action, quarter, mine[action.pk], moves.get(action.pk), steps[action.pk], on) for action in begun
    )
    return QuarterLines(
        plan=plan,
        quarter=quarter,
        lines=lines,
        later=len(actions) - len(begun),
        dates=for_quarter(quarter),
        colours=colours.table(begun, updates, plan.year.quarters),
        on=on,
    )


def words_needed(action: Action, before: Update | None, milestones: Iterable[Milestone], on: dt.date) -> str:
    """Why an action needs words this quarter, in a sentence; "" where "no change" will do. `milestones`: those still to be done."""
    passed = 0
    if before:
        since = timezone.localtime(before.drafted_at).date()
        passed = lateness.passed_since([step.due_on for step in milestones], since=since, on=on)
    return lateness.words_needed(due_on=action.due_on, has_before=before is not None, passed=passed, on=on)


def _line(
    action: Action,
    quarter: Quarter,
    updates: Sequence[Update],
    move: DateMove | None,
    milestones: Sequence[Milestone],
    on: dt.date,
) -> Line:
    update = next((update for update in updates if update.quarter == quarter), None)
    earlier = [update for update in updates if update.quarter < quarter and update.is_agreed]
    before = earlier[-1] if earlier else None
    brag = update.brag if update else before.brag if before else ""
    return Line(
        action=action,
        update=update,
        before=before,
        words=next((update for update in reversed(earlier) if not update.is_no_change), None),
        move=move if action.is_open else None,
        milestones=tuple(milestones),
        standing=lateness.standing(
            due_on=action.due_on, ending=action.ending, ended_on=action.ended_on, brag=brag, on=on
        ),
        on=on,
        is_overtaken=any(update.quarter > quarter and update.is_agreed for update in updates),
    )


def _waiting_moves(plan: DeliveryPlan) -> Iterable[DateMove]:
    return DateMove.objects.waiting().filter(action__delivery_plan=plan).select_related("proposed_by")


def _milestones(plan: DeliveryPlan) -> dict[int, list[Milestone]]:
    found: dict[int, list[Milestone]] = defaultdict(list)
    for step in Milestone.objects.filter(action__delivery_plan=plan, done_on__isnull=True).order_by("due_on", "pk"):
        found[step.action_id].append(step)
    return found
