"""The entries of a priority's lists, one small form each, and the lists they stand in."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from lib.govuk import GovukForm
from priorities.amending import KINDS, Item, Place, arranged, clashing
from priorities.forms.fields import LineField, numeric, whole
from priorities.merging import NEW

MOST = 60  # entries of one list: what a page can still carry
CHOSEN = ("theme", "year")  # what a new entry takes over from the one before it
LONG = 8  # entries of a list that get links to jump by
Choices = Sequence[tuple[str, str]]


class PartForm(GovukForm, forms.Form):
    """An entry: where it stands, its words, and a tick that takes it out. `called` names it in messages: "commitment 3"."""

    kind: ClassVar[str]
    boxes: ClassVar[tuple[str, ...]] = ("text",)  # those that say something by themselves

    token = forms.CharField(widget=forms.HiddenInput, max_length=40)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    place = forms.CharField(label="Place", required=False, widget=numeric(3))
    text = LineField(label="Words", required=False, max_length=1000, widget=forms.Textarea)
    remove = forms.BooleanField(label="Take it out of the plan", required=False)

    def __init__(self, *args: Any, ordinal: int, themes: Choices = (), years: Choices = (), **kwargs: Any) -> None:
        self.ordinal = ordinal  # as the page counts: from 1
        super().__init__(*args, **kwargs)
        self.name = KINDS[self.kind]
        self.called = f"{self.name.lower()} {ordinal}"
        for name, choices in (("theme", [("", "None"), *themes]), ("year", years)):
            if name in self.fields:
                self.fields[name].choices = choices
                self.fields[name].error_messages["invalid_choice"] = f"Choose one of the list for {self.called}"
        for name, field in self.fields.items():
            if length := getattr(field, "max_length", None):
                field.error_messages["max_length"] = (
                    f"{self.called.capitalize()}, {str(field.label or name).lower()}: use {length:,} characters or fewer"
                )

    @property
    def above(self) -> int:
        """The index of the entry before it, where it stands after going up; for the address to land at."""
        return max(self.ordinal - 2, 0)

    @property
    def is_blank(self) -> bool:
        """A new entry into which nothing was typed; sub-heading and year are chosen beforehand. Needs `is_valid` called."""
        new = self.cleaned_data.get("token", "").startswith(NEW)
        typed = [self.cleaned_data.get(name) for name in self.boxes if name not in CHOSEN]
        return new and not any(typed) and not self.errors

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("remove"):
            self.errors.clear()  # what goes need not be right
        elif not self.is_blank:
            self.check_entry()
        return self.cleaned_data

    def check_entry(self) -> None:
        """Refuse an entry that says nothing, or stands at no place."""
        if not self.cleaned_data.get("text") and "text" not in self.errors:
            self.add_error("text", f"Enter the words of {self.called}, or tick that it goes")
        typed = self.cleaned_data.get("place", "")
        if typed and not whole(typed):
            self.add_error("place", f"The place of {self.called} must be a whole number, like 3")

    def at(self) -> Place:
        """Where it stood and where it is to stand. Needs `is_valid` called."""
        return Place(whole(self.cleaned_data.get("shown", "")), whole(self.cleaned_data.get("place", "")))

    def item(self) -> Item:
        """What was typed. Call on valid entries only."""
        words = {name: self.cleaned_data[name] for name in self.boxes if name != "number"}
        return Item(token=self.cleaned_data["token"], **words)


class ThemeForm(PartForm):
    kind = "themes"
    text = LineField(label="Words", required=False, max_length=120)


class FocusPointForm(PartForm):
    kind = "focus_points"
    boxes = ("text", "theme")
    theme = forms.ChoiceField(label="Sub-heading", required=False)


class CommitmentForm(PartForm):
    kind = "commitments"
    boxes = ("text", "theme", "year", "number", "unit")
    theme = forms.ChoiceField(label="Sub-heading", required=False)
    year = forms.ChoiceField(label="Year")
    number = forms.CharField(label="Number", required=False, widget=numeric(5))
    unit = LineField(label="What it counts", required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].error_messages["required"] = f"Choose the year of {self.called}"

    def check_entry(self) -> None:
        super().check_entry()
        typed, unit = self.cleaned_data.get("number", ""), self.cleaned_data.get("unit", "")
        if typed and not whole(typed):
            self.add_error("number", f"The number of {self.called} must be a whole number of 1 or more, like 20")
        elif typed and not unit and "unit" not in self.errors:
            self.add_error("unit", f"Say what the number of {self.called} counts, like burglars adopted")
        elif unit and not typed:
            self.add_error("number", f"Enter the number of {unit} in {self.called}, or leave both boxes empty")

    def item(self) -> Item:
        words = {name: self.cleaned_data[name] for name in ("text", "theme", "year", "unit")}
        return Item(token=self.cleaned_data["token"], number=whole(self.cleaned_data["number"]), **words)


class OutcomeForm(PartForm):
    kind = "outcomes"
    boxes = ("text", "theme", "known_by")
    theme = forms.ChoiceField(label="Sub-heading", required=False)
    known_by = LineField(
        label="How it will be known",
        help_text="An indicator or a survey. Left empty, the page says “No measure yet”.",
        required=False,
        max_length=200,
    )


class PartFormSet(forms.BaseFormSet):
    """One list of the page, its entries in the order shown."""

    form: type[PartForm]
    lost = "Open this page again: it lost track of what you were changing"
    default_error_messages = {
        "missing_management_form": lost,
        "too_many_forms": f"A list can hold at most {MOST} entries",
    }

    @property
    def kind(self) -> str:
        return self.form.kind

    @property
    def is_ordered(self) -> bool:
        """Whether its entries can be moved. Sub-headings show in the order of what stands under them."""
        return self.kind != "themes"

    @property
    def heading(self) -> str:
        return f"{KINDS[self.kind]}s"

    @property
    def one(self) -> str:
        """ "a commitment", "an outcome"."""
        word = KINDS[self.kind].lower()
        return f"an {word}" if word.startswith("o") else f"a {word}"

    @property
    def jumps(self) -> list[tuple[str, int]]:
        """In a long list: each sub-heading with the index of the first entry under it, so that nobody has to tab through them all."""
        if len(self.forms) <= LONG or "theme" not in self.forms[0].fields:
            return []
        titles = {value: title for value, title in self.forms[0].fields["theme"].choices if value}
        first: dict[str, int] = {}
        for index, form in enumerate(self.forms):
            first.setdefault(str(form["theme"].value()), index)
        return [(titles[value], index) for value, index in first.items() if value in titles]

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return super().get_form_kwargs(index) | {"ordinal": (index or 0) + 1}

    def clean(self) -> None:
        """Refuse two entries that were moved to one place."""
        for index in clashing([form.at() for form in self.forms]):
            form = self.forms[index]
            if not form.cleaned_data.get("remove"):
                message = (
                    f"Another entry was moved to place {form.cleaned_data['place']} as well: give {form.called} its own"
                )
                form.add_error("place", message)

    def items(self) -> list[Item]:
        """The entries as typed and in their new order, without blank ones and those that go. Call on a valid list only."""
        order = arranged([form.at() for form in self.forms])
        forms_in_order = [self.forms[index] for index in order]
        return [form.item() for form in forms_in_order if not form.is_blank and not form.cleaned_data.get("remove")]


def _list_of(form: type[PartForm]) -> type[PartFormSet]:
    made: type[PartFormSet] = forms.formset_factory(
        form, formset=PartFormSet, extra=0, max_num=MOST, absolute_max=MOST + 1, validate_max=True
    )
    return made


LISTS = {form.kind: _list_of(form) for form in (ThemeForm, FocusPointForm, CommitmentForm, OutcomeForm)}
