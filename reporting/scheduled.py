"""What beat starts; the times are in `cspplan/schedules.py`."""

from celery import shared_task
from django.utils import timezone

from lib import heartbeat
from reporting import digests
from reporting.actions import building, erasing, scheduling
from reporting.protecting import table


@shared_task(name="reporting.sweep_packs")
def sweep_packs() -> None:
    now = timezone.now()
    heartbeat.beat("sweep", now)  # beat has asked and a worker is there
    building.sweep_packs(at=now, by=None)


@shared_task(name="reporting.request_drafts")
def request_drafts() -> None:
    """Safe to run twice: a quarter that has had a build since its verify-by day is left alone."""
    scheduling.request_drafts(on=timezone.localdate(), by=None)


@shared_task(name="reporting.send_reminders")
def send_reminders() -> None:
    """Safe to run twice, and in two workers at once: what was reminded is not reminded again, and nobody gets two digests a day."""
    digests.send(on=timezone.localdate(), by=None)


@shared_task(name="reporting.sweep_erased_files")
def sweep_erased_files() -> None:
    """Safe to run twice: a file that is gone is left alone."""
    erasing.sweep_files(by=None)


@shared_task(name="reporting.purge")
def purge() -> None:
    """What the retention table says is over, and no other task removes. Safe to run twice."""
    table.purge(timezone.now(), only_unscheduled=True)
