"""All that is published of one consultation as one long, tidy table: a line for each count. Pure.

"Percentage" is of "Of", out of a hundred with two decimals. What is not shown says so in place of its number, and has no percentage.
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from consultation import results
from consultation.counts import Counts, Named, QuestionCounts
from reporting.told import ranking, wording
from reporting.told.answers import MONITORING
from reporting.told.shape import Found

COLUMNS = (
    "Consultation",
    "Opened on",
    "Closed on",
    "Sample",
    "Question",
    "Answer",
    "By",
    "Group",
    "Counted",
    "Count",
    "Of",
    "Percentage",
    "Place",
)
ALL = ("everyone", "")
FIRST, ANY, POINTS, CHOSE, ANSWERED, SKIPPED, RESPONSES = (
    "first choices",
    "any of three choices",
    "points",
    "chose it",
    "answered",
    "skipped",
    "responses",
)
COUNTED = {"first": FIRST, "any": ANY, "points": POINTS}
Cells = tuple[str, ...]


def rows(found: Found) -> list[Cells]:
    """Headings first."""
    about = (found.title, str(found.opens_on), str(found.closes_on), "yes" if found.is_sample else "no")
    return [COLUMNS, *((*about, *line) for line in _lines(found.counts))]


def file_name(found: Found, kind: str) -> str:
    """ "crime-and-disorder-2016-results.csv"; a sample says so, and a result that replaces another its number."""
    sample = "sample-" if found.is_sample else ""
    number = f"-{found.number}" if found.number > 1 else ""
    return f"{sample}{found.slug}-results{number}.{kind}"


def _lines(counts: Counts) -> Iterator[Cells]:
    yield _line("", "", ALL, RESPONSES, counts.responses)
    yield from _concerns(counts)
    for question in (*counts.questions, *counts.monitoring):
        yield from _question(question, counts.responses)
    yield from _named("How people answered", counts.channels, counts.responses)
    yield from _named("Language", counts.languages, counts.responses)
    yield from _named("Subject of comments", counts.tags, None)
    yield from _tables(counts)


def _concerns(counts: Counts) -> Iterator[Cells]:
    base, text = ranking.base(counts), counts.concerns_text
    if not text:
        return
    for way in ranking.WAYS:
        places = {one.concern.key: one.place for one in results.ranked(counts.concerns, way.counted)}
        of = None if way is ranking.POINTS else base
        for concern in counts.concerns:
            number = way.counted(concern)
            if number is not None:
                place = places.get(concern.key)
                yield _line(text, concern.text, ALL, COUNTED[way.key], number, of, place)
    if not counts.holds_responses:  # who named none is not in print
        return
    yield _line(text, "", ALL, ANSWERED, base)
    yield _line(text, "", ALL, SKIPPED, counts.responses - base)


def _question(question: QuestionCounts, responses: int) -> Iterator[Cells]:
    base = results.base(question, responses)
    for option in question.options:
        yield _line(question.text, option.text, ALL, CHOSE, option.count, None if option.is_dont_know else base.of)
    yield _line(question.text, "", ALL, ANSWERED, base.answered)
    if question.role != MONITORING:
        yield _line(question.text, "", ALL, SKIPPED, base.skipped)


def _named(question: str, named: Sequence[Named], of: int | None) -> Iterator[Cells]:
    """Nothing where no number of it is published."""
    if any(one.count is not None for one in named):
        for one in named:
            yield _line(question, one.text, ALL, RESPONSES, one.count, of)


def _tables(counts: Counts) -> Iterator[Cells]:
    texts = {question.key: question.text for question in counts.questions}
    for table in counts.tables:  # one of which no line may be shown has none
        text = texts.get(table.question, counts.concerns_text)
        for place, group in enumerate(table.groups):
            for line in table.lines:
                kind = SKIPPED if line.is_skipped else CHOSE
                answer = "" if line.is_skipped else line.text
                yield _line(text, answer, (table.by, group.text), kind, line.cells[place], group.responses)


def _line(
    question: str,
    answer: str,
    by: tuple[str, str],
    counted: str,
    number: int | None,
    of: int | None = None,
    place: int | None = None,
) -> Cells:
    share = wording.share_number(number, of)
    return (
        question,
        answer,
        *by,
        counted,
        wording.NOT_SHOWN if number is None else str(number),
        "" if of is None else str(of),
        "" if share is None else str(share.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)),
        "" if place is None else str(place),
    )
