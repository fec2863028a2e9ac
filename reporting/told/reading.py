"""Reads what a consultation found, and only what may be published of it: the safe counts of its latest result, or its printed totals."""

from collections.abc import Iterable

from django.utils import timezone

from consultation.counts import Counts
from consultation.models import Consultation, Quote, Result
from reporting.told import printed
from reporting.told.shape import Found, Quoted


def read(consultation: Consultation) -> Found | None:
    """None while nothing has been counted, or no days are set. The number of queries does not grow with what was found."""
    result = None
    if consultation.opens_on is None:
        return None
    if consultation.holds_responses:
        result = Result.objects.filter(consultation=consultation).order_by("-number").first()
        if result is None:
            return None
    quotes = Quote.objects.filter(consultation=consultation, passed_at__isnull=False).select_related("question")
    return _found(consultation, result, quotes)


def read_all(consultations: Iterable[Consultation]) -> list[Found]:
    """Those of which something was counted, without quotes: for lists. Printed totals cost three queries each: there are few."""
    rows = list(consultations)
    latest: dict[int, Result] = {}
    for result in Result.objects.filter(consultation__in=rows).defer("counts").order_by("number"):
        latest[result.consultation_id] = result
    return [_found(row, latest.get(row.pk), ()) for row in rows if not row.holds_responses or row.pk in latest]


def _found(consultation: Consultation, result: Result | None, quotes: Iterable[Quote]) -> Found:
    assert consultation.opens_on and consultation.closes_on, "what was counted has been open"
    return Found(
        slug=consultation.slug,
        title=consultation.title,
        purpose=consultation.purpose,
        opens_on=consultation.opens_on,
        closes_on=consultation.closes_on,
        counts=Counts.from_json(result.safe) if result else printed.read(consultation),
        threshold=consultation.threshold,
        number=result.number if result else 0,
        taken_on=timezone.localdate(result.taken_at) if result else None,
        reason=result.reason if result else "",
        source=consultation.source,
        note=consultation.note,
        is_sample=consultation.is_sample,
        is_published=consultation.is_published,
        quotes=tuple(Quoted(one.question.text, one.text) for one in quotes),
        purge_on=consultation.purge_on,
        is_purged=consultation.purged_at is not None,
    )
