"""The forms about a file of figures: upload it, record what it offers, take it back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from indicators.forms.supplying import ON_BEHALF, SupplierMixin
from indicators.models import Figure
from lib import written
from lib.govuk import Button, Buttons, Field, GovukForm, Link, Size
from lib.uploads import FileField, Sender
from lib.uploads.kinds import spreadsheet

TOO_LARGE = "The file must be smaller than 10 MB. Send only the sheet with the figures, or split it into smaller files"
ROUTES = (Figure.Route.MAIL, Figure.Route.PHONE, Figure.Route.MEETING)
ON_BEHALF_OF = "I am uploading them on behalf of someone else"


class UploadForm(GovukForm, SupplierMixin):
    """A file, and whose figures are in it."""

    file = FileField(
        kind_of=spreadsheet,
        too_large=TOO_LARGE,
        label="The file",
        help_text="A spreadsheet (.xlsx) or CSV file of at most 10 MB",
        error_messages={
            "required": "Choose the file with the figures",
            "invalid": "Choose the file with the figures",
            "missing": "Choose the file with the figures",
            "empty": "The file is empty. Save it in your spreadsheet program, then upload it again",
        },
    )
    field_order = ["file", "behalf", *ON_BEHALF]

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        *,
        user: User,
        suppliers: Sequence[User],
        own: bool,
        today: dt.date,
        sender: Sender,
        cancel_url: str,
    ) -> None:
        self.user, self.suppliers, self.today, self.likely = user, suppliers, today, ""
        self.cancel_url = cancel_url
        super().__init__(data, files, initial={"behalf": "own" if own else "behalf"})
        self.offer_suppliers()
        behalf = self.fields["behalf"]
        behalf.label, behalf.choices = "Whose figures are they?", [behalf.choices[0], ("behalf", ON_BEHALF_OF)]
        self.fields["supplier"].label = "Who gave them to you?"
        self.fields["received_on"].label = "When did they reach you?"
        self.fields["route"].choices = [("", "Choose one"), *((route, route.label) for route in ROUTES)]
        self.fields["file"].sent_by(sender)

    def layout(self) -> list[Any]:
        return [
            Field("file", context={"label_size": Size.for_label(Size.MEDIUM)}),
            Field.radios("behalf", legend_size=Size.SMALL, small=True),
            self.supplier_boxes(),
            Buttons(Button("Upload and compare"), Link("Cancel", self.cancel_url)),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.clean_supplied()
        return cleaned

    def upload(self) -> dict[str, Any]:
        """What `actions.add_upload` takes, from a form without errors."""
        file: UploadedFile = self.cleaned_data["file"]
        own = self.cleaned_data["behalf"] != "behalf"
        whose = {} if own else self.supplied()  # without, they are the uploader's own
        return {"content": file.read(), "name": file.name or "", **whose}


class RecordForm(GovukForm, forms.Form):
    """What is asked before a preview is recorded; `fingerprint` is that of the preview that was looked at."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
    restated_because = forms.CharField(
        label="Why do the verified figures change?",
        help_text="One sentence for all of them, such as “Late reports were added”. It is recorded as a revision and printed in the next pack",
        max_length=300,
        error_messages={
            "required": "Say why the verified figures change",
            "max_length": "Why the figures change must be said in 300 characters or fewer",
        },
    )
    worth_is_right = forms.BooleanField(required=True)
    leave_out_refused = forms.BooleanField(required=True)

    def __init__(
        self,
        data: Any = None,
        *,
        fingerprint: str,
        button: str,
        refused: int,
        worth: int,
        restates: int,
        because: str = "",
        action: str,
    ) -> None:
        self.button, self.action = button, action
        super().__init__(data, initial={"fingerprint": fingerprint, "restated_because": because})
        cells = "the refused cell" if refused == 1 else f"the {refused:,} refused cells"
        leave_out = self.fields["leave_out_refused"]
        leave_out.label = f"Leave out {cells}"
        leave_out.error_messages["required"] = (
            f"Tick that {cells} may be left out, or put the file right and upload it again"
        )
        figures = "The figure worth a look is" if worth == 1 else f"The {worth:,} figures worth a look are"
        right = self.fields["worth_is_right"]
        right.label = f"{figures} right"
        right.error_messages["required"] = (
            f"Tick that {written.in_sentence(figures)} right, or put the file right and upload it again"
        )
        if not worth:
            del self.fields["worth_is_right"]
        if not refused:
            del self.fields["leave_out_refused"]
        if not restates:
            del self.fields["restated_because"]

    def layout(self) -> list[Any]:
        asked = [Field.text("restated_because", label_size=Size.SMALL)] if "restated_because" in self.fields else []
        ticks = [name for name in ("worth_is_right", "leave_out_refused") if name in self.fields]
        return [*asked, *ticks, Buttons(Button(self.button))]


class UndoForm(GovukForm, forms.Form):
    """Why what a file brought is taken back."""

    submit = "Take these figures back"

    reason = forms.CharField(
        label="Why are they taken back?",
        help_text="It is kept with the history of each return",
        max_length=300,
        error_messages={
            "required": "Say why the figures are taken back",
            "max_length": "Why they are taken back must be said in 300 characters or fewer",
        },
    )

    def __init__(self, data: Any = None, *, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data)

    def layout(self) -> list[Any]:
        return [
            Field.text("reason", label_size=Size.SMALL),
            Buttons(Button(self.submit, kind="warning"), Link("Cancel", self.cancel_url)),
        ]
