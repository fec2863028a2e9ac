"""What was told of concerns, in a few words, for pages that name them beside actions and decisions."""

from collections.abc import Iterable

from consultation.models import Concern, Tally


def first_choices(concerns: Iterable[Concern]) -> dict[int, str]:
    """By the concern's id: "339 of 1,389 named it first", as far as that was published. Needs the consultations loaded; one query."""
    held = {concern.pk: concern for concern in concerns}
    rows = Tally.objects.filter(concern__in=held, rank=1).values_list("concern_id", "count")
    return {pk: _named_first(count, held[pk].consultation.stated_responses) for pk, count in rows}


def _named_first(count: int, of: int | None) -> str:
    return f"{count:,} of {of:,} named it first" if of else f"{count:,} named it first"
