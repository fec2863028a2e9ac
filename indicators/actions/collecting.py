"""What has to be known to collect an indicator: when its source has the figure, and which of its revisions matter."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from indicators.actions.definitions import THIS, refuse_stale
from indicators.models import Indicator
from lib.editing import write

LONGEST_LAG = 250  # working days, about a year: a source that is later is asked once a year

audit.kinds({"collecting_changed": "How it is collected changed"})


@transaction.atomic
def set_collecting(
    indicator: Indicator, *, source_lag: int, materiality: Decimal | None, reason: str, version: int, by: User | None
) -> Indicator:
    """Say how many working days after a quarter's end its source has the figure (0: in time for every round), and from what change on
    a revision is listed in packs, in per cent of the figure (None: every one is).

    What is still out in open rounds is due by the new lag at once. Saying what is said already changes nothing and leaves no trace.
    """
    refuse_stale(indicator, version)
    errors = {}
    if not 0 <= source_lag <= LONGEST_LAG:
        errors["source_lag"] = f"The source’s delay must be between 0 and {LONGEST_LAG} working days"
    if materiality is not None and not 0 < materiality <= 100:
        errors["materiality"] = "The change must be more than 0% and at most 100%"
    changes = audit.changes(_facts(indicator.source_lag, indicator.materiality), _facts(source_lag, materiality))
    if changes and not reason.strip():
        errors["reason"] = "Say why it changes"
    if errors:
        raise ValidationError(errors)
    if not changes:
        return indicator
    write(indicator, version=version, what=THIS, source_lag=source_lag, materiality=materiality)
    audit.record("collecting_changed", indicator, by=by, changes=changes, comment=reason.strip())
    return indicator


def _facts(source_lag: int, materiality: Decimal | None) -> dict[str, object]:
    late = f"{source_lag} working day{'' if source_lag == 1 else 's'} after the quarter’s end" if source_lag else "none"
    told = "every one" if materiality is None else f"those that change a figure by {materiality.normalize():f}% or more"
    return {"Delay of its source": late, "Revisions listed in packs": told}
