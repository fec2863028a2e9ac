"""The plan's life: its versions and who cleared them, its adoption, its yearly reviews, and to whom it was sent.

All of it hangs below the plan, so each action holds the plan's row and raises its version: two people at once queue there.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import Organisation, User
from governance import lifecycle, ordering
from governance.models import Body, Clearance, Decision, PlanVersion, Review, Sending
from lib.editing import Stale, write
from lib.quarters import Year
from lib.written import day_year
from priorities.models import Plan

THIS = "The plan"

audit.kinds(
    {
        "plan_version_added": "Version of the plan added",
        "plan_clearance_added": "Clearance added",
        "plan_clearance_changed": "Clearance changed",
        "plan_adopted": "Plan adopted",
        "plan_reviewed": "Yearly review recorded",
        "plan_sent": "Sending recorded",
    }
)


def hold(plan: Plan) -> Plan:
    """The plan's row, held until the transaction ends, as it is now."""
    held: Plan = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    return held


def refuse_future(days: dict[str, tuple[str, dt.date | None]]) -> None:
    """Of each field the words for its day and the day; one that lies ahead is refused at its field."""
    today = timezone.localdate()
    ahead = {name: f"{words} can’t be in the future" for name, (words, day) in days.items() if day and day > today}
    if ahead:
        raise ValidationError(ahead)


@transaction.atomic
def add_version(
    plan: Plan, *, number: str, dated_on: dt.date | None, what_changed: str, note: str, by: User
) -> PlanVersion:
    """The next version of the plan's document; `dated_on` None where it isn't known."""
    held = hold(plan)
    refuse_future({"dated_on": ("The date of the version", dated_on)})
    versions = PlanVersion.objects.filter(plan=held)
    if versions.filter(number=number).exists():
        raise ValidationError({"number": f"There is a version {number} already"})
    order = (versions.aggregate(last=Max("order"))["last"] or 0) + 1
    told = {"number": number, "dated_on": dated_on, "what_changed": what_changed, "note": note}
    version = PlanVersion.objects.create(plan=held, order=order, recorded_by=by, **told)
    write(held, version=held.version, what=THIS)
    facts = [audit.change("Version", None, number), audit.change("Dated", None, day_year(dated_on))]
    audit.record("plan_version_added", held, by=by, changes=facts, comment=what_changed)
    return version


@transaction.atomic
def add_clearance(
    version: PlanVersion, *, who: str, consulted_on: dt.date | None, cleared_on: dt.date | None, note: str, by: User
) -> Clearance:
    """Who was asked about a version; the days that aren't known stay None."""
    held = hold(version.plan)
    _refuse_clearance(version, who, consulted_on, cleared_on, other_than=None)
    order = (version.clearances.aggregate(last=Max("order"))["last"] or 0) + 1
    told = {"who": who, "consulted_on": consulted_on, "cleared_on": cleared_on, "note": note}
    clearance = Clearance.objects.create(version=version, order=order, **told)
    write(held, version=held.version, what=THIS)
    changes = audit.changes({}, _clearance(version, who, consulted_on, cleared_on, note))
    audit.record("plan_clearance_added", held, by=by, changes=changes)
    return clearance


@transaction.atomic
def set_clearance(
    clearance: Clearance,
    *,
    who: str,
    consulted_on: dt.date | None,
    cleared_on: dt.date | None,
    note: str,
    version: int,
    by: User,
) -> Clearance:
    """Complete or put right a clearance. `version` is the plan's, at which it was seen."""
    held, of = hold(clearance.version.plan), clearance.version
    if held.version != version:
        raise Stale(THIS)
    _refuse_clearance(of, who, consulted_on, cleared_on, other_than=clearance)
    before = _clearance(of, clearance.who, clearance.consulted_on, clearance.cleared_on, clearance.note)
    changes = audit.changes(before, _clearance(of, who, consulted_on, cleared_on, note))
    if not changes:
        return clearance
    told = {"who": who, "consulted_on": consulted_on, "cleared_on": cleared_on, "note": note}
    for name, value in told.items():
        setattr(clearance, name, value)
    clearance.save(update_fields=list(told))
    write(held, version=version, what=THIS)
    audit.record("plan_clearance_changed", held, by=by, changes=changes)
    return clearance


def _refuse_clearance(
    version: PlanVersion,
    who: str,
    consulted_on: dt.date | None,
    cleared_on: dt.date | None,
    *,
    other_than: Clearance | None,
) -> None:
    refuse_future(
        {"consulted_on": ("The day it was sent", consulted_on), "cleared_on": ("The day it was cleared", cleared_on)}
    )
    if version.clearances.filter(who=who).exclude(pk__in=[other_than.pk] if other_than else []).exists():
        raise ValidationError({"who": f"{who} is on the list of version {version.number} already"})
    if consulted_on and cleared_on and cleared_on < consulted_on:
        raise ValidationError({"cleared_on": f"It can’t be cleared before it was sent, on {day_year(consulted_on)}"})


def _clearance(
    version: PlanVersion, who: str, consulted_on: dt.date | None, cleared_on: dt.date | None, note: str
) -> dict[str, object]:
    start = f"Version {version.number}, {who}"
    return {
        f"Version {version.number}": who,
        f"{start}: sent": day_year(consulted_on),
        f"{start}: cleared": day_year(cleared_on),
        f"{start}: note": note,
    }


@transaction.atomic
def adopt(plan: Plan, *, on: dt.date, version: int, by: User) -> Plan:
    """The plan is in force from here on and changes only by amendment. Refused while the CSP or the CSP Executive has not agreed to it by that day."""
    held = hold(plan)
    if held.adopted_on:
        raise ValidationError(f"The plan was adopted on {day_year(held.adopted_on)} already.")
    if held.version != version:
        raise Stale(THIS)
    refuse_future({"on": ("The day of adoption", on)})
    if lacking := ordering.lacking(lifecycle.steps(held), on):
        raise ValidationError({"on": " ".join(lacking)})
    write(held, version=version, what=THIS, adopted_on=on)
    audit.record("plan_adopted", held, by=by, changes=[audit.change("Adopted on", None, day_year(on))])
    plan.refresh_from_db()
    return plan


@transaction.atomic
def record_review(
    plan: Plan, *, year: Year, reviewed_on: dt.date, found: str, changes: str, decided_by: Decision | None, by: User
) -> Review:
    """What looking back on a year of the plan found, and what is to change because of it; the changes themselves are amendments of the plan."""
    held = hold(plan)
    if year not in held.years:
        raise ValidationError({"year": f"{year} is no year of this plan"})
    if Review.objects.filter(plan=held, year=year).exists():
        raise ValidationError({"year": f"{year} has been reviewed already"})
    if reviewed_on < year.start:
        raise ValidationError({"reviewed_on": f"{year} begins on {day_year(year.start)}: it can’t be reviewed before"})
    refuse_future({"reviewed_on": ("The day of the review", reviewed_on)})
    told = {"year": year, "reviewed_on": reviewed_on, "found": found, "changes": changes, "decided_by": decided_by}
    review = Review.objects.create(plan=held, recorded_by=by, **told)
    write(held, version=held.version, what=THIS)
    facts = [audit.change("Year", None, year), audit.change("To change", None, changes)]
    audit.record("plan_reviewed", held, by=by, changes=facts, comment=found)
    return review


@transaction.atomic
def log_sending(
    plan: Plan,
    *,
    what: str,
    version: PlanVersion | None,
    to_body: Body | None,
    to_organisation: Organisation | None,
    to_name: str,
    sent_on: dt.date,
    route: str,
    note: str,
    by: User,
) -> Sending:
    """A line of the log of who was sent the plan or a pack; it stays. A body or an organisation goes down under the name of that day."""
    held = hold(plan)
    refuse_future({"sent_on": ("The day it was sent", sent_on)})
    if to_organisation is not None:
        name = to_organisation.name_on(sent_on)
    else:
        name = to_body.name if to_body is not None else to_name
    log = Sending.objects.filter(plan=held, what=what, to_name=name, sent_on=sent_on, route=route)
    if log.exists():
        raise ValidationError(f"{what} to {name} on {day_year(sent_on)} is in the log already.")
    told = {"to_body": to_body, "to_organisation": to_organisation, "to_name": name}
    sending = Sending.objects.create(
        plan=held, version=version, what=what, sent_on=sent_on, route=route, note=note, recorded_by=by, **told
    )
    write(held, version=held.version, what=THIS)
    line = f"{name}, {day_year(sent_on)}, {sending.get_route_display().lower()}"
    audit.record("plan_sent", held, by=by, changes=[audit.change(what, None, line)])
    return sending
