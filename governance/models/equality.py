from django.conf import settings
from django.db import models
from django.db.models import Q

from governance.models.action import Action
from governance.models.delivery_plan import DeliveryPlan
from lib.editing import Versioned


class EqualityAnalysis(Versioned):
    """What a delivery plan means for people with protected characteristics: a screening, and where that asks for it a full analysis."""

    class Screening(models.TextChoices):
        FULL = "full", "A full analysis is needed"
        NONE = "none", "No full analysis is needed"

    delivery_plan = models.OneToOneField(DeliveryPlan, on_delete=models.PROTECT, related_name="equality_analysis")
    screening = models.CharField(max_length=4, choices=Screening)
    because = models.TextField(blank=True)
    review_on = models.DateField()
    screened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    screened_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "equality analyses"
        constraints = [
            models.CheckConstraint(
                condition=Q(screening="full") | ~Q(because=""),
                name="no_full_analysis_is_needed_because",
                violation_error_message="Say why no full analysis is needed.",
            )
        ]

    def __str__(self) -> str:
        return f"Equalities analysis of the {str(self.delivery_plan)[:1].lower()}{str(self.delivery_plan)[1:]}"


class EqualityImpact(models.Model):
    """The effect on people with one protected characteristic (Equality Act 2010, section 4), and what is done about it."""

    class Characteristic(models.TextChoices):
        AGE = "age", "Age"
        DISABILITY = "disability", "Disability"
        GENDER_REASSIGNMENT = "gender_reassignment", "Gender reassignment"
        MARRIAGE = "marriage", "Marriage and civil partnership"
        PREGNANCY = "pregnancy", "Pregnancy and maternity"
        RACE = "race", "Race"
        RELIGION = "religion", "Religion or belief"
        SEX = "sex", "Sex"
        SEXUAL_ORIENTATION = "sexual_orientation", "Sexual orientation"

    class Effect(models.TextChoices):
        POSITIVE = "positive", "Positive"
        NEGATIVE = "negative", "Negative"
        BOTH = "both", "Positive and negative"
        NEUTRAL = "neutral", "None"
        UNKNOWN = "unknown", "Not known yet"

    HARMS = (Effect.NEGATIVE, Effect.BOTH)

    analysis = models.ForeignKey(EqualityAnalysis, on_delete=models.CASCADE, related_name="impacts")
    characteristic = models.CharField(max_length=20, choices=Characteristic)
    effect = models.CharField(max_length=8, choices=Effect)
    evidence = models.TextField(blank=True)
    mitigation = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, blank=True, related_name="mitigates")
    why_no_mitigation = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["analysis", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["analysis", "characteristic"], name="one_impact_per_analysis_and_characteristic"
            ),
            models.CheckConstraint(
                condition=~Q(effect__in=["negative", "both"]) | Q(mitigation__isnull=False) | ~Q(why_no_mitigation=""),
                name="a_harm_is_mitigated_by_an_action_or_says_why_not",
                violation_error_message="Choose the action that lessens it, or say why there is none.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_characteristic_display()}: {self.get_effect_display()}"
