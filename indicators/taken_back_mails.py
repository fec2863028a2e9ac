"""The mail to whoever uploaded a file that somebody else took back."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from accounts import outbox
from accounts.models import Mail
from indicators import placing, wording
from indicators.models import Return, Upload

NAMED = 20  # of the figures that are owed again; the home page has all


@outbox.stage("taken_back", "Mail about an uploaded file taken back")
def taken_back(mail: Mail) -> outbox.Letter | None:
    """What is owed again by it, as things are now. Nothing to somebody who may no longer see the upload."""
    uploads = Upload.objects.visible_to(mail.to).select_related("undone_by", "feed")
    upload = uploads.filter(pk=mail.thing.partition(":")[2], undone_at__isnull=False).first()
    if upload is None:
        return None
    recorded = Return.objects.filter(figures__upload=upload).distinct()
    # What is restricted stays behind the sign-in: neither it nor words that may be about it are in the mail.
    is_restricted = recorded.filter(indicator__is_restricted=True).exists()
    named = Return.objects.visible_to(mail.to).awaited().filter(pk__in=recorded.values("pk"))
    owed = list(
        named.filter(indicator__is_restricted=False)
        .select_related("round", "indicator")
        .order_by("round__quarter", "indicator__name")
    )
    context = {
        "upload": upload,
        "file_name": "" if is_restricted else upload.file_name,
        "reason": "" if is_restricted else upload.undone_because,
        "lines": _lines(owed[:NAMED], timezone.localdate()),
        "more": len(owed[NAMED:]),
        "link": settings.SITE_URL + upload.get_absolute_url(),
    }
    return outbox.Letter("The figures you uploaded were taken back", "emails/taken_back", context)


def _lines(owed: list[Return], on: dt.date) -> list[str]:
    """ "B2 Domestic abuse reports, 2017-18 Q4. It is due on Friday 27 April 2018."."""
    places = placing.in_years(sorted({return_.round.quarter.year for return_ in owed}))
    return [
        f"{places[return_.round.quarter.year].brief(return_.indicator)}, {return_.round}. {wording.due(return_.due_on, on)}"
        for return_ in owed
    ]
