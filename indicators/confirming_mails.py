"""The mail with the link by which a supplier confirms a figure, and those that tell others of it."""

from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts import outbox
from accounts.models import Mail
from indicators import confirming, eyes, placing, wording
from indicators.models import Confirmation


@outbox.stage("confirmation", "Mail asking a supplier to confirm")
def confirmation(mail: Mail) -> outbox.Letter | None:
    """Nothing once it was answered, asked anew, has expired, or the figure has moved on. What is restricted stays behind the link."""
    asked = _asked(mail)
    if confirming.state(asked, timezone.now()) != confirming.State.OPEN:
        return None
    context = {**_context(asked), "link": confirming.link(asked)}
    return outbox.Letter("Is this figure the one you gave?", "emails/confirmation", context)


@outbox.stage("confirmation_asked", "Mail that a supplier was asked to confirm")
def confirmation_asked(mail: Mail) -> outbox.Letter | None:
    """Who was asked, at which address, and by whom; also once they have answered. Nothing when another figure or link counts meanwhile."""
    asked = _asked(mail)
    gone = (confirming.State.NEWER_LINK, confirming.State.NEWER_FIGURE, confirming.State.TAKEN_BACK)
    if confirming.state(asked, timezone.now()) in gone:
        return None
    if mail.to not in confirming.told_of_asking(asked, timezone.localdate()):
        return None
    return outbox.Letter("Somebody was asked to confirm a figure", "emails/confirmation_asked", _context(asked))


@outbox.stage("figure_confirmed", "Mail that a supplier has confirmed")
def figure_confirmed(mail: Mail) -> outbox.Letter | None:
    """To whoever asked. Nothing once the figure has moved on, as when somebody has verified it."""
    return _answer(mail, "Confirmed", "emails/figure_confirmed")


@outbox.stage("figure_disputed", "Mail that a supplier says a figure is not theirs")
def figure_disputed(mail: Mail) -> outbox.Letter | None:
    """To whoever keyed it and the partnership team. Nothing once it was keyed again or sent back."""
    return _answer(mail, "Not what was given", "emails/figure_disputed")


def _answer(mail: Mail, what: str, template: str) -> outbox.Letter | None:
    asked, on = _asked(mail), timezone.localdate()
    figure = asked.figure
    if not confirming.waits(figure) or mail.to not in confirming.told_of_answer(asked, on):
        return None
    return_ = figure.for_return
    is_restricted = return_.indicator.is_restricted
    named = "a figure" if is_restricted else placing.in_year(return_.round.quarter.year).brief(return_.indicator)
    context = {
        **_context(asked),
        "said": "" if is_restricted else asked.said,
        "may_verify": not eyes.verifiers(on).refusal(figure, mail.to),
        "is_own": figure.recorded_by_id == mail.to.pk,
    }
    return outbox.Letter(f"{what}: {named}, {return_.round.quarter}", template, context)


def _asked(mail: Mail) -> Confirmation:
    related = ("figure__for_return__round", "figure__for_return__indicator", "figure__recorded_by", "asked_by")
    return Confirmation.objects.select_related(*related).get(pk=mail.cycle)


def _context(asked: Confirmation) -> dict[str, Any]:
    """For those of ours. What is restricted stays behind the sign-in."""
    return_ = asked.figure.for_return
    is_restricted = return_.indicator.is_restricted
    return {
        "asked": asked,
        "label": "" if is_restricted else placing.in_year(return_.round.quarter.year).label(return_.indicator),
        "figure": "" if is_restricted else wording.value(asked.figure),
        "quarter": return_.round.quarter,
        "link": settings.SITE_URL + return_.get_absolute_url(),
    }
