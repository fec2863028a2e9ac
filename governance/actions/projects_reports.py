"""The days on which a funder wants to hear of a project: entered, sent, no longer wanted."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance.models import FunderReport, Project
from lib.editing import Stale, write
from lib.quarters import Quarter
from lib.written import day_year

THIS = "This report"
LONGEST = 300

audit.kinds(
    {
        "funder_report_added": "Report to the funder asked for",
        "funder_report_sent": "Report sent to the funder",
        "funder_report_dropped": "Report to the funder no longer wanted",
    }
)


@transaction.atomic
def add(project: Project, *, due_on: dt.date, until_quarter: Quarter, by: User) -> FunderReport:
    """A day on which the funder wants a report, and the last quarter that it covers. One that was dropped is wanted again."""
    Project.objects.select_for_update().get(pk=project.pk)
    held = FunderReport.objects.filter(project=project, due_on=due_on).first()
    errors = {}
    if held and not held.dropped_because:
        errors["due_on"] = f"A report is due on {day_year(due_on)} already"
    if until_quarter.start > due_on:
        errors["until_quarter"] = f"{until_quarter} begins after the report is due. Choose a quarter before that"
    if project.starts_on and until_quarter.end < project.starts_on:
        errors["until_quarter"] = f"{until_quarter} is before the project’s first day, {day_year(project.starts_on)}"
    if errors:
        raise ValidationError(errors)
    if held:
        write(held, version=held.version, what=THIS, dropped_because="", until_quarter=until_quarter)
    report = held or FunderReport.objects.create(project=project, due_on=due_on, until_quarter=until_quarter)
    changes = [audit.change("Due", None, day_year(due_on)), audit.change("Covers up to", None, until_quarter)]
    audit.record("funder_report_added", report, by=by, changes=changes)
    return report


@transaction.atomic
def mark_sent(report: FunderReport, *, sent_on: dt.date, note: str, version: int, by: User) -> FunderReport:
    """It went to the funder on that day."""
    _refuse(report, version)
    errors, said = {}, " ".join(note.split())
    if sent_on > timezone.localdate():
        errors["sent_on"] = "The day it was sent can’t be in the future"
    elif report.project.starts_on and sent_on < report.project.starts_on:
        first = day_year(report.project.starts_on)
        errors["sent_on"] = f"The day it was sent can’t be before the project’s first day, {first}"
    if len(said) > LONGEST:
        errors["note"] = f"The note must be {LONGEST} characters or fewer"
    if errors:
        raise ValidationError(errors)
    write(report, version=version, what=THIS, sent_on=sent_on, sent_by=by, sent_note=said)
    changes = [audit.change("Sent on", None, day_year(sent_on))]
    audit.record("funder_report_sent", report, by=by, changes=changes, comment=said)
    return report


@transaction.atomic
def drop(report: FunderReport, *, because: str, version: int, by: User) -> FunderReport:
    """The funder wants it no more."""
    _refuse(report, version)
    reason = " ".join(because.split())
    if not reason:
        raise ValidationError({"because": "Say why it is no longer wanted"})
    if len(reason) > LONGEST:
        raise ValidationError({"because": f"The reason must be {LONGEST} characters or fewer"})
    write(report, version=version, what=THIS, dropped_because=reason)
    audit.record("funder_report_dropped", report, by=by, comment=reason)
    return report


def _refuse(report: FunderReport, version: int) -> None:
    report.refresh_from_db()
    if report.version != version:
        raise Stale(THIS)
    if report.sent_on:
        raise ValidationError(f"It was sent on {day_year(report.sent_on)} already.")
    if report.dropped_because:
        raise ValidationError(f"It is no longer wanted: {report.dropped_because}")
