"""What actions queue."""

from celery import shared_task

from accounts import outbox


@shared_task(name="accounts.send_mail")
def send_mail(mail_id: int) -> None:
    """Safe to run twice: a mail that is sent, or in another worker's hands, is left alone. How it ended is on its row."""
    outbox.send(mail_id)
