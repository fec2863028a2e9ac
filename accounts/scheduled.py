"""What beat starts; the times are in `cspplan/schedules.py`."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from accounts import actions, reviewing


@shared_task(name="accounts.sweep_mails")
def sweep_mails() -> None:
    actions.sweep_mails(at=timezone.now(), by=None)


@shared_task(name="accounts.clear_sessions")
def clear_sessions() -> None:
    """Sessions are no record: nothing is audited."""
    call_command("clearsessions")


@shared_task(name="accounts.clear_unsent")
def clear_unsent() -> None:
    actions.clear_unsent(at=timezone.now(), by=None)


@shared_task(name="accounts.review_roles")
def review_roles() -> None:
    """Close the review whose last day is past, then open the quarter's, where it is time."""
    now = timezone.now()
    for review in reviewing.over(timezone.localdate(now)):
        actions.close_review(review, at=now, by=None)
    if quarter := reviewing.to_open(timezone.localdate(now)):
        actions.open_review(quarter=quarter, at=now, by=None)
