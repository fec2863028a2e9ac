"""What beat starts; the times are in `cspplan/schedules.py`."""

from celery import shared_task
from django.utils import timezone

from governance.actions import following


@shared_task(name="governance.follow_memberships")
def follow_memberships() -> None:
    """Safe to run twice: who holds what their places bring already is left as they are."""
    following.follow_everybody(on=timezone.localdate(), by=None)
