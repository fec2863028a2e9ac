"""The day on which single answers are removed."""

from typing import Any

from django import forms

from consultation.models import Consultation
from lib import written
from lib.editing import VersionMixin
from lib.govuk import DayField, Field, GovukForm, Size


class PurgeDayForm(GovukForm, VersionMixin):
    submit = "Change the day"

    purge_on = DayField(label="On which day are they removed?", what="the day on which single answers are removed")
    reason = forms.CharField(
        label="Why are they kept longer? (needed only for a later day)",
        help_text="It stays on the record",
        max_length=300,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, data: Any = None, *, consultation: Consultation) -> None:
        super().__init__(data, initial={"version": consultation.version, "purge_on": consultation.purge_on})
        told = written.day_year(consultation.purge_on)
        self.fields["purge_on"].help_text = f"It is {told} now. An earlier day needs no reason"

    def layout(self) -> list[Any]:
        return [
            Field("purge_on", context={"legend_size": Size.for_legend(Size.SMALL)}),
            Field.textarea("reason", label_size=Size.SMALL, rows=3),
        ]
