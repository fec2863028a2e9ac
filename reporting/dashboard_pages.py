"""What the dashboard's pages read: which quarter, which others there are, and what everyone sees alike, kept until anything is recorded."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts import audit
from indicators.models import Round
from lib import release
from lib.kept_ready import cache
from lib.known_on import KnownOnForm
from lib.quarters import Quarter
from lib.written import day_year
from priorities.models import Plan
from reporting import dashboard, snapshots, terms
from reporting.dashboard.naming import seen_from
from reporting.models import Pack

RELEASE = release.fingerprint()  # of the code that runs, whatever becomes of its files
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


@dataclass(frozen=True)
class Kept:
    """All of the page that is the same for everyone who may open it, as HTML, and whether any of it is sample."""

    html: SafeString
    is_sample: bool
    as_at: dt.datetime


def content(quarter: Quarter, on: dt.date) -> Kept | None:
    """What the page of this quarter shows, made anew when anything has been recorded since; None for a quarter that no plan has."""
    key = _key(quarter, on)
    if found := cache.get(key):
        return found
    made = make(quarter)
    if made and _is_behind(made):
        return made
    cache.set(key, made, KEPT_FOR)
    return made


def _is_behind(made: Kept) -> bool:
    """Whether another machine's clock runs ahead: what it has just recorded is later than our now, and so not yet in the page."""
    newest = audit.newest_at()
    return newest is not None and newest > made.as_at


def make(quarter: Quarter, known: KnownOnForm | None = None) -> Kept | None:
    """The same, whatever is kept; as it was known on a day, where one is asked for, which is never kept."""
    plan = terms.plan_of(quarter)
    if plan is None:
        return None
    moment, query = (known.moment, known.query) if known else (None, "")
    page = dashboard.build(snapshots.take(plan, quarter, moment))
    pack = None if moment else _ready_pack(plan, quarter)
    shown = {"page": page, "quarter": quarter, "around": around(quarter), "pack": pack, "query": query}
    html = render_to_string("reporting/_dashboard.html", shown)
    return Kept(html, page.snapshot.is_sample, page.snapshot.as_at)


def not_open_by(quarter: Quarter, day: dt.date) -> str:
    """That the quarter had not been asked for by that day; empty when it had, or never was."""
    opens_on = Round.objects.filter(quarter=quarter).values_list("opens_on", flat=True).first()
    if opens_on is None or opens_on <= day:
        return ""
    return f"{quarter} was not asked for until {day_year(opens_on)}."


def _ready_pack(plan: Plan, quarter: Quarter) -> Pack | None:
    """The newest pack that is ready: whoever sees the dashboard sees it, and the page that hands it out asks again."""
    ready = Pack.objects.of(plan, quarter, Pack.Kind.PACK, Pack.Edition.EXECUTIVE).ready()
    ready = ready.exclude(standing=Pack.Standing.DRAFT)
    return ready.without_texts().order_by("pk").last()


def _key(quarter: Quarter, on: dt.date) -> str:
    """Whatever the page is made from: the record, the day (leads and what is late go by it), the code, the name of the partnership."""
    told = (quarter.slug, audit.trail_version(), on, RELEASE, settings.PARTNERSHIP_NAME)
    return "dashboard-" + hashlib.sha256("\n".join(map(str, told)).encode()).hexdigest()
