import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.utils import timezone

from accounts.models.mail import Mail
from accounts.models.user import RoleGrant, User


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ReminderQuerySet":
        """The partnership team chases, so it alone sees who was chased."""
        return self if user.has_role(RoleGrant.Role.COORDINATOR) else self.none()

    def of_the_owner(self) -> "ReminderQuerySet":
        """Those to whoever owes the thing, not those that told the partnership team of it."""
        return self.exclude(stage=Reminder.Stage.COORDINATOR)

    def to(self, person: int | str) -> "ReminderQuerySet":
        """Those to this person, by id; to anybody where it is empty."""
        return self.filter(person=person) if person else self

    def about(self, things: Iterable[str]) -> "ReminderQuerySet":
        return self.filter(thing__in=list(things))

    def that_reached(self, on: dt.date) -> "ReminderQuerySet":
        """Of that day, in a mail that went or is on its way."""
        return self.filter(on=on, mail__state__in=[Mail.State.WAITING, Mail.State.SENT])


class Reminder(models.Model):
    """That a person was reminded of one thing they owe, at one stage of one cycle: the log, and what keeps it from happening twice.

    Several go out in one mail, the day's digest. `cycle` is the day it was due with what started it again (`lib.owed`), and for a reminder
    by hand the day on which it was sent as well.
    """

    class Stage(models.TextChoices):
        WEEK_BEFORE = "week_before", "7 days before"
        ON_THE_DAY = "on_the_day", "On the day"
        THREE_AFTER = "three_after", "3 days after"
        SEVEN_AFTER = "seven_after", "7 days after"
        COORDINATOR = "coordinator", "The partnership team told"
        BY_HAND = "by_hand", "By the partnership team"

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reminders")  # who was reminded
    thing = models.CharField(max_length=80)  # "indicators.return:12", as in `lib.owed`
    stage = models.CharField(max_length=12, choices=Stage)
    cycle = models.CharField(max_length=60)
    what = models.CharField(max_length=250)  # "Figure for B2 Domestic abuse reports, 2017-18 Q4"
    due_on = models.DateField()
    on = models.DateField()  # the day whose digest holds it
    mail = models.ForeignKey(Mail, on_delete=models.PROTECT, related_name="reminders")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "person", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "thing", "stage", "cycle"],
                name="one_reminder_per_person_thing_stage_and_cycle",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.what}, {self.get_stage_display().lower()}"
