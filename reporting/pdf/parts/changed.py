"""What changed since last quarter, a sentence each: ratings, restated figures, new series, delivery. Pure; the pack and the dashboard say the same."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from governance import lateness
from indicators.rating import WORDS
from lib.numerals import in_words
from reporting.pdf import figures
from reporting.pdf.parts import further, naming
from reporting.pdf.parts.said import capital, many, some_of
from reporting.snapshots.governed import ActionPart
from reporting.snapshots.shape import IndicatorPart, Restatement, Snapshot, Value

MOST_ALONE = 3  # restated quarters of one series under one reason that have a line each
WAS = {code: word.lower() for code, word in WORDS.items()} | {"no_return": "not asked for"}


def since_last_quarter(snapshot: Snapshot) -> tuple[str, ...]:
    """What changed of the figures; nothing where nothing did."""
    return (*_ratings(snapshot), *restated(snapshot.newly_restated), *_series(snapshot))


def nothing(snapshot: Snapshot) -> str:
    """Said in their place."""
    if not any(part.last_verdict for part in snapshot.indicators):
        return f"Nothing was asked for in {naming.before(snapshot.quarter)}, so there is nothing to compare with."
    return "Nothing: every rating is what it was, and no figure was restated."


# ---------------------------------------------------------------- ratings


def _ratings(snapshot: Snapshot) -> list[str]:
    return moved(
        [(part, part.last_verdict.code, part.verdict.code) for part in snapshot.indicators if part.last_verdict]
    )


def moved(verdicts: Sequence[tuple[IndicatorPart, str, str]]) -> list[str]:
    """ "A3 was amber and is red.", the worst first; those that went the same way together. Each with its codes then and now."""
    ways: dict[tuple[str, str], list[IndicatorPart]] = {}
    for part, then, now in verdicts:
        if then != now:
            ways.setdefault((then, now), []).append(part)
    order = list(WORDS)
    return [
        f"{some_of([naming.short(part) for part in parts])} {'was' if len(parts) == 1 else 'were'} {WAS[then]} "
        f"and {'is' if len(parts) == 1 else 'are'} {WAS[now]}."
        for (then, now), parts in sorted(ways.items(), key=lambda one: (order.index(one[0][1]), order.index(one[0][0])))
    ]


# ---------------------------------------------------------------- restated figures and new series


def restated(changes: Sequence[Restatement]) -> list[str]:
    """A line each; of many under one reason one for all, and one for those that are only counted."""
    lines = []
    for _, same in groupby(further.listed(changes), key=lambda one: (one.slug, one.kind, one.why, one.verified_on)):
        own = list(same)
        lines += [_together(own)] if len(own) > MOST_ALONE else [_restated(one) for one in own]
    return [*lines, *filter(None, [further.sentence(changes)])]


def _together(own: Sequence[Restatement]) -> str:
    """ "B2, 12 quarters from 2014-15 Q1 to 2017-18 Q2 restated; the last was 1,547, now 1,588. Late reports were added." """
    first, last = own[0], own[-1]
    name, why = last.reference or last.short_name, naming.sentence(last.why)
    quarters = f"{in_words(len(own))} quarters from {first.quarter} to {last.quarter}"
    was, now = values(last.was, last.now)
    return f"{name}, {quarters} restated; the last was {was}, now {now}. {why}".strip()


def _restated(change: Restatement) -> str:
    """ "B2, 2017-18 Q2 restated: was 1,547, now 1,588. Late reports were added." """
    was, now = values(change.was, change.now)
    name = change.reference or change.short_name
    return f"{name}, {change.quarter} restated: was {was}, now {now}. {naming.sentence(change.why)}".strip()


def values(was: Value, now: Value) -> tuple[str, str]:
    """Both in short; in full where they are the same share of other numbers."""
    then, present = figures.brief(was), figures.brief(now)
    if then == present:
        return figures.full(was), figures.full(now)
    return then, present


def _series(snapshot: Snapshot) -> list[str]:
    return [
        f"{naming.short(part)} starts a new series, so it isn’t compared with the quarters before: {naming.sentence(why)}"
        for part in snapshot.indicators
        for start, why in part.breaks
        if start == snapshot.quarter
    ]


def restated_of(part: IndicatorPart, snapshot: Snapshot) -> str:
    """What a pack tells of as restated of one indicator, in sentences."""
    return " ".join(restated([one for one in snapshot.told_restated if one.slug == part.slug]))


# ---------------------------------------------------------------- delivery


def delivered(snapshot: Snapshot) -> tuple[str, ...]:
    """What is late now, how much of it was so when last quarter ended, and what was completed since. By their dates: what was said then is not held."""
    held = snapshot.governance
    actions = [action for part in held.delivery for action in part.actions] if held else []
    if not held or not actions:
        return ()
    then = snapshot.quarter.previous.end
    late = [action for action in actions if action.state == lateness.LATE]
    already = [action for action in late if action.due_on < then]
    done = [
        one for one in actions if one.ending == "complete" and one.ended_on and then < one.ended_on <= held.judged_on
    ]
    return (_late(late, already, naming.before(snapshot.quarter)), _done(done))


def _late(late: Sequence[ActionPart], already: Sequence[ActionPart], quarter: str) -> str:
    if not late:
        return "No action is late."
    how_many = f"{capital(many(len(late), 'action is', 'actions are'))} late"
    if not already:
        return f"{how_many}; none of them was when {quarter} ended."
    which = some_of([action.reference for action in already])
    if len(already) == len(late):
        return f"{how_many}, and {'was' if len(late) == 1 else 'all were'} when {quarter} ended: {which}."
    return f"{how_many}; {in_words(len(already))} of them {'was' if len(already) == 1 else 'were'} when {quarter} ended: {which}."


def _done(done: Sequence[ActionPart]) -> str:
    if not done:
        return "No action was completed in the quarter."
    were = many(len(done), "action was", "actions were")
    return f"{capital(were)} completed in the quarter: {some_of([action.reference for action in done])}."


def late_then_and_now(before: Snapshot, now: Snapshot) -> list[str]:
    """ "ASB 3 was late and is complete.": actions that were late in one of two packs and not in the other, those that went the same way together."""
    then, present = _states(before), _states(now)
    ways: dict[tuple[str, str], list[str]] = {}
    for reference in then.keys() & present.keys():
        pair = (then[reference], present[reference])
        if pair[0] != pair[1] and lateness.LATE in pair:
            ways.setdefault(pair, []).append(reference)
    order = list(present)
    for own in ways.values():
        own.sort(key=order.index)
    return [
        f"{some_of(own)} {'was' if len(own) == 1 else 'were'} {_state(was)} and {'is' if len(own) == 1 else 'are'} {_state(now_is)}."
        for (was, now_is), own in sorted(ways.items(), key=lambda one: (one[0][1] != lateness.LATE, one[0]))
    ]


def _states(snapshot: Snapshot) -> Mapping[str, str]:
    held = snapshot.governance
    return {action.reference: action.state for part in held.delivery for action in part.actions} if held else {}


def _state(state: str) -> str:
    return lateness.WORDS[state].lower()
