"""The feed of published figures: every indicator and quarter as it was last published, for programs that read it page by page.

It is made of the issues that stand at a moment, by the clock: nothing of an edition is in it before its publication, and what was
withdrawn, or replaced by a reissue that is out, no longer is. What the issues say never changes, so what was read of them is kept
in this process until other issues stand.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

from lib.release import fingerprint
from lib.sheets import csv_of
from reporting import imprint as imprints
from reporting import snapshots
from reporting.companions import data, figures, identity
from reporting.imprint import Imprint
from reporting.models import Pack
from reporting.register import addresses

MOST, USUAL = 1000, 500  # rows on a page


@dataclass(frozen=True)
class Issue:
    """One issue whose figures are in the feed. `url` is its page in the register."""

    pk: int
    snapshot_sha256: str
    published_at: dt.datetime
    url: str


@dataclass(frozen=True)
class Standing:
    """The issues that stand at a moment, first published first, and since when just these do (None: none was ever published)."""

    issues: tuple[Issue, ...]
    since: dt.datetime | None

    @property
    def version(self) -> str:
        """Changes with what the feed holds, and with the code that words it."""
        told = repr([(one.pk, one.snapshot_sha256, one.published_at, one.url) for one in self.issues])
        return hashlib.sha256(f"{fingerprint()} {told}".encode()).hexdigest()


NEEDED = (
    "quarter", "kind", "issue", "standing", "snapshot_sha256", "publish_at", "withdrawn_at", "supersedes", "adds_to", "removal",
)  # fmt: skip


def standing(at: dt.datetime) -> Standing:
    """One query. An addendum goes with the issue it adds to."""
    public = list(Pack.objects.public(at).only(*NEEDED).order_by("publish_at", "pk"))
    withdrawn = {pack.pk for pack in public if pack.standing == Pack.Standing.WITHDRAWN}
    replaced = {pack.supersedes_id for pack in public}
    issues = tuple(
        Issue(pack.pk, pack.snapshot_sha256, pack.publish_at, settings.SITE_URL + addresses.address(pack))
        for pack in public
        if pack.pk not in withdrawn | replaced and not pack.removal and pack.adds_to_id not in withdrawn
    )
    moments = [moment for pack in public for moment in (pack.publish_at, pack.withdrawn_at) if moment]
    return Standing(issues, max(moments, default=None))


def rows(issues: tuple[Issue, ...]) -> tuple[dict[str, Any], ...]:
    """Every indicator and quarter once, by key and quarter: as the issue that was published last says it."""
    return _rows(issues)


@lru_cache(maxsize=2)
def _rows(issues: tuple[Issue, ...]) -> tuple[dict[str, Any], ...]:
    texts = {
        pk: (snapshot, imprint)
        for pk, snapshot, imprint in Pack.objects.filter(pk__in=[one.pk for one in issues]).values_list(
            "pk", "snapshot", "imprint"
        )
    }
    latest: dict[tuple[str, str], dict[str, Any]] = {}
    for issue in issues:
        snapshot, imprint = texts[issue.pk]
        for row in _of(issue, snapshots.from_json(snapshot), imprints.from_json(imprint)):
            latest[row["indicator"], row["quarter"]] = row
    return tuple(latest[key] for key in sorted(latest))


def _of(issue: Issue, snapshot: snapshots.Snapshot, imprint: Imprint) -> list[dict[str, Any]]:
    source = {
        "is_sample": snapshot.is_sample,
        "published_in": f"{identity.of(snapshot, imprint)}, {imprint.number}",
        "published_at": issue.published_at.isoformat(),
        "report": issue.url,
    }
    return [
        {
            "indicator": row.part.slug,
            "reference": row.part.reference or None,
            "name": row.part.name,
            "priority": row.priority.title,
            "in_set": row.is_counted,
            "measure": row.part.measure,
            "unit": row.unit,
            "polarity": row.part.polarity,
            **data.figure(row),
            **source,
        }
        for row in figures.rows(snapshot)
    ]


@dataclass(frozen=True)
class Page:
    """Rows of one page. `pages` is one at least, also where there are no rows."""

    number: int
    size: int
    count: int
    rows: tuple[dict[str, Any], ...]

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.size))


def page(issues: tuple[Issue, ...], number: int, size: int) -> Page:
    every = rows(issues)
    return Page(number, size, len(every), every[(number - 1) * size : number * size])


HEADINGS = (
    "indicator", "reference", "name", "priority", "in_set", "measure", "unit", "polarity", "quarter", "starts_on", "ends_on",
    "state", "value", "numerator", "denominator", "shown", "hidden", "is_provisional", "restated_from", "reason", "note",
    "is_sample", "published_in", "published_at", "report",
)  # fmt: skip


def csv(issues: tuple[Issue, ...]) -> bytes:
    """All rows at once: a spreadsheet asks for no second page. The columns are those of the data, in the same words."""
    return csv_of([HEADINGS, *([_cell(row[name]) for name in HEADINGS] for row in rows(issues))])


def _cell(value: object) -> object:
    return "yes" if value is True else "no" if value is False else value
