from django.conf import settings
from django.db import models
from django.utils import timezone

from lib.append_only import AppendOnly
from lib.quarter_fields import QuarterField
from priorities.models import Plan


class Redaction(AppendOnly):
    """What was decided of one passage of a quarter's words for the public edition: it stays as it is, or it is left out on a ground.

    A passage is a sentence or paragraph, word for word; words that change are decided on anew. The latest decision counts.
    """

    class Ground(models.TextChoices):
        """Why a passage is left out. Paragraphs are those of Schedule 12A, Part 1, of the Local Government Act 1972."""

        SMALL_NUMBER = "small", "It gives a small number back"
        RESTRICTED = "restricted", "It is about a restricted indicator"
        NAME = "name", "It tells who somebody is"
        EXEMPT_1 = "exempt_1", "Exempt, paragraph 1: about an individual"
        EXEMPT_2 = "exempt_2", "Exempt, paragraph 2: likely to reveal who an individual is"
        EXEMPT_3 = "exempt_3", "Exempt, paragraph 3: financial or business affairs"
        EXEMPT_4 = "exempt_4", "Exempt, paragraph 4: labour relations"
        EXEMPT_5 = "exempt_5", "Exempt, paragraph 5: legal privilege"
        EXEMPT_6 = "exempt_6", "Exempt, paragraph 6: notices and orders"
        EXEMPT_7 = "exempt_7", "Exempt, paragraph 7: prevention, investigation or prosecution of crime"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="redactions")
    quarter = QuarterField()
    place = models.CharField(max_length=200)  # where in the snapshot: "indicators/mappa/words/why"
    passage = models.TextField()
    is_left_out = models.BooleanField()
    ground = models.CharField(max_length=10, choices=Ground, blank=True)
    because = models.CharField(
        max_length=300, blank=True
    )  # why the public interest does not ask for it, or why it may stay
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(is_left_out=True) & ~models.Q(ground="")) | models.Q(is_left_out=False, ground=""),
                name="what_is_left_out_has_a_ground",
                violation_error_message="Choose why it is left out.",
            )
        ]

    def __str__(self) -> str:
        return f"{'Left out' if self.is_left_out else 'Stays'}: {self.place}"
