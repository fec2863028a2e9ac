"""Asking for a pack, and finding again the packs that no worker builds. A worker's own writes are in `packs`."""

import datetime as dt
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from lib import jobs
from lib.quarters import Quarter
from priorities.models import Plan
from reporting import tasks, terms
from reporting.models import Pack

GAVE_UP = (
    "It was started {attempts} times and each time the computer building it stopped. Nothing was stored. "
    "Tell whoever looks after this service before you build it again."
)


class AlreadyThere(ValidationError):
    """A pack that is asked for is being built, or has been built since the page was opened. `pack` is that one."""

    def __init__(self, message: str, pack: Pack) -> None:
        super().__init__(message)
        self.pack = pack


@transaction.atomic
def request_pack(
    plan: Plan,
    quarter: Quarter,
    *,
    edition: str = Pack.Edition.EXECUTIVE,
    issue: int | None = None,
    as_at: dt.datetime | None = None,
    queue: bool = True,
    by: User | None,
) -> Pack:
    """Ask for the next issue of a quarter's pack; a worker builds it.

    `issue` is the number the page offered: when it has been used since, that pack is named instead (AlreadyThere), so that a form sent
    twice builds once. A failed issue is tried again under its number. Refused (AlreadyThere) while one of the same quarter and edition is being built.
    `queue=False`: the caller builds it in place.
    """
    if not terms.covers(plan, quarter):
        raise ValidationError(terms.refusal(quarter))
    packs = Pack.objects.filter(plan=plan, quarter=quarter, edition=edition)
    latest = packs.order_by("-issue").first()
    _refuse_twice(latest, issue)
    now = timezone.now()
    asked: dict[str, Any] = {
        "job_state": Pack.JobState.REQUESTED,
        "requested_by": by,
        "requested_at": now,
        "queued_at": now,
        "as_at": as_at,
        "attempts": 0,
        "failure": "",
        "stage": 0,
        "stage_log": [],
        "started_at": None,
        "ended_at": None,
    }
    if latest and latest.is_failed:
        if not Pack.objects.filter(pk=latest.pk, job_state=Pack.JobState.FAILED).update(**asked):
            raise AlreadyThere("Somebody else has just started it again.", latest)
        pack = Pack.objects.get(pk=latest.pk)
    else:
        pack = _next_issue(plan, quarter, edition, asked)
    audit.record("pack_requested", pack, by=by)
    if queue:
        transaction.on_commit(partial(tasks.build_pack.delay, pack.pk))
    return pack


def _refuse_twice(latest: Pack | None, issue: int | None) -> None:
    if latest is None:
        return
    if not latest.is_finished:
        raise AlreadyThere(f"{latest} is being built already. This is how far it is.", latest)
    if issue is not None and latest.issue >= issue and latest.is_ready:
        raise AlreadyThere(
            f"{latest} has been built since you opened the page. Build again if you need a newer one.", latest
        )


def _next_issue(plan: Plan, quarter: Quarter, edition: str, asked: dict[str, Any]) -> Pack:
    packs = Pack.objects.filter(plan=plan, quarter=quarter, edition=edition)
    highest = packs.aggregate(highest=Max("issue"))["highest"] or 0
    try:
        with transaction.atomic():
            return Pack.objects.create(plan=plan, quarter=quarter, edition=edition, issue=highest + 1, **asked)
    except IntegrityError:
        # Two people at the same moment: the other one's is on its way.
        other = packs.order_by("-issue").first()
        if other is None:
            raise
        raise AlreadyThere(f"{other} is being built already. This is how far it is.", other) from None


@transaction.atomic
def sweep_packs(*, at: dt.datetime, by: User | None) -> int:
    """Queue again the packs that nobody builds although somebody should; give up on those tried too often. How many were touched."""
    return jobs.sweep(
        Pack.objects.all(),
        at,
        queue=tasks.build_pack.delay,
        give_up=partial(_give_up, by=by),
    )


def _give_up(pk: int, attempts: int, *, by: User | None) -> None:
    """End a pack that was started `attempts` times. Started once more since, it is in a worker's hands and left there."""
    failure = GAVE_UP.format(attempts=attempts)
    ended = {"job_state": Pack.JobState.FAILED, "failure": failure, "ended_at": timezone.now()}
    abandoned = Pack.objects.unfinished().filter(pk=pk, attempts=attempts)
    if abandoned.update(**ended, lease_token="", lease_until=None):
        audit.record("pack_failed", Pack.objects.get(pk=pk), by=by, comment=failure)
