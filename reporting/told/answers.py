"""Questions with their answers, and tables of them by channel and connection, in words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from consultation import results
from consultation.counts import Counts, Group, QuestionCounts, Table
from lib.numerals import figure, listed
from reporting.told import wording

MONITORING = "monitoring"
EVERYONE, TOGETHER = "everyone", "together"  # keys of groups
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
    """One question by channel or connection, and everyone. `responses` is how many each of these groups has."""

    key: str
    text: str
    by: str
    groups: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    responses: tuple[str, ...]


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
    """Percentages are of all responses of the group, so they need no count that is not shown, and everyone's are of the same kind. Without answers that nobody gave."""
    texts = {question.key: question.text for question in counts.questions}
    whole = with_everyone(table, counts)
    rows = tuple(
        (
            line.text,
            tuple(
                Cell(wording.count(cell), wording.share(cell, group.responses))
                for cell, group in zip(line.cells, whole.groups, strict=True)
            ),
        )
        for line in whole.lines
        if any(line.cells)
    )
    return Crossed(
        f"{table.question}-by-{table.by}",
        texts.get(table.question, counts.concerns_text),
        BY[table.by],
        tuple(group.text for group in whole.groups),
        rows,
        tuple(figure(group.responses) for group in whole.groups),
    )


def with_everyone(table: Table, counts: Counts) -> Table:
    """The table with its hidden groups as one and everyone beside them. Both follow from what is published of all: they tell nothing new."""
    sums = _of_all(table, counts)
    hidden = {place for line in table.lines for place, cell in enumerate(line.cells) if cell is None}
    kept = [place for place in range(len(table.groups)) if place not in hidden]
    groups = [table.groups[place] for place in kept]
    if hidden:
        some = [table.groups[place] for place in sorted(hidden)]
        groups.append(Group(TOGETHER, _together(some), sum(group.responses for group in some)))
    lines = []
    for line, total in zip(table.lines, sums, strict=True):
        cells = [line.cells[place] or 0 for place in kept]
        rest = [total - sum(cells)] if hidden else []
        lines.append(replace(line, cells=(*cells, *rest, total)))
    return replace(table, groups=(*groups, Group(EVERYONE, "Everyone", counts.responses)), lines=tuple(lines))


def _together(groups: Sequence[Group]) -> str:
    """Two by name; more would be a column that is mostly heading, and are all that the others are not."""
    if len(groups) > 2:
        return "All others together"
    words = listed(group.text for group in groups)
    return words if words.endswith("together") else f"{words}, together"


def _of_all(table: Table, counts: Counts) -> list[int]:
    """What each line comes to in all groups together. Of several answers in one line it is what the others leave."""
    question = next((one for one in counts.questions if one.key == table.question), None)
    if question is None:
        known = {concern.key: concern.first for concern in counts.concerns}
        answered = sum(known.values())
    else:
        known = {option.key: option.count or 0 for option in question.options}
        answered = question.answered or 0
    skipped = counts.responses - answered
    sums = [skipped if line.is_skipped else known.get(line.key) for line in table.lines]
    rest = counts.responses - sum(number for number in sums if number is not None)
    return [rest if number is None else number for number in sums]


def _base(question: QuestionCounts, base: results.Base) -> str:
    if base.answered is None or base.skipped is None:
        return "How many answered this is not published, so there are no percentages."
    if not base.answered:
        return "Nobody answered this."
    told = [f"{wording.people(base.answered)} answered this"]
    if base.skipped and question.role != MONITORING:  # which is counted apart from the responses
        told.append(f"{figure(base.skipped)} did not")
    words = f"{' and '.join(told)}."
    opinion = "said" if question.role == MONITORING else "had an opinion"
    if base.dont_know and base.of is not None:
        words += f" Percentages are of the {figure(base.of)} who {opinion}."
    elif base.of is None:
        words += f" How many {opinion} is not shown, and no percentages are."
    else:
        words += " Percentages are of those who answered."
    return (
        f"{words} A person could give several answers, so they add up to more than 100%." if question.several else words
    )


def _says(question: QuestionCounts, of: int | None) -> str:
    """ "Agree: 998 of 1,389 (71.9%)." of the answer that most gave; of a scale what it comes to on average, for the most do not say much."""
    mean = results.mean(question)
    if mean:
        return f"On average {figure(mean.value, 1)}, of the {figure(mean.of)} who chose a number."
    known = [(option.count, option) for option in question.options if option.count and not option.is_dont_know]
    if not known or not of or question.is_scale:
        return ""
    most = max(count for count, _ in known)
    leading = [option for count, option in known if count == most]
    return f"{leading[0].text}: {wording.of_all(most, of)}." if len(leading) == 1 else ""


def are_known(answers: Sequence[Answer]) -> bool:
    """Whether there is a number to draw."""
    return any(one.count for one in answers)
