"""What a closed quarter still wants of the partnership team: figures to verify, and returns that were sent back and nobody can send.

And of any quarter what a supplier says is not what they gave.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from accounts.models import User
from indicators import confirming, revising, work
from indicators.models import Return, Round


@dataclass(frozen=True)
class OfRound:
    """One closed round, in counts. What waits with a revision is counted there."""

    round: Round
    to_verify: int
    sent_back: int  # still out, and taken no more unless their owners get more time


@dataclass(frozen=True)
class LeftOver:
    rounds: tuple[OfRound, ...]  # latest quarter first
    revisions: tuple[revising.Summary, ...]  # oldest first
    disputed: tuple[confirming.Disputed, ...] = ()  # of any quarter, oldest first


NOTHING = LeftOver((), ())


def gather(user: User, on: dt.date) -> LeftOver:
    """For a coordinator. Ten queries at most, however many quarters and returns."""
    revisions = revising.waiting(user, on)
    left = Return.objects.filter(
        round__closed_at__isnull=False, status__in=(Return.Status.SUBMITTED, Return.Status.SENT_BACK)
    )
    returns = list(left.select_related("round", "indicator"))
    waits = [one for one in returns if one.status == Return.Status.SUBMITTED]
    latest = work.latest_figures(waits)
    with_revision = {row.revision.pk for row in revisions}
    asked = {one.pk for one in work.askable(left.awaited(), on)}
    to_verify: dict[int, int] = defaultdict(int)
    sent_back: dict[int, int] = defaultdict(int)
    for one in returns:
        if one.status == Return.Status.SENT_BACK:
            sent_back[one.round_id] += one.pk not in asked
        else:
            figure = latest.get(one.pk)
            to_verify[one.round_id] += figure is None or figure.revision_id not in with_revision
    rounds = {one.round_id: one.round for one in returns}
    counted = (OfRound(round_, to_verify[pk], sent_back[pk]) for pk, round_ in rounds.items())
    some = (one for one in counted if one.to_verify or one.sent_back)
    return LeftOver(
        tuple(sorted(some, key=lambda one: one.round.quarter, reverse=True)), revisions, confirming.disputed(user)
    )
