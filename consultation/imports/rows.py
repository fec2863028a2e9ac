"""What one row of a file answers, or the sentences that say why it can't be counted. Pure."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from consultation import answers
from consultation.answers import LONGEST_TEXT, MOST_CHOICES, Given
from consultation.imports import mapping
from consultation.imports.mapping import (
    CHOICES,
    DAY,
    FIRST,
    NO_ANSWER,
    PERSON,
    RANKS,
    SECOND,
    THIRD,
    WORDS,
    Group,
    Reads,
    parts,
    plain,
)
from consultation.imports.reading import Table, shortened
from indicators.uploads import periods
from lib.sheets import Cell, column_name

FORMULA = "holds a formula. Put in its place what it comes to"
_TIME = re.compile(r"[ T,]+\d{1,2}[:.]\d{2}.*$", re.ASCII)


class Option(mapping.Option, answers.OptionAsked, Protocol): ...


class Question(mapping.Question, answers.QuestionAsked, Protocol):
    """What is known of a question here: its id beside its texts."""

    @property
    def options(self) -> Sequence[Option]: ...


@dataclass
class Read:
    """One row: what it answers, whose it is and of which day, as far as the file tells; `faults` say why it can't be counted."""

    number: int
    given: Given = Given()
    person: str = ""
    day: dt.date | None = None
    faults: list[str] = field(default_factory=list)


class Reader:
    """Reads the rows of one table as it was said. `first_day` and `last_day` are the consultation's: a row of another day is refused, and one
    of a day after `today`, which nobody can have answered on.
    """

    def __init__(
        self,
        table: Table,
        reads: Reads,
        questions: Sequence[Question],
        first_day: dt.date,
        last_day: dt.date,
        today: dt.date,
    ) -> None:
        self.table, self.reads, self.questions = table, reads, questions
        self.first_day, self.last_day, self.today = first_day, last_day, today
        self.groups = mapping.groups(reads.columns, table.headings, questions)
        self.ranked = next((question for question in questions if question.is_ranked), None)
        self.words = {f"{WORDS}{question.key}": question for question in questions}
        self.pks: dict[str, dict[str, int]] = {
            question.key: {option.key: option.pk for option in question.options} for question in questions
        }
        concerns = self.ranked.options if self.ranked else ()  # by ids, which options of another question may have too
        self.others = {one.pk: plain(one.text) for one in concerns if one.is_other}
        self.texts = {one.pk: one.text for one in concerns}

    def read(self, number: int, cells: Sequence[Cell]) -> Read:
        row = Read(number)
        self._whole(row, cells)
        options: dict[int, tuple[int, ...]] = {}
        texts: dict[int, str] = {}
        choices: tuple[int | None, ...] = ()
        for group in self.groups:
            if group.question.is_ranked:
                choices = self._choices(row, cells, group, texts)
            else:
                self._options(row, cells, group, options)
        self._words(row, cells, texts)
        row.given = Given(choices, options, texts)
        if not row.faults:
            found = answers.faults(self.questions, row.given)
            row.faults += [f"{self._asked(key)}: {sentence}" for key, sentence in found.items()]
        return row

    def _whole(self, row: Read, cells: Sequence[Cell]) -> None:
        """What every used cell must be, the person and the day."""
        for column, holds in enumerate(self.reads.columns):
            cell = cells[column]
            if holds and cell.formula:
                row.faults.append(f"{self._at(column, row)} {FORMULA}.")
            elif holds and cell.kind == "error":
                row.faults.append(
                    f"{self._at(column, row)} holds an error, “{cell.line[:20]}”. Put in its place what it should be."
                )
            elif holds == PERSON:
                row.person = cell.line
            elif holds == DAY:
                self._day(row, column, cell)

    def _day(self, row: Read, column: int, cell: Cell) -> None:
        if not cell.text:
            row.faults.append(
                f"{self._at(column, row)} is empty: without a day it can’t be told whether it was in time."
            )
            return
        day = cell.day or periods.day(_TIME.sub("", cell.line))
        if day is None:
            row.faults.append(
                f"{self._at(column, row)}: “{shortened(cell.line)}” is not a day like 25/04/2018, day first."
            )
        elif not self.first_day <= day <= self.last_day:
            when = "before the first day" if day < self.first_day else "after the last day"
            row.faults.append(f"{self._at(column, row)}: {_said(day)} is {when} of the consultation.")
        elif day > self.today:
            row.faults.append(
                f"{self._at(column, row)}: {_said(day)} is still to come. Put in its place the day of the answer."
            )
        else:
            row.day = day

    # ------------------------------------------------------------ answers

    def _placed(self, row: Read, column: int, cell: Cell, group: Group) -> list[tuple[int | None, str]]:
        """Each answer of a cell with the id that it stands for; None for no answer."""
        if cell.formula or cell.kind == "error":
            return []
        told = self.reads.answers.get(group.key, {})
        found: list[tuple[int | None, str]] = []
        for value in parts(cell.text, group.splits):
            key = told.get(plain(value))
            pk = self.pks[group.question.key].get(key or "")
            if key != NO_ANSWER and pk is None:
                row.faults.append(f"{self._at(column, row)}: nobody has said what “{shortened(value)}” stands for.")
            else:
                found.append((pk, value))
        return found

    def _choices(self, row: Read, cells: Sequence[Cell], group: Group, texts: dict[int, str]) -> tuple[int | None, ...]:
        if CHOICES in self.reads.columns:
            column = self.reads.columns.index(CHOICES)
            placed = [one for one in self._placed(row, column, cells[column], group) if one[0] is not None]
            where = f"{self._at(column, row)}: "
        else:
            placed, where = [], ""
            for holds in RANKS:
                if holds in self.reads.columns:
                    column = self.reads.columns.index(holds)
                    placed += self._placed(row, column, cells[column], group)[:1] or [(None, "")]
        chosen = [pk for pk, _ in placed]
        while chosen and chosen[-1] is None:
            chosen.pop()
        self._check(row, where, chosen)
        said = [value for pk, value in placed if pk in self.others and plain(value) != self.others[pk]]
        if said and self.ranked:
            texts[self.ranked.pk] = "; ".join(said)
        return tuple(chosen)

    def _check(self, row: Read, where: str, chosen: Sequence[int | None]) -> None:
        """The sentences of the web form tell somebody to choose again; here nobody can."""
        if len(chosen) > MOST_CHOICES:
            row.faults.append(f"{where}{len(chosen)} concerns are named, and {MOST_CHOICES} count at most.")
        for rank, before, pk, earlier in zip((SECOND, THIRD), (FIRST, SECOND), chosen[1:], chosen, strict=False):
            if pk is not None and earlier is None:
                row.faults.append(f"{where}{'there' if where else 'There'} is a {rank} choice and no {before}.")
                return
        named = [pk for pk in chosen if pk is not None]
        for pk in dict.fromkeys(named):
            if named.count(pk) > 1:
                row.faults.append(f"{where}“{self.texts[pk]}” is chosen twice.")

    def _options(self, row: Read, cells: Sequence[Cell], group: Group, options: dict[int, tuple[int, ...]]) -> None:
        """The same answer in two columns, or twice in one, is one answer."""
        question: Question = group.question  # type: ignore[assignment]  # of ours, with its id
        for column in group.columns:
            chosen = [pk for pk, _ in self._placed(row, column, cells[column], group) if pk is not None]
            if chosen:
                options[question.pk] = tuple(dict.fromkeys((*options.get(question.pk, ()), *chosen)))

    def _words(self, row: Read, cells: Sequence[Cell], texts: dict[int, str]) -> None:
        for column, holds in enumerate(self.reads.columns):
            question, cell = self.words.get(holds), cells[column]
            if question is None or not cell.text or cell.formula or cell.kind == "error":
                continue
            said = texts.get(question.pk, "")
            text = f"{said}; {cell.text}" if said else cell.text
            if len(text) > LONGEST_TEXT:
                row.faults.append(
                    f"{self._at(column, row)} has {len(text):,} characters. {LONGEST_TEXT:,} are taken at most: shorten it in the file."
                )
            else:
                texts[question.pk] = text

    # ------------------------------------------------------------ words

    @staticmethod
    def _at(column: int, row: Read) -> str:
        return f"{column_name(column)}{row.number}"

    def _asked(self, key: str) -> str:
        return next((question.text for question in self.questions if question.key == key), "The row")


def _said(day: dt.date) -> str:
    return f"{day.day} {periods.MONTHS[day.month - 1].capitalize()} {day.year}"
