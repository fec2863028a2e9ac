"""Questions with their answers, and tables of them by channel and connection, in words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from consultation import results
from consultation.counts import Counts, QuestionCounts, Table
from lib.numerals import figure
from reporting.told import wording

MONITORING = "monitoring"
BY = {"channel": "how people answered", "connection": "connection to the area"}


@dataclass(frozen=True)
class Answer:
    """`share` and `interval` are "" where there are none: of "don't know", and of what is not published."""

    text: str
    number: str
    share: str
    interval: str
    count: int | None
    is_dont_know: bool


@dataclass(frozen=True)
class Asked:
    """One question. `base` says of whom its percentages are; `says` is its answer in a sentence, "" where none is known."""

    key: str
    text: str
    hint: str
    says: str
    base: str
    answers: tuple[Answer, ...]
    hides: bool  # something is not shown


@dataclass(frozen=True)
class Cell:
    number: str
    share: str


@dataclass(frozen=True)
class Crossed:
    """One question by channel or connection. The last row is how many responses each group has."""

    key: str
    text: str
    by: str
    groups: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    responses: tuple[str, ...]
    hides: bool


def asked(question: QuestionCounts, responses: int) -> Asked:
    base = results.base(question, responses)
    answers = tuple(
        Answer(
            option.text,
            wording.count(option.count),
            "" if option.is_dont_know else wording.share(option.count, base.of),
            "" if option.is_dont_know else wording.interval(option.count, base.of),
            option.count,
            option.is_dont_know,
        )
        for option in question.options
    )
    hides = question.answered is None or any(one.count is None for one in answers)
    return Asked(
        question.key, question.text, question.hint, _says(question, base.of), _base(question, base), answers, hides
    )


def crossed(table: Table, counts: Counts) -> Crossed:
    """Percentages are of all responses of the group, so they need no count that is not shown."""
    texts = {question.key: question.text for question in counts.questions}
    rows = tuple(
        (
            line.text,
            tuple(
                Cell(wording.count(cell), wording.share(cell, group.responses))
                for cell, group in zip(line.cells, table.groups, strict=True)
            ),
        )
        for line in table.lines
    )
    return Crossed(
        f"{table.question}-by-{table.by}",
        texts.get(table.question, counts.concerns_text),
        BY[table.by],
        tuple(group.text for group in table.groups),
        rows,
        tuple(figure(group.responses) for group in table.groups),
        any(cell is None for line in table.lines for cell in line.cells),
    )


def _base(question: QuestionCounts, base: results.Base) -> str:
    if base.answered is None or base.skipped is None:
        return "How many answered this is not shown."
    told = [f"{wording.people(base.answered)} answered this"]
    if base.skipped and question.role != MONITORING:  # which is counted apart from the responses
        told.append(f"{figure(base.skipped)} did not")
    words = f"{' and '.join(told)}."
    if base.dont_know and base.of is not None:
        words += f" Percentages are of the {figure(base.of)} who had an opinion."
    elif base.of is None:
        words += " How many had an opinion is not shown, and no percentages are."
    else:
        words += " Percentages are of those who answered."
    return (
        f"{words} A person could give several answers, so they add up to more than 100%." if question.several else words
    )


def _says(question: QuestionCounts, of: int | None) -> str:
    """ "Agree: 998 of 1,389 (71.9%)." of the answer that most gave; on a scale the most do not say much, so nothing."""
    known = [(option.count, option) for option in question.options if option.count and not option.is_dont_know]
    if not known or not of or question.is_scale:
        return ""
    most = max(count for count, _ in known)
    leading = [option for count, option in known if count == most]
    return f"{leading[0].text}: {wording.of_all(most, of)}." if len(leading) == 1 else ""


def are_known(answers: Sequence[Answer]) -> bool:
    """Whether there is a number to draw."""
    return any(one.count for one in answers)
