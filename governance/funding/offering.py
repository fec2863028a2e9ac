"""What can be chosen in an application for money: streams, priorities, organisations, the body's actions, indicators, years."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.models import Organisation, User
from governance.funding import streams_to_choose
from governance.funding.applying import APPLYING
from governance.funding.streams_to_choose import Choice
from governance.models import Action, Body, FundingApplication, FundingStream
from indicators import placing
from indicators.models import Indicator
from lib.quarters import Year
from lib.written import pounds
from priorities.models import Plan, Priority

AHEAD = 4  # years that are offered where there is no plan


@dataclass(frozen=True)
class Offered:
    """In the order in which they are offered, by the key of the choice."""

    streams: dict[str, FundingStream]
    stream_words: dict[str, str]  # each with what is left of it
    priorities: dict[str, Priority]
    organisations: dict[str, Organisation]
    organisation_words: dict[str, str]  # as they are called that day
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
    able = organisations(user)
    return Offered(
        streams=_keyed(streams),
        stream_words=words_of_streams(streams),
        priorities=_keyed(priorities.order_by("plan", "letter")),
        organisations=able,
        organisation_words=words_of_organisations(able, on),
        actions=_keyed(actions.select_related("delivery_plan__body").distinct().in_order()) if body else {},
        indicators=_keyed(indicators),
        labels={str(one.pk): places.brief(one) for one in indicators},
        years=tuple(sorted(years)),
    )


def organisations(user: User) -> dict[str, Organisation]:
    return _keyed(Organisation.objects.visible_to(user).with_names())


def words_of_organisations(able: dict[str, Organisation], on: dt.date) -> dict[str, str]:
    return {key: one.name_on(on) for key, one in able.items()}


def words_of_streams(streams: Iterable[FundingStream]) -> dict[str, str]:
    """ "Fund 1: £40,000 of £100,000 is left". Four queries."""
    return {str(one.stream.pk): f"{one.stream}: {_left_of(one)}" for one in streams_to_choose.gather(streams)}


def _left_of(choice: Choice) -> str:
    if choice.whole is None:
        return "how much there is of it is not known"
    there = choice.whole - choice.given - choice.promised
    return f"{pounds(there) if there > 0 else 'nothing'} of {pounds(choice.whole)} is left"


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
