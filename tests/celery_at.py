"""The job engine as it is, at another time: `celery --app=tests.celery_at worker`."""

from tests import moment

moment.travel()

from cspplan.celery import app  # noqa: E402  (what it reads of the clock on the way must be the moved one)

__all__ = ["app"]
