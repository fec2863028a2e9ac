"""The mails about accounts."""

from django.conf import settings
from django.utils import timezone

from accounts import invitations, outbox
from accounts.models import Mail


@outbox.stage("invitation", "Invitation mail")
def invitation(mail: Mail) -> outbox.Letter | None:
    """The link for a first password, made now and good from now on; nothing for somebody who has a password by now."""
    if mail.to.has_usable_password():
        return None
    context = {
        "link": invitations.link(mail.to),
        "good_until": timezone.localtime(timezone.now() + invitations.GOOD_FOR).date(),
    }
    return outbox.Letter(f"Your account for the {settings.PARTNERSHIP_NAME}", "emails/invitation", context)
