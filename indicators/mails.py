"""The mails about returns."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from accounts.models import Mail, User
from indicators import (
    asking,
    confirming_mails,  # noqa: F401  # the stages of this and of the other such modules are found through this module
    deputy_mails,  # noqa: F401
    handing_over_mails,  # noqa: F401
    placing,
    taken_back_mails,  # noqa: F401
    wording,
)
from indicators.doing import doing
from indicators.models import Figure, Lead, Return, Round, SendBack


def told_of(back: SendBack, on: dt.date) -> list[User]:
    """Whom a sending-back concerns that day: the data leads or their deputies, and who supplied the figure. Not its sender, nor who may not see it."""
    return_ = back.figure.for_return
    people = {doer.user for doer in doing(on)[return_.indicator_id, Lead.Duty.DATA]}
    if back.figure.supplied_by and back.figure.supplied_by.is_active:
        people.add(back.figure.supplied_by)
    people = {person for person in people if Return.objects.visible_to(person).filter(pk=return_.pk).exists()}
    return sorted(people - {back.sent_by}, key=lambda person: person.pk)


@outbox.stage("sent_back", "Mail about a figure sent back")
def sent_back(mail: Mail) -> outbox.Letter | None:
    """That a figure is due again. Nothing to somebody whom it no longer concerns, or when a figure has been sent since."""
    back = SendBack.objects.select_related(
        "figure__for_return__round", "figure__for_return__indicator", "figure__supplied_by", "sent_by"
    ).get(pk=mail.cycle)
    return_ = back.figure.for_return
    if return_.figures.standing().in_order().last() != back.figure or mail.to not in told_of(
        back, timezone.localdate()
    ):
        return None
    places = placing.in_year(return_.round.quarter.year)
    is_restricted = return_.indicator.is_restricted
    context = {
        "back": back,
        "return_": return_,
        "label": places.label(return_.indicator),
        # What is restricted stays behind the sign-in.
        "figure": "" if is_restricted else wording.value(back.figure),
        "comment": "" if is_restricted else back.comment,
        "link": settings.SITE_URL + reverse("indicators:return-edit", args=[return_.pk]),
    }
    subject = f"Sent back: {places.brief(return_.indicator)}, {return_.round}"
    return outbox.Letter(subject, "emails/return_sent_back", context)


def told_of_revision(backs: Sequence[SendBack], on: dt.date) -> list[User]:
    """The same of a revision, whose figures are all of one indicator."""
    by_supplier = {back.figure.supplied_by_id: back for back in backs}
    people = {person for back in by_supplier.values() for person in told_of(back, on)}
    return sorted(people, key=lambda person: person.pk)


@outbox.stage("revision_sent_back", "Mail about a revision sent back")
def revision_sent_back(mail: Mail) -> outbox.Letter | None:
    """That the figures of a revision are due again, in one mail. Nothing when all of them have been sent since."""
    with_all = ("figure__for_return__round", "figure__for_return__indicator", "figure__supplied_by", "figure__revision")
    every = SendBack.objects.select_related(*with_all, "sent_by")
    back = every.get(pk=mail.cycle)
    together = every.filter(figure__revision=back.figure.revision, sent_at=back.sent_at)
    latest = Figure.objects.standing().filter(for_return__in=together.values("figure__for_return")).latest_each()
    owed = list(together.filter(figure__in=latest.values("pk")).order_by("figure__for_return__round__quarter"))
    if not owed or mail.to not in told_of_revision(owed, timezone.localdate()):
        return None
    indicator = back.figure.for_return.indicator
    places, is_restricted = placing.latest(), indicator.is_restricted
    context = {
        "back": back,
        "label": places.label(indicator),
        # What is restricted stays behind the sign-in.
        "reason": "" if is_restricted else back.figure.revision.reason,
        "comment": "" if is_restricted else back.comment,
        "quarters": [str(one.figure.for_return.round.quarter) for one in owed],
        "link": settings.SITE_URL + reverse("indicators:indicator-revise", args=[indicator.slug]),
    }
    return outbox.Letter(f"Sent back: {places.brief(indicator)}, revision", "emails/revision_sent_back", context)


@outbox.stage("by_hand", "Reminder from the partnership team")
def by_hand(mail: Mail) -> outbox.Letter | None:
    """What this person still owes for the quarter; nothing when all of it has come meanwhile."""
    on = timezone.localdate()
    round_ = Round.objects.get(pk=mail.thing.partition(":")[2])
    owed = [item for item in asking.owed_in(round_, on) if item.person_id == mail.to_id]
    owed = asking.seen_by(mail.to, owed)
    if not owed:
        return None
    title = f"{asking.subject(owed, on)}, {round_}"
    context = {
        "round": round_,
        "lines": [asking.line(item, on) for item in owed],
        "asks_figures": asking.asks_figures(owed),
        "stands_in": asking.stands_in_for(mail.to, on),
        "home": settings.SITE_URL + reverse("indicators:return-list"),
        "title": title,
    }
    return outbox.Letter(title, "emails/by_hand", context)
