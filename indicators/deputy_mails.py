"""The mails to whoever stands in for somebody who is away."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts import absences, outbox
from accounts.models import Absence, Mail
from indicators import placing
from indicators.models import Lead
from indicators.opening import nearest_set
from lib.quarters import Year


@outbox.stage("deputy", "Mail about standing in")
def deputy(mail: Mail) -> outbox.Letter | None:
    """For whom, how long, and for what. Nothing when it was taken back or is over."""
    absence = Absence.objects.select_related("person", "deputy", "set_by").get(pk=mail.cycle)
    today = timezone.localdate()
    if absence.withdrawn_at or absence.ends_on < today or absence.deputy != mail.to:
        return None
    leads = Lead.objects.not_over(absence.starts_on).filter(user=absence.person, starts_on__lte=absence.ends_on)
    year = nearest_set(Year.of(absence.starts_on))
    places = placing.in_year(year) if year else placing.latest()
    context = {
        "absence": absence,
        "when": absences.period(absence.starts_on, absence.ends_on),
        "leads": [
            f"{places.label(lead.indicator)}: {lead.get_duty_display().lower()}"
            for lead in leads.select_related("indicator").order_by("indicator__name", "duty")
        ],
        "link": settings.SITE_URL + reverse("indicators:return-list"),
    }
    return outbox.Letter(f"You stand in for {absence.person.name}", "emails/deputy", context)


@outbox.stage("deputy_over", "Mail about standing in no longer")
def deputy_over(mail: Mail) -> outbox.Letter | None:
    absence = Absence.objects.select_related("person", "withdrawn_by").get(pk=mail.cycle)
    context = {"absence": absence, "when": absences.period(absence.starts_on, absence.ends_on)}
    return outbox.Letter(f"You no longer stand in for {absence.person.name}", "emails/deputy_over", context)
