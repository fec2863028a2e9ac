"""The mail to whoever has been handed an indicator."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from accounts.models import AuditEvent, Mail
from indicators import placing
from indicators.models import Lead
from indicators.opening import nearest_set
from lib import written
from lib.quarters import Year


@outbox.stage("handed_over", "Mail about an indicator handed over")
def handed_over(mail: Mail) -> outbox.Letter | None:
    """What they lead by it, as things are now. Nothing once none of it is theirs any more.

    The cycle names the first and the last of the events of one handing over, which were written together.
    """
    first, last = mail.cycle.split("-")
    events = AuditEvent.objects.filter(kind="lead_handed_over", pk__gte=first, pk__lte=last).order_by("pk")
    by = events[0].actor_label
    subjects = [event.subject_id for event in events if event.actor_label == by]
    today = timezone.localdate()
    leads = Lead.objects.not_over(today).filter(user=mail.to, indicator__in=subjects).select_related("indicator")
    if not leads:
        return None
    year = nearest_set(Year.of(today))
    places = placing.in_year(year) if year else placing.latest()
    context = {
        "by": by,
        "leads": [
            f"{places.label(lead.indicator)}: {lead.get_duty_display().lower()}"
            + (f", from {written.day_year(lead.starts_on)}" if lead.starts_on > today else "")
            for lead in leads.order_by("indicator__name", "duty")
        ],
        "link": settings.SITE_URL + reverse("indicators:return-list"),
    }
    return outbox.Letter("You lead what was handed over to you", "emails/handed_over", context)
