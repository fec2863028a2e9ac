"""What the actions queue."""

from celery import shared_task

from indicators import mails


@shared_task(acks_late=True, autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def tell_sent_back(send_back_id: int) -> None:
    """Mail the leads that a figure came back. Runs once per person, however often it is started."""
    mails.sent_back(send_back_id)
