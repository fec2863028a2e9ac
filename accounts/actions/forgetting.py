"""What goes when its time is over: mails and reminders long sent, and what leavers signed in with."""

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts import audit, forgetting
from accounts.models import User

audit.kinds({"sign_in_forgotten": "What a leaver signed in with removed"})


@transaction.atomic
def forget_reminders(*, at: dt.datetime, by: User | None) -> int:
    """Remove reminders older than people were told. How many. A log, not the record: nothing is audited."""
    return forgetting.reminders(at).delete()[0]


@transaction.atomic
def forget_mails(*, at: dt.datetime, by: User | None) -> int:
    """Remove mails that went, or never will, longer ago than people were told; not those that a reminder still points to. How many."""
    return forgetting.mails(at).delete()[0]


@transaction.atomic
def forget_sign_ins(*, at: dt.datetime, by: User | None) -> int:
    """Remove password, second step and what was never sent of people who left long enough ago. Of how many people."""
    gone = list(forgetting.leavers(at))
    ids = [person.pk for person in gone]
    Authenticator.objects.filter(user__in=ids).delete()
    EmailAddress.objects.filter(user__in=ids).delete()
    for person in gone:
        person.unsent.all().delete()
        person.set_unusable_password()
        User.objects.filter(pk=person.pk, is_active=False).update(password=person.password)
    audit.record_several([audit.Entry("sign_in_forgotten", person) for person in gone], by=by)
    return len(gone)
