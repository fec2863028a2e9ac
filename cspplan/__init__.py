"""Wiring only: settings, URLs, Celery, schedules, and the loader of sample data."""
