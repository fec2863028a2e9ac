"""Rows whose time is over, by the moment: what `actions.forgetting` removes."""

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Mail, Reminder, Session, Unsent, User
from accounts.unsent import KEPT_FOR


def reminders(at: dt.datetime) -> QuerySet[Reminder]:
    return Reminder.objects.filter(on__lt=timezone.localdate(at - dt.timedelta(days=settings.MAILS_KEPT_DAYS)))


def mails(at: dt.datetime) -> QuerySet[Mail]:
    """Those that wait to be sent stay, however old; those of a reminder stay as long as that."""
    old = Mail.objects.filter(queued_at__lt=at - dt.timedelta(days=settings.MAILS_KEPT_DAYS))
    held = Reminder.objects.filter(mail=OuterRef("pk")).exclude(pk__in=reminders(at).values("pk"))
    return old.exclude(state=Mail.State.WAITING).filter(~Exists(held)).order_by()


def leavers(at: dt.datetime) -> QuerySet[User]:
    """People who left long enough ago and still have something to sign in with."""
    gone = User.objects.gone().filter(left_at__lte=at - dt.timedelta(days=settings.LEAVERS_KEPT_DAYS))
    has = Q(pk__in=User.objects.accepted().values("pk"))
    for model in (Authenticator, EmailAddress):
        has |= Q(Exists(model.objects.filter(user=OuterRef("pk"))))
    return gone.filter(has | Q(Exists(Unsent.objects.filter(person=OuterRef("pk")))))


def sessions(at: dt.datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=at)


def unsent(at: dt.datetime) -> QuerySet[Unsent]:
    return Unsent.objects.filter(saved_at__lt=at - KEPT_FOR)
