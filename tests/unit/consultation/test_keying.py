from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation import keying
from consultation.keying import Unreadable


@dataclass(frozen=True)
class Option:
    pk: int
    text: str
    order: int = 1
    is_dont_know: bool = False
    is_other: bool = False


@dataclass(frozen=True)
class Question:
    role: str = "further"
    is_ranked: bool = False
    options: list[Option] = field(default_factory=list)


def asking(role, *texts, unsure=""):
    options = [Option(100 + place, text, place) for place, text in enumerate(texts, start=1)]
    if unsure:
        options.append(Option(199, unsure, 99, is_dont_know=True))
    return Question(role, options=options)


SAFE = asking("safe", "Agree", "Disagree", unsure="Don’t know")
CONNECTION = asking("connection", "I live here", "I work here", "I study here", "I visit")
LIGHT = asking("further", "Parks", "Streets", "Estates", unsure="No opinion")
TRUST = asking("further", "0 Not at all", "1", "2 Completely")
CONCERNS = Question(
    "concerns", is_ranked=True, options=[Option(10 + n, f"Concern {n}", n, is_other=n == 6) for n in range(1, 7)]
)


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        (SAFE, "a d ?"),
        (CONNECTION, "l w s v"),
        (LIGHT, "1 2 3 ?"),
        (TRUST, "0 1 2"),
        (CONCERNS, "1 2 3 4 5 6"),
        (
            asking("safe", "Very safe", "Safe", "Unsafe", "Very unsafe"),
            "v s u e",
        ),  # e: v, u and r… are looked for in this order
        (asking("safe", "Yes", "No"), "y n"),
        (asking("safe", "হ্যাঁ", "না"), "1 2"),  # no Latin letter to take
        (asking("connection", "a", "a b", "b a"), "1 2 3"),  # the letters don't do
        (asking("further", "1 Low", "1 High"), "1 2"),  # numbers of their own, but the same
        (asking("further", "1 Low", "High"), "1 2"),
    ],
)
def test_what_is_typed_for_each_answer(question, typed):
    assert list(keying.marks(question).values()) == typed.split()


def test_concerns_whose_printed_numbers_are_not_unique_are_counted_through():
    question = Question("concerns", is_ranked=True, options=[Option(1, "A", 1), Option(2, "B", 1), Option(3, "C", 9)])
    assert keying.marks(question) == {1: "1", 2: "2", 3: "3"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ()),
        ("  ", ()),
        ("3", (13,)),
        ("3 5 1", (13, 15, 11)),
        ("3,5,1", (13, 15, 11)),
        (" 3 ; 5, 1 ", (13, 15, 11)),
        ("3 o", (13, 16)),
        ("O", (16,)),
        ("6", (16,)),
        (", 5", (None, 15)),
        ("- 5", (None, 15)),
        ("3,,5", (13, None, 15)),
        ("3, 5,", (13, 15)),
        ("-", ()),
        ("3 3", (13, 13)),  # refused by the check of answers, with a sentence
        ("1 2 3 4", (11, 12, 13, 14)),
    ],
)
def test_concerns_as_typed(typed, read):
    assert keying.choices(CONCERNS, typed) == read


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3 41", "There is no 41 on the form: concerns go from 1 to 6, or o for other."),
        ("0", "There is no 0 on the form: concerns go from 1 to 6, or o for other."),
        ("drugs", "“drugs” is no number on the form: concerns go from 1 to 6, or o for other."),
        ("3-5", "“3-5” is no number on the form: concerns go from 1 to 6, or o for other."),
        ("😀", "“😀” is no number on the form: concerns go from 1 to 6, or o for other."),
        ("9" * 5000, f"There is no {'9' * 20} on the form: concerns go from 1 to 6, or o for other."),
    ],
)
def test_numbers_that_are_not_on_the_form(typed, said):
    with pytest.raises(Unreadable) as unreadable:
        keying.choices(CONCERNS, typed)
    assert str(unreadable.value) == said


@pytest.mark.parametrize(
    ("question", "typed", "read"),
    [
        (SAFE, "a", (101,)),
        (SAFE, "D ", (102,)),
        (SAFE, "?", (199,)),
        (SAFE, "", ()),
        (CONNECTION, "lw", (101, 102)),
        (CONNECTION, "v, l", (104, 101)),
        (LIGHT, "1 3", (101, 103)),
        (LIGHT, "1,3,", (101, 103)),
        (TRUST, "0", (101,)),
    ],
)
def test_answers_as_typed(question, typed, read):
    assert keying.options(question, typed) == read


@pytest.mark.parametrize(
    ("question", "typed", "said"),
    [
        (SAFE, "x", "“x” is none of the answers: type a, d or ?."),
        (LIGHT, "13", "“13” is none of the answers: type 1, 2, 3 or ?."),
        (Question(options=[Option(1, "Only")]), "2", "“2” is none of the answers: type 1."),
    ],
)
def test_what_is_none_of_the_answers(question, typed, said):
    with pytest.raises(Unreadable) as unreadable:
        keying.options(question, typed)
    assert str(unreadable.value) == said


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_told(typed):
    for read, question in ((keying.choices, CONCERNS), (keying.options, CONNECTION), (keying.options, LIGHT)):
        try:
            assert set(read(question, typed)) <= {option.pk for option in question.options} | {None}
        except Unreadable as unreadable:
            assert str(unreadable).endswith(".")


@given(st.lists(st.sampled_from([option.pk for option in CONCERNS.options]), unique=True, max_size=3))
def test_what_is_shown_to_be_typed_again_reads_the_same(chosen):
    assert keying.choices(CONCERNS, keying.again(CONCERNS, chosen)) == tuple(chosen)


def test_nothing_on_purpose():
    assert keying.says_nothing(" - ")
    assert not keying.says_nothing("")
    assert not keying.says_nothing("- 7")


def test_what_is_typed_for_what_in_one_line():
    assert keying.shown(SAFE) == "a = Agree, d = Disagree, ? = Don’t know"
    assert keying.shown(TRUST) == "0 Not at all, 1, 2 Completely"
