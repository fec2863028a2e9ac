"""The pages of the public form: its start, and one question each."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html

from consultation import answers, codes, interface
from consultation.answers import ORDINALS
from consultation.asked import ENGLISH, Asked, AskedOption
from consultation.filling import Filling
from consultation.interface import Word
from consultation.steps import Step
from lib.govuk import Choice, GovukForm

CHOSEN_TWICE = "The same concern is chosen twice. Choose another, or leave this place empty."
NO_HIDDEN = {"null_characters_not_allowed": answers.HIDDEN}
NOT_OFFERED = "Choose one of the answers on this page."
NO_FIRST = "There is a {later} choice and no {earlier}. Choose your {earlier} first."


class PublicForm(GovukForm, forms.Form):
    """A page of the form: its sentences mark themselves as English on a page in another language.

    `website` is a box that people neither see nor hear. What fills it in is likely a machine: its answers are held back until somebody
    has looked.
    """

    submit = ""
    form_tag = False

    website = forms.CharField(
        required=False,
        label="Leave this box empty",
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, data: Any = None, *, language: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.language = language

    @property
    def fell_into_the_trap(self) -> bool:
        return bool(self.data.get("website"))

    def full_clean(self) -> None:
        super().full_clean()
        for errors in self._errors.values() if self.is_bound else ():
            for error in errors.data:
                error.message, error.params = self._said(error.messages[0]), None

    def refuse(self, sentence: str, field: str | None = None) -> None:
        """A sentence of the view's, at this box or of the whole page."""
        self.add_error(field, self._said(sentence))

    def _said(self, sentence: str) -> str:
        return format_html("{}", Word(sentence, is_english=self.language != ENGLISH))


class StartForm(PublicForm):
    code = forms.CharField(
        required=False,
        label="",
        max_length=40,
        error_messages={
            "null_characters_not_allowed": "There is a hidden character in this code. Type it again, or leave it out.",
            "max_length": "A code has 8 letters and figures. Look at the form again. You can also leave the code out.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, language: str, words: Mapping[str, Word], code: str) -> None:
        super().__init__(data, language=language, initial={"code": code})
        self.fields["code"].label, self.fields["code"].help_text = words["code"], words["code_hint"]

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        if fault := codes.fault(typed):
            raise forms.ValidationError(f"{fault} You can also leave the code out.")
        return codes.normalise(typed)


class SendForm(PublicForm):
    """Nothing but the button; `code_is_at_fault` offers to send without the code."""

    code_is_at_fault = False


class StepForm(PublicForm):
    """The question of one page. Nothing has to be answered."""

    def __init__(
        self, data: Any = None, *, step: Step, filling: Filling, asked: Asked, label: Word, what_else: Word
    ) -> None:
        super().__init__(data, language=asked.language)
        self.step, self.asked = step, asked
        self.fields["answer"] = self._box(filling)
        self.fields["answer"].label = label
        if step.question.hint and step.place < 2:
            self.fields["answer"].help_text = interface.of_hint(asked, step.question)
        if self.offers_other:
            self.fields["other"] = forms.CharField(
                required=False,
                initial=filling.texts.get(step.question.key, ""),
                label=what_else,
                error_messages=NO_HIDDEN,
            )
        self.order_fields(["answer", "other", "website"])

    @property
    def options(self) -> Sequence[AskedOption]:
        return [option for option in self.step.question.options if option.pk not in self.taken]

    @property
    def other(self) -> AskedOption | None:
        return next((option for option in self.options if option.is_other), None)

    @property
    def offers_other(self) -> bool:
        return self.step.place > 0 and self.other is not None

    def _box(self, filling: Filling) -> forms.Field:
        question, place = self.step.question, self.step.place
        self.taken = set(filling.choices[: place - 1]) if place else set()
        if question.is_text:
            return forms.CharField(
                required=False,
                initial=filling.texts.get(question.key, ""),
                error_messages=NO_HIDDEN,
                widget=forms.Textarea(attrs={"rows": 8}),
            )
        choices = [Choice(option.pk, interface.of_option(self.asked, question, option)) for option in self.options]
        held = filling.options.get(question.key, [])
        refused = {"invalid_choice": self._refusal(), "invalid_list": NOT_OFFERED}
        if question.takes_several:
            return forms.TypedMultipleChoiceField(
                required=False,
                coerce=int,
                choices=choices,
                initial=held,
                error_messages=refused,
                widget=forms.CheckboxSelectMultiple,
            )
        chosen = filling.choices[place - 1 : place] if place else held
        return forms.TypedChoiceField(
            required=False,
            coerce=int,
            empty_value=None,
            choices=choices,
            initial=chosen[0] if chosen else None,
            error_messages=refused,
            widget=forms.RadioSelect,
        )

    def _refusal(self) -> str:
        return CHOSEN_TWICE if str(self.data.get("answer")) in map(str, self.taken) else NOT_OFFERED

    def clean_answer(self) -> Any:
        answer = self.cleaned_data["answer"]
        if not self.step.question.is_text:
            if not self.step.question.takes_several and len(self._posted("answer")) > 1:
                raise forms.ValidationError("Choose one answer only.")
            return answer
        return _kept(answer)

    def clean_other(self) -> str:
        return _kept(self.cleaned_data["other"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        written, chosen = told.get("other"), told.get("answer")
        if written and "answer" in told and self.other and chosen != self.other.pk:
            self.add_error("other", f"Choose “{self.other.text}” as well, or empty this box.")
        return told

    def _posted(self, name: str) -> list[str]:
        return self.data.getlist(name) if hasattr(self.data, "getlist") else []


def no_earlier(step: Step) -> str:
    """A later choice was sent, and the one before it is not there."""
    return NO_FIRST.format(later=step.ordinal, earlier=ORDINALS[step.place - 2])


def _kept(text: str) -> str:
    """As typed; a line end is one character, as the browser counts it."""
    text = text.replace("\r\n", "\n")
    if fault := answers.fault_of_text(text):
        raise forms.ValidationError(fault)
    return text
