"""What the CSP Executive is asked to decide when it meets about the quarter, as known at the moment of a snapshot.

An item of its agenda is asked for until a decision on it was recorded. Agendas hold no moments: they go as they stand now.
"""

from collections.abc import Iterable, Mapping

from governance.models import AgendaItem, Approval, Body, Decision, DeliveryPlan, Meeting
from indicators.models import Target
from lib.numerals import listed, pounds
from lib.quarters import Year
from reporting.snapshots import delivering
from reporting.snapshots.asked import Asked, by
from reporting.snapshots.funded import ApplicationPart
from reporting.snapshots.shape import APPLICATION, DELIVERY_PLAN, TARGETS, ToDecidePart

MOST_NAMED = 8
TEAM = "Partnership team"  # who proposes targets


def read(
    asked: Asked, waiting: Iterable[ApplicationPart], targets: Mapping[int, Mapping[Year, Target]]
) -> tuple[ToDecidePart, ...]:
    """What stands on the agenda, applications for money that wait, delivery plans that wait, and targets that are proposed, in this order.

    `waiting` are the applications, `targets` the standing ones by indicator and year, both as known at the moment. Three queries.
    """
    return (*_agenda(asked), *map(_application, waiting), *_delivery_plans(asked), *_proposed(asked, targets))


def _agenda(asked: Asked) -> list[ToDecidePart]:
    """Of the meeting that takes this quarter's figures."""
    meetings = Meeting.objects.standing().filter(body__kind=Body.Kind.EXECUTIVE, quarter=asked.quarter)
    decided = Decision.objects.filter(item__isnull=False, recorded_at__lte=asked.as_at)
    items = AgendaItem.objects.filter(meeting__in=meetings, purpose=AgendaItem.Purpose.DECIDE)
    items = items.exclude(pk__in=decided.values("item")).order_by("meeting__starts_at", "order", "pk")
    return [ToDecidePart(one.title, f"Agenda item {one.order}", "", one.presenter) for one in items]


def _application(one: ApplicationPart) -> ToDecidePart:
    stream = f" from {one.stream}" if one.stream else ""
    return ToDecidePart(f"{one.title}: {pounds(one.asked)}{stream}", APPLICATION, one.reference, one.body)


def _delivery_plans(asked: Asked) -> list[ToDecidePart]:
    """Submitted by then and not agreed by then, of the quarter's year and later ones."""
    plans = list(
        DeliveryPlan.objects.filter(year__gte=asked.quarter.year, submitted_at__lte=asked.as_at)
        .select_related("body")
        .order_by("year", "body__order", "body__name")
    )
    words = Approval.objects.filter(delivery_plan__in=plans, verdict__in=Approval.AGREEING)
    agreements = by(words.order_by("recorded_at", "pk"), "delivery_plan_id")
    return [
        ToDecidePart(
            f"Delivery plan {plan.year} of {plan.body.name}", DELIVERY_PLAN, plan.body.code, plan.body.short_name
        )
        for plan in plans
        if delivering.state_then(plan, asked, delivering.agreed_on(plan, asked, agreements[plan.pk]))
        == DeliveryPlan.State.SUBMITTED
    ]


def _proposed(asked: Asked, targets: Mapping[int, Mapping[Year, Target]]) -> list[ToDecidePart]:
    """A line for each year, in the plan's order of the indicators."""
    years: dict[Year, list[str]] = {}
    for indicator, name in asked.names.items():
        for year, target in targets.get(indicator, {}).items():
            if target.is_proposed and year >= asked.quarter.year:
                years.setdefault(year, []).append(name)
    return [_targets(year, names) for year, names in sorted(years.items())]


def _targets(year: Year, names: list[str]) -> ToDecidePart:
    more = len(names) - MOST_NAMED
    whose = f"{', '.join(names[:MOST_NAMED])} and {more} more" if more > 0 else listed(names)
    what = f"Target proposed for {year}" if len(names) == 1 else f"{len(names)} targets proposed for {year}"
    return ToDecidePart(f"{what}: {whose}", TARGETS, names[0] if len(names) == 1 else "", TEAM)
