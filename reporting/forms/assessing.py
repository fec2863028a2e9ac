"""Forms about the annual strategic assessment. A record that is not there yet has version 0."""

from typing import Any

from django import forms

from lib.editing import VersionMixin
from lib.govuk import Button, Buttons, Field, GovukForm, Link, Size
from lib.quarters import Year
from reporting.actions.assessing import LONGEST, LONGEST_REASON, LONGEST_TITLE
from reporting.models import AssessedPriority

PARAGRAPHS = "A blank line begins a new paragraph"


def _words(label: str, longest: int, required: str = "", hint: str = "") -> forms.CharField:
    messages = {"max_length": f"This must be {longest:,} characters or fewer"}
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        required=bool(required),
        widget=forms.Textarea,
        error_messages=messages | ({"required": required} if required else {}),
    )


def _line(label: str, required: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_TITLE,
        error_messages={"required": required, "max_length": f"This must be {LONGEST_TITLE} characters or fewer"},
    )


class StartForm(GovukForm, forms.Form):
    """Which year. Its box is hidden: each button sends its own."""

    year = forms.CharField(widget=forms.HiddenInput)

    def clean_year(self) -> Year:
        try:
            return Year.parse(self.cleaned_data["year"])
        except ValueError:
            raise forms.ValidationError("Choose a year like 2017-18") from None


class SummaryForm(GovukForm, VersionMixin):
    submit = "Save the summary"

    summary = _words("Summary", LONGEST, hint=f"What the year came to, for somebody with two minutes. {PARAGRAPHS}")

    def __init__(self, data: Any = None, *, cancel_url: str, **kwargs: Any) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, **kwargs)

    def layout(self) -> list[Any]:
        return [Field.textarea("summary", label_size=Size.SMALL, rows=16)]


class SectionForm(GovukForm, VersionMixin):
    submit = "Save the section"

    heading = _line("Heading", "Give the section a heading")
    text = _words("Text", LONGEST, "Write the section", PARAGRAPHS)
    is_public = forms.BooleanField(
        label="It stands in the public edition too", required=False, label_suffix="", help_text=""
    )

    def __init__(self, data: Any = None, *, cancel_url: str, **kwargs: Any) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, **kwargs)

    def layout(self) -> list[Any]:
        return [
            Field.text("heading", label_size=Size.SMALL),
            Field.textarea("text", label_size=Size.SMALL, rows=16),
            Field.checkbox("is_public"),
        ]


class WhyForm(GovukForm, VersionMixin):
    """`following` is the name of the next indicator that nobody has explained; empty where all are."""

    why = _words("Why?", LONGEST_REASON, "Say why it changed, or why it did not")

    def __init__(self, data: Any = None, *, following: str, cancel_url: str, **kwargs: Any) -> None:
        self.following, self.cancel_url = following, cancel_url
        super().__init__(data, **kwargs)

    def layout(self) -> list[Any]:
        cancel = Link("Cancel", self.cancel_url)
        save = Button("Save and go back", name="do", value="save", kind="secondary" if self.following else "")
        onwards = [Button(f"Save and go on to {self.following}", name="do", value="next")] if self.following else []
        return [Field.textarea("why", label_size=Size.SMALL, rows=6), Buttons(*onwards, save, cancel)]


class FutureForm(GovukForm, VersionMixin):
    submit = "Save what becomes of it"

    future = forms.ChoiceField(
        label="What is to become of it?",
        choices=[choice for choice in AssessedPriority.Future.choices if choice[0] != AssessedPriority.Future.NEW],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is to become of it"},
    )
    because = _words("Because", LONGEST_REASON, "Say why")

    def __init__(self, data: Any = None, *, cancel_url: str, **kwargs: Any) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, **kwargs)

    def layout(self) -> list[Any]:
        return [
            Field.radios("future", legend_size=Size.SMALL),
            Field.textarea("because", label_size=Size.SMALL, rows=6),
        ]


class ProposalForm(GovukForm, VersionMixin):
    submit = "Save the proposal"

    title = _line("Title of the new priority", "Give the new priority a title")
    because = _words("Because", LONGEST_REASON, "Say why")

    def __init__(self, data: Any = None, *, cancel_url: str, **kwargs: Any) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, **kwargs)

    def layout(self) -> list[Any]:
        return [
            Field.text("title", label_size=Size.SMALL),
            Field.textarea("because", label_size=Size.SMALL, rows=6),
        ]


class BuildForm(GovukForm, forms.Form):
    """A draft to look at, or the one that is to be approved. `after` is the newest build that the page knew: sent twice, it builds once."""

    do = forms.ChoiceField(choices=[("draft", "Draft"), ("final", "Final")])
    after = forms.IntegerField(min_value=0, error_messages={"invalid": "Open the assessment again"})
