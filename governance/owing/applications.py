"""What applications for money want of whom: a decision of the CSP Executive, the project that comes of what was agreed, and the conditions."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from accounts.models import User
from governance import approving, asking
from governance.models import Body, FundingApplication, Meeting, Membership, Undertaking
from lib import working_days
from lib.owed import NOBODY, Owed, stage

BEFORE = 5  # working days before the meeting, for what nobody may decide here: so that it gets onto the agenda
AFTER = 20  # working days after submission, where no meeting is known; and after the decision, until it is a project
DETAIL = "governance:funding-application-detail"


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """All that is owed on that day; with `person` only theirs. At most eight queries, however many applications there are."""
    found = [*_decisions(on), *_projects(on), *_conditions(on)]
    return sorted(one for one in found if person is None or one.person_id == person.pk)


def _decisions(on: dt.date) -> Iterable[Owed]:
    """By each member of the CSP Executive who may decide, due in its first meeting after the submission. Where none may, by NOBODY, a week before."""
    waiting = FundingApplication.objects.waiting().select_related("body", "drafted_by", "submitted_by")
    applications = list(waiting.prefetch_related("interests__user").order_by("pk"))
    if not applications:
        return
    members = approving.members(on)
    places: dict[int, list[Membership]] = defaultdict(list)
    for place in approving.sitting({one.body_id for one in applications}, on):
        places[place.body_id].append(place)
    days = _meetings(min(_submitted_on(one) for one in applications))
    for one in applications:
        ties = approving.ties_of_application(one, places[one.body_id], one.interests.all())
        due_on = _due_on(one, days)
        free = approving.free(members, ties)
        for member in free:
            yield _decision(one, member.pk, due_on, on, f"to decide on: {one.reference} {one.title}")
        if not free:
            ahead = max(working_days.add(due_on, -BEFORE), _submitted_on(one))
            yield _decision(one, NOBODY, ahead, on, f"that only a meeting can decide on: {one.reference} {one.title}")


def _decision(one: FundingApplication, who: int, due_on: dt.date, on: dt.date, what: str) -> Owed:
    return Owed(
        due_on,
        who,
        f"governance.fundingapplication:{one.pk}",
        stage(due_on, on),
        f"Application for money {what}",
        DETAIL,
        (one.pk,),
        started=f"submitted:{one.version}",
    )


def _projects(on: dt.date) -> Iterable[Owed]:
    """By NOBODY, so that the partnership team is told: what was agreed and is not a project yet."""
    agreed = FundingApplication.objects.filter(state=FundingApplication.State.AGREED, project=None)
    for one in agreed.select_related("body").order_by("pk"):
        assert one.decided_on is not None  # as the table promises
        due_on = working_days.add(one.decided_on, AFTER)
        yield Owed(
            due_on,
            NOBODY,
            f"governance.fundingapplication:{one.pk}:project",
            stage(due_on, on),
            f"Agreed money to be made a project: {one.reference} {one.title}",
            DETAIL,
            (one.pk,),
        )


def _conditions(on: dt.date) -> Iterable[Owed]:
    """Open ones of agreed applications; by NOBODY where only a post is named, or the person has left."""
    found = Undertaking.objects.open().filter(kind=Undertaking.Kind.CONDITION, approval__application__isnull=False)
    for one in found.select_related("owner", "approval__application__body"):
        application = one.approval.application
        yield Owed(
            one.due_on,
            asking.holder(one.owner),
            f"governance.undertaking:{one.pk}",
            stage(one.due_on, on),
            f"Condition on {application.reference} {application.title}: {one.text}",
            "governance:undertaking-list",
        )


def _meetings(first: dt.date) -> list[dt.date]:
    """Days of the CSP Executive's meetings from that day on."""
    found = Meeting.objects.standing().from_day(first).filter(body__kind=Body.Kind.EXECUTIVE)
    return sorted(timezone.localtime(starts_at).date() for starts_at in found.values_list("starts_at", flat=True))


def _due_on(application: FundingApplication, days: list[dt.date]) -> dt.date:
    """A meeting on the day of the submission can't have it on its agenda."""
    submitted_on = _submitted_on(application)
    return next((day for day in days if day > submitted_on), working_days.add(submitted_on, AFTER))


def _submitted_on(application: FundingApplication) -> dt.date:
    return timezone.localtime(application.submitted_at).date()
