"""The form for a paper: the file, and after the deadline the reasons for its urgency."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from governance import paper_files
from lib.govuk import Field, GovukForm, Size
from lib.uploads import FileField, Sender


class PaperForm(GovukForm, forms.Form):
    """`late`: the sentence about the deadline that has passed; "" while there is time, and then no reasons are asked for."""

    title = forms.CharField(
        label="What is it called?", max_length=200, error_messages={"required": "Enter what the paper is called"}
    )
    file = FileField(
        kind_of=paper_files.kind_of,
        too_large=paper_files.TOO_LARGE,
        label="The file",
        help_text="PDF, Word, PowerPoint, Excel or OpenDocument text, of at most 20 MB. PDF is read everywhere",
        error_messages={
            "required": "Choose the file",
            "invalid": "Choose the file",
            "missing": "Choose the file",
            "empty": "The file is empty. Save it again, then choose it again",
        },
    )
    urgent_because = forms.CharField(
        label="Why is it urgent?",
        max_length=300,
        required=False,
        error_messages={"max_length": "The reasons must be 300 characters or fewer"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        *,
        title: str,
        late: str,
        button: str,
        sender: Sender,
        cancel_url: str,
    ) -> None:
        self.submit, self.cancel_url = button, cancel_url
        super().__init__(data, files, initial={"title": title})
        if late:
            self.fields["urgent_because"].required = True
            self.fields["urgent_because"].help_text = late
            self.fields["urgent_because"].error_messages["required"] = (
                "Give the reasons for urgency: the deadline has passed"
            )
        else:
            del self.fields["urgent_because"]
        self.fields["file"].sent_by(sender)

    def layout(self) -> list[Any]:
        boxes = [
            Field("file", context={"label_size": Size.for_label(Size.SMALL)}),
            Field.text("title", label_size=Size.SMALL),
        ]
        if "urgent_because" in self.fields:
            boxes.append(Field.text("urgent_because", label_size=Size.SMALL))
        return boxes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            self.ask_for_the_file_again()
        return cleaned

    def ask_for_the_file_again(self) -> None:
        """Where anything else is refused: a browser sends a file once and forgets it."""
        if "file" not in self.errors:
            self.add_error("file", "Choose the file again")

    def told(self) -> dict[str, Any]:
        """What `actions.papers.publish` takes, from a form without errors."""
        file: UploadedFile = self.cleaned_data["file"]
        return {
            "title": self.cleaned_data["title"],
            "content": file.read(),
            "name": file.name or "",
            "urgent_because": self.cleaned_data.get("urgent_because", ""),
        }
