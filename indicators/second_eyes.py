"""Where nobody could verify: said when a quarter is opened and while it is collected, so that it never is a surprise. A warning, never a block."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from indicators import eyes
from indicators.doing import doing
from indicators.models import Indicator, Lead
from indicators.placing import Places


@dataclass(frozen=True)
class Lacking:
    """That a second pair of eyes is lacking: why, for which indicators for certain, and what to do about it."""

    because: str
    indicators: tuple[
        str, ...
    ]  # "C3 Calls about anti-social behaviour", in the plan's order; empty: for what the coordinator keys
    do: tuple[str, ...]


def lacking(indicators: Iterable[Indicator], places: Places, on: dt.date) -> Lacking | None:
    """None while two people could verify. Four queries, whatever the number of indicators.

    With one coordinator, what nobody else gives can be verified by nobody: where the coordinator is the only one who gives the figure, or where
    nobody leads it, so that the coordinator keys it. What others give, the coordinator verifies.
    """
    verifiers = eyes.verifiers(on)
    if len(verifiers.coordinators) > 1:
        return None
    giving = doing(on)
    alone = {person.pk for person in verifiers.coordinators}
    found = [
        indicator
        for indicator in sorted(indicators, key=places.order)
        if {doer.user.pk for doer in giving.get((indicator.pk, Lead.Duty.DATA), ())} <= alone or not alone
    ]
    return Lacking(
        because=_because(verifiers.coordinators, bool(found)),
        indicators=tuple(places.label(indicator) for indicator in found),
        do=tuple(_do(verifiers, bool(found))),
    )


def _because(coordinators: tuple[User, ...], some: bool) -> str:
    if not coordinators:
        return "Nobody is a coordinator, so nobody could verify a figure."
    name = coordinators[0].name
    if some:
        return (
            f"{name} is the only coordinator, and gives or keys the figures of these alone: nobody could verify them."
        )
    return f"{name} is the only coordinator: nobody else could verify what {name} keys for somebody."


def _do(verifiers: eyes.Verifiers, some: bool) -> Iterable[str]:
    names = " or ".join(person.name for person in verifiers.administrators)
    ask = f"an administrator, {names}," if names else "an administrator"
    yield f"Ask {ask} to make somebody else a coordinator as well."
    if some and verifiers.coordinators:
        yield "Or name a data lead who gives the figure."
    yield "Or have suppliers confirm what you key for them, by the link that they are mailed."
