"""Consultations whose results came out since the quarter before, as a snapshot holds them: only what was published, in the words of the public page."""

import datetime as dt

from django.utils import timezone

from consultation.models import Consultation
from reporting.snapshots.asked import Asked
from reporting.snapshots.shape import ConsultedPart
from reporting.told import page, reading
from reporting.told.shape import Found

MOST_SAID = 3


def read(asked: Asked, since: dt.date) -> tuple[ConsultedPart, ...]:
    """Those published, or published anew, after the day `since`; the latest first. Three queries."""
    rows = Consultation.objects.published().filter(published_at__lte=asked.as_at).order_by("-published_at", "pk")
    published = {row.slug: row for row in rows}
    parts = [_part(one, published[one.slug]) for one in reading.read_all(published.values(), as_at=asked.as_at)]
    return tuple(part for part in parts if part.published_on > since)


def _part(found: Found, row: Consultation) -> ConsultedPart:
    """Results that replace published ones came out on the day they were counted."""
    assert row.published_at is not None, "only those with it are read"
    first = timezone.localdate(row.published_at)
    return ConsultedPart(
        slug=found.slug,
        title=found.title,
        opened_on=found.opens_on,
        closed_on=found.closes_on,
        published_on=max(first, found.taken_on) if found.taken_on else first,
        responses=found.counts.responses,
        said=findings(found),
        is_sample=found.is_sample,
    )


def findings(found: Found) -> tuple[str, ...]:
    """What came first, and what was answered to the questions, as far as a sentence says it."""
    told = page.build(found)
    answers = [block.asked for section in told.sections for block in section.blocks if block.asked.says]
    return (told.headline, *(f"{one.text} {one.says}" for one in answers))[:MOST_SAID]
