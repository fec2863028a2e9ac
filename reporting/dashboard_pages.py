"""What the dashboard's pages read: which quarter, which others there are, and the part that everyone sees alike, kept until anything changes."""

import datetime as dt
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from redis.exceptions import RedisError

from accounts import audit
from indicators.models import Round
from lib import release
from lib.quarters import Quarter
from priorities.models import Plan
from reporting import dashboard, snapshots
from reporting.dashboard.naming import seen_from

log = logging.getLogger("dashboard")
KEPT_FOR = 24 * 3600  # seconds; the day is part of what it is kept under


@dataclass(frozen=True)
class Around:
    """The nearest quarters with a collection, and whether this one has one."""

    quarter: Quarter
    has_round: bool
    earlier: Quarter | None
    later: Quarter | None

    @property
    def earlier_words(self) -> str:
        return seen_from(self.earlier, self.quarter) if self.earlier else ""

    @property
    def later_words(self) -> str:
        return seen_from(self.later, self.quarter) if self.later else ""


def around(quarter: Quarter) -> Around:
    quarters = sorted(Round.objects.values_list("quarter", flat=True))
    return Around(
        quarter=quarter,
        has_round=quarter in quarters,
        earlier=max((one for one in quarters if one < quarter), default=None),
        later=min((one for one in quarters if one > quarter), default=None),
    )


def latest() -> Quarter | None:
    """The latest quarter with something verified, or else the latest that was opened; None while there is none."""
    rounds = Round.objects.order_by("-quarter").values_list("quarter", flat=True)
    return rounds.filter(returns__figures__verification__isnull=False).first() or rounds.first()


def body(plan: Plan, quarter: Quarter, on: dt.date) -> SafeString:
    """All of the page that is the same for everyone who may open it, as HTML; made anew when anything has been recorded since."""
    return _kept(_key(plan, quarter, on), lambda: _rendered(plan, quarter))


def _rendered(plan: Plan, quarter: Quarter) -> SafeString:
    page = dashboard.build(snapshots.take(plan, quarter))
    return render_to_string("reporting/_dashboard.html", {"page": page})


def _key(plan: Plan, quarter: Quarter, on: dt.date) -> str:
    """Whatever the page is made from: the record, the day (leads and what is late go by it), the code, the name of the partnership."""
    told = (plan.pk, quarter.slug, audit.trail_version(), on, release.fingerprint(), settings.PARTNERSHIP_NAME)
    return "dashboard-" + hashlib.sha256("\n".join(map(str, told)).encode()).hexdigest()


def _kept(key: str, make: Callable[[], SafeString]) -> SafeString:
    """From the cache, or made and put there. Without a cache the page is slower and otherwise the same."""
    try:
        if found := cache.get(key):
            return found
    except RedisError:
        log.warning("cache=away")
        return make()
    made = make()
    try:
        cache.set(key, made, KEPT_FOR)
    except RedisError:
        log.warning("cache=away")
    return made
