"""Series of one-time codes for paper forms."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from consultation import codes
from consultation.models import Code, Consultation

LONGEST_LABEL = 80
MAY_MAKE = (Consultation.State.DRAFT, Consultation.State.OPEN)

audit.kinds({"codes_made": "Codes made"})


@transaction.atomic
def make(consultation: Consultation, *, series: str, count: int, by: User) -> list[Code]:
    """A series of codes under a name of its own, for as many forms. Two people at once wait for each other, so that no name is given twice."""
    held = Consultation.objects.select_for_update().get(pk=consultation.pk)
    series, errors = series.strip(), {}
    if held.state not in MAY_MAKE or not held.holds_responses:
        raise ValidationError(
            "Codes are for forms that people can still send. Nobody can answer this consultation any more."
        )
    if not 1 <= count <= codes.MOST:
        errors["count"] = f"Make between 1 and {codes.MOST:,} codes at once."
    known = Code.objects.filter(consultation=held)
    if not series:
        errors["series"] = "Say what the codes are for: “Letters to Weavers ward”."
    elif len(series) > LONGEST_LABEL:
        errors["series"] = f"What they are for must be said in {LONGEST_LABEL} characters or fewer."
    elif known.filter(series__iexact=series).exists():
        errors["series"] = (
            f"There are codes for “{series}” already. Give these another name: “{series[:70]}, second lot”."
        )
    if errors:
        raise ValidationError(errors)
    taken = set(known.values_list("value", flat=True))
    made_at = timezone.now()
    made = Code.objects.bulk_create(
        [
            Code(consultation=held, value=value, series=series, made_by=by, made_at=made_at)
            for value in codes.make(count, taken=taken)
        ],
        batch_size=500,
    )
    audit.record("codes_made", held, by=by, changes=[audit.change(series, None, f"{count:,}")])
    return made
