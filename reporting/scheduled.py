"""What beat starts; the times are in `cspplan/schedules.py`."""

from celery import shared_task
from django.utils import timezone

from reporting import digests
from reporting.actions import building, scheduling
from reporting.protecting import table


@shared_task(name="reporting.sweep_packs")
def sweep_packs() -> None:
    building.sweep_packs(at=timezone.now(), by=None)


@shared_task(name="reporting.request_drafts")
def request_drafts() -> None:
    """Safe to run twice: a quarter that has had a build since its verify-by day is left alone."""
    scheduling.request_drafts(on=timezone.localdate(), by=None)


@shared_task(name="reporting.send_reminders")
def send_reminders() -> None:
    """Safe to run twice, and in two workers at once: what was reminded is not reminded again, and nobody gets two digests a day."""
    digests.send(on=timezone.localdate(), by=None)


@shared_task(name="reporting.purge")
def purge() -> None:
    """What the retention table says is over, and no other task removes. Safe to run twice."""
    table.purge(timezone.now(), only_unscheduled=True)
