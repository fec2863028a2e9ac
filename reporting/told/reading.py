"""Reads what a consultation found, and only what may be published of it: the safe counts of its latest result, or its printed totals."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils import timezone

from consultation import gathering
from consultation.counts import ConcernCount, Counts
from consultation.models import Consultation, Quote, Result, Tally
from reporting.told.shape import Found, Quoted


def read(consultation: Consultation) -> Found | None:
    """None while nothing has been counted, or no days are set. The number of queries does not grow with what was found."""
    result = gathering.latest(consultation) if consultation.holds_responses else None
    if consultation.opens_on is None or (consultation.holds_responses and result is None):
        return None
    quotes = Quote.objects.published().filter(consultation=consultation).select_related("question")
    counts = Counts.from_json(result.safe) if result else gathering.gather(consultation)
    return _found(consultation, result, counts, quotes)


def read_all(consultations: Iterable[Consultation], *, as_at: dt.datetime | None = None) -> list[Found]:
    """Those of which something was counted (by `as_at`), for lists: without quotes, and of printed totals with first choices alone. Two queries."""
    rows = list(consultations)
    latest: dict[int, Result] = {}
    results = Result.objects.filter(consultation__in=rows, **({"taken_at__lte": as_at} if as_at else {}))
    for result in results.defer("counts").order_by("number"):
        latest[result.consultation_id] = result
    printed: dict[int, list[ConcernCount]] = defaultdict(list)
    for tally in Tally.objects.filter(consultation__in=rows, rank=1).select_related("concern").order_by("order", "pk"):
        printed[tally.consultation_id].append(_printed(tally))
    return [
        _found(row, latest.get(row.pk), _counts(row, latest.get(row.pk), printed[row.pk]))
        for row in rows
        if not row.holds_responses or row.pk in latest
    ]


def _printed(tally: Tally) -> ConcernCount:
    concern = tally.concern
    if concern is None:
        return ConcernCount(f"together-{tally.pk}", tally.together, tally.count, None, None, is_group=True)
    return ConcernCount(concern.key, concern.text, tally.count, None, None, is_other=concern.is_other)


def _counts(consultation: Consultation, result: Result | None, printed: Sequence[ConcernCount]) -> Counts:
    if result:
        return Counts.from_json(result.safe)
    stated = consultation.stated_responses or sum(one.first for one in printed)
    return Counts(stated, tuple(printed), "", "", (), holds_responses=False)


def _found(consultation: Consultation, result: Result | None, counts: Counts, quotes: Iterable[Quote] = ()) -> Found:
    assert consultation.opens_on and consultation.closes_on, "what was counted has been open"
    return Found(
        slug=consultation.slug,
        title=consultation.title,
        purpose=consultation.purpose,
        opens_on=consultation.opens_on,
        closes_on=consultation.closes_on,
        counts=counts,
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
