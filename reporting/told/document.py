"""The results as a tagged PDF, in the look of the pack. The same results and the same answers to them give the same bytes.

Setting takes a second or two, and anyone may ask: what was set is kept in the cache by the checksum of its HTML, so nothing that has
changed is ever served, and nothing is set twice within a day.
"""

import datetime as dt
import hashlib
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from lib import typesetting
from lib.kept_ready import cache
from lib.typesetting import characters
from reporting.told import drawing
from reporting.told.done import Done
from reporting.told.page import Page

KEPT = 24 * 60 * 60  # seconds


def pdf(page: Page, done: Done, *, partnership: str, address: str) -> bytes:
    """`address` is where one reads how what was done stands today."""
    pages_html = html(page, done, partnership=partnership, address=address)
    key = f"told-pdf:{hashlib.sha256(pages_html.encode()).hexdigest()}"
    held: bytes | None = cache.get(key)
    if held is None:
        held = typesetting.typeset(pages_html).pdf
        cache.set(key, held, KEPT)
    return held


def html(page: Page, done: Done, *, partnership: str, address: str) -> str:
    found = page.found
    number = f", results {found.number}" if found.number > 1 else ""
    context: dict[str, Any] = {
        "page": page,
        "found": found,
        "done": done,
        "partnership": partnership,
        "address": address,
        "title": f"What you told us: {found.title}",
        "created": _created(page).isoformat(timespec="seconds"),
        "flag": "Sample figures" if found.is_sample or done.is_sample else "",
        "state": "" if found.is_published else "Preview, not published",
        "issue": f"{found.title}{number}",
        "charts": drawing.rankings_on_paper(page.ranking) if page.ranking else (),
    }
    return characters.printable(render_to_string("reporting/told/pdf.html", context))


def _created(page: Page) -> dt.datetime:
    """Midnight of the day of counting; of totals that were printed elsewhere, of the consultation's last day."""
    day = page.found.taken_on or page.found.closes_on
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min), timezone.get_default_timezone())
