"""Loading the sample years into an empty database, marked as sample, once."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Installation, User
from consultation import shipped as consultation_data
from cspplan.sample import asking, assessing, governing, history, people, published, trail
from governance import bodies_data, lifecycle_data
from governance.funding import shipped
from indicators import catalogue_data
from indicators.models import Placement, Round
from priorities import (
    actions,  # noqa: F401  makes the code of its event known
    plan_data,
)
from priorities.models import Amendment, Plan


@transaction.atomic
def load_plan() -> tuple[bool, int]:
    """The plan, its organisations, its catalogue, its consultation, its bodies and its money; what is there stays. Returns whether the plan is new and how many entries are."""
    plan, made = plan_data.load()
    entries = catalogue_data.load(plan) + consultation_data.load(plan) + bodies_data.load() + lifecycle_data.load(plan)
    entries += shipped.load()
    if made or entries:  # what is kept of the dashboard holds until anything is recorded
        added = audit.change("Organisations, indicators, feeds, consultations, bodies and money added", None, entries)
        audit.record("plan_loaded", plan, by=None, changes=[added])
    return made, entries


@transaction.atomic
def load_sample() -> bool:
    """Add the sample years to a database without people's own data. False when they are there already.

    Raises ValidationError in production and on a database that people have begun to use.
    """
    if settings.PRODUCTION:
        raise ValidationError("Sample years are never loaded in production.")
    if Installation.objects.filter(holds_sample=True).exists():
        return False
    _refuse_over_own_data()
    load_plan()
    plan = Plan.objects.get(slug=plan_data.read()["slug"])
    placements = {
        placement.reference: placement
        for placement in Placement.objects.filter(plan=plan).select_related("indicator").exclude(reference="")
    }
    by_email = people.load(placements)
    history.load(placements, by_email)
    governing.load(plan, by_email)
    published.load(plan, by_email)
    asking.load(plan, by_email)
    assessing.load(plan, placements)
    trail.load()
    Installation.objects.update_or_create(pk=1, defaults={"holds_sample": True, "sample_loaded_at": timezone.now()})
    return True


def _refuse_over_own_data() -> None:
    own = {
        "people": User.objects.filter(is_sample=False).count(),
        "quarters": Round.objects.count(),
        "amendments of the plan": Amendment.objects.count(),
    }
    if any(own.values()):
        found = ", ".join(f"{what}: {count}" for what, count in own.items() if count)
        raise ValidationError(
            f"This database holds people's own data ({found}), so the sample years were not loaded. "
            "Load them into an empty database: set DATABASE_URL or STATE_DIR to another place."
        )
