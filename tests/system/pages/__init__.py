"""What the every-page test visits of governance, by subject."""

from types import ModuleType

from tests.system.pages import (
    bodies,
    drafting,
    lifecycle,
    meetings,
    promises,
    risks,
    scrutiny,
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
    telling,
)
