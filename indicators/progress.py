"""How far a quarter's collection has come, in counts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from indicators import explaining
from indicators.models import Indicator, Return, Round
from indicators.opening import Asked
from lib.quarters import Quarter


@dataclass(frozen=True)
class Counts:
    """How far some returns of a round have come. `in_` is sent or verified; a reason for "no figure" counts as missing."""

    total: int = 0
    in_: int = 0
    owed: int = 0
    overdue: int = 0
    missing: int = 0
    to_verify: int = 0
    verified: int = 0

    @property
    def is_in(self) -> str:
        """ "10 of 15 are in"."""
        return f"{self.in_} of {self.total} {'is' if self.in_ == 1 else 'are'} in"

    @property
    def waits(self) -> str:
        """ "4 figures are owed, 1 is missing with a reason, and 5 wait to be verified"; empty when all are verified."""
        owed = f"{self.owed} figure{' is' if self.owed == 1 else 's are'} owed" if self.owed else ""
        missing = f"{self.missing} {'is' if self.missing == 1 else 'are'} missing with a reason" if self.missing else ""
        waiting = f"{self.to_verify} wait{'s' if self.to_verify == 1 else ''} to be verified" if self.to_verify else ""
        parts = [part for part in (owed, missing, waiting) if part]
        if len(parts) > 2:
            return f"{', '.join(parts[:-1])}, and {parts[-1]}"
        return " and ".join(parts)


@dataclass(frozen=True)
class RoundWork:
    """How far a round has come, in counts: of all its returns, and of those that ask for spend, which headlines leave to a sentence of their own."""

    round: Round
    every: Counts
    measures: Counts  # all but spend
    spend: Counts
    words_owed: int
    beside: int = 0  # of the measures: context, collected with the set and never counted among its indicators

    @property
    def quarter(self) -> Quarter:
        return self.round.quarter

    @property
    def total(self) -> int:
        return self.every.total

    @property
    def owed(self) -> int:
        return self.every.owed

    @property
    def overdue(self) -> int:
        return self.every.overdue

    @property
    def missing(self) -> int:
        return self.every.missing

    @property
    def to_verify(self) -> int:
        return self.every.to_verify

    @property
    def verified(self) -> int:
        return self.every.verified

    @property
    def made_of(self) -> str:
        """What is asked for, where it is more than the set: "The 16 are 15 indicators and 1 measure beside them."; else ""."""
        asked = Asked(self.measures.total - self.beside, self.beside, self.spend.total)
        if asked.spend:
            return f"The quarter asks for {asked.words}."
        return f"The {self.total} are {asked.words}." if asked.beside else ""

    @property
    def url(self) -> str:
        return self.round.get_absolute_url()

    @property
    def headline(self) -> str:
        """ "10 of 15 are in."."""
        return f"{self.measures.is_in}."

    @property
    def detail(self) -> str:
        """ "4 figures are owed and 5 wait to be verified. Of spend, 7 of 10 are in, and 3 figures are owed."."""
        nothing = "All are verified" if self.measures.total else "No indicator is in this quarter’s set"
        return " ".join(filter(None, (f"{self.measures.waits or nothing}.", self._of_spend)))

    @property
    def _of_spend(self) -> str:
        if not self.spend.total:
            return ""
        if self.spend.verified == self.spend.total:
            return "Of spend, all is in and verified."
        return f"Of spend, {self.spend.is_in}: {self.spend.waits}."


def for_coordinator(on: dt.date) -> tuple[RoundWork, ...]:
    """The open rounds, latest quarter first, each with its counts. Eight queries at most."""
    return of_rounds(Round.objects.open(), on)


def of_rounds(some: QuerySet[Round], on: dt.date) -> tuple[RoundWork, ...]:
    """These rounds, each with its counts. Eight queries at most, however many rounds."""
    returns: dict[int, list[Return]] = defaultdict(list)
    rounds = list(some)
    for return_ in Return.objects.filter(round__in=rounds).select_related("commentary", "round", "indicator"):
        return_.commentary.for_return = return_  # loaded already
        returns[return_.round_id].append(return_)
    incomplete = explaining.outstanding(return_.commentary for some in returns.values() for return_ in some)
    return tuple(count(round_, returns[round_.pk], incomplete, on) for round_ in rounds)


def count(round_: Round, returns: list[Return], incomplete: Container[int], on: dt.date) -> RoundWork:
    """The counts of one round. Each return has its indicator, commentary and round loaded; `incomplete`: the ids of words that say too little."""
    spend = [return_ for return_ in returns if return_.indicator.is_spend]
    return RoundWork(
        round=round_,
        every=_counts(returns, on),
        measures=_counts([return_ for return_ in returns if not return_.indicator.is_spend], on),
        spend=_counts(spend, on),
        words_owed=sum(one.commentary.is_awaited or one.commentary.pk in incomplete for one in returns),
        beside=sum(return_.indicator.family == Indicator.Family.CONTEXT for return_ in returns),
    )


def _counts(returns: Sequence[Return], on: dt.date) -> Counts:
    status = Return.Status
    awaited = [return_ for return_ in returns if return_.is_awaited]
    verified = sum(return_.status == status.VERIFIED for return_ in returns)
    to_verify = sum(return_.status == status.SUBMITTED for return_ in returns)
    return Counts(
        total=len(returns),
        in_=verified + to_verify,
        owed=len(awaited),
        overdue=sum(return_.is_overdue(on) for return_ in awaited),
        missing=sum(return_.status == status.MISSING for return_ in returns),
        to_verify=to_verify,
        verified=verified,
    )
