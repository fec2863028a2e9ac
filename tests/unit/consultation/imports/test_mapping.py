"""Which column is which, and which answer stands for which: what is told, what is guessed, what can't be."""

from dataclasses import dataclass, field

import pytest

from consultation.imports import guessing, mapping
from consultation.imports.mapping import Group, Reads, groups, parts, plain


@dataclass(frozen=True)
class Option:
    key: str
    text: str
    is_other: bool = False


@dataclass(frozen=True)
class Question:
    key: str
    text: str
    options: tuple[Option, ...] = ()
    is_ranked: bool = False
    is_text: bool = False
    takes_several: bool = False
    pk: int = field(default=1)


CONCERNS = Question(
    "concerns",
    "Which concerns matter most to you?",
    (Option("asb", "Anti-social Behaviour (ASB)"), Option("gangs", "Gangs"), Option("other", "Something else", True)),
    is_ranked=True,
)
SAFE = Question("safe", "Do you feel safe in your area?", (Option("yes", "Agree"), Option("no", "Disagree")))
AREA = Question(
    "area",
    "What is your connection?",
    (Option("live", "I live here"), Option("work", "I work here")),
    takes_several=True,
)
WORDS = Question("words", "Anything else?", is_text=True)
ASKED = (CONCERNS, SAFE, AREA, WORDS)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Anti-social  Behaviour (ASB)", "antisocial behaviour asb", True),
        ("DON’T KNOW", "Don't know", True),
        ("Under 25", "Under 35", False),
        ("<25", ">25", False),
        ("গ্যাং", "গ্যাং ", True),
        ("গ্যাং", "গগ", False),
        ("", " - ", True),
    ],
)
def test_words_are_equal_without_case_punctuation_and_spaces(one, other, same):
    assert (plain(one) == plain(other)) is same


@pytest.mark.parametrize(
    ("text", "splits", "found"),
    [
        ("Gangs;Drugs", True, ["Gangs", "Drugs"]),
        (" Gangs ; ; Drugs;", True, ["Gangs", "Drugs"]),
        ("Gangs\nDrugs", True, ["Gangs", "Drugs"]),
        ("Gangs;Drugs", False, ["Gangs;Drugs"]),
        ("", True, []),
        ("", False, []),
    ],
)
def test_answers_of_one_cell(text, splits, found):
    assert parts(text, splits) == found


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (("First choice", "2nd choice", "Choice 3"), ("first", "second", "third")),
        (("Respondent ID", "End Date"), ("person", "day")),
        (("Do you feel SAFE in your area", "Anything else?"), ("question.safe", "words.words")),
        (("Which concerns matter most to you?",), ("choices",)),
        (("I live here", "I work here"), ("question.area", "question.area")),  # a column for each answer
        (("First choice", "First choice"), ("first", "")),  # the same is not taken twice
        (("Browser", ""), ("", "")),
    ],
)
def test_columns_by_their_headings(headings, found):
    assert guessing.columns(headings, ASKED) == found


def test_columns_as_this_source_was_read_last_time():
    remembered = {"q1": "first", "q1#2": "second", "gone": "question.lighting", "enddate": ""}
    assert guessing.columns(("Q1", "Q1", "Gone", "End date"), ASKED, remembered) == ("first", "second", "", "")


@pytest.mark.parametrize(
    ("columns", "at", "said"),
    [
        (("first", "first"), 1, "Columns A and B both hold the first choice. Leave one of them out"),
        (("second",), 0, "There is the second choice and no column with the first choice. Say which column has it"),
        (("first", "third"), 1, "There is the third choice and no column with the second choice"),
        (("choices", "first"), 0, "Choices stand in one cell or in columns of their own, not in both"),
        (("question.safe", "question.safe"), 1, "both hold the answer to “Do you feel safe in your area?”"),
        (("words.words", "", "words.words"), 2, "Columns A and C both hold the words to “Anything else?”"),
        (("question.gone",), 0, "Say again what column A holds"),
        (("", ""), -1, "Say of at least one column which question it answers"),
        (("person", "day"), -1, "Say of at least one column which question it answers"),
    ],
)
def test_columns_that_cannot_be_read_so(columns, at, said):
    assert said in mapping.faults(columns, ASKED)[at]


@pytest.mark.parametrize("columns", [("first",), ("choices",), ("question.area", "question.area"), ("words.words",)])
def test_columns_that_can_be_read_so(columns):
    assert mapping.faults(columns, ASKED) == {}


def test_several_columns_of_one_question_are_placed_each_by_itself():
    found = groups(("first", "second", "question.area", "question.area"), ("1", "2", "Home", "Job"), ASKED)
    assert [(one.key, one.columns, one.splits) for one in found] == [
        ("concerns", (0, 1), False),
        ("area|home", (2,), True),
        ("area|job", (3,), True),
    ]


def group(question: Question) -> Group:
    return Group(question.key, question, (0,), False)


def test_equal_words_are_placed_and_nothing_else():
    values = ("anti social behaviour - ASB", "GANGS", "Gang", "", "-")
    assert guessing.answers(group(CONCERNS), values) == {
        "antisocialbehaviourasb": "asb",
        "gangs": "gangs",
        "": "-",
    }


def test_what_a_source_was_told_last_time_comes_first():
    remembered = {"gang": "gangs", "gangs": "asb", "nothing": "-", "old": "taken-out"}
    assert guessing.answers(group(CONCERNS), ("Gang", "Gangs", "Nothing", "Old"), remembered=remembered) == {
        "gang": "gangs",
        "gangs": "asb",
        "nothing": "-",
    }


def test_translations_are_equal_words_too():
    assert guessing.answers(group(CONCERNS), ("গ্যাং",), also={plain("গ্যাং"): "gangs"}) == {plain("গ্যাং"): "gangs"}


def test_points_of_a_scale_are_placed_by_their_numbers_and_ages_are_not():
    texts = ("1 Not at all", "2", "3 Completely", "Don’t know")
    scale = Question("trust", "How far do you trust us?", tuple(Option(text[:1], text) for text in texts))
    assert guessing.answers(group(scale), ("1", "2", "3", "4")) == {"1": "1", "2": "2", "3": "3"}
    ages = Question("age", "How old are you?", (Option("young", "16 to 24"), Option("old", "25 or over")))
    assert guessing.answers(group(ages), ("16", "25")) == {}


def test_a_column_for_one_answer_is_ticked_or_not():
    found = guessing.answers(group(AREA), ("Yes", "No", "1", "0", "Maybe"), heading="I work here")
    assert found == {"yes": "work", "1": "work", "no": "-", "0": "-"}


def test_what_is_kept_of_a_source_is_added_to_what_it_said_before():
    before = {"columns": {"old": "first"}, "answers": {"safe": {"aye": "yes"}}}
    reads = Reads(("question.safe", ""), {"safe": {"nay": "no"}})
    assert guessing.keep(before, reads, ("Safe?", "Browser")) == {
        "columns": {"old": "first", "safe": "question.safe", "browser": ""},
        "answers": {"safe": {"aye": "yes", "nay": "no"}},
    }


def test_a_mapping_is_kept_as_it_is():
    reads = Reads(("first", ""), {"concerns": {"gangs": "gangs"}})
    assert Reads.from_json(reads.to_json()) == reads
    assert Reads.from_json({}) == Reads()
