"""What the calendar asks for by itself: a draft of the pack once the days for verifying are over."""

import datetime as dt
import logging

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from indicators.models import Round
from reporting import terms
from reporting.actions import building
from reporting.models import Pack

log = logging.getLogger("job")

WITHIN = dt.timedelta(days=30)  # after that a draft would tell nobody anything new


@transaction.atomic
def request_drafts(*, on: dt.date, by: User | None) -> list[Pack]:
    """A draft of every quarter whose verify-by day has passed and that has had no build since. Safe to run twice, and a day late."""
    rounds = Round.objects.filter(verify_by__lt=on, verify_by__gte=on - WITHIN).order_by("quarter")
    return [pack for round_ in rounds if (pack := _draft(round_, by))]


def _draft(round_: Round, by: User | None) -> Pack | None:
    plan = terms.plan_of(round_.quarter)
    if plan is None:
        return None
    builds = Pack.objects.of(plan, round_.quarter, Pack.Kind.PACK, Pack.Edition.EXECUTIVE)
    if builds.filter(requested_at__date__gt=round_.verify_by).exists() or builds.issued().exists():
        return None
    try:
        return building.request_pack(plan, round_.quarter, is_draft=True, by=by)
    except ValidationError as refusal:  # somebody has just asked for it
        log.info("quarter=%s state=no-draft: %s", round_.quarter.slug, refusal.messages[0])
        return None
