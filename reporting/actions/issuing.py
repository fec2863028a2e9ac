"""Issuing an approved pack under its number. What it takes the place of is superseded in the same moment."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.models import User
from lib.editing import Stale, write
from lib.written import moment
from reporting import clearing
from reporting.actions.holding import OF_PACK, hold
from reporting.clearing import publishing, telling
from reporting.models import Pack

audit.kinds({"pack_issued": "Pack issued", "pack_superseded": "Pack superseded"})


@transaction.atomic
def issue(pack: Pack, *, publish_at: dt.datetime | None = None, version: int, by: User) -> Pack:
    """Issue it, the approved bytes as they are stored. A public edition is published at `publish_at`, or at once."""
    held, now = hold(pack), timezone.now()
    if held.standing != Pack.Standing.APPROVED:
        words = str(held.get_standing_display()).lower()
        raise ValidationError(
            "Only an approved pack is issued. Ask for its approval first."
            if held.standing in (Pack.Standing.BUILT, Pack.Standing.DRAFT)
            else f"This pack is {words} already."
        )
    if held.version != version:
        raise Stale(OF_PACK)
    if publish_at is not None and publish_at < now:
        raise ValidationError({"publish_at": "This moment has passed. Choose a later one, or leave it empty for now"})
    if found := clearing.obstacles(held):
        raise ValidationError(list(found))
    if early := _too_early(held, publish_at or now):
        raise ValidationError({"publish_at": early})
    return _write(held, publish_at, now, by)


@transaction.atomic
def issue_if_free(pack: Pack, *, by: User) -> Pack:
    """Issue a pack that was to be issued as soon as it is approved; where something stands in the way it stays approved, and its page says what."""
    held, now = hold(pack), timezone.now()
    wanted = held.publish_at if held.publish_at and held.publish_at > now else None
    if held.standing == Pack.Standing.APPROVED and not clearing.obstacles(held) and not _too_early(held, wanted or now):
        return _write(held, wanted, now, by)
    return held


def _too_early(held: Pack, at: dt.datetime) -> str:
    """Nothing that is under embargo is told by what is published before it."""
    other = publishing.not_before(held)
    if other is None or other.publish_at is None or other.publish_at <= at:
        return ""
    return f"It tells of {other}, which is published on {moment(other.publish_at)}. Choose that moment or a later one"


def _write(held: Pack, publish_at: dt.datetime | None, now: dt.datetime, by: User) -> Pack:
    published = (publish_at or now) if held.is_public else None
    if held.kind != Pack.Kind.ADDENDUM:
        _supersede(held, now, by)
    write(
        held,
        version=held.version,
        what=OF_PACK,
        standing=Pack.Standing.ISSUED,
        issued_at=now,
        issued_by=by,
        publish_at=published,
    )
    lines = [audit.change("PDF, SHA-256", None, held.pdf_sha256)]
    if published:
        lines.append(audit.change("Published", None, moment(published)))
    audit.record("pack_issued", held, by=by, changes=lines)
    telling.issued(held, on=timezone.localdate(now), by=by)
    return held


def _supersede(held: Pack, now: dt.datetime, by: User) -> None:
    """What stood until now; that it is the one which this takes the place of, `clearing.obstacles` has seen to."""
    standing = Pack.objects.of(held.plan_id, held.quarter, held.kind, held.edition).standing()
    for before in standing.exclude(pk=held.pk).order_by("pk"):
        superseded = {"standing": Pack.Standing.SUPERSEDED, "superseded_at": now, "version": F("version") + 1}
        if standing.filter(pk=before.pk).update(**superseded):
            audit.record("pack_superseded", before, by=by, comment=f"{held} takes its place: {held.erratum}")
