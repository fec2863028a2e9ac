"""All that is published of one consultation as one long, tidy table: a line for each count. Pure.

"Percentage" is of "Of", out of a hundred with two decimals, and so are the ends of its 95% interval (Wilson's). What is not shown says so in
place of its number, and has neither. Tables by channel and connection have percentages of the whole group, and no interval.
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from consultation import results
from consultation.counts import Counts, Named, QuestionCounts
from reporting.told import ranking, wording
from reporting.told.answers import EVERYONE, MONITORING, with_everyone
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
    "95% from",
    "95% to",
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
    for way in results.WAYS:
        order = results.ranked(counts.concerns, way.counted) if base else ()
        places = {one.concern.key: one.place for one in order}
        of = None if way is results.ALL_POINTS else base
        for concern in counts.concerns:
            number = way.counted(concern)
            if number is not None:
                place = places.get(concern.key)
                yield _line(text, concern.text, ALL, COUNTED[way.key], number, of, place, is_sure=True)
    if not counts.holds_responses:  # who named none is not in print
        return
    yield _line(text, "", ALL, ANSWERED, base)
    yield _line(text, "", ALL, SKIPPED, counts.responses - base)


def _question(question: QuestionCounts, responses: int) -> Iterator[Cells]:
    base = results.base(question, responses)
    for option in question.options:
        of = None if option.is_dont_know else base.of
        yield _line(question.text, option.text, ALL, CHOSE, option.count, of, is_sure=True)
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
    for table in counts.tables:
        if not table.lines:  # none of it may be shown
            continue
        text, whole = texts.get(table.question, counts.concerns_text), with_everyone(table, counts)
        for place, group in enumerate(whole.groups):
            if group.key == EVERYONE:  # told already, of those who answered the question
                continue
            for line in whole.lines:
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
    *,
    is_sure: bool = False,
) -> Cells:
    """`is_sure`: with its interval."""
    share = wording.share_number(number, of)
    range_ = results.wilson(number, of) if is_sure and number is not None and of else None
    return (
        question,
        answer,
        *by,
        counted,
        wording.NOT_SHOWN if number is None else str(number),
        "" if of is None else str(of),
        _hundredths(share),
        _hundredths(range_.low * 100 if range_ else None),
        _hundredths(range_.high * 100 if range_ else None),
        "" if place is None else str(place),
    )


def _hundredths(number: Decimal | None) -> str:
    return "" if number is None else str(number.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
