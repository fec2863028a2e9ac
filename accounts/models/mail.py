import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.user import User

NEVER_QUEUED_AFTER = dt.timedelta(minutes=1)  # waiting that long untouched, it is taken as lost by the broker


class MailQuerySet(models.QuerySet):
    def free(self, at: dt.datetime) -> "MailQuerySet":
        """Those to be sent that no worker holds and that do not rest after a failure."""
        return self.filter(Q(held_until__isnull=True) | Q(held_until__lte=at), state=Mail.State.WAITING)

    def to_requeue(self, at: dt.datetime) -> "MailQuerySet":
        """Free ones that have been waiting for long enough to have been sent."""
        return self.free(at).filter(queued_at__lte=at - NEVER_QUEUED_AFTER)

    def failed(self) -> "MailQuerySet":
        """Those given up."""
        return self.filter(state=Mail.State.FAILED)

    def unsent(self) -> "MailQuerySet":
        """Those that did not go at the first try: tried again by themselves, or given up."""
        return self.filter(Q(state=Mail.State.FAILED) | Q(state=Mail.State.WAITING, attempts__gt=0))


class Mail(models.Model):
    """One mail to one person, owed from the moment it was decided: the outbox until it is sent, the sent-log from then on.

    It goes to somebody with an account, `to`, or to the `address` of a supplier without one. It holds no text: what it says is written
    when it is sent, by the app that owes it (`accounts.outbox`).
    """

    class State(models.TextChoices):
        WAITING = "waiting", "To be sent"
        SENT = "sent", "Sent"
        DROPPED = "dropped", "Not called for any more"
        FAILED = "failed", "Could not be sent"

    to = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="mails")
    address = models.EmailField(max_length=254, blank=True)
    stage = models.CharField(
        max_length=40
    )  # "invitation", "sent_back": a code that an app registers with `accounts.outbox`
    thing = models.CharField(max_length=80)  # "indicators.return:12", as in `lib.owed`
    cycle = models.CharField(max_length=40)  # what makes it another mail: the sending-back, the version of the account
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    queued_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_tried_at = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(
        null=True, blank=True
    )  # in a worker's hands, or resting after a failure, until then
    failure = models.CharField(
        max_length=100, blank=True
    )  # why the last try failed, in words; never text from the server

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["queued_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["to", "thing", "stage", "cycle"],
                name="one_mail_per_person_thing_stage_and_cycle",
            ),
            models.UniqueConstraint(
                fields=["address", "thing", "stage", "cycle"],
                condition=Q(to__isnull=True),
                name="one_mail_per_address_thing_stage_and_cycle",
            ),
            models.CheckConstraint(
                condition=Q(to__isnull=False, address="") | (Q(to__isnull=True) & ~Q(address="")),
                name="a_mail_goes_to_a_person_or_an_address",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="a_sent_mail_was_sent_at_some_time",
            ),
        ]
        indexes = [
            models.Index(fields=["queued_at"], condition=Q(state="waiting"), name="mails_to_be_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.stage} to {self.to or self.address}"

    @property
    def reaches_somebody(self) -> bool:
        """False once the person it is for has left."""
        return self.to is None or self.to.is_active
