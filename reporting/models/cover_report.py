from django.db import models

from governance.models import Meeting
from lib.editing import Versioned
from reporting.models.pack import Pack


class CoverReport(Versioned):
    """The report that takes an issued public pack to the scrutiny committee: standard sections, prefilled, in the team's words."""

    pack = models.OneToOneField(Pack, on_delete=models.PROTECT, related_name="cover_report")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    texts = models.JSONField(default=dict)  # by the keys of `reporting.committee.sections`

    def __str__(self) -> str:
        return f"Covering report for {self.pack}"
