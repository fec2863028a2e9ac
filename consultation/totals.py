"""Totals as they were published elsewhere: what can't be right about them, and where a printed percentage differs from its count. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

RANKS = ("first", "second", "third")
TOGETHER = "together"  # in the name of a box: all others, counted in one
FEWEST_TO_DOUBT = 150  # responses; where about a hundred answered, numbers that add up to a hundred are counts
_PRINTED = re.compile(r"(\d{1,3})(?:\.(\d{1,6}))?\s*%?", re.ASCII)


@dataclass(frozen=True)
class Ranked:
    """How often a concern, or all others together (`pk` None), was named first, second and third. None: not published."""

    pk: int | None
    text: str
    counts: tuple[int | None, int | None, int | None] = (None, None, None)
    printed: str = ""  # the percentage of first choices, as printed

    @property
    def box(self) -> str:
        return TOGETHER if self.pk is None else str(self.pk)

    @property
    def is_empty(self) -> bool:
        return self.counts == (None, None, None) and not self.printed


@dataclass(frozen=True)
class Chosen:
    pk: int
    text: str
    count: int | None = None
    printed: str = ""
    is_dont_know: bool = False


@dataclass(frozen=True)
class Answers:
    """A question with its options. `several`: a person may give more than one."""

    pk: int
    text: str
    several: bool
    options: tuple[Chosen, ...]

    @property
    def total(self) -> int:
        return sum(option.count or 0 for option in self.options)


@dataclass(frozen=True)
class Totals:
    responses: int | None
    concerns: tuple[Ranked, ...] = ()  # in the order of the form; all others together last
    questions: tuple[Answers, ...] = ()

    def named(self, rank: int) -> int:
        """How many concerns were named at this rank, counted from 0."""
        return sum(concern.counts[rank] or 0 for concern in self.concerns)


# ---------------------------------------------------------------- what can't be right


def faults(totals: Totals, *, are_counts: bool = False) -> dict[str, str]:
    """By the box, the sentence that says how to put it right. `are_counts`: somebody has looked at numbers that add up to a hundred."""
    found: dict[str, str] = {}
    for box, sentence in (*_of_concerns(totals), *_of_questions(totals), *_doubts(totals, are_counts)):
        found.setdefault(box, sentence)
    return found


def _of_concerns(totals: Totals) -> Iterator[tuple[str, str]]:
    responses, shown = totals.responses, [concern for concern in totals.concerns if not concern.is_empty]
    for concern in shown:
        if concern.counts[0] is None:
            yield f"first-{concern.box}", f"Enter how many named “{concern.text}” first, 0 if nobody did"
        of_all = sum(count or 0 for count in concern.counts)
        if responses is not None and concern.pk is not None and of_all > responses:
            yield (
                f"first-{concern.box}",
                f"“{concern.text}” was named {of_all:,} times, and {responses:,} answered: each can name it once",
            )
    if not shown:
        return
    first, second, third = (totals.named(rank) for rank in range(3))
    box = shown[0].box
    if responses is not None and first > responses:
        yield (
            f"first-{box}",
            f"The first choices add up to {first:,}, and {responses:,} answered: each can name one first",
        )
    for rank, number, before in ((1, second, first), (2, third, second)):
        if number > before:
            yield (
                f"{RANKS[rank]}-{box}",
                f"The {RANKS[rank]} choices add up to {number:,}, more than the {before:,} {RANKS[rank - 1]} choices: "
                f"nobody has a {RANKS[rank]} without a {RANKS[rank - 1]}",
            )


def _of_questions(totals: Totals) -> Iterator[tuple[str, str]]:
    responses = totals.responses
    for question in totals.questions:
        for option in question.options:
            if option.printed and option.count is None:
                yield f"count-{option.pk}", f"Enter how many answered “{option.text}”, beside its percentage"
            if responses is not None and (option.count or 0) > responses:
                yield f"count-{option.pk}", f"“{option.text}” has {option.count:,}, and {responses:,} answered at all"
        if responses is not None and not question.several and question.total > responses:
            yield (
                f"count-{question.options[0].pk}",
                f"The answers to “{question.text}” add up to {question.total:,}, and {responses:,} answered: each can give one",
            )


def _doubts(totals: Totals, are_counts: bool) -> Iterator[tuple[str, str]]:
    """Percentages that were rounded to whole numbers and typed as counts."""
    if are_counts or totals.responses is None or totals.responses < FEWEST_TO_DOUBT:
        return
    filled = [concern for concern in totals.concerns if concern.counts[0] is not None]
    if len(filled) > 1 and _about_100(totals.named(0)):
        yield f"first-{filled[0].box}", _percentages("first choices", totals.named(0), totals.responses)
    for question in totals.questions:
        given = [option for option in question.options if option.count is not None]
        if len(given) > 1 and not question.several and _about_100(question.total):
            words = f"answers to “{question.text}”"
            yield f"count-{given[0].pk}", _percentages(words, question.total, totals.responses)


def _about_100(number: int) -> bool:
    return 99 <= number <= 101


def _percentages(what: str, total: int, responses: int) -> str:
    return (
        f"The {what} add up to {total}, and {responses:,} answered: they look like percentages. "
        "Enter how many people, and the percentages in the boxes beside. If they are people, tick so below"
    )


# ---------------------------------------------------------------- what is printed


def differences(totals: Totals) -> list[str]:
    """A sentence for each printed percentage that its count doesn't come to, at the decimals in which it is printed, of whichever base."""
    found: list[str] = []
    for concern in totals.concerns:
        bases = [totals.responses, totals.named(0)]
        found += _difference(concern.text, concern.printed, concern.counts[0], bases)
    for question in totals.questions:
        unsure = sum(option.count or 0 for option in question.options if option.is_dont_know)
        bases = [totals.responses] if question.several else [question.total, totals.responses, question.total - unsure]
        for option in question.options:
            found += _difference(option.text, option.printed, option.count, bases)
    return found


def _difference(text: str, printed: str, count: int | None, bases: Sequence[int | None]) -> Iterable[str]:
    of = [base for base in bases if base]
    match = _PRINTED.fullmatch(printed.strip())
    if not printed or count is None or not of:
        return []
    if not match:
        return [f"{text}: “{printed}” is no number, so it can’t be checked against {count:,}."]
    places = len(match[2] or "")
    shown = Decimal(f"{match[1]}.{match[2] or 0}")
    shares = [_share(count, base, places) for base in of]
    if shown in shares:
        return []
    return [f"{text}: {printed} is printed, and {count:,} of {of[0]:,} is {shares[0]}%."]


def _share(count: int, base: int, places: int) -> Decimal:
    return (Decimal(100 * count) / Decimal(base)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
