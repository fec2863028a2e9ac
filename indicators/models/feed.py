from django.db import models
from django.urls import reverse

from accounts.models import RoleGrant, User
from indicators.models.indicator import Indicator


class FeedQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "FeedQuerySet":
        """Published files are the partnership team's work."""
        return self if user.has_role(RoleGrant.Role.COORDINATOR) else self.none()


class Feed(models.Model):
    """A file that a publisher brings out again and again, and how it is laid out. The layout is data (`indicators.feeds.layout`)."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)  # "Recorded crime by borough and month"
    publisher = models.CharField(max_length=200)  # "Metropolitan Police"
    source = models.CharField(max_length=200)  # where it is published and under which licence
    layout = models.JSONField()

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.publisher}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:feed-detail", args=[self.slug])


class FeedSeries(models.Model):
    """Which lines of a feed make up an indicator: the area as the publisher writes it, and the categories that are added up."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="series")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="feed_series")
    area = models.CharField(max_length=120)
    categories = (
        models.JSONField()
    )  # [["Burglary", "Domestic Burglary"], ...]: one list for each line, as deep as the layout's

    class Meta:
        ordering = ["feed", "indicator"]
        verbose_name_plural = "feed series"
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "indicator"],
                name="one_series_per_feed_and_indicator",
                violation_error_message="This feed fills the indicator already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} from {self.feed}"
