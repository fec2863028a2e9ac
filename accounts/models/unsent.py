from django.db import models
from django.utils import timezone

from accounts.models.user import User


class Unsent(models.Model):
    """What a person has typed into a form and neither sent nor saved, kept while they type so that nothing is lost.

    It is theirs alone and no record: nobody else sees it, nothing is audited, and it goes when the form is sent or saved.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="unsent")
    thing = models.CharField(max_length=80)  # which form: "indicators.return:12"
    typed = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["person", "thing"]
        constraints = [
            models.UniqueConstraint(fields=["person", "thing"], name="one_unsent_typing_per_person_and_form")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.thing}"
