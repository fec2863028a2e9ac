"""The forms about a publisher's file: upload it, and say which of its lines make up an indicator."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from indicators.feeds.layout import BETWEEN, Layout, category_name
from indicators.forms.uploads import TOO_LARGE
from indicators.models import Indicator
from indicators.placing import Places
from lib.govuk import DayField, Field, GovukForm, Size
from lib.uploads import FileField, Sender
from lib.uploads.kinds import spreadsheet
from lib.written import in_words

LONGEST_LINES = 10_000


class FeedFileForm(GovukForm, forms.Form):
    """The publisher's file and its day."""

    submit = "Upload and compare"

    file = FileField(
        kind_of=spreadsheet,
        too_large=TOO_LARGE,
        label="The publisher’s file",
        help_text="As it was published: a CSV or spreadsheet (.xlsx) file of at most 10 MB",
        error_messages={
            "required": "Choose the publisher’s file",
            "invalid": "Choose the publisher’s file",
            "missing": "Choose the publisher’s file",
            "empty": "The file is empty. Download it again, then upload it",
        },
    )
    published_on = DayField(
        label="When was it published?",
        help_text="If the publisher doesn’t say, the day you downloaded it. For example, 3 5 2018",
        what="the day it was published",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        *,
        today: dt.date,
        sender: Sender,
    ) -> None:
        self.today = today
        super().__init__(data, files)
        self.fields["file"].sent_by(sender)

    def layout(self) -> list[Any]:
        return [
            Field("file", context={"label_size": Size.for_label(Size.SMALL)}),
            Field("published_on", context={"legend_size": Size.for_legend(Size.SMALL)}),
        ]

    def clean_published_on(self) -> dt.date:
        day = self.cleaned_data["published_on"]
        if day > self.today:
            raise forms.ValidationError("The day it was published must be today or earlier")
        return day

    def as_said(self) -> dict[str, Any]:
        """What `actions.add_file` takes, from a form without errors."""
        file: UploadedFile = self.cleaned_data["file"]
        return {"content": file.read(), "name": file.name or "", "published_on": self.cleaned_data["published_on"]}


class SeriesForm(GovukForm, forms.Form):
    """Which lines of the file are added up to which indicator. A category is typed a line, its levels set apart by ">"."""

    submit = "Fill this indicator"

    indicator = forms.ChoiceField(
        label="Which indicator?",
        error_messages={"required": "Choose an indicator", "invalid_choice": "Choose an indicator from the list"},
    )
    area = forms.CharField(
        label="Which area?",
        help_text="As the file has it. For example, Tower Hamlets",
        max_length=120,
        error_messages={
            "required": "Type the area as the file has it",
            "max_length": "The area must be 120 characters or fewer",
        },
    )
    categories = forms.CharField(
        label="Which categories are added up?",
        widget=forms.Textarea,
        max_length=LONGEST_LINES,
        error_messages={
            "required": "Type at least one category",
            "max_length": f"The categories must be {LONGEST_LINES:,} characters or fewer",
        },
    )

    def __init__(
        self,
        data: Any = None,
        *,
        layout: Layout,
        indicators: Sequence[Indicator],
        places: Places,
        area: str,
        cancel_url: str,
    ) -> None:
        self.indicators, self.cancel_url = indicators, cancel_url
        super().__init__(data, initial={"area": area})
        listed = [(str(one.pk), places.label(one)) for one in indicators]
        self.fields["indicator"].choices = [("", "Choose one"), *listed]
        hint = "One a line, as the file has it"
        if len(layout.levels) > 1:
            hint += f", its {in_words(len(layout.levels))} parts set apart by >, like {category_name(layout.levels)}"
        self.fields["categories"].help_text = hint

    def layout(self) -> list[Any]:
        return [
            Field("indicator", context={"label_size": Size.for_label(Size.SMALL)}),
            Field.text("area", label_size=Size.SMALL),
            Field.textarea("categories", label_size=Size.SMALL, rows=5),
        ]

    def clean_indicator(self) -> Indicator:
        return next(one for one in self.indicators if str(one.pk) == self.cleaned_data["indicator"])

    def clean_categories(self) -> list[list[str]]:
        lines = [line for line in self.cleaned_data["categories"].splitlines() if line.strip()]
        return [[level.strip() for level in line.split(BETWEEN.strip())] for line in lines]
