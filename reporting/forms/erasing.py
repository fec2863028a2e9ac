"""Looking for words that are to be removed, choosing the places, and deciding. The words travel in the body of a POST and are kept nowhere."""

from typing import Any

from django import forms

from accounts.models import Erasure
from lib.editing import VersionMixin
from lib.govuk import Button, Buttons, Choice, Field, GovukForm, Link, Size
from reporting.erasing import choosing
from reporting.erasing.page import ONCE, Found

CARRY_OUT, REFUSE = "carry_out", "refuse"
LEGEND = {"legend_size": Size.for_legend(Size.SMALL)}


class SearchForm(GovukForm, forms.Form):
    """`of` names a record whose file is to go; then words are not needed."""

    words = forms.CharField(
        label="Which words?",
        help_text="One name, address or sentence per line, as it is written. Give every spelling: “Jane Example”, “J Example”, “jane@example.org”",
        widget=forms.Textarea(attrs={"autocomplete": "off", "spellcheck": "false"}),
        max_length=2000,
        error_messages={"required": "Give the words to look for", "max_length": "Use 2,000 characters at most"},
    )
    address = forms.CharField(
        label="Which file as a whole? (optional)",
        help_text="The address of a meeting paper, an upload or a pack, as somebody who sees it copied it for you. PDF papers are not searched for words",
        max_length=300,
        required=False,
    )
    of = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, data: Any = None, *, of: str = "", typed: str = "", cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"of": of, "words": typed})
        if of:
            del self.fields["address"]
            self.fields["words"].label = "Which words as well? (optional)"
        if of or (data is not None and data.get("address", "").strip()):
            self.fields["words"].required = False

    def clean_address(self) -> str:
        typed: str = self.cleaned_data["address"]
        return choosing.of_address(typed) if typed else ""

    def clean_words(self) -> list[str]:
        typed = self.cleaned_data["words"]
        return choosing.words(typed) if typed.strip() or self.fields["words"].required else []

    def layout(self) -> list[Any]:
        return [
            Field.textarea("words", label_size=Size.SMALL, rows=4),
            *([Field.text("address", label_size=Size.SMALL)] if "address" in self.fields else []),
            Buttons(Button("Look for them", name="do", value="search"), Link("Cancel", self.cancel_url)),
        ]


class AskForm(SearchForm):
    """The places that were found, all ticked; what it is, and why it goes."""

    places = forms.MultipleChoiceField(
        label="What is removed?",
        help_text="You see where the words stand, and whoever decides reads what is around them. Where a pack’s texts are ticked, all of its files go with them",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one place",
            "invalid_choice": "Something has changed since you searched. Search again, then choose",
        },
    )
    what = forms.CharField(
        label="What is it?",
        help_text="Without the words themselves. For example, “The name of a resident in a commentary”",
        max_length=200,
        error_messages={"required": "Say what it is", "max_length": "Use 200 characters at most"},
    )
    ground = forms.ChoiceField(
        label="On what ground?",
        help_text="Where a report was published, its page says this",
        choices=Erasure.Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the ground"},
    )
    why = forms.CharField(
        label="Why?",
        help_text="Also without the words. For example, “Request of 3 May 2018, reference SR-118”",
        max_length=300,
        widget=forms.Textarea,
        error_messages={"required": "Say why it is removed", "max_length": "Use 300 characters at most"},
    )

    def __init__(self, data: Any = None, *, found: list[Found], of: str = "", words: str = "", cancel_url: str) -> None:
        super().__init__(data, of=of, typed=words, cancel_url=cancel_url)
        self.fields["words"].widget = forms.HiddenInput()
        self.fields.pop("address", None)
        self.initial["places"] = [one.key for one in found]
        self.fields["places"].choices = [
            Choice(one.key, one.label, hint="" if one.times == ONCE else one.times) for one in found
        ]

    def layout(self) -> list[Any]:
        return [
            Field.checkboxes("places", legend_size=Size.SMALL, small=True),
            Field.text("what", label_size=Size.SMALL),
            Field.radios("ground", legend_size=Size.SMALL, small=True),
            Field.textarea("why", label_size=Size.SMALL, rows=3),
            Buttons(
                Button("Ask for the removal", name="do", value="ask"),
                Button("Search again", name="do", value="again", kind="secondary"),
                Link("Cancel", self.cancel_url),
            ),
        ]


class DecideForm(GovukForm, VersionMixin):
    """Two buttons: the decision is the button that is pressed."""

    because = forms.CharField(
        label="Why is it not removed?",
        help_text="Needed only where you refuse",
        max_length=300,
        required=False,
        widget=forms.Textarea,
        error_messages={"max_length": "Use 300 characters at most"},
    )

    def __init__(self, data: Any = None, *, erasure: Erasure, action: str) -> None:
        self.action = action
        super().__init__(data, initial={"version": erasure.version})

    @property
    def is_refusal(self) -> bool:
        return bool(self.data.get("do") == REFUSE)

    def layout(self) -> list[Any]:
        return [
            Field.textarea("because", label_size=Size.SMALL, rows=2),
            Buttons(
                Button("Remove it for good", name="do", value=CARRY_OUT, kind="warning"),
                Button("Don’t remove it", name="do", value=REFUSE, kind="secondary"),
            ),
        ]
