"""What was told of concerns, in a few words, for pages that name them beside actions and decisions."""

from collections.abc import Iterable, Mapping

from consultation.counts import Counts
from consultation.models import Concern, Result, Tally


def first_choices(concerns: Iterable[Concern]) -> dict[int, str]:
    """By the concern's id: "339 of 1,389 named it first", as far as that was published. Needs the consultations loaded; two queries."""
    held = {concern.pk: concern for concern in concerns}
    rows = Tally.objects.filter(concern__in=held, rank=1).values_list("concern_id", "count")
    told = {pk: _named_first(count, held[pk].consultation.stated_responses) for pk, count in rows}
    return told | _counted(held)


def _counted(held: Mapping[int, Concern]) -> dict[int, str]:
    """From the latest results of the consultations that hold responses: of those who named a concern."""
    latest: dict[int, Counts] = {}
    of = {concern.consultation_id for concern in held.values()}
    for result in Result.objects.filter(consultation__in=of).defer("counts").order_by("number"):
        latest[result.consultation_id] = Counts.from_json(result.safe)
    told: dict[int, str] = {}
    for pk, concern in held.items():
        counts = latest.get(concern.consultation_id)
        first = {one.key: one.first for one in counts.concerns} if counts else {}
        if concern.key in first:
            told[pk] = _named_first(first[concern.key], sum(first.values()))
    return told


def _named_first(count: int, of: int | None) -> str:
    return f"{count:,} of {of:,} named it first" if of else f"{count:,} named it first"
