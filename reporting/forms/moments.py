"""A moment of publication, asked for as a day and a time of day."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from lib.govuk import DayField, Field, Size

_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)


def time_of_day(typed: str) -> dt.time:
    """ "9:30", "09.30", "2pm", "14"; ValueError for anything else."""
    match = _CLOCK.fullmatch(typed.strip())
    if match is None:
        raise ValueError(typed)
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError(typed)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return dt.time(hour, minute)


class MomentMixin(forms.Form):
    """`publish_on` and `publish_time`; both empty: as soon as it is issued."""

    publish_on = DayField(
        label="On which day is it published? (optional)",
        help_text="Left empty, it is published as soon as it is issued. Until then only scrutiny’s officer reads it",
        what="the day of publication",
        required=False,
    )
    publish_time = forms.CharField(
        label="At what time? (optional)",
        help_text="For example, 9:30. Left empty, at the start of the day",
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def drop_moment(self) -> None:
        """For what is never published."""
        del self.fields["publish_on"], self.fields["publish_time"]

    def moment_layout(self) -> list[Any]:
        if "publish_on" not in self.fields:
            return []
        return [
            Field("publish_on", context={"legend_size": Size.for_legend(Size.SMALL)}),
            Field.text("publish_time", label_size=Size.SMALL, field_width=5),
        ]

    def clean_publish_time(self) -> dt.time | None:
        typed = self.cleaned_data["publish_time"]
        if not typed:
            return None
        try:
            return time_of_day(typed)
        except ValueError:
            raise ValidationError("Enter a time like 9:30 or 14:00") from None

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("publish_time") is not None and told.get("publish_on") is None and "publish_on" not in self.errors:
            self.add_error("publish_on", "Enter the day of publication as well")
        moment = self.moment
        if moment is not None and moment < timezone.now():
            self.add_error("publish_on", "This moment has passed. Choose a later one, or leave it empty")
        return told

    @property
    def moment(self) -> dt.datetime | None:
        """In the time of this place; None: as soon as it is issued."""
        day, time = self.cleaned_data.get("publish_on"), self.cleaned_data.get("publish_time")
        if day is None:
            return None
        return timezone.make_aware(dt.datetime.combine(day, time or dt.time()))


def initial(moment: dt.datetime | None) -> dict[str, Any]:
    """What the boxes show of a moment that was chosen before."""
    if moment is None:
        return {}
    local = timezone.localtime(moment)
    return {"publish_on": local.date(), "publish_time": f"{local:%H:%M}"}
