"""Samples stay out of production: a database that holds them stops every process that would serve it.

`stop_if_sample_in_production` is called where a process starts (web server, worker, beat); the system check says the same to
`manage.py check --database default` and to `migrate`.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from accounts.models import Installation

REFUSAL = (
    "This database holds sample people and figures, and production does not start on it. "
    "Set DATABASE_URL to a database of your own."
)


def holds_sample() -> bool:
    """Whether sample years were ever loaded here. A database without our tables yet holds none."""
    try:
        return Installation.objects.filter(holds_sample=True).exists()
    except DatabaseError:
        return False


def stop_if_sample_in_production(**kwargs: Any) -> None:
    """Raise ImproperlyConfigured in production on a database with samples. Takes and ignores a Celery signal's arguments."""
    if settings.PRODUCTION and holds_sample():
        raise ImproperlyConfigured(REFUSAL)


def check_no_sample_in_production(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """The same as a system check; it looks only when the database is among those checked."""
    if databases and "default" in databases and settings.PRODUCTION and holds_sample():
        return [checks.Critical(REFUSAL, id="cspplan.C001")]
    return []
