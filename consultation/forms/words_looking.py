"""Which responses of a group are meant, and why they are set aside."""

from collections.abc import Mapping
from typing import Any

from django import forms

from consultation.actions.looking import LONGEST_REASON
from consultation.flagged import Group
from lib.govuk import GovukForm

COUNT, SET_ASIDE = "count", "set_aside"


class Ticked(forms.TypedMultipleChoiceField):
    """Ids as they come: the action takes those that are of the group and leaves the others."""

    def valid_value(self, value: Any) -> bool:
        return str(value).isascii() and str(value).isdecimal() and len(str(value)) < 19


class LookingForm(GovukForm, forms.Form):
    """The boxes of the rows are `only`; the page writes them itself. `up_to` is the last response that the page knew of."""

    submit, form_tag = "", False

    only = Ticked(label="Responses", required=False, coerce=int)
    everything = forms.BooleanField(label="", required=False)
    up_to = forms.IntegerField(widget=forms.HiddenInput)
    because = forms.CharField(
        label="Why are they set aside?",
        help_text="For all of them together. The method note says how many were set aside",
        required=False,  # only asked for where they are set aside; the action asks
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, group: Group, size: int, up_to: int) -> None:
        super().__init__(data, initial={"up_to": up_to})
        self.fields["everything"].label = f"All {size:,} of this group, not only those ticked"
        self.group, self.shows_everything = group, size > 1

    @property
    def chosen(self) -> list[int] | None:
        """Ids, or None for all of the group."""
        return None if self.cleaned_data["everything"] else self.cleaned_data["only"]
