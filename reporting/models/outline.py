from django.db import models

from lib.editing import Versioned
from lib.quarter_fields import QuarterField
from priorities.models import Plan
from reporting.models.pack import Pack


class Outline(Versioned):
    """What goes into the next build of a pack: its sections in their order, and the covering note. A build keeps its own copy."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="outlines")
    quarter = QuarterField()
    kind = models.CharField(max_length=10, choices=Pack.Kind, default=Pack.Kind.PACK)
    edition = models.CharField(max_length=10, choices=Pack.Edition)
    sections = models.JSONField(default=list)  # keys of `reporting.pdf.sections` in order; empty: as they come
    note = models.TextField(blank=True)
    note_by = models.CharField(max_length=120, blank=True)  # a post, in a public edition

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "quarter", "kind", "edition"], name="one_outline_per_quarter_and_edition"
            )
        ]

    def __str__(self) -> str:
        return f"Outline of the {self.get_edition_display().lower()} edition for {self.quarter}"
