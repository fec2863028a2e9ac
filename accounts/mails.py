"""The mails about accounts."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts import audit, invitations, outbox
from accounts.models import AuditEvent, Erasure, Mail, RoleGrant, User
from lib.quarters import Quarter


@outbox.stage("invitation", "Invitation mail")
def invitation(mail: Mail) -> outbox.Letter | None:
    """The link for a first password, made now and good from now on; nothing for somebody who has come in by now.

    Where the council's accounts are used, that one can come in with them; where nothing else is, that is all it says.
    """
    if mail.to.has_accepted:
        return None
    context = {
        "single_sign_on": settings.OIDC.name if settings.OIDC.issuer else "",
        "local_sign_in": settings.LOCAL_SIGN_IN,
        "sign_in_link": settings.SITE_URL + reverse("account_login"),
        "link": invitations.link(mail.to),
        "good_until": timezone.localtime(timezone.now() + invitations.GOOD_FOR).date(),
    }
    return outbox.Letter(f"Your account for the {settings.PARTNERSHIP_NAME}", "emails/invitation", context)


@outbox.stage("role_lapsed", "Mail about a role that lapsed")
def role_lapsed(mail: Mail) -> outbox.Letter | None:
    """Which roles ended because nobody confirmed them; nothing where they have been given again by now."""
    quarter = Quarter.parse(mail.cycle)
    lapsed = RoleGrant.objects.filter(user=mail.to, lapsed_in__quarter=quarter)
    roles = [grant.get_role_display() for grant in lapsed if mail.to and not mail.to.has_role(grant.role)]
    if not roles:
        return None
    context = {"roles": roles, "quarter": quarter}
    return outbox.Letter("A role of yours has ended", "emails/role_lapsed", context)


@outbox.stage("erasure_asked", "Mail about a removal to decide on")
def erasure_asked(mail: Mail) -> outbox.Letter | None:
    """That a removal of personal data waits for the reader's word; nothing of the data. Nothing once it is decided, or not theirs to decide."""
    erasure = Erasure.objects.asked().filter(pk=_row(mail)).first()
    if erasure is None or mail.to is None or not mail.to.has_perm("accounts.decide_erasure"):
        return None
    context = {
        "asked_by": erasure.asked_by,
        "asked_on": timezone.localdate(erasure.asked_at),
        "link": settings.SITE_URL + erasure.get_absolute_url(),
    }
    return outbox.Letter("A removal of personal data is to be decided", "emails/erasure_asked", context)


@outbox.stage("upload_refused", "Mail about a harmful file")
def upload_refused(mail: Mail) -> outbox.Letter | None:
    """Who sent files in which the scanner found something, that day, and what. Nothing for who is an administrator no more."""
    sender = User.objects.filter(pk=_row(mail)).first()
    if sender is None or mail.to is None or not mail.to.has_role(RoleGrant.Role.ADMINISTRATOR):
        return None
    day = dt.date.fromisoformat(mail.cycle)
    events = AuditEvent.objects.about("accounts.user", sender.pk).filter(kind="upload_refused")
    context = {
        "sender": sender,
        "day": day,
        "files": [line.changes for line in audit.lines(events.since_day(day).until_day(day).order_by("pk"))],
        "link": settings.SITE_URL + sender.get_absolute_url(),
    }
    return outbox.Letter("A file with something harmful in it was refused", "emails/upload_refused", context)


def _row(mail: Mail) -> str:
    return mail.thing.rpartition(":")[2]
