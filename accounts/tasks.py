"""What the actions on people queue."""

from celery import shared_task

from accounts import invitations
from accounts.models import User


@shared_task(acks_late=True, autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def send_invitation(user_id: int) -> None:
    """Mail the link for a first password. Sends nothing once the person has a password, so a second run does no harm."""
    invitations.send(User.objects.get(pk=user_id))
