""" "Figures as known on": a day in the past for which a page is asked, as `?known_on=2018-05-01`, and the moment it stands for."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils import timezone

from lib.govuk import GovukForm
from lib.written import day_year

NAME = "known_on"
FIRST_YEAR = 1900  # earlier is a slip of the finger, and no database likes all of it
UNREADABLE = "Write the day like 1 May 2018 or 2018-05-01"


class KnownOnForm(GovukForm, forms.Form):
    """One day, at most today. Without it, and for today, a page shows what is known now."""

    # A box to type in: a browser's own date box throws away what it can't read.
    known_on = forms.DateField(
        label="Day",
        help_text="For example, 1 May 2018. All that was verified by the end of that day",
        required=False,
        input_formats=["%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"autocomplete": "off"}),
        error_messages={"invalid": UNREADABLE},
    )

    def __init__(self, query: Mapping[str, Any], *, today: dt.date) -> None:
        self.today = today
        super().__init__({NAME: query[NAME]} if NAME in query else None)

    def clean_known_on(self) -> dt.date | None:
        day = self.cleaned_data[NAME]
        if day is None or FIRST_YEAR <= day.year and day <= self.today:
            return day
        if day > self.today:
            raise forms.ValidationError(
                f"{day_year(day)} has not come yet. Choose a day up to today, {day_year(self.today)}"
            )
        raise forms.ValidationError(UNREADABLE)

    @property
    def is_refused(self) -> bool:
        return self.is_bound and not self.is_valid()

    @property
    def day(self) -> dt.date | None:
        """The day asked for; None for now."""
        asked = self.cleaned_data.get(NAME) if self.is_bound and self.is_valid() else None
        return None if asked == self.today else asked

    @property
    def moment(self) -> dt.datetime | None:
        """The last moment of that day in London; None for now."""
        return timezone.make_aware(dt.datetime.combine(self.day, dt.time.max)) if self.day else None

    @property
    def query(self) -> str:
        """What leads to the same day on another page: "?known_on=2018-05-01", or nothing."""
        return f"?{urlencode({NAME: self.day.isoformat()})}" if self.day else ""
