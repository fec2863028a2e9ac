"""Totals as they are printed: a box for each number, and one beside it for its percentage."""

from typing import Any, NamedTuple

from django import forms

from consultation.models import Consultation
from consultation.totals import RANKS, Answers, Chosen, Ranked, Totals
from indicators.numbers import Unreadable, parse_count
from lib.editing import VersionMixin
from lib.govuk import GovukForm

LONGEST_TOGETHER = 120
TICKED = "The numbers that add up to about 100 are people, not percentages"


class ConcernBoxes(NamedTuple):
    text: str
    boxes: list[tuple[str, forms.BoundField]]  # the head of its column, and the box
    printed: forms.BoundField


class OptionBoxes(NamedTuple):
    text: str
    count: forms.BoundField
    printed: forms.BoundField


class QuestionBoxes(NamedTuple):
    question: Answers
    options: list[OptionBoxes]


def _number(label: str, width: int = 5) -> forms.CharField:
    attrs = {"inputmode": "numeric", "autocomplete": "off", "class": f"govuk-input--width-{width}"}
    return forms.CharField(label=label, required=False, max_length=20, widget=forms.TextInput(attrs=attrs))


class TotalsForm(GovukForm, VersionMixin):
    """Its boxes are called as `totals.faults` calls them."""

    form_tag, submit = False, ""

    responses = forms.CharField(
        label="How many answered?",
        help_text="All whose answers the totals are made of, such as 1,389",
        error_messages={"required": "Enter how many answered"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    source = forms.CharField(
        label="Where are these totals printed?",
        help_text="Such as “Report to Cabinet of 31 October 2017, 3.7 to 3.12”",
        max_length=300,
        error_messages={"required": "Say where these totals are printed"},
    )
    together = forms.CharField(
        label="What is counted together", required=False, max_length=LONGEST_TOGETHER, widget=forms.TextInput()
    )
    note = forms.CharField(
        label="Note (optional)",
        help_text="How it was done, and where the printed numbers don’t agree with each other. It is published with the results",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    are_counts = forms.BooleanField(label=TICKED, required=False)

    def __init__(self, data: Any = None, *, consultation: Consultation, held: Totals) -> None:
        self.held = held
        group = next((one for one in held.concerns if one.pk is None), None)
        super().__init__(
            data,
            initial={
                "version": consultation.version,
                "responses": _shown(held.responses),
                "source": consultation.source,
                "note": consultation.note,
                "together": group.text if group else "",
            },
        )
        for concern in held.concerns:
            for rank, count in zip(RANKS, concern.counts, strict=True):
                self._add(f"{rank}-{concern.box}", f"{concern.text}, {rank} choice", _shown(count))
            self._add(f"printed-{concern.box}", f"{concern.text}, percentage as printed", concern.printed)
        for question in held.questions:
            for option in question.options:
                self._add(f"count-{option.pk}", f"{option.text}, how many", _shown(option.count))
                self._add(f"share-{option.pk}", f"{option.text}, percentage as printed", option.printed)

    def _add(self, name: str, label: str, initial: str) -> None:
        self.fields[name] = _number(label)
        self.fields[name].initial = initial

    @property
    def asks_whether_counts(self) -> bool:
        """Only where it was said that they look like percentages."""
        return bool(self["are_counts"].value()) or any(
            "they look like percentages" in str(e) for e in self.errors.values()
        )

    def concern_rows(self) -> list[ConcernBoxes]:
        return [
            ConcernBoxes(
                "" if concern.pk is None else concern.text,
                [(f"{rank.capitalize()} choices", self[f"{rank}-{concern.box}"]) for rank in RANKS],
                self[f"printed-{concern.box}"],
            )
            for concern in self.held.concerns
        ]

    def question_rows(self) -> list[QuestionBoxes]:
        return [
            QuestionBoxes(
                question,
                [OptionBoxes(one.text, self[f"count-{one.pk}"], self[f"share-{one.pk}"]) for one in question.options],
            )
            for question in self.held.questions
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in self.fields:
            if name == "responses" or name.split("-")[0] in (*RANKS, "count"):
                self._count(name)
        return cleaned

    def _count(self, name: str) -> None:
        typed = str(self.cleaned_data.get(name, "")).strip()
        thing = "How many answered" if name == "responses" else self.fields[name].label
        if not typed:
            if name in self.cleaned_data:
                self.cleaned_data[name] = None
            return
        if typed.endswith("%") or "." in typed:
            beside = "" if name == "responses" else f": put {typed} into the box beside it"
            self.add_error(name, f"{thing}: enter how many people, not a percentage{beside}")
            return
        try:
            self.cleaned_data[name] = int(
                parse_count(typed, thing=str(thing), exact="Type the number as it is printed")
            )
        except Unreadable as unreadable:
            self.add_error(name, str(unreadable))

    def totals(self) -> dict[str, Any]:
        """What `actions.totals.enter` takes, from a form without errors."""
        told = self.cleaned_data
        concerns = tuple(
            Ranked(
                one.pk,
                one.text if one.pk else told["together"].strip() or one.text,
                (told[f"first-{one.box}"], told[f"second-{one.box}"], told[f"third-{one.box}"]),
                told[f"printed-{one.box}"].strip(),
            )
            for one in self.held.concerns
        )
        questions = tuple(
            Answers(
                one.pk,
                one.text,
                one.several,
                tuple(
                    Chosen(x.pk, x.text, told[f"count-{x.pk}"], told[f"share-{x.pk}"].strip(), x.is_dont_know)
                    for x in one.options
                ),
            )
            for one in self.held.questions
        )
        return {
            "totals": Totals(told["responses"], concerns, questions),
            **{name: told[name] for name in ("source", "note", "are_counts", "version")},
        }


def _shown(number: int | None) -> str:
    return "" if number is None else f"{number:,}"
