"""The mail that tells the partnership's address of a request for another format."""

from django.conf import settings
from django.utils import timezone

from accounts import outbox
from accounts.models import Mail
from lib.written import day
from reporting.actions import formats
from reporting.models import FormatRequest


@outbox.stage(formats.MAIL, "Another format asked for")
def format_requested(mail: Mail) -> outbox.Letter | None:
    """That somebody asks, and by when an answer was promised; how to reach them stands on the page alone. Nothing once it is answered."""
    asked = FormatRequest.objects.open().filter(pk=mail.thing.rpartition(":")[2]).first()
    if asked is None:
        return None
    context = {
        "asked": asked,
        "asked_on": day(timezone.localdate(asked.asked_at)),
        "link": settings.SITE_URL + asked.get_absolute_url(),
    }
    return outbox.Letter(
        f"Another format asked for, {asked.reference}: answer by {day(asked.due_on)}",
        "emails/format_requested",
        context,
    )
