"""A question with its answers, and the order of all questions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from consultation.actions.setting_up_questions import MOST_OPTIONS, SCALE, Asking
from consultation.forms.running import LABEL, keep_unseen, line
from consultation.models import Consultation, Option, Question
from lib.editing import VersionMixin
from lib.govuk import Choice, Field, GovukForm, Size

Kind, Role = Question.Kind, Question.Role
# Each thing that can be chosen is a role with a kind: what goes together needs no second choice.
WHAT = (
    (Role.CONCERNS, Kind.RANKED, "Which concerns matter most", "Up to three of the listed concerns, in order"),
    (Role.SAFE, Kind.SINGLE, "Feeling safe", "One answer"),
    (Role.CONNECTION, Kind.MULTIPLE, "Connection to the area", "Any number of answers: lives, works, studies, visits"),
    (Role.FURTHER, Kind.SINGLE, "A further question with one answer", ""),
    (Role.FURTHER, Kind.MULTIPLE, "A further question with any number of answers", ""),
    (Role.FURTHER, Kind.SCALE, "A further question with a scale", "For example from 1, not at all, to 5, completely"),
    (Role.FURTHER, Kind.TEXT, "A further question that is answered in their own words", ""),
    (Role.MONITORING, Kind.SINGLE, "Equality monitoring with one answer", "Voluntary, and counted apart from everything else"),
    (Role.MONITORING, Kind.MULTIPLE, "Equality monitoring with any number of answers", "Voluntary, and counted apart from everything else"),
)  # fmt: skip


def code(role: str, kind: str) -> str:
    return f"{role}-{kind}"


def lines(typed: str) -> tuple[str, ...]:
    """What is on each line, blank ones left out, with single spaces."""
    return tuple(" ".join(row.split()) for row in typed.splitlines() if row.strip())


class QuestionForm(GovukForm, VersionMixin):
    """`taken`: roles that are asked once and have a question already."""

    submit = "Save the question"

    what = forms.ChoiceField(
        label="What kind of question is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of question it is"},
    )
    text = line("The question, exactly as people read it", 300, required="Enter the question")
    hint = line("A hint under it", 300, "Like “Choose all that apply”")
    options = forms.CharField(
        label="Answers",
        help_text=(
            f"One a line, at most {MOST_OPTIONS}. For a scale, one a line too: its points with words at the ends, like “1 Not at all”, “2”, “3”, “4”, "
            "“5 Completely”. Leave it empty for concerns and for their own words"
        ),
        required=False,
        max_length=10_000,
        widget=forms.Textarea,
    )
    dont_know = forms.CharField(
        label="Answers that are no part of a percentage (optional)",
        help_text="One a line, like “Don’t know” or “Prefer not to say”. They are offered last",
        required=False,
        max_length=1_000,
        widget=forms.Textarea,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        consultation: Consultation,
        taken: Iterable[str],
        cancel_url: str,
        question: Question | None = None,
        held: Iterable[Option] = (),
    ) -> None:
        self.cancel_url = cancel_url
        if question is None:
            self.submit = "Add the question"
        super().__init__(data, initial={"version": consultation.version} | _initial(question, list(held)))
        gone = set(taken) - ({question.role} if question else set())
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            Choice(code(role, kind), words, hint=hint) for role, kind, words, hint in WHAT if role not in gone
        ]

    def layout(self) -> list[Any]:
        return [
            Field.radios("what", legend_size=Size.SMALL, small=True),
            Field("text", context=LABEL),
            Field("hint", context=LABEL),
            Field.textarea("options", label_size=Size.SMALL, rows=6),
            Field.textarea("dont_know", label_size=Size.SMALL, rows=2),
        ]

    def clean_options(self) -> tuple[str, ...]:
        return lines(self.cleaned_data["options"])

    def clean_dont_know(self) -> tuple[str, ...]:
        return lines(self.cleaned_data["dont_know"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        points = len(cleaned.get("options", ()))
        if str(cleaned.get("what", "")).endswith(Kind.SCALE) and points not in SCALE:
            self.add_error("options", f"A scale has {SCALE[0]} to {SCALE[-1]} points, one a line: this has {points}")
        return cleaned

    def asking(self) -> Asking:
        role, _, kind = self.cleaned_data["what"].partition("-")
        given = {name: self.cleaned_data[name] for name in ("text", "hint", "options", "dont_know")}
        if kind in (Kind.RANKED, Kind.TEXT):
            given |= {"options": (), "dont_know": ()}
        return Asking(role, kind, **given)


def _initial(question: Question | None, held: list[Option]) -> dict[str, Any]:
    if question is None:
        return {}
    return {
        "what": code(question.role, question.kind),
        "text": question.text,
        "hint": question.hint,
        "options": "\n".join(option.text for option in held if not option.is_dont_know),
        "dont_know": "\n".join(option.text for option in held if option.is_dont_know),
    }


@dataclass(frozen=True)
class Placed:
    question: Question
    place: forms.BoundField


class OrderForm(GovukForm, VersionMixin):
    """A number beside each question."""

    form_tag = False

    def __init__(self, data: Any = None, *, consultation: Consultation, questions: Iterable[Question]) -> None:
        super().__init__(data, initial={"version": consultation.version})
        self.questions = list(questions)
        for place, question in enumerate(self.questions, start=1):
            self.fields[f"place_{question.pk}"] = forms.IntegerField(
                label=f"Place of “{question}”",
                initial=place,
                min_value=1,
                max_value=999,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "form": "order"}),
                error_messages={"required": f"Enter the place of “{question}”"},
            )
        keep_unseen(self)

    def rows(self) -> Iterator[Placed]:
        for question in self.questions:
            yield Placed(question, self[f"place_{question.pk}"])

    def places(self) -> dict[int, int]:
        return {question.pk: self.cleaned_data[f"place_{question.pk}"] for question in self.questions}
