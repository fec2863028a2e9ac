"""What one person gave as answers, and what is wrong with it: a sentence for each question. Pure: it knows ids and texts, no records.

The same check stands behind the web form, the keying of papers and the import of files, so that an answer is refused or counted alike
whichever way it came.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

MOST_CHOICES = 3
LONGEST_TEXT = 2_000
HIDDEN = "There is a hidden character in what you wrote. Type it again."
ORDINALS = ("first", "second", "third")


class OptionAsked(Protocol):
    @property
    def pk(self) -> int: ...
    @property
    def is_other(self) -> bool: ...


class QuestionAsked(Protocol):
    @property
    def pk(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def options(self) -> Sequence[OptionAsked]: ...
    @property
    def is_ranked(self) -> bool: ...
    @property
    def is_text(self) -> bool: ...
    @property
    def takes_several(self) -> bool: ...


@dataclass(frozen=True)
class Given:
    """`choices`: the concerns by their ids, best first, None where a place was left empty. `options`: ids by the question's id, equality
    monitoring among them. `texts`: words by the question's id; of the ranked question what "other" is.
    """

    choices: tuple[int | None, ...] = ()
    options: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Nothing was answered at all."""
        return not any(self.choices) and not any(self.options.values()) and not any(map(str.strip, self.texts.values()))


def faults(questions: Iterable[QuestionAsked], given: Given) -> dict[str, str]:
    """By the question's key, the sentence that says how to put it right; empty when everything can be counted."""
    asked = {question.pk: question for question in questions}
    found: dict[str, str] = {}
    for question in asked.values():
        said = _of_question(question, given)
        if said:
            found[question.key] = said
    is_ranked = any(question.is_ranked for question in asked.values())
    if (set(given.options) | set(given.texts)) - set(asked) or (any(given.choices) and not is_ranked):
        found["form"] = "This answer is to a question that is not asked here. Start again from the first page."
    return found


def _of_question(question: QuestionAsked, given: Given) -> str:
    text, chosen = given.texts.get(question.pk, ""), given.options.get(question.pk, ())
    if question.is_ranked:
        in_no_order = "Put concerns in order: first, second, third." if chosen else ""
        return in_no_order or _of_choices(question, given.choices) or fault_of_text(text)
    if question.is_text:
        return "Answer this question in words." if chosen else fault_of_text(text)
    if text:
        return "Choose one of the answers: words are not counted here."
    if set(chosen) - {option.pk for option in question.options}:
        return "Choose one of the answers on this page."
    if len(set(chosen)) != len(chosen):
        return "The same answer is chosen twice. Choose it once."
    if len(chosen) > 1 and not question.takes_several:
        return "Choose one answer only."
    return ""


def _of_choices(question: QuestionAsked, choices: Sequence[int | None]) -> str:
    if len(choices) > MOST_CHOICES:
        return "Choose three concerns at most."
    for place, chosen in enumerate(choices):
        if chosen is not None and place and choices[place - 1] is None:
            return f"There is a {ORDINALS[place]} choice and no {ORDINALS[place - 1]}. Choose your {ORDINALS[place - 1]} first."
    named = [chosen for chosen in choices if chosen is not None]
    if set(named) - {option.pk for option in question.options}:
        return "Choose from the concerns on this page."
    if len(set(named)) != len(named):
        return "The same concern is chosen twice. Choose another, or leave one place empty."
    return ""


def fault_of_text(text: str) -> str:
    """The sentence of words that can’t be kept; empty when they can."""
    if len(text) > LONGEST_TEXT:
        return f"Write {LONGEST_TEXT:,} characters or fewer: this has {len(text):,}."
    if "\x00" in text:
        return HIDDEN
    return ""
