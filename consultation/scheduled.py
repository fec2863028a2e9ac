"""What beat starts; the times are in `cspplan/schedules.py`."""

from celery import shared_task
from django.utils import timezone

from consultation.actions import purging, running

SECONDS = 200  # of one run: a job may take 300, and what is left goes on with the next


@shared_task(name="consultation.forget_addresses")
def forget_addresses() -> None:
    purging.forget_addresses(at=timezone.now(), by=None)


@shared_task(name="consultation.purge_responses")
def purge_responses() -> None:
    """Safe to run twice, and in two workers at once: each chunk is held while it goes."""
    purging.purge_due(on=timezone.localdate(), at=timezone.now(), seconds=SECONDS)


@shared_task(name="consultation.close_those_over")
def close_those_over() -> None:
    """Safe to run late or twice: nobody can answer after midnight, whether it has run or not."""
    running.close_those_over(at=timezone.now(), on=timezone.localdate(), by=None)
