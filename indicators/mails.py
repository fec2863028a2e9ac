"""The mails about returns."""

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from indicators import placing, wording
from indicators.models import Lead, Return, SendBack

WEEK = 7 * 24 * 3600


def sent_back(send_back_id: int) -> int:
    """Tell the data leads of today, and who supplied the figure, that it is due again. Returns how many mails went out.

    Somebody who may no longer see the return is told nothing. Somebody who sent a figure that has been sent again since is not
    troubled; a second run mails nobody twice.
    """
    back = SendBack.objects.select_related(
        "figure__for_return__round", "figure__for_return__indicator", "figure__supplied_by", "sent_by"
    ).get(pk=send_back_id)
    return_ = back.figure.for_return
    if return_.figures.in_order().last() != back.figure:
        return 0
    leads = Lead.objects.in_force(timezone.localdate()).filter(indicator=return_.indicator, duty=Lead.Duty.DATA)
    people = set(User.objects.active().filter(leads__in=leads))
    if back.figure.supplied_by:
        people.add(back.figure.supplied_by)
    people = {person for person in people if Return.objects.visible_to(person).filter(pk=return_.pk).exists()}
    places = placing.in_year(return_.round.quarter.year)
    told = 0
    for person in sorted(people - {back.sent_by}, key=lambda person: person.pk):
        context = {
            "person": person,
            "back": back,
            "return_": return_,
            "label": places.label(return_.indicator),
            # What is restricted stays behind the sign-in.
            "figure": "" if return_.indicator.is_restricted else wording.value(back.figure),
            "comment": "" if return_.indicator.is_restricted else back.comment,
            "link": settings.SITE_URL + reverse("indicators:return-edit", args=[return_.pk]),
            "partnership_name": settings.PARTNERSHIP_NAME,
            "contact_email": settings.CONTACT_EMAIL,
        }
        subject = f"Sent back: {places.brief(return_.indicator)}, {return_.round}"
        told += _send_once(
            f"return-sent-back-{back.pk}-{person.pk}", person, subject, "emails/return_sent_back", context
        )
    return told


def _send_once(key: str, person: User, subject: str, template: str, context: dict[str, object]) -> bool:
    """Send unless this mail went to this person already; a mail that fails may be tried again."""
    if not cache.add(key, "sent", WEEK):
        return False
    message = EmailMultiAlternatives(subject, render_to_string(f"{template}.txt", context), to=[person.email])
    message.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    try:
        message.send()
    except Exception:
        cache.delete(key)
        raise
    return True
