"""What a build is drawn from: the snapshot, gathered now or published from an executive one, and the imprint."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from reporting import disclosure, since, snapshots
from reporting import imprint as imprints
from reporting.assessing import gathering, reading
from reporting.disclosure import imprinted
from reporting.disclosure.edition import Edition
from reporting.imprint import AddsTo, Erratum, Imprint, SinceIssue
from reporting.models import Outline, Pack, Redaction
from reporting.snapshots.shape import SmallNumbers, Snapshot


@dataclass(frozen=True)
class Composed:
    """`published_against`: checksums of the public snapshots that a public one was checked against."""

    snapshot: Snapshot
    imprint: Imprint
    published_against: tuple[str, ...] = ()


def compose(pack: Pack) -> Composed:
    """All that the pack is drawn from, as the record stands now. Refused (ValidationError) where it can't be published safely, and where an addendum has nothing to add."""
    if pack.made_from:
        return _published(pack, pack.made_from)
    as_at = pack.as_at or timezone.now()
    if pack.kind == Pack.Kind.ASSESSMENT:
        snapshot = gathering.take(pack.plan, pack.quarter.year, as_at)
    else:
        snapshot = snapshots.take(pack.plan, pack.quarter, as_at)
    return Composed(snapshot, _told(pack, snapshot))


def _published(pack: Pack, made_from: Pack) -> Composed:
    issued = Pack.objects.issued().filter(edition=Pack.Edition.PUBLIC).order_by("issued_at", "pk")
    before = list(issued.values_list("snapshot", "snapshot_sha256"))
    redactions = list(Redaction.objects.filter(plan=pack.plan, quarter=pack.quarter))
    full, public = snapshots.from_json(made_from.snapshot), [snapshots.from_json(text) for text, _ in before]
    try:
        published = disclosure.publish(full, public, small_numbers=small_numbers(), redactions=redactions)
    except disclosure.GivesBack as error:
        raise ValidationError(str(error)) from error
    told = disclosure.publish_imprint(
        _told(pack, published), full, public, small_numbers=small_numbers(), redactions=redactions
    )
    return Composed(published, told, tuple(checksum for _, checksum in before))


def is_overtaken(pack: Pack) -> bool:
    """Whether passages that this public edition prints, or tells otherwise, were decided to be left out since its build began. Of a ready one.

    Worked out anew only where something has been decided since.
    """
    if pack.made_from is None or pack.started_at is None:
        return False
    decided = list(Redaction.objects.filter(plan=pack.plan_id, quarter=pack.quarter))
    known = [one for one in decided if one.decided_at < pack.started_at]
    latest = {(one.place, one.passage): one for one in decided}
    newer = [one for one in latest.values() if one.decided_at >= pack.started_at and one.is_left_out]
    if not newer:
        return False
    issued = Pack.objects.issued().filter(edition=Pack.Edition.PUBLIC).order_by("issued_at", "pk")
    before = [snapshots.from_json(text) for text in issued.values_list("snapshot", flat=True)]
    edition = Edition(snapshots.from_json(pack.made_from.snapshot), before, small_numbers())
    beside = imprints.from_json(pack.imprint)
    return edition.public(known) != edition.public([*known, *newer]) or (
        imprinted.public(beside, edition, known) != imprinted.public(beside, edition, [*known, *newer])
    )


def small_numbers() -> SmallNumbers:
    """How the settings say that public editions hide small numbers."""
    return SmallNumbers(settings.SMALL_NUMBERS_UNDER, settings.SMALL_NUMBERS_HIDE_ZERO, settings.SMALL_NUMBERS_ROUND_TO)


def imprint(pack: Pack) -> Imprint:
    """What is printed in it and is no figure, as it stands now."""
    outline = Outline.objects.filter(
        plan=pack.plan, quarter=pack.quarter, kind=pack.kind, edition=pack.edition
    ).first() or Outline(edition=pack.edition)
    return Imprint(
        edition=str(pack.edition),
        issue=pack.issue,
        kind=str(pack.kind),
        draft=pack.build if pack.is_draft else 0,
        sections=tuple(outline.sections),
        note=outline.note,
        note_by=outline.note_by,
        erratum=_erratum(pack),
        adds_to=_adds_to(pack),
    )


def _erratum(pack: Pack) -> Erratum | None:
    before = pack.supersedes
    if before is None or before.issued_at is None:
        return None
    return Erratum(before.issue, timezone.localdate(before.issued_at), pack.erratum)


def _adds_to(pack: Pack) -> AddsTo | None:
    to = pack.adds_to
    if to is None or to.issued_at is None or to.as_at is None:
        return None
    return AddsTo(to.issue, timezone.localdate(to.issued_at), to.as_at)


# ---------------------------------------------------------------- compared with what was issued


def _told(pack: Pack, snapshot: Snapshot) -> Imprint:
    """The imprint, with what differs from what was issued before."""
    told = imprint(pack)
    if pack.kind == Pack.Kind.ASSESSMENT:
        told = replace(told, assessed=reading.read(pack, snapshot))
    if told.adds_to and pack.adds_to:
        came = since.came(snapshots.from_json(pack.adds_to.snapshot), snapshot)
        if not came:
            raise nothing_to_add(pack.adds_to)
        return replace(told, adds_to=replace(told.adds_to, came=came))
    before = issued_before(pack)
    if before is None or (pack.kind == Pack.Kind.ASSESSMENT and before.quarter != pack.quarter):
        return told  # an assessment is about what changed since the year before: nothing else is said of it
    lines = since.since(snapshots.from_json(before.snapshot), snapshot)
    return replace(told, since_issue=SinceIssue(_name(before, pack), lines))


def nothing_to_add(to: Pack) -> ValidationError:
    return ValidationError(
        f"Nothing has come since issue {to.issue}: no figure was verified or restated after it, so there is nothing to add."
    )


def refuse_nothing_to_add(to: Pack) -> None:
    """Before an addendum is asked for: a build that can only fail would stand there as failed."""
    try:
        before = snapshots.from_json(to.snapshot)
    except snapshots.Unreadable:
        return  # which the build tells
    if not since.came(before, snapshots.take(to.plan, to.quarter, timezone.now())):
        raise nothing_to_add(to)


def issued_before(pack: Pack) -> Pack | None:
    """The newest pack of the same plan, kind and edition that was issued: of this quarter, or else of an earlier one."""
    every = Pack.objects.issued().filter(plan=pack.plan, kind=pack.kind, edition=pack.edition)
    every = every.filter(quarter__lte=pack.quarter).exclude(pk=pack.pk)
    return every.order_by("-quarter", "-issue").first()


def _name(before: Pack, pack: Pack) -> str:
    """ "issue 1", or "issue 1 of the pack for 2017-18 Q3"."""
    if before.quarter == pack.quarter:
        return before.number
    return f"{before.number} of the {before.title[:1].lower()}{before.title[1:]}"
