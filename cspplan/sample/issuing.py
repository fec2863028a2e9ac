"""The sample's issued packs: 2017-18 Q3 as the CSP Executive had it in February 2018, and the public edition made from it.

Built like any pack, from what was known then; who asked for them, approved and issued them is set to the days on which that would have been.
"""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import AuditEvent, User
from cspplan.sample.history import LONDON
from cspplan.sample.trail import event
from lib.quarters import Quarter
from lib.written import moment
from priorities.models import Plan
from reporting.actions import (
    approving,  # noqa: F401  makes the code of its event known
    building,  # noqa: F401
    issuing,  # noqa: F401
)
from reporting.builds import packs
from reporting.models import Pack, PackApproval

QUARTER = Quarter.parse("2017-18-q3")
TEAM, CHAIR = "sam.carrick@example.org", "jo.mercer@example.org"
AS_AT = dt.datetime(2018, 2, 12, 9, tzinfo=LONDON)  # after the round closed, ten days before the meeting
# Asked for, approved, issued; and the moment from which the public edition may be read.
EXECUTIVE = tuple(dt.datetime(2018, 2, day, hour, tzinfo=LONDON) for day, hour in ((12, 9), (13, 16), (14, 10)))
PUBLIC = tuple(dt.datetime(2018, 2, day, hour, tzinfo=LONDON) for day, hour in ((26, 10), (27, 15), (28, 11)))
PUBLISHED_AT = dt.datetime(2018, 3, 5, 9, tzinfo=LONDON)


def load() -> bool:
    """Build and issue both editions, in some seconds. False where a pack of that quarter is there already: what people did is kept.

    Raises ValidationError where one can't be built.
    """
    plan = Plan.objects.order_by("starts_on").first()
    if plan is None or Pack.objects.filter(plan=plan, quarter=QUARTER).exists():
        return False
    people = {person.email: person for person in User.objects.filter(email__in=[TEAM, CHAIR], is_sample=True)}
    executive = _issued(plan, people, EXECUTIVE)
    _issued(plan, people, PUBLIC, made_from=executive)
    return True


def _issued(
    plan: Plan, people: Mapping[str, User], days: tuple[dt.datetime, ...], made_from: Pack | None = None
) -> Pack:
    asked_at, approved_at, issued_at = days
    pack = Pack.objects.create(
        plan=plan,
        quarter=QUARTER,
        edition=Pack.Edition.PUBLIC if made_from else Pack.Edition.EXECUTIVE,
        issue=1,
        requested_by=people[TEAM],
        requested_at=asked_at,
        as_at=AS_AT,
        made_from=made_from,
        job_state=Pack.JobState.REQUESTED,
    )
    packs.build(pack.pk)
    pack.refresh_from_db()
    if not pack.is_ready:
        raise ValidationError(f"The sample pack for {QUARTER} could not be built. {pack.failure}")
    with transaction.atomic():
        _approve(pack, people[CHAIR], approved_at)
        _issue(pack, people[TEAM], asked_at, issued_at)
    pack.refresh_from_db()
    return pack


def _approve(pack: Pack, chair: User, at: dt.datetime) -> None:
    approval = PackApproval.objects.create(
        pack=pack,
        pdf_sha256=pack.pdf_sha256,
        verdict=PackApproval.Verdict.APPROVED,
        given_on=at.date(),
        given_by=chair.name,
        post=chair.post,
        giver=chair,
        route=PackApproval.Route.HERE,
        recorded_by=chair,
        recorded_at=at,
    )
    changes = [
        audit.change("Approved by", None, approval.given_by),
        audit.change("PDF, SHA-256", None, pack.pdf_sha256),
    ]
    AuditEvent.objects.bulk_create([event("pack_approved", pack, chair, at, pack.version + 1, changes=changes)])


def _issue(pack: Pack, team: User, asked_at: dt.datetime, at: dt.datetime) -> None:
    publish_at = PUBLISHED_AT if pack.is_public else None
    Pack.objects.filter(pk=pack.pk).update(
        standing=Pack.Standing.ISSUED,
        version=F("version") + 2,
        requested_at=asked_at,
        queued_at=asked_at,
        started_at=asked_at,
        ended_at=asked_at + dt.timedelta(seconds=6),
        issued_at=at,
        issued_by=team,
        publish_at=publish_at,
    )
    changes = [audit.change("Published from", None, moment(publish_at))] if publish_at else []
    AuditEvent.objects.bulk_create(
        [
            event("pack_requested", pack, team, asked_at, pack.version),
            event("pack_issued", pack, team, at, pack.version + 2, changes=changes),
        ]
    )
