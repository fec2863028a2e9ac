"""The mail with the link by which a supplier confirms a figure."""

from django.utils import timezone

from accounts import outbox
from accounts.models import Mail
from indicators import confirming, placing, wording
from indicators.models import Confirmation


@outbox.stage("confirmation", "Mail asking a supplier to confirm")
def confirmation(mail: Mail) -> outbox.Letter | None:
    """Nothing once it was answered, asked anew, has expired, or the figure has moved on. What is restricted stays behind the link."""
    related = ("figure__for_return__round", "figure__for_return__indicator", "figure__recorded_by", "asked_by")
    asked = Confirmation.objects.select_related(*related).get(pk=mail.cycle)
    if confirming.state(asked, timezone.now()) != confirming.State.OPEN:
        return None
    return_ = asked.figure.for_return
    is_restricted = return_.indicator.is_restricted
    context = {
        "asked": asked,
        "label": "" if is_restricted else placing.in_year(return_.round.quarter.year).label(return_.indicator),
        "figure": "" if is_restricted else wording.value(asked.figure),
        "quarter": return_.round.quarter,
        "link": confirming.link(asked),
    }
    return outbox.Letter("Is this figure the one you gave?", "emails/confirmation", context)
