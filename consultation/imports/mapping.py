"""Which column of a file is which, and which answer in it stands for which of ours. Pure: it knows headings, texts and keys, no records."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from lib.numerals import listed
from lib.sheets import column_name

NOTHING, FIRST, SECOND, THIRD, CHOICES, PERSON, DAY = "", "first", "second", "third", "choices", "person", "day"
RANKS = (FIRST, SECOND, THIRD)
QUESTION, WORDS = "question.", "words."  # before a question's key
NO_ANSWER = "-"  # what stands for nothing; the key of no option
APART = (";", "\n")  # between several answers in one cell
LONGEST_HEADING = 120  # characters of it that are shown and remembered
SAID = {
    NOTHING: "nothing: leave it out",
    FIRST: "the first choice",
    SECOND: "the second choice",
    THIRD: "the third choice",
    CHOICES: "all choices in one cell",
    PERSON: "what tells people apart",
    DAY: "the day",
}


class Option(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def is_other(self) -> bool: ...


class Question(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def options(self) -> Sequence[Option]: ...
    @property
    def is_ranked(self) -> bool: ...
    @property
    def is_text(self) -> bool: ...
    @property
    def takes_several(self) -> bool: ...


@dataclass(frozen=True)
class Reads:
    """How one file is read. `columns`: what each column holds. `answers`: by group, then by the value as `plain` has it, the key of the
    concern or option that it stands for, or NO_ANSWER.
    """

    columns: tuple[str, ...] = ()
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {"columns": list(self.columns), "answers": {group: dict(told) for group, told in self.answers.items()}}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Reads":
        return cls(tuple(kept.get("columns", ())), kept.get("answers", {}))


@dataclass(frozen=True)
class Group:
    """Columns whose values are answers to one question and mean the same in each of them. Several columns of a question that takes several
    answers are a group each: "Yes" means another answer in each.
    """

    key: str
    question: Question
    columns: tuple[int, ...]
    splits: bool  # a cell may hold several


def plain(text: str) -> str:
    """For comparing: without case, punctuation and spaces. "Anti-social  Behaviour (ASB)" and "antisocial behaviour asb" are the same."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKC", text).casefold()
        if letter.isalnum() or unicodedata.category(letter)[0] in "MS"
    )


def parts(text: str, splits: bool) -> list[str]:
    """The answers that a cell holds."""
    if not splits:
        return [text] if text else []
    for mark in APART[1:]:
        text = text.replace(mark, APART[0])
    return [part for part in map(str.strip, text.split(APART[0])) if part]


def remembered_as(headings: Sequence[str]) -> tuple[str, ...]:
    """What each column is remembered by: its heading; the second of the same heading as such."""
    times: dict[str, int] = defaultdict(int)
    names = []
    for heading in headings:
        name = plain(heading[:LONGEST_HEADING])
        times[name] += 1
        names.append(name if times[name] == 1 else f"{name}#{times[name]}")
    return tuple(names)


def groups(columns: Sequence[str], headings: Sequence[str], questions: Sequence[Question]) -> tuple[Group, ...]:
    """What has values to be placed, in the order of the form."""
    names = remembered_as(headings)
    found = []
    for question in questions:
        if question.is_ranked:
            ranks = tuple(at for at, holds in enumerate(columns) if holds in (*RANKS, CHOICES))
            if ranks:
                found.append(Group(question.key, question, ranks, CHOICES in columns))
            continue
        held = [at for at, holds in enumerate(columns) if holds == f"{QUESTION}{question.key}"]
        if question.is_text or not held:
            continue
        if len(held) == 1:
            found.append(Group(question.key, question, (held[0],), question.takes_several))
        else:
            found += [Group(f"{question.key}|{names[at]}", question, (at,), True) for at in held]
    return tuple(found)


def said(holds: str, questions: Sequence[Question]) -> str:
    """What a column holds, in words."""
    for question in questions:
        if holds == f"{QUESTION}{question.key}":
            return f"the answer to “{question.text}”"
        if holds == f"{WORDS}{question.key}":
            return f"the words to “{question.text}”"
    return SAID.get(holds, holds)


def offered(questions: Sequence[Question]) -> list[tuple[str, str]]:
    """All that a column may hold here, by code and in words, in the order in which they are offered."""
    found = [(NOTHING, "Nothing: leave it out")]
    if any(question.is_ranked for question in questions):
        found += [
            (FIRST, "First choice"),
            (SECOND, "Second choice"),
            (THIRD, "Third choice"),
            (CHOICES, "All choices in one cell, best first"),
        ]
    for question in questions:
        if question.is_ranked:
            found.append((f"{WORDS}{question.key}", "Choices: what “other” is, in words"))
        else:
            code = WORDS if question.is_text else QUESTION
            found.append((f"{code}{question.key}", question.text))
    return [*found, (PERSON, "Tells people apart: a number or address of theirs"), (DAY, "The day of the answer")]


def faults(columns: Sequence[str], questions: Sequence[Question]) -> dict[int, str]:
    """By the column, what can't be read so. Column -1: of the file as a whole."""
    known = {code for code, _ in offered(questions)}
    several = {f"{QUESTION}{question.key}" for question in questions if question.takes_several}
    held: dict[str, list[int]] = defaultdict(list)
    found: dict[int, str] = {}
    for at, holds in enumerate(columns):
        if holds not in known:
            found[at] = f"Say again what column {column_name(at)} holds: this is not asked here"
        elif holds != NOTHING:
            held[holds].append(at)
    for holds, where in held.items():
        if len(where) > 1 and holds not in several:
            names = listed([column_name(at) for at in where])
            found[where[-1]] = f"Columns {names} both hold {said(holds, questions)}. Leave one of them out"
    for before, after in ((FIRST, SECOND), (SECOND, THIRD)):
        if after in held and before not in held:
            found[held[after][0]] = f"There is {SAID[after]} and no column with {SAID[before]}. Say which column has it"
    if CHOICES in held and held.keys() & set(RANKS):
        found[held[CHOICES][0]] = (
            "Choices stand in one cell or in columns of their own, not in both. Leave one of them out"
        )
    if not set(held) - {PERSON, DAY} and not found:
        found[-1] = "Say of at least one column which question it answers"
    return found
