"""What beat starts; the times are in `cspplan/schedules.py`."""

from celery import shared_task
from django.utils import timezone

from accounts import actions


@shared_task(name="accounts.sweep_mails")
def sweep_mails() -> None:
    actions.sweep_mails(at=timezone.now(), by=None)
