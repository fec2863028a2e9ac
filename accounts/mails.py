"""The mails about accounts."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts import invitations, outbox
from accounts.models import Mail, RoleGrant
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
