"""What is wrong with what one person gave: a sentence for each question, whichever way it came."""

from dataclasses import dataclass, field

import pytest

from consultation.answers import LONGEST_TEXT, Given, faults


@dataclass(frozen=True)
class Option:
    pk: int
    is_other: bool = False


@dataclass(frozen=True)
class Question:
    pk: int
    key: str
    options: tuple[Option, ...] = field(default=())
    is_ranked: bool = False
    is_text: bool = False
    takes_several: bool = False


CONCERNS = Question(1, "concerns", tuple(Option(pk) for pk in (11, 12, 13, 14)) + (Option(19, True),), is_ranked=True)
SAFE = Question(2, "safe", (Option(21), Option(22)))
LIGHT = Question(3, "lighting", (Option(31), Option(32)), takes_several=True)
WORDS = Question(4, "words", is_text=True)
ASKED = (CONCERNS, SAFE, LIGHT, WORDS)


@pytest.mark.parametrize(
    "given",
    [
        Given(),
        Given(choices=(11,)),
        Given(choices=(11, 12, 13)),
        Given(choices=(11, None, None)),
        Given(choices=(19,), texts={1: "Noise at night"}),
        Given(options={2: (21,), 3: (31, 32)}),
        Given(options={2: ()}),
        Given(texts={4: "🦉 شارع مظلم জল"}),
        Given(texts={4: "x" * 2000}),
    ],
)
def test_what_can_be_counted_is_told_nothing_of(given: Given):
    assert faults(ASKED, given) == {}


@pytest.mark.parametrize(
    ("given", "key", "sentence"),
    [
        (Given(choices=(11, 11)), "concerns", "The same concern is chosen twice. Choose another, or leave one place empty."),
        (Given(choices=(11, 12, 11)), "concerns", "The same concern is chosen twice. Choose another, or leave one place empty."),
        (Given(choices=(None, 12)), "concerns", "There is a second choice and no first. Choose your first first."),
        (Given(choices=(11, None, 13)), "concerns", "There is a third choice and no second. Choose your second first."),
        (Given(choices=(None, None, 13)), "concerns", "There is a third choice and no second. Choose your second first."),
        (Given(choices=(11, 12, 13, 14)), "concerns", "Choose three concerns at most."),
        (Given(choices=(99,)), "concerns", "Choose from the concerns on this page."),
        (Given(choices=(21,)), "concerns", "Choose from the concerns on this page."),  # of another question
        (Given(options={1: (11,)}), "concerns", "Put concerns in order: first, second, third."),
        (Given(options={2: (31,)}), "safe", "Choose one of the answers on this page."),
        (Given(options={2: (21, 22)}), "safe", "Choose one answer only."),
        (Given(options={3: (31, 31)}), "lighting", "The same answer is chosen twice. Choose it once."),
        (Given(options={4: (21,)}), "words", "Answer this question in words."),
        (Given(texts={2: "Yes"}), "safe", "Choose one of the answers: words are not counted here."),
        (Given(texts={4: "x" * 2001}), "words", "Write 2,000 characters or fewer: this has 2,001."),
        (Given(texts={4: "x" * 10_000}), "words", "Write 2,000 characters or fewer: this has 10,000."),
        (Given(texts={1: "x" * 10_000}), "concerns", "Write 2,000 characters or fewer: this has 10,000."),
        (Given(texts={4: "a\x00b"}), "words", "There is a hidden character in what you wrote. Type it again."),
        (Given(options={77: (1,)}), "form", "This answer is to a question that is not asked here. Start again from the first page."),
        (Given(texts={77: "?"}), "form", "This answer is to a question that is not asked here. Start again from the first page."),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_told_in_a_sentence(given: Given, key: str, sentence: str):
    assert faults(ASKED, given) == {key: sentence}


def test_choices_where_no_concerns_are_asked_are_no_answer():
    said = "This answer is to a question that is not asked here. Start again from the first page."
    assert faults([SAFE], Given(choices=(11,))) == {"form": said}


def test_each_question_at_fault_has_its_own_sentence():
    given = Given(choices=(11, 11), options={2: (21, 22)}, texts={4: "x" * 2001})
    assert set(faults(ASKED, given)) == {"concerns", "safe", "words"}


@pytest.mark.parametrize(
    ("given", "is_empty"),
    [
        (Given(), True),
        (Given(choices=(None, None)), True),
        (Given(options={2: ()}, texts={4: "  \n "}), True),
        (Given(choices=(11,)), False),
        (Given(options={3: (31,)}), False),
        (Given(texts={4: "!"}), False),
    ],
)
def test_a_form_with_nothing_in_it_is_known(given: Given, is_empty: bool):
    assert given.is_empty is is_empty


def test_an_emoji_is_one_character_of_the_longest_text():
    assert faults(ASKED, Given(texts={4: "🦉" * LONGEST_TEXT})) == {}
