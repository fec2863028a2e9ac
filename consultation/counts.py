"""What was counted of one consultation, as plain values: complete, or with what may not be published left out. Pure.

`gathering.gather` makes it from the responses or from published totals, `safe.publish` makes the public one, `results` reads it; a `Result`
keeps both as JSON, so that a page of results is the same whether the responses are still held or not.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SCHEMA = 1


@dataclass(frozen=True)
class ConcernCount:
    """How often a concern was chosen first, second and third. None: that was not published.

    A `group` is several concerns that were only counted together: it has no place in a ranking, and counts in the total.
    """

    key: str
    text: str
    first: int
    second: int | None
    third: int | None
    is_other: bool = False
    is_group: bool = False


@dataclass(frozen=True)
class OptionCount:
    """How many chose an answer. None: too few to be published, or hidden so that those can't be worked out."""

    key: str
    text: str
    count: int | None
    is_dont_know: bool = False


@dataclass(frozen=True)
class QuestionCounts:
    """One question with options: how many answered it at all, and each of its answers. `several`: a person may give more than one."""

    key: str
    text: str
    hint: str
    role: str
    several: bool
    is_scale: bool
    answered: int | None
    options: tuple[OptionCount, ...]


@dataclass(frozen=True)
class Group:
    """A column of a table: "Web form", "Live here", with how many responses came from it."""

    key: str
    text: str
    responses: int


@dataclass(frozen=True)
class Line:
    """A row of a table: an answer, or who skipped the question, with a count for each group. None: hidden."""

    key: str
    text: str
    cells: tuple[int | None, ...]
    is_skipped: bool = False


@dataclass(frozen=True)
class Table:
    """One question by channel or by connection. The groups share no response, and each response is in one line and one group.

    Of concerns it counts first choices. Questions with several answers have no table: their lines would share responses.
    """

    question: str  # its key
    by: str  # "channel" or "connection"
    groups: tuple[Group, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Named:
    """A word and how often: a channel, a language, a tag."""

    key: str
    text: str
    count: int | None


@dataclass(frozen=True)
class Counts:
    """Everything that was counted. `responses` are those that every figure is made of; what is not among them is told apart."""

    responses: int
    concerns: tuple[ConcernCount, ...]  # in the order of the form
    concerns_text: str  # the question as it was asked
    concerns_hint: str
    questions: tuple[QuestionCounts, ...]  # safety, connection, further ones
    tables: tuple[Table, ...] = ()
    monitoring: tuple[QuestionCounts, ...] = ()
    channels: tuple[Named, ...] = ()
    languages: tuple[Named, ...] = ()
    tags: tuple[Named, ...] = ()  # of comments that were read
    comments: int = 0
    read: int = 0  # of the comments
    held: int = 0  # held back, not looked at
    set_aside: int = 0
    late: int = 0
    holds_responses: bool = True  # False: totals that were published elsewhere

    def to_json(self) -> dict[str, Any]:
        return {"schema": SCHEMA, **dataclasses.asdict(self)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Counts":
        """What `to_json` made, of this schema or an older one."""
        told = {name: value for name, value in kept.items() if name != "schema"}
        told["concerns"] = tuple(ConcernCount(**one) for one in told["concerns"])
        told["questions"] = tuple(_question(one) for one in told["questions"])
        told["monitoring"] = tuple(_question(one) for one in told["monitoring"])
        told["tables"] = tuple(_table(one) for one in told["tables"])
        for name in ("channels", "languages", "tags"):
            told[name] = tuple(Named(**one) for one in told[name])
        return cls(**told)


def _question(kept: Mapping[str, Any]) -> QuestionCounts:
    return QuestionCounts(**{**kept, "options": tuple(OptionCount(**one) for one in kept["options"])})


def _table(kept: Mapping[str, Any]) -> Table:
    groups = tuple(Group(**one) for one in kept["groups"])
    lines = tuple(Line(**{**one, "cells": tuple(one["cells"])}) for one in kept["lines"])
    return Table(kept["question"], kept["by"], groups, lines)
