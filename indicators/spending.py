"""What was spent of one sum of money, quarter by quarter and year by year, as far as one reader may see it: the page of a spend indicator."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from accounts import audit
from accounts.models import User
from indicators import profile, wording
from indicators.models import Indicator, Lead
from indicators.over_time import MISSING
from indicators.profile.lines import notes
from indicators.profile.seen import Seen
from lib import written
from lib.quarters import Quarter, Year


@dataclass(frozen=True)
class Line:
    """One quarter: the verified amount, to the penny, and what there is to say about it."""

    quarter: Quarter
    amount: Decimal | None
    notes: tuple[str, ...]
    url: str  # the return, when it is in the reader's sight
    is_awaited: bool

    @property
    def words(self) -> str:
        return written.pence(self.amount)


@dataclass(frozen=True)
class OfYear:
    """A year's quarters, latest first, and what is verified of it."""

    year: Year
    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal | None:
        """None where no quarter of it is verified."""
        return _total(self.lines)

    @property
    def words(self) -> str:
        return written.pence(self.total)

    @property
    def counted(self) -> str:
        """ "1 of 4 quarters": how much of the year the total is."""
        known = sum(line.amount is not None for line in self.lines)
        return f"{known} of {len(self.lines)} quarter{'' if len(self.lines) == 1 else 's'}"


@dataclass(frozen=True)
class Spending:
    indicator: Indicator
    years: tuple[OfYear, ...]  # latest first
    data_leads: tuple[User, ...]
    history: tuple[audit.Line, ...]

    @property
    def name(self) -> str:
        return wording.spent_on(self.indicator)

    @property
    def lede(self) -> str:
        """ "£14,400.50 has been spent, as far as it is verified.", or that nothing is."""
        total = _total(self._lines)
        return (
            "No amount is verified yet."
            if total is None
            else f"{written.pence(total)} spent, as far as it is verified."
        )

    @property
    def awaited(self) -> str:
        """ "Awaited: 2017-18 Q3 and 2017-18 Q4."; empty when nothing is."""
        quarters = sorted(line.quarter for line in self._lines if line.is_awaited)
        return f"Not yet verified: {written.listed(map(str, quarters))}." if quarters else ""

    @property
    def asked(self) -> str:
        """ "Asked for from 2017-18 Q1 to 2018-19 Q4."."""
        first, last = self.indicator.asked_from, self.indicator.asked_until
        return f"Asked for in every quarter from {first} {f'to {last}' if last else 'on'}."

    @property
    def _lines(self) -> list[Line]:
        return [line for year in self.years for line in year.lines]


def gather(indicator: Indicator, user: User, on: dt.date) -> Spending:
    """A number of queries that does not grow with the quarters."""
    seen = profile.look(indicator, user)
    leads = Lead.objects.in_force(on).filter(indicator=indicator, duty=Lead.Duty.DATA, user__is_active=True)
    lines = [_line(seen, quarter) for quarter in reversed(seen.quarters)]
    return Spending(
        indicator=indicator,
        years=tuple(
            OfYear(year, tuple(line for line in lines if line.quarter.year == year)) for year in reversed(seen.years)
        ),
        data_leads=tuple(lead.user for lead in leads.select_related("user").order_by("pk")),
        history=tuple(audit.lines(audit.history(indicator))),
    )


def _line(seen: Seen, quarter: Quarter) -> Line:
    shown = seen.shown(quarter)
    return Line(
        quarter=quarter,
        amount=shown.numerator if shown else None,
        notes=tuple(notes(seen, quarter)),
        url=seen.held(quarter).return_.get_absolute_url() if seen.may_see(quarter) else "",
        is_awaited=shown is None and seen.state(quarter) != MISSING,
    )


def _total(lines: Iterable[Line]) -> Decimal | None:
    known = [line.amount for line in lines if line.amount is not None]
    return sum(known, Decimal(0)) if known else None
