"""The coordinator's view of a quarter: what is out, what waits to be verified, what is settled. The same number of queries for any set."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from indicators import confirming, explaining, eyes, over_time, placing, revising
from indicators.board import completeness, out, reading, settled, to_verify
from indicators.board.completeness import Completeness
from indicators.board.out import Out, WordsOut
from indicators.board.people import People, people
from indicators.board.settled import Settled
from indicators.board.to_verify import ToVerify, worth_a_look
from indicators.doing import doing
from indicators.models import Lead, Return, Round
from indicators.progress import RoundWork, count
from lib.quarters import Quarter

__all__ = ["Board", "gather", "worth_a_look"]


@dataclass(frozen=True)
class Board:
    round: Round
    work: RoundWork
    organisations: tuple[Completeness, ...]
    people: People  # who owes something
    out: tuple[Out, ...]
    missing: tuple[Out, ...]
    to_verify: tuple[ToVerify, ...]
    revisions: tuple[revising.Summary, ...]  # of whatever quarters
    words_out: tuple[WordsOut, ...]
    verified: tuple[Settled, ...]
    earlier: Quarter | None
    later: Quarter | None

    @property
    def out_when(self) -> str:
        return out.when_head(self.out)

    @property
    def words_when(self) -> str:
        return out.when_head(self.words_out)

    @property
    def may_verify_some(self) -> bool:
        return any(row.is_tickable for row in self.to_verify)


def gather(round_: Round, user: User, on: dt.date) -> Board:
    """The board as this coordinator sees it on that day."""
    returns = list(
        Return.objects.filter(round=round_)
        .select_related("indicator__owner", "round", "commentary__sent_by", "draft_saved_by")
        .prefetch_related("indicator__owner__names")
    )
    places = placing.in_year(round_.quarter.year)
    returns.sort(key=lambda return_: places.order(return_.indicator))
    doers = doing(on)
    revisions = revising.waiting(user, on)
    whole = {one.revision.pk: one.revision for one in revisions if one.is_verified_whole}
    figures, earlier = reading.figures(round_, returns)
    verifiers = eyes.verifiers(on)
    comments = reading.comments(returns)
    waiting = [r for r in returns if r.status == Return.Status.SUBMITTED]
    bases = over_time.bases([r.indicator for r in waiting])
    confirmations = confirming.of([figures[r.pk][-1] for r in waiting], user)
    outstanding = explaining.outstanding(return_.commentary for return_ in returns)
    quarters = list(Round.objects.order_by("quarter").values_list("quarter", flat=True))
    without = [
        out.row(
            r,
            places,
            doers[r.indicator_id, Lead.Duty.DATA],
            comments.get(r.pk),
            on,
            is_restating=any(hasattr(figure, "verification") for figure in figures[r.pk]),
        )
        for r in returns
        if r.is_awaited or r.status == Return.Status.MISSING
    ]
    awaited = tuple(sorted((row for row in without if row.return_.is_awaited), key=out.urgency))
    words = tuple(
        out.words_row(r, places, doers[r.indicator_id, Lead.Duty.COMMENTARY], outstanding.get(r.commentary.pk), on)
        for r in returns
        if r.commentary.is_awaited or r.commentary.pk in outstanding
    )
    return Board(
        round=round_,
        work=count(round_, returns, outstanding, on),
        organisations=completeness.rows(returns, round_.quarter),
        people=people(round_, awaited, words, on),
        out=awaited,
        missing=tuple(row for row in without if not row.return_.is_awaited),
        to_verify=to_verify.with_boxes(
            to_verify.row(
                r,
                places,
                figures[r.pk],
                earlier[r.indicator_id],
                bases[r.indicator_id],
                verifiers,
                confirmations,
                user,
                whole,
            )
            for r in waiting
        ),
        words_out=words,
        revisions=revisions,
        verified=tuple(
            settled.row(r, places, figures[r.pk], doers[r.indicator_id, Lead.Duty.COMMENTARY], outstanding, on)
            for r in returns
            if r.status == Return.Status.VERIFIED
        ),
        earlier=max((quarter for quarter in quarters if quarter < round_.quarter), default=None),
        later=min((quarter for quarter in quarters if quarter > round_.quarter), default=None),
    )
