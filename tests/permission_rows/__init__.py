"""The rows of governance and consultations for the permission table, by subject; `test_permissions` asks them together with its own.

Each module holds `PAGES` and `POSTS` as `test_permissions` does, and `CASES`: what a URL's row needs, from the world.
"""

from types import ModuleType

from tests.permission_rows import (
    applications,
    bodies,
    consultation_asking,
    consultation_imports,
    consultation_papers,
    consultation_results,
    consultation_retention,
    consultation_running,
    consultation_totals,
    consultation_words,
    drafting,
    funding,
    lifecycle,
    meetings,
    projects,
    promises,
    risks,
    scrutiny,
    streams,
    telling,
    told,
    updates,
    year_end,
)

SUBJECTS: tuple[ModuleType, ...] = (
    bodies,
    drafting,
    updates,
    year_end,
    meetings,
    lifecycle,
    promises,
    scrutiny,
    risks,
    funding,
    streams,
    projects,
    applications,
    consultation_asking,
    consultation_running,
    consultation_papers,
    consultation_imports,
    consultation_totals,
    consultation_words,
    consultation_results,
    consultation_retention,
    telling,
    told,
)
