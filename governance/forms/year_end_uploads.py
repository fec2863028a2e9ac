"""The forms about a file of actions: upload it, and record what was looked at."""

from collections.abc import Mapping
from typing import Any

from django import forms

from governance.actions.uploads import TOO_LARGE
from governance.models import DeliveryPlan
from lib.govuk import Button, Buttons, Field, GovukForm, Link, Size
from lib.quarters import Quarter
from lib.uploads import FileField, Sender
from lib.uploads.kinds import spreadsheet


class UploadForm(GovukForm, forms.Form):
    """A file, and in a running plan the quarter whose updates it drafts."""

    file = FileField(
        kind_of=spreadsheet,
        too_large=TOO_LARGE,
        label="The file",
        help_text="A spreadsheet (.xlsx) or CSV file of at most 1 MB and 500 rows",
        error_messages={
            "required": "Choose the file with the actions",
            "invalid": "Choose the file with the actions",
            "missing": "Choose the file with the actions",
            "empty": "The file is empty. Save it in your spreadsheet program, then upload it again",
        },
    )
    quarter = forms.ChoiceField(
        label="Updates for which quarter?",
        error_messages={"required": "Choose the quarter", "invalid_choice": "Choose the quarter"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        *,
        plan: DeliveryPlan,
        quarter: Quarter,
        sender: Sender,
    ) -> None:
        self.cancel_url, self.default = plan.get_absolute_url(), quarter
        super().__init__(data, files, initial={"quarter": quarter.slug})
        self.fields["quarter"].choices = [(one.slug, f"{one}, {one.months}") for one in plan.year.quarters]
        if plan.is_draft:
            del self.fields["quarter"]
        self.fields["file"].sent_by(sender)

    def layout(self) -> list[Any]:
        asked = [Field("file", context={"label_size": Size.for_label(Size.SMALL)})]
        if "quarter" in self.fields:
            asked.append(Field("quarter", context={"label_size": Size.for_label(Size.SMALL)}))
        return [*asked, Buttons(Button("Upload and compare"), Link("Cancel", self.cancel_url))]

    def upload(self) -> dict[str, Any]:
        """What `actions.uploads.add` takes, from a form without errors."""
        file, chosen = self.cleaned_data["file"], self.cleaned_data.get("quarter")
        return {
            "content": file.read(),
            "name": file.name or "",
            "quarter": Quarter.parse(chosen) if chosen else self.default,
        }


class RecordForm(GovukForm, forms.Form):
    """`fingerprint` is that of the preview that was looked at."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: Any = None, *, fingerprint: str, button: str) -> None:
        self.submit = button
        super().__init__(data, initial={"fingerprint": fingerprint})
