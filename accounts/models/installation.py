from django.db import models


class Installation(models.Model):
    """The one row that says what this installation holds. Production refuses to start while it holds samples."""

    holds_sample = models.BooleanField(default=False)
    sample_loaded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_installation"),
        ]

    def __str__(self) -> str:
        return "This installation"

    @classmethod
    def hold(cls) -> None:
        """Whatever must look at many rows and then write goes one transaction after the other from here: rare work only."""
        cls.objects.get_or_create(pk=1)
        cls.objects.select_for_update().get(pk=1)
