"""Papers as they are keyed: what is typed for each answer, as the mark printed beside its box, and what was typed read back. Pure.

Concerns are typed as their numbers in the order of the choices, "3 7 12"; how safe people feel and what connects them as letters, "a", "lw";
other answers as numbers. The marks come from the English words, whatever language a paper is in.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

UNSURE = "?"  # typed for "Don't know"
OTHER = "o"  # typed for "other", beside its number
NONE = "-"  # typed for a place that was left empty, and alone for a paper on which nothing is marked
BY_LETTER = ("safe", "connection")  # the roles of questions that every paper asks
NUMBER = re.compile(r"\d+")


class OptionKeyed(Protocol):
    @property
    def pk(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def order(self) -> int: ...
    @property
    def is_dont_know(self) -> bool: ...
    @property
    def is_other(self) -> bool: ...


class QuestionKeyed(Protocol):
    @property
    def role(self) -> str: ...
    @property
    def is_ranked(self) -> bool: ...
    @property
    def options(self) -> Sequence[OptionKeyed]: ...


class Unreadable(ValueError):
    """What was typed is none of the marks; its text is a sentence."""


def marks(question: QuestionKeyed) -> dict[int, str]:
    """What is typed for each option, by its id, in the order of the form. No two are the same."""
    if question.is_ranked:
        return _numbers([(option.pk, str(option.order)) for option in question.options])
    unsure = next((option.pk for option in question.options if option.is_dont_know), None)
    sure = [option for option in question.options if option.pk != unsure]
    if question.role in BY_LETTER:
        given = _letters(sure)
    else:
        given = _numbers([(option.pk, _own_number(option.text)) for option in sure])
    return {option.pk: given.get(option.pk, UNSURE) for option in question.options}


def choices(question: QuestionKeyed, typed: str) -> tuple[int | None, ...]:
    """Concerns by their ids, best first; None for a place that was left empty ("- 7", ", 7"). What can't be counted is told elsewhere."""
    known = {mark: pk for pk, mark in marks(question).items()}
    for option in question.options:
        if option.is_other:
            known[OTHER] = option.pk
    chosen: list[int | None] = []
    for part in _parts(typed):
        if part in ("", NONE):
            chosen.append(None)
        elif part in known:
            chosen.append(known[part])
        else:
            raise Unreadable(_no_concern(part, question))
    while chosen and chosen[-1] is None:
        chosen.pop()
    return tuple(chosen)


def options(question: QuestionKeyed, typed: str) -> tuple[int, ...]:
    """Options by their ids, in the order in which they were typed."""
    given = marks(question)
    known = {mark: pk for pk, mark in given.items()}
    by_letter = not any(map(str.isdigit, given.values()))
    said = (
        [letter for part in _parts(typed) for letter in part] if by_letter else [part for part in _parts(typed) if part]
    )
    strange = next((part for part in said if part not in known), "")
    if strange:
        raise Unreadable(f"“{strange[:20]}” is none of the answers: type {_or(given.values())}.")
    return tuple(known[part] for part in said)


def says_nothing(typed: str) -> bool:
    """A paper on which nothing is marked, said on purpose."""
    return typed.strip() == NONE


def again(question: QuestionKeyed, chosen: Iterable[int]) -> str:
    """What was typed for these options or concerns."""
    given = marks(question)
    return " ".join(given[pk] for pk in chosen if pk in given)


def _parts(typed: str) -> list[str]:
    """By commas where there are any, so that an empty place counts; by spaces within."""
    parts: list[str] = []
    for piece in re.split(r"[,;]", typed.lower()):
        parts += piece.split() or [""]
    return parts


def _numbers(stated: Sequence[tuple[int, str]]) -> dict[int, str]:
    """The numbers that they bear themselves, where all do and no two the same; counted through otherwise."""
    own = [number for _, number in stated]
    if all(own) and len(set(own)) == len(own):
        return dict(stated)
    return {pk: str(place) for place, (pk, _) in enumerate(stated, start=1)}


def _own_number(text: str) -> str:
    """Of an answer on a scale: "5 Completely" is 5."""
    found = NUMBER.fullmatch(text.split(maxsplit=1)[0]) if text.split() else None
    return found[0] if found else ""


def _letters(sure: Sequence[OptionKeyed]) -> dict[int, str]:
    """The first letter of a word of it that is free: l for "I live here". Counted through where the alphabet doesn't do."""
    given: dict[int, str] = {}
    for option in sure:
        words = re.findall(r"[a-z]+", option.text.lower())
        initials = [word[0] for word in words if len(word) > 2] + [word[0] for word in words]
        free = [letter for letter in (*initials, *"".join(words)) if letter not in given.values()]
        if not free:
            return {one.pk: str(place) for place, one in enumerate(sure, start=1)}
        given[option.pk] = free[0]
    return given


def _no_concern(part: str, question: QuestionKeyed) -> str:
    numbers = [int(mark) for mark in marks(question).values()]
    span = f"concerns go from {min(numbers)} to {max(numbers)}" if numbers else "it lists no concerns"
    other = f", or {OTHER} for other" if any(option.is_other for option in question.options) else ""
    if NUMBER.fullmatch(part):
        return f"There is no {part[:20]} on the form: {span}{other}."
    return f"“{part[:20]}” is no number on the form: {span}{other}."


def _or(said: Iterable[str]) -> str:
    *most, last = list(said) or [NONE]
    return f"{', '.join(most)} or {last}" if most else last


def shown(question: QuestionKeyed) -> str:
    """What is typed for what, in one line for the hint: "a = Agree, d = Disagree, ? = Don't know"."""
    given = marks(question)
    return ", ".join(_once(given[option.pk], option.text) for option in question.options)


def _once(mark: str, text: str) -> str:
    """An answer that bears its own number isn't numbered twice."""
    return text if text == mark or text.startswith(f"{mark} ") else f"{mark} = {text}"
