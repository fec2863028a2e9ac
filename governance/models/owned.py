from django.conf import settings
from django.db import models
from django.db.models import Q


class Owned(models.Model):
    """The part of a row that says whose it is: a post, which stays, and the person in it, who changes. One of the two at least."""

    owner_post = models.CharField(max_length=120, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(owner_post="") | Q(owner__isnull=False),
                name="%(class)s_is_somebody_s",
                violation_error_message="Say whose it is: a post, a person or both.",
            )
        ]

    @property
    def owner_label(self) -> str:
        """ "Superintendent, partnerships (Owen Tranter)", or the one of the two that is known. Needs `owner` loaded."""
        if self.owner is None:
            return self.owner_post
        return f"{self.owner_post} ({self.owner.name})" if self.owner_post else str(self.owner.label)
