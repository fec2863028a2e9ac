"""What projects want of whom: the reports that their funders asked for."""

import datetime as dt

from accounts.models import User
from governance import asking
from governance.models import FunderReport, Project
from indicators.doing import Doer, doing
from indicators.models import Lead
from lib import working_days
from lib.owed import NOBODY, Owed, stage

BEFORE = 10  # working days in which a report is written


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """Reports that are due within ten working days: owed by whoever gives the project's spend, else by whoever drafts for its lead body, else by
    NOBODY. A closed project still owes its last ones.

    With `person` only theirs. Five queries at most.
    """
    due = FunderReport.objects.filter(
        sent_on__isnull=True, dropped_because="", due_on__lte=working_days.add(on, BEFORE)
    )
    reports = list(due.select_related("project"))
    if not reports:
        return []
    doers = doing(on)
    orphans = {
        one.project.lead_body_id for one in reports if one.project.lead_body_id and not _givers(one.project, doers)
    }
    instead = asking.people(orphans, on)
    found = [
        _owed(one, who, on)
        for one in reports
        for who in _givers(one.project, doers) or _drafting(one.project, instead)
        if person is None or who == person.pk
    ]
    return sorted(found)


def _owed(report: FunderReport, who: int, on: dt.date) -> Owed:
    project, quarter = report.project, report.until_quarter
    # What it is about may still have to begin: then there is nothing to fill in.
    to_fill_in = quarter.start <= on
    return Owed(
        report.due_on,
        who,
        f"governance.funderreport:{report.pk}",
        stage(report.due_on, on),
        f"Report to the funder of {project.name}, until {quarter}",
        "governance:project-return" if to_fill_in else "governance:project-reports",
        (project.slug, quarter) if to_fill_in else (project.slug,),
    )


def _givers(project: Project, doers: dict[tuple[int, str], list[Doer]]) -> list[int]:
    if project.spend_id is None:
        return []
    return [doer.user.pk for doer in doers.get((project.spend_id, Lead.Duty.DATA), [])]


def _drafting(project: Project, instead: asking.People) -> list[int]:
    return instead.drafting(project.lead_body_id) if project.lead_body_id else [NOBODY]
