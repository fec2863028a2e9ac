"""How the indicators are rated in the latest quarter, for pages that show a word beside a name: as the dashboard shows it."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field

from accounts import audit
from indicators.rating import WORDS
from lib.kept_ready import cache
from lib.quarters import Quarter
from lib.written import capitalised
from reporting import dashboard_pages, snapshots, terms


@dataclass(frozen=True)
class Rated:
    """A code of `indicators.rating.WORDS`, its word, and the sentence that explains it."""

    code: str
    word: str
    sentence: str

    @property
    def because(self) -> str:
        """The sentence where its word stands before it: "Sent back." of "Missing: sent back."; empty for the word alone."""
        rest = self.sentence.removeprefix(self.word).removeprefix(":").strip().removeprefix(".")
        return capitalised(rest)


@dataclass(frozen=True)
class Ratings:
    """By slug, of the monitoring set alone. `quarter` is None while there is nothing to rate. Restricted indicators are in it: who shows
    it asks `Indicator.objects.visible_to`."""

    quarter: Quarter | None = None
    by_slug: dict[str, Rated] = field(default_factory=dict)
    as_at: dt.datetime | None = None  # when it was put together

    def of(self, slug: str) -> Rated | None:
        return self.by_slug.get(slug)


def latest(on: dt.date) -> Ratings:
    """Those of the dashboard's quarter, kept until anything is recorded."""
    quarter = dashboard_pages.latest()
    if quarter is None:
        return Ratings()
    key = _key(quarter, on)
    if found := cache.get(key):
        return found
    made = _make(quarter)
    newest = audit.newest_at()
    if (
        made.as_at and newest and newest > made.as_at
    ):  # another machine's clock runs ahead: what it has just recorded is not in it
        return made
    cache.set(key, made, dashboard_pages.KEPT_FOR)
    return made


def _make(quarter: Quarter) -> Ratings:
    plan = terms.plan_of(quarter)
    if plan is None:
        return Ratings()
    snapshot = snapshots.take(plan, quarter)
    verdicts = ((part.slug, part.verdict) for part in snapshot.indicators)
    by_slug = {slug: Rated(one.code, WORDS[one.code], one.sentence) for slug, one in verdicts}
    return Ratings(quarter, by_slug, snapshot.as_at)


def _key(quarter: Quarter, on: dt.date) -> str:
    told = (quarter.slug, audit.trail_version(), on, dashboard_pages.RELEASE)
    return "ratings-" + hashlib.sha256("\n".join(map(str, told)).encode()).hexdigest()
