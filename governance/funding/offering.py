"""What can be chosen in an application for money: streams, priorities, organisations, the body's actions, indicators, years."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.models import Organisation, User
from governance.funding.applying import APPLYING
from governance.models import Action, Body, FundingApplication, FundingStream
from indicators import placing
from indicators.models import Indicator
from lib.quarters import Year
from priorities.models import Plan, Priority

AHEAD = 4  # years that are offered where there is no plan


@dataclass(frozen=True)
class Offered:
    """In the order in which they are offered, by the key of the choice."""

    streams: dict[str, FundingStream]
    priorities: dict[str, Priority]
    organisations: dict[str, Organisation]
    actions: dict[str, Action]  # of the body's delivery plans
    indicators: dict[str, Indicator]  # that may be seen
    labels: dict[str, str]  # of the indicators
    years: tuple[Year, ...]  # of the plan, and those that have an amount


def offered(user: User, on: dt.date, body: Body | None, application: FundingApplication | None = None) -> Offered:
    """What `user` may choose; what the application names already is among it, as far as it is in their sight. Actions only of a body that is known."""
    plan = Plan.objects.visible_to(user).current(on)
    priorities = Priority.objects.visible_to(user).filter(plan=plan)
    actions = Action.objects.visible_to(user).open().filter(delivery_plan__body=body)
    streams = [one for one in FundingStream.objects.visible_to(user) if one.ends_on is None or one.ends_on >= on]
    years = set(plan.years) if plan else {Year(Year.of(on).begins + ahead) for ahead in range(AHEAD)}
    if application is not None:
        priorities |= Priority.objects.visible_to(user).filter(pk=application.priority_id)
        actions |= Action.objects.visible_to(user).filter(funding_applications=application)
        if application.stream and application.stream not in streams:
            streams.append(application.stream)
        years |= set(application.years.values_list("year", flat=True))
    places = placing.latest()
    indicators = sorted(Indicator.objects.visible_to(user).measuring(), key=places.order)
    return Offered(
        streams=_keyed(streams),
        priorities=_keyed(priorities.order_by("plan", "letter")),
        organisations=organisations(user),
        actions=_keyed(actions.select_related("delivery_plan__body").distinct().in_order()) if body else {},
        indicators=_keyed(indicators),
        labels={str(one.pk): places.brief(one) for one in indicators},
        years=tuple(sorted(years)),
    )


def organisations(user: User) -> dict[str, Organisation]:
    return _keyed(Organisation.objects.visible_to(user).with_names())


def streams_for(application: FundingApplication, user: User) -> dict[str, FundingStream]:
    """Which streams may pay for what was agreed: those whose days hold its days."""
    first, last = application.starts_on, application.ends_on
    found = [
        one
        for one in FundingStream.objects.visible_to(user)
        if (one.starts_on is None or first is None or one.starts_on <= first)
        and (one.ends_on is None or last is None or last <= one.ends_on)
    ]
    return _keyed(found)


def bodies(user: User, works_for: Iterable[int], on: dt.date, *, everything: bool) -> list[Body]:
    """For which somebody may apply: those they work for, for the partnership team all that can."""
    found = Body.objects.visible_to(user).standing(on).filter(kind__in=APPLYING)
    return list(found if everything else found.filter(pk__in=list(works_for)))


def _keyed(rows: Iterable[Any]) -> dict[str, Any]:
    return {str(row.pk): row for row in rows}
