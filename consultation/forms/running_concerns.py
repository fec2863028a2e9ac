"""All concerns on one page: their numbers and words while it is a draft, and what of the plan covers each at any time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from consultation.actions.setting_up_concerns import LONGEST_CONCERN, Listed
from consultation.forms.running import keep_unseen
from consultation.forms.running_questions import lines
from consultation.models import Concern, Consultation
from consultation.models.question import MOST_CONCERNS
from lib.editing import VersionMixin
from lib.govuk import GovukForm
from priorities.models import Priority

LONGEST_NOTE = 300


@dataclass(frozen=True)
class Row:
    """`place` and `text` are boxes while it is a draft; after that None, and the concern's own words are shown."""

    concern: Concern
    priority: forms.BoundField
    note: forms.BoundField
    place: forms.BoundField | None = None
    text: forms.BoundField | None = None


class ConcernsForm(GovukForm, VersionMixin):
    form_tag = False

    def __init__(
        self,
        data: Any = None,
        *,
        consultation: Consultation,
        concerns: Iterable[Concern],
        priorities: Iterable[Priority],
    ) -> None:
        super().__init__(data, initial={"version": consultation.version})
        held = list(concerns)
        self.is_draft = consultation.is_draft
        self.concerns = [concern for concern in held if not concern.is_other]
        self.priorities = {str(priority.pk): priority for priority in priorities}
        for place, concern in enumerate(self.concerns, start=1):
            self._add_row(concern, place)
        if self.is_draft:
            self._add_more(next((concern.text for concern in held if concern.is_other), ""))
        keep_unseen(self)

    def _add_row(self, concern: Concern, place: int) -> None:
        if self.is_draft:
            self.fields[f"place_{concern.key}"] = forms.IntegerField(
                label=f"Number of “{concern}”",
                initial=place,
                min_value=1,
                max_value=999,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )
            self.fields[f"text_{concern.key}"] = forms.CharField(
                label=f"Concern {place}",
                initial=concern.text,
                max_length=LONGEST_CONCERN,
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
        self.fields[f"priority_{concern.key}"] = forms.ChoiceField(
            label=f"Priority that covers “{concern}”",
            choices=[
                ("", "Not said"),
                *((pk, f"{one.letter}: {one.short_title}") for pk, one in self.priorities.items()),
            ],
            initial=str(concern.priority_id or ""),
            required=False,
        )
        self.fields[f"note_{concern.key}"] = forms.CharField(
            label=f"Why no priority covers “{concern}”",
            initial=concern.uncovered_note,
            max_length=LONGEST_NOTE,
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )

    def _add_more(self, other: str) -> None:
        self.fields["more"] = forms.CharField(
            label="Add concerns" if self.concerns else "List the concerns",
            help_text=f"Type or paste them, one a line. At most {MOST_CONCERNS} in all; they are numbered as they stand on the paper form",
            max_length=10_000,
            required=False,
            widget=forms.Textarea,
        )
        self.fields["other"] = forms.CharField(
            label="Words for something that isn’t listed (optional)",
            help_text="Offered last, with room to say what. Leave it empty to offer none",
            initial=other,
            max_length=LONGEST_CONCERN,
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )

    def rows(self) -> Iterator[Row]:
        for concern in self.concerns:
            key = concern.key
            place = self[f"place_{key}"] if self.is_draft else None
            text = self[f"text_{key}"] if self.is_draft else None
            yield Row(concern, self[f"priority_{key}"], self[f"note_{key}"], place, text)

    def listed(self) -> list[Listed]:
        """Of a draft: those with words, by their numbers, then what was added. A row without words goes."""
        placed = []
        for stood, concern in enumerate(self.concerns):
            text = " ".join(self.cleaned_data[f"text_{concern.key}"].split())
            if text:
                place = self.cleaned_data[f"place_{concern.key}"]
                placed.append((stood + 1 if place is None else place, stood, self._answer(concern, text)))
        added = [Listed(text) for text in lines(self.cleaned_data["more"])]
        return [listed for *_, listed in sorted(placed, key=lambda one: one[:2])] + added

    def answers(self) -> list[Listed]:
        """What covers each."""
        return [self._answer(concern, concern.text) for concern in self.concerns]

    def _answer(self, concern: Concern, text: str) -> Listed:
        chosen = self.cleaned_data[f"priority_{concern.key}"]
        return Listed(text, concern.key, self.priorities.get(chosen), self.cleaned_data[f"note_{concern.key}"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for concern in self.concerns:
            if cleaned.get(f"priority_{concern.key}") and cleaned.get(f"note_{concern.key}"):
                self.add_error(
                    f"note_{concern.key}",
                    ValidationError(f"A priority covers “{concern}”: take the priority or the note away"),
                )
        return cleaned
