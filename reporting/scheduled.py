"""What beat starts; the times are in `cspplan/schedules.py`."""

from celery import shared_task
from django.utils import timezone

from reporting import actions


@shared_task(name="reporting.sweep_packs")
def sweep_packs() -> None:
    actions.sweep_packs(at=timezone.now(), by=None)
