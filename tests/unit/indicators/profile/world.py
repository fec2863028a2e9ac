"""An indicator over time for the tests of its page: figures by quarter, in short."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from indicators import profile
from indicators.models import Figure, Indicator, Return, Round, Verification
from indicators.profile.seen import Seen
from lib.quarters import Quarter, Year
from tests.factories import UserFactory
from tests.factories.indicators import FigureFactory, ReturnFactory, RoundFactory, TargetFactory, sent, verified

Q1, Q2, Q3, Q4 = Year(2017).quarters
AGREED = {"agreed_by": "CSP Executive", "agreed_on": dt.date(2017, 5, 25)}


def asked(indicator: Indicator, quarter: Quarter) -> Return:
    round_ = Round.objects.filter(quarter=quarter).first() or RoundFactory(quarter=quarter)
    return ReturnFactory(indicator=indicator, round=round_)


def known(indicator: Indicator, until: Quarter, *numbers: Any) -> None:
    """Verified figures up to a quarter, oldest first: a count, or a numerator and denominator; None for no return."""
    for quarter, number in zip(until.back_to(len(numbers)), numbers, strict=True):
        if number is not None:
            verified(asked(indicator, quarter), *(number if isinstance(number, tuple) else (number,)))


def stated(indicator: Indicator, quarter: Quarter, percentage: str) -> Figure:
    """A verified percentage without what it is out of."""
    return_ = asked(indicator, quarter)
    figure = FigureFactory(for_return=return_, numerator=None, stated_percentage=Decimal(percentage))
    Verification.objects.create(figure=figure, verified_by=UserFactory())
    Return.objects.filter(pk=return_.pk).update(
        status="verified", submitted_at=timezone.now(), submitted_by=figure.recorded_by
    )
    return figure


def waiting(indicator: Indicator, quarter: Quarter, number: int) -> Figure:
    return sent(asked(indicator, quarter), number)


def missing(indicator: Indicator, quarter: Quarter, **fields: Any) -> None:
    said = {"status": "missing", "missing_reason": "source_lag", "missing_at": timezone.now()}
    Return.objects.filter(pk=asked(indicator, quarter).pk).update(**said | fields)


def aimed(indicator: Indicator, year: int = 2017, **terms: Any) -> None:
    """150 a quarter, ten per cent of tolerance, agreed."""
    usual = {"rule": "tolerance", "basis": "quarter", "value": Decimal(150), "tolerance": Decimal(10)}
    TargetFactory(indicator=indicator, year=Year(year), **(usual | AGREED | terms))


def seen_by(indicator: Indicator, *roles: str, **fields: Any) -> Seen:
    """As a coordinator sees it, or somebody with these roles."""
    return profile.look(indicator, UserFactory(roles=list(roles or ("coordinator",)), **fields))
