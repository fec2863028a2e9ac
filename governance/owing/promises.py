"""What commitments want of the bodies that lead them: a status for the last quarter that has ended, where no action tells it."""

import datetime as dt

from accounts.models import User
from governance import asking, promises, reporting_dates
from governance.models import CommitmentLead, CommitmentStatus
from lib.owed import Owed, stage
from lib.quarters import Quarter
from priorities.models import Plan


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """One for each body and whoever speaks for it, on that day; with `person` only theirs. Six queries at most.

    Due with the quarter's updates. A body's support officer owes it, without one its chair; by NOBODY where neither has an account.
    """
    quarter = Quarter.of(on).previous
    bodies = _waiting(on, quarter)
    if not bodies:
        return []
    due_on = reporting_dates.for_quarter(quarter).drafted_by
    who = asking.people(bodies, on)
    found = [
        _owed(body, name, count, quarter, due_on, on, somebody)
        for body, (name, count) in bodies.items()
        for somebody in who.drafting(body)
        if person is None or somebody == person.pk
    ]
    return sorted(found)


def _owed(body: int, name: str, count: int, quarter: Quarter, due_on: dt.date, on: dt.date, somebody: int) -> Owed:
    what = "Status of one commitment" if count == 1 else f"Statuses of {count} commitments"
    return Owed(
        due_on,
        somebody,
        f"governance.commitments:{body}:{quarter.slug}",
        stage(due_on, on),
        f"{what}, {name}, {quarter}",
        "governance:commitment-status",
        (quarter,),
    )


def _waiting(on: dt.date, quarter: Quarter) -> dict[int, tuple[str, int]]:
    """By body its name and how many of its commitments of that year have no status for the quarter, are not complete, and have no action."""
    plan = Plan.objects.current(on)
    if plan is None or not plan.is_adopted:
        return {}
    ours = {"commitment__priority__plan": plan, "commitment__year": quarter.year}
    leads = list(CommitmentLead.objects.filter(**ours).select_related("body", "commitment").order_by("body", "pk"))
    if not leads:
        return {}
    served = promises.served([lead.commitment for lead in leads])
    said: dict[int, list[CommitmentStatus]] = {}
    for status in CommitmentStatus.objects.filter(**ours, quarter__lte=quarter).order_by("quarter", "given_at", "pk"):
        said.setdefault(status.commitment_id, []).append(status)
    found: dict[int, tuple[str, int]] = {}
    for lead in leads:
        if lead.commitment_id in served or promises.counting(said.get(lead.commitment_id, []), quarter):
            continue
        found[lead.body_id] = (lead.body.short_name, found.get(lead.body_id, ("", 0))[1] + 1)
    return found
