"""Forms for paper: a new pile, one paper of it, taking a paper out, finishing and undoing a pile, a series of codes."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from consultation import answers, codes, keying
from consultation.actions.batches import LONGEST_REASON
from consultation.actions.papers import LONGEST_PLACE, Paper
from consultation.actions.papers_codes import LONGEST_LABEL
from consultation.answers import Given
from consultation.asked import ENGLISH, Asked, AskedQuestion
from consultation.keying import Unreadable
from consultation.models import Batch, Channel, Consultation
from lib.editing import VersionMixin
from lib.govuk import Button, Buttons, Choice, Field, GovukForm, Link, Size, Wrap
from lib.refusals import LOST

TYPED = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
LONGEST_TYPED = 200  # characters for the answers to one question
EMPTY = "Nothing is typed. For a paper on which nothing is marked, type - here."
MOST_PAPERS = 100_000


class PileForm(GovukForm, forms.Form):
    submit = "Begin the pile"

    channel = forms.ChoiceField(
        label="How did these papers come?",
        error_messages={"required": "Choose how these papers came"},
        widget=forms.RadioSelect,
    )
    label = forms.CharField(
        label="What is this pile?",
        help_text="So that it is found again: “Whitechapel library, 4 to 11 July”",
        max_length=120,
        error_messages={"required": "Say what this pile is"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    expected = forms.IntegerField(
        label="How many papers are in it? (optional)",
        help_text="Count them before you begin: the number is held against what was entered",
        required=False,
        min_value=1,
        max_value=MOST_PAPERS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, channels: Sequence[Channel], cancel_url: str) -> None:
        self.cancel_url, self._channels = cancel_url, {str(channel.pk): channel for channel in channels}
        super().__init__(data, initial={"channel": next(iter(self._channels))} if len(channels) == 1 else {})
        self.fields["channel"].choices = [Choice(pk, channel.name) for pk, channel in self._channels.items()]

    def layout(self) -> list[Any]:
        return [
            Field.radios("channel", legend_size=Size.SMALL, small=True),
            Field.text("label", label_size=Size.SMALL),
            Field.text("expected", label_size=Size.SMALL, field_width=4),
        ]

    def begun(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "channel": self._channels[self.cleaned_data["channel"]]}


class CodeField(forms.CharField):
    """A code as it is kept; a slip of the finger is told before anything is looked up."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=40, widget=forms.TextInput(attrs=TYPED), **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if said := codes.fault(typed):
            raise ValidationError(said)
        return codes.normalise(typed)


def _typed(question: AskedQuestion) -> forms.CharField:
    """The box for one question: what to type stands under it."""
    hint = keying.shown(question)
    if question.is_ranked:
        other = f", {keying.OTHER} for other" if any(option.is_other for option in question.options) else ""
        hint = f"Numbers as printed, best first: 3 7 12{other}"
    return forms.CharField(
        label=question.text,
        help_text="" if question.is_text else hint,
        required=False,
        max_length=None if question.is_text else LONGEST_TYPED,
        widget=forms.TextInput(attrs={"autocomplete": "off"} if question.is_text else TYPED),
    )


class PaperForm(GovukForm, forms.Form):
    """One paper: a box for each question, in the order of the form. It says what is read of it, or what can't be, box by box."""

    submit = "Save the paper"

    token = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": LOST, "invalid": LOST})

    def __init__(
        self,
        data: Any = None,
        *,
        asked: Asked,
        with_code: bool,
        language: str = "",
        again: dict[str, str] | None = None,
    ) -> None:
        self.asked = asked
        initial = {box(name): text for name, text in (again or {}).items()}
        super().__init__(data, initial={"token": uuid.uuid4(), "language": language or ENGLISH, **initial})
        for question in asked.questions:
            self.fields[box(question.key)] = _typed(question)
            if question.is_ranked and any(option.is_other for option in question.options):
                attrs = {"autocomplete": "off"}
                self.fields[box(f"words-{question.key}")] = forms.CharField(
                    label="What “other” is", required=False, widget=forms.TextInput(attrs=attrs)
                )
        if with_code:
            self.fields["code"] = CodeField(
                label="Code", help_text="Like AB22-222P. Leave it out to count it without one"
            )
        if asked.languages:
            offered = [(ENGLISH, "English"), *((one.code, one.name) for one in asked.languages)]
            self.fields["language"] = forms.ChoiceField(label="Language of the paper", choices=offered)

    def layout(self) -> list[Any]:
        boxes = []
        for name in [name for name in self.fields if name != "token"]:
            boxes.append(Field(name, context={"wrapper_class": self._width(name)}))
        return [Wrap("csp-keying", *boxes)]

    def _width(self, name: str) -> str:
        """Words take the whole line, marks a part of it."""
        question = self.asked.question(name.removeprefix("q-"))
        is_words = name.startswith("q-words-") or bool(question and (question.is_text or question.is_ranked))
        return "csp-keying__line" if is_words else "csp-keying__part"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.given = self._read(cleaned)
        for key, said in answers.faults(self.asked.questions, self.given).items():
            if box(key) not in self.errors:
                self.add_error(box(key) if box(key) in self.fields else None, said)
        if self.errors:
            return cleaned
        ranked = self.asked.ranked
        if self.given.is_empty and not (ranked and keying.says_nothing(cleaned.get(box(ranked.key), ""))):
            self.add_error(self._first, EMPTY)
        return cleaned

    def _read(self, cleaned: dict[str, Any]) -> Given:
        choices: tuple[int | None, ...] = ()
        options, texts = {}, {}
        for question in self.asked.questions:
            typed = cleaned.get(box(question.key), "")
            try:
                if question.is_text:
                    texts[question.pk] = typed
                elif question.is_ranked:
                    choices = keying.choices(question, typed)
                    texts[question.pk] = cleaned.get(box(f"words-{question.key}"), "")
                else:
                    options[question.pk] = keying.options(question, typed)
            except Unreadable as unreadable:
                self.add_error(box(question.key), str(unreadable))
        return Given(choices, options, texts)

    @property
    def _first(self) -> str | None:
        return next((name for name in self.fields if name.startswith("q-")), None)

    @property
    def paper(self) -> Paper:
        """What was typed, once it is valid."""
        told = self.cleaned_data
        return Paper(self.given, told["token"], told.get("code", ""), told.get("language", ENGLISH))

    def renew(self) -> None:
        """Let what is typed count as another paper when the button is pressed again."""
        data = self.data.copy()
        data["token"] = str(uuid.uuid4())
        self.data = data

    def put_focus(self) -> None:
        """Into the first box, or the first that something is wrong with: whoever keys papers never takes a hand off the keys."""
        wrong = [name for name in self.fields if name in self.errors and name != "token"] if self.is_bound else []
        name = wrong[0] if wrong else self._first
        if name:
            self.fields[name].widget.attrs["autofocus"] = True


def box(name: str) -> str:
    """The box of a question, by its key: no question is called as another box of the form."""
    return f"q-{name}"


class TakeOutForm(GovukForm, forms.Form):
    """What a paper says that is joined to no response: typed again, so that it is taken off."""

    submit = "Take the paper out"

    def __init__(
        self, data: Any = None, *, asked: Asked, with_code: bool, with_monitoring: bool, cancel_url: str
    ) -> None:
        self.cancel_url, self.asked = cancel_url, asked
        super().__init__(data)
        for question in asked.monitoring if with_monitoring else ():
            self.fields[box(question.key)] = _typed(question)
        if with_code:
            self.fields["code"] = CodeField(label="Code on the paper", help_text="It can be used again then")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.monitoring: dict[int, tuple[int, ...]] = {}
        for question in self.asked.monitoring:
            try:
                self.monitoring[question.pk] = keying.options(question, cleaned.get(box(question.key), ""))
            except Unreadable as unreadable:
                self.add_error(box(question.key), str(unreadable))
        return cleaned


class FinishForm(GovukForm, VersionMixin):
    submit = "Finish the pile"

    counted = forms.BooleanField(label="I have looked: the number that is entered is right", required=False)

    def __init__(self, data: Any = None, *, batch: Batch, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": batch.version})


class UndoPileForm(GovukForm, VersionMixin):
    because = forms.CharField(
        label="Why is it undone?",
        help_text="Kept with the pile: “The same papers were entered twice”",
        max_length=LONGEST_REASON,
        error_messages={"required": "Say why it is undone"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, batch: Batch, cancel_url: str) -> None:
        self.cancel = cancel_url
        super().__init__(data, initial={"version": batch.version})

    def layout(self) -> list[Any]:
        return [
            Field.text("because", label_size=Size.SMALL),
            Buttons(Button("Undo the whole pile", kind="warning"), Link("Cancel", self.cancel)),
        ]


class HandInForm(GovukForm, VersionMixin):
    submit = "Save where papers are handed in"

    hand_in = forms.CharField(
        label="Where are papers handed in?",
        help_text="Printed on every paper: “At any Idea Store, or by post to …”. Left empty, the paper says to ask you",
        required=False,
        max_length=LONGEST_PLACE,
        widget=forms.Textarea,
    )

    def __init__(self, data: Any = None, *, consultation: Consultation, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": consultation.version, "hand_in": consultation.hand_in})

    def layout(self) -> list[Any]:
        return [Field.textarea("hand_in", label_size=Size.SMALL, rows=3)]


class SeriesForm(GovukForm, forms.Form):
    submit = "Make the codes"

    series = forms.CharField(
        label="What are the codes for?",
        help_text="So that they are told apart: “Letters to Weavers ward”",
        max_length=LONGEST_LABEL,
        error_messages={"required": "Say what the codes are for"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    count = forms.IntegerField(
        label="How many?",
        help_text=f"One for each form, up to {codes.MOST:,} at once",
        min_value=1,
        max_value=codes.MOST,
        error_messages={"required": "Enter how many codes you need"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data)

    def layout(self) -> list[Any]:
        return [
            Field.text("series", label_size=Size.SMALL),
            Field.text("count", label_size=Size.SMALL, field_width=4),
        ]
