"""What beat starts; the times are in `cspplan/schedules.py`."""

from celery import shared_task
from django.utils import timezone

from indicators import actions


@shared_task(name="indicators.sweep_uploads")
def sweep_uploads() -> None:
    actions.sweep_uploads(at=timezone.now(), by=None)


@shared_task(name="indicators.forget_files")
def forget_files() -> None:
    actions.forget_files(at=timezone.now(), by=None)
