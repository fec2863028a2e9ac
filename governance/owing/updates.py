"""What a quarter's updates want of whom: drafts of the body's support officers, or else of its chair, and then the chair's agreement."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import User
from governance import asking, reporting_dates
from governance.asking import People
from governance.models import Action, DateMove, DeliveryPlan, Update
from governance.reporting_dates import ReportingDates
from lib import working_days
from lib.owed import Owed, stage
from lib.quarters import Quarter

DRAFT, AGREE = "governance:delivery-plan-updates", "governance:delivery-plan-agree-updates"
DECIDED_AFTER = 10  # working days between asking for a date and the answer, where the quarter gives no later day


@dataclass
class _Count:
    """Of one plan and quarter."""

    missing: int = 0
    sent_back: list[int] = field(default_factory=list)  # ids of updates
    waiting: int = 0
    dates: int = 0
    asked_on: dt.date | None = None  # the first date that waits


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """One entry for each person, plan and quarter that has ended, most urgent first; by NOBODY where the body has nobody to do it. With
    `person` only theirs. Six queries, however many plans there are; two for a person who owes none of it."""
    running = DeliveryPlan.objects.running().select_related("body").order_by("pk")
    plans = {plan.pk: plan for plan in running if _ended(plan, on) or plan.year.start <= on}
    people = asking.people({plan.body_id for plan in plans.values()}, on)
    if person is not None:
        plans = {pk: plan for pk, plan in plans.items() if people.asks(person.pk, plan.body_id)}
        if not plans:
            return []
    counts = _counts(plans, on)
    dates = reporting_dates.for_quarters({quarter for _, quarter in counts})
    found = [
        entry
        for (pk, quarter), count in counts.items()
        for entry in _entries(plans[pk], quarter, count, dates[quarter], people, on)
    ]
    return sorted(entry for entry in found if person is None or entry.person_id == person.pk)


def _ended(plan: DeliveryPlan, on: dt.date) -> list[Quarter]:
    """The quarters of its year that are over and were not before the plan was agreed: nothing is asked of one that still runs."""
    agreed = plan.agreed_on or plan.year.start
    return [quarter for quarter in plan.year.quarters if agreed <= quarter.end < on]


def _counts(plans: Mapping[int, DeliveryPlan], on: dt.date) -> dict[tuple[int, Quarter], _Count]:
    """What each plan and quarter still wants. An update that was never written is not asked for once that of a later quarter is agreed."""
    told: dict[int, dict[Quarter, Update]] = defaultdict(dict)
    for update in Update.objects.filter(action__delivery_plan__in=plans).only(
        "action", "quarter", "agreed_at", "sent_back_because"
    ):
        told[update.action_id][update.quarter] = update
    moves = {
        move.action_id: move
        for move in DateMove.objects.waiting().filter(action__delivery_plan__in=plans).order_by("pk")
    }
    found: dict[tuple[int, Quarter], _Count] = defaultdict(_Count)
    for action in Action.objects.open().filter(delivery_plan__in=plans):
        plan = plans[action.delivery_plan_id]
        ended, said = _ended(plan, on), told[action.pk]
        for quarter in ended:
            if action.starts_on <= quarter.end:
                _count(found[plan.pk, quarter], said, quarter)
        if move := moves.get(action.pk):
            count = found[plan.pk, ended[-1] if ended else plan.year.quarters[0]]
            count.dates += 1
            asked = timezone.localtime(move.proposed_at).date()
            count.asked_on = min(asked, count.asked_on or asked)
    return found


def _count(count: _Count, said: Mapping[Quarter, Update], quarter: Quarter) -> None:
    update = said.get(quarter)
    if update is None:
        count.missing += not any(later > quarter and told.is_agreed for later, told in said.items())
    elif update.sent_back_because:
        count.missing += 1
        count.sent_back.append(update.pk)
    elif not update.is_agreed:
        count.waiting += 1


def _entries(
    plan: DeliveryPlan, quarter: Quarter, count: _Count, dates: ReportingDates, people: People, on: dt.date
) -> Iterable[Owed]:
    args = (plan.body.slug, plan.year, quarter)
    thing = f"governance.deliveryplan:{plan.pk}:{quarter.slug}"
    of = f"{plan.body.short_name}, {quarter}"
    if count.missing:
        some = "One update" if count.missing == 1 else f"{count.missing} updates"
        stands = "sent_back" if count.sent_back else stage(dates.drafted_by, on)
        anew = f"sent_back:{max(count.sent_back)}" if count.sent_back else ""
        for who in people.drafting(plan.body_id):
            yield Owed(dates.drafted_by, who, f"{thing}:drafts", stands, f"{some} to draft: {of}", DRAFT, args, anew)
    what = _to_agree(count)
    if what or (count.missing and on >= dates.agreed_by):
        due_on = dates.agreed_by
        if count.asked_on and not count.waiting:
            due_on = max(due_on, working_days.add(count.asked_on, DECIDED_AFTER))
        said = what or "Updates to agree, once they are drafted"
        for who in people.agreeing(plan.body_id):
            yield Owed(due_on, who, f"{thing}:agreement", stage(due_on, on), f"{said}: {of}", AGREE, args)


def _to_agree(count: _Count) -> str:
    """ "9 updates and one new date to agree"; empty when nothing waits."""
    parts = [_some(count.waiting, "update"), _some(count.dates, "new date")]
    said = " and ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]} to agree" if said else ""


def _some(number: int, what: str) -> str:
    return "" if not number else f"one {what}" if number == 1 else f"{number} {what}s"
