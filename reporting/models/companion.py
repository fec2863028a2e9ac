from django.db import models

from lib.append_only import AppendOnly
from reporting.models.pack import Pack


class Companion(AppendOnly):
    """A file beside the PDF that was made of the same snapshot in the same build: its bytes are served as they were stored."""

    class Form(models.TextChoices):
        PAGE = "html", "Web page"
        WORKBOOK = "xlsx", "Workbook"
        TABLE = "csv", "Table"
        DATA = "json", "Data"

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="companions")
    form = models.CharField(max_length=4, choices=Form)
    file = models.FileField(upload_to="packs/")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes

    class Meta:
        ordering = ["pack", "form"]
        constraints = [models.UniqueConstraint(fields=["pack", "form"], name="one_companion_per_pack_and_form")]

    def __str__(self) -> str:
        return f"{self.get_form_display()} of {self.pack}"
