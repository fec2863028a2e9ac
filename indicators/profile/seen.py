"""An indicator over time as far as one reader may see it.

A figure that is not verified, and how far it has come, is for those who may see its return. To others the quarter is "not yet verified".
"""

from dataclasses import dataclass, replace

from indicators import assessment, over_time
from indicators.aggregate import due
from indicators.assessment import AWAITED, MISSING, UNVERIFIED, Assessment, Series
from indicators.models import Figure, Indicator
from indicators.over_time import Held, OverTime
from indicators.rating import Verdict, Why, unrated
from lib.quarters import Quarter, Year

HIDDEN = unrated(Why.UNVERIFIED, "")


@dataclass(frozen=True)
class Seen:
    """`in_sight`: the ids of the returns that the reader may see."""

    whole: OverTime
    in_sight: frozenset[int]

    @property
    def indicator(self) -> Indicator:
        return self.whole.indicator

    @property
    def is_annual(self) -> bool:
        return self.indicator.frequency == Indicator.Frequency.ANNUAL

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """Those that asked for a figure, oldest first; of an annual measure the fourth ones, and others only where they hold a figure."""
        asked = due(str(self.indicator.frequency), tuple(self.whole.quarters))
        return tuple(quarter for quarter, held in self.whole.quarters.items() if quarter in asked or held.shown)

    @property
    def latest(self) -> Quarter | None:
        return max(self.quarters, default=None)

    @property
    def latest_verified(self) -> Quarter | None:
        return self.whole.latest_verified

    @property
    def years(self) -> tuple[Year, ...]:
        """Those of the quarters, oldest first."""
        return tuple(sorted({quarter.year for quarter in self.quarters}))

    def name(self, quarter: Quarter) -> str:
        """An annual measure is known by its year."""
        return str(quarter.year if self.is_annual else quarter)

    def held(self, quarter: Quarter) -> Held:
        return self.whole.quarters[quarter]

    def shown(self, quarter: Quarter) -> Figure | None:
        """The verified figure that stands; None also for a quarter that asked for none."""
        held = self.whole.quarters.get(quarter)
        return held.shown if held else None

    def may_see(self, quarter: Quarter) -> bool:
        return self.held(quarter).return_.pk in self.in_sight

    def sent(self, quarter: Quarter) -> Figure | None:
        """The figure that waits to be verified, for who may see it."""
        return self.held(quarter).sent if self.may_see(quarter) else None

    def waiting(self, quarter: Quarter) -> Figure | None:
        """The latest figure where it is not the one that stands: sent, or sent back, for who may see it."""
        held = self.held(quarter)
        latest = held.figures[-1] if held.figures and self.may_see(quarter) else None
        return None if latest == held.shown else latest

    def is_hidden(self, quarter: Quarter) -> bool:
        """Whether this reader is told no more than that it is not yet verified."""
        held = self.held(quarter)
        return held.shown is None and held.state in (AWAITED, UNVERIFIED) and not self.may_see(quarter)

    def state(self, quarter: Quarter) -> str:
        """Why there is no verified figure, as this reader is told."""
        return UNVERIFIED if self.is_hidden(quarter) else self.held(quarter).state

    def is_missing(self, quarter: Quarter) -> bool:
        """Said to be missing, or still not there when its round was closed: a gap that stays."""
        held = self.held(quarter)
        if held.shown or self.is_hidden(quarter):
            return False
        return held.state == MISSING or (held.state == AWAITED and held.is_closed)

    def series(self, until: Quarter) -> Series:
        made = self.whole.series(until)
        return replace(made, states={quarter: self.state(quarter) for quarter in made.states})

    def assess(self, quarter: Quarter) -> Assessment:
        return assessment.assess(self.series(quarter), quarter)

    def ratings(self) -> dict[Quarter, Verdict]:
        """Of every quarter, by what is known now."""
        if self.latest is None:
            return {}
        whole = self.series(self.latest)
        return {quarter: self._rated(whole, quarter) for quarter in self.quarters}

    def _rated(self, whole: Series, quarter: Quarter) -> Verdict:
        if self.is_hidden(quarter):
            return HIDDEN
        held = self.held(quarter)
        return assessment.rated(replace(whole, reason=over_time.why(held.state, held.reason)), quarter)
