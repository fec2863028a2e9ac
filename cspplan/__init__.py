"""Wiring only: settings, URLs, Celery, schedules, and the loader of sample data. Nobody imports this package."""

from cspplan.celery import app as celery_app

__all__ = ["celery_app"]
