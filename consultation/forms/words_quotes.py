"""Choosing a quote: the words in a box, and what in them may tell who somebody is."""

from collections.abc import Mapping
from typing import Any

from django import forms

from consultation import redaction
from consultation.actions.quotes import LONGEST
from lib.editing import VersionMixin
from lib.govuk import Choice, Field, GovukForm, Size


class Looked(forms.MultipleChoiceField):
    """What was ticked, and then taken out of the words, has no box any more and does no harm."""

    def valid_value(self, value: Any) -> bool:
        return True


class QuoteForm(GovukForm, VersionMixin):
    """`submit` is set by the page: choosing, or changing what was chosen. The version is of the quote, 0 before there is one."""

    text = forms.CharField(
        label="The words to publish",
        help_text="Take words out, and put […] where they were. [...] is the same. Add and change nothing else",
        required=False,  # the action says what is missing
        widget=forms.Textarea,
    )
    harmless = Looked(
        label="This may tell who somebody is",
        help_text="Take it out of the words above, or tick it where it tells nothing",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        text: str,
        version: int,
        harmless: tuple[str, ...] = (),
        submit: str,
        cancel_url: str,
    ) -> None:
        self.submit, self.cancel_url = submit, cancel_url
        super().__init__(data, initial={"text": text, "version": version, "harmless": harmless})
        shown = redaction.tidy(str(data.get("text", ""))) if data is not None else text
        found = dict.fromkeys(str(one) for one in redaction.telling(shown[: 5 * LONGEST]))
        self.fields["harmless"].choices = [Choice(one, one[:1].upper() + one[1:]) for one in found]  # type: ignore[attr-defined]

    def layout(self) -> list[Any]:
        found = self.fields["harmless"].choices  # type: ignore[attr-defined]
        boxes = [Field.checkboxes("harmless", legend_size=Size.SMALL, small=True)] if found else []
        return [Field.textarea("text", label_size=Size.SMALL, rows=7), *boxes]
