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
from reporting.models.pack import PackQuerySet

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
    kind: str = Pack.Kind.PACK,
    edition: str = Pack.Edition.EXECUTIVE,
    is_draft: bool = False,
    after: int | None = None,
    as_at: dt.datetime | None = None,
    made_from: Pack | None = None,
    supersedes: Pack | None = None,
    erratum: str = "",
    adds_to: Pack | None = None,
    issue_when_approved: bool = False,
    publish_at: dt.datetime | None = None,
    queue: bool = True,
    by: User | None,
) -> Pack:
    """Ask for a build; a worker makes it. A draft is to be looked at; anything else may be approved and issued under its number.

    `after` is the id of the newest build that the page knew (0 for none): when there is a newer one, that is named instead
    (AlreadyThere), so that a form sent twice builds once. A failed build is tried again as it was numbered, unless that number has been
    issued since. Refused (AlreadyThere) while one of the same quarter, kind and edition is being built. A public edition is `made_from` an executive one. While an issue stands, a
    new one `supersedes` it and says what was wrong (`erratum`). `queue=False`: the caller builds it in place.
    """
    if not terms.covers(plan, quarter):
        raise ValidationError(terms.refusal(quarter))
    builds = Pack.objects.of(plan, quarter, kind, edition)
    latest = builds.order_by("-pk").first()
    _refuse_twice(latest, after)
    erratum = erratum.strip()
    _refuse_another(plan, quarter, edition, made_from, adds_to)
    _refuse_unfounded(builds, edition, is_draft, made_from, supersedes, erratum, kind, adds_to)
    asked: dict[str, Any] = {
        "standing": Pack.Standing.DRAFT if is_draft else Pack.Standing.BUILT,
        "requested_by": by,
        "as_at": as_at,
        "made_from": made_from,
        "supersedes": supersedes,
        "erratum": erratum,
        "adds_to": adds_to,
        "issue_when_approved": issue_when_approved,
        "publish_at": publish_at,
        **_from_the_start(),
    }
    if latest and latest.is_failed and not builds.issued().filter(issue__gte=latest.issue).exists():
        if not Pack.objects.filter(pk=latest.pk, job_state=Pack.JobState.FAILED).update(**asked):
            raise AlreadyThere("Somebody else has just started it again.", latest)
        pack = Pack.objects.get(pk=latest.pk)
    else:
        pack = _next_build(builds, {"plan": plan, "quarter": quarter, "kind": kind, "edition": edition} | asked)
    audit.record("pack_requested", pack, by=by)
    if queue:
        transaction.on_commit(partial(tasks.build_pack.delay, pack.pk))
    return pack


def _from_the_start() -> dict[str, Any]:
    """The fields of a job that waits, whatever it has been through before."""
    now = timezone.now()
    return {
        "job_state": Pack.JobState.REQUESTED,
        "requested_at": now,
        "queued_at": now,
        "attempts": 0,
        "failure": "",
        "stage": 0,
        "stage_log": [],
        "started_at": None,
        "ended_at": None,
    }


def _refuse_twice(latest: Pack | None, after: int | None) -> None:
    if latest is None:
        return
    if not latest.is_finished:
        raise AlreadyThere(f"{latest} is being built already. This is how far it is.", latest)
    if after is not None and latest.pk > after and latest.is_ready:
        raise AlreadyThere(
            f"{latest} has been built since you opened the page. Build again if you need a newer one.", latest
        )


def _refuse_another(plan: Plan, quarter: Quarter, edition: str, made_from: Pack | None, adds_to: Pack | None) -> None:
    """What it is made from and what it adds to are of the same quarter. A public addendum never compares with an executive issue: it would tell what that holds."""
    for one in filter(None, (made_from, adds_to)):
        if (one.plan_id, one.quarter) != (plan.pk, quarter):
            raise ValidationError(f"{one} is of another plan or quarter.")
    if adds_to and (adds_to.edition, adds_to.kind) != (edition, Pack.Kind.PACK):
        raise ValidationError("An addendum adds to an issue of the same edition.")


def _refuse_unfounded(
    builds: PackQuerySet,
    edition: str,
    is_draft: bool,
    made_from: Pack | None,
    supersedes: Pack | None,
    erratum: str,
    kind: str,
    adds_to: Pack | None,
) -> None:
    """What a build rests on must be there: a public edition on a ready executive one, a reissue on the issue that stands, an addendum on an issue."""
    if edition == Pack.Edition.PUBLIC:
        if made_from is None or not made_from.is_ready or made_from.is_public or made_from.kind != kind:
            raise ValidationError("Build the executive edition first: the public one is made from it.")
        if made_from.removal:
            raise ValidationError("Personal data is or was removed from the executive edition: build that anew first.")
        if made_from.is_draft and not is_draft:
            raise ValidationError("The executive edition is a draft, so only a draft can be made from it.")
        if made_from.standing == Pack.Standing.WITHDRAWN:
            raise ValidationError("The executive edition has been withdrawn: make the public one from another issue.")
    if kind != Pack.Kind.ADDENDUM:
        _refuse_beside_what_stands(builds, is_draft, supersedes, erratum)
    elif adds_to is None or adds_to.standing != Pack.Standing.ISSUED:
        raise ValidationError("An addendum adds to an issue that stands.")


def _refuse_beside_what_stands(builds: PackQuerySet, is_draft: bool, supersedes: Pack | None, erratum: str) -> None:
    """While an issue stands only a draft, or what takes its place and says why, is built."""
    standing = builds.standing().first()
    if standing and supersedes != standing and not is_draft:
        raise ValidationError(
            f"{standing} is issued and stands. Build a reissue that takes its place, and say what was wrong."
        )
    if supersedes is not None and (standing is None or supersedes != standing):
        raise ValidationError("That issue no longer stands, so nothing takes its place.")
    if supersedes is not None and not erratum:
        raise ValidationError({"erratum": "Say what was wrong with the issue before"})


def _next_build(builds: PackQuerySet, asked: dict[str, Any]) -> Pack:
    """The number after the highest that was issued, or the higher one that is being prepared; and the next build for it."""
    issued = builds.issued().aggregate(highest=Max("issue"))["highest"] or 0
    prepared = builds.filter(issue__gt=issued).order_by("-issue", "-build").first()
    issue = prepared.issue if prepared else issued + 1
    try:
        with transaction.atomic():
            return Pack.objects.create(issue=issue, build=prepared.build + 1 if prepared else 1, **asked)
    except IntegrityError:
        # Two people at the same moment: the other one's is on its way.
        other = builds.order_by("-pk").first()
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
