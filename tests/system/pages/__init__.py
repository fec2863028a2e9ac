"""What the every-page test visits of governance, by subject."""

from types import ModuleType

from tests.system.pages import (
    applications,
    bodies,
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
    telling,
)
