"""Complete counts as one long table for a spreadsheet: a row for each count, with whether the public may know it. Pure."""

from collections.abc import Iterator

from consultation import safe
from consultation.counts import Counts, Named, QuestionCounts

COLUMNS = ("Question", "Answer", "By", "Group", "Counted", "Count", "Public")
EVERYONE = ("everyone", "")
Row = tuple[object, ...]


def rows(counts: Counts, public: Counts) -> Iterator[Row]:
    """Headings first. A count that is not known is empty."""
    yield COLUMNS
    yield ("", "", *EVERYONE, "responses", counts.responses, "yes")
    for concern in counts.concerns:
        ranks = {"first choice": concern.first, "second choice": concern.second, "third choice": concern.third}
        yield from (
            (counts.concerns_text, concern.text, *EVERYONE, rank, number, _yes(bool(public.concerns)))
            for rank, number in ranks.items()
        )
    for question in counts.questions:
        yield from _question(question, question if public.questions else safe.not_told(question))
    yield from _tables(counts, public)
    for question, shown in zip(counts.monitoring, public.monitoring, strict=True):
        yield from _question(question, shown)
    for what, names, told in (
        ("Channel", counts.channels, public.channels),
        ("Language", counts.languages, public.languages),
        ("Tag of comments", counts.tags, public.tags),
    ):
        yield from _named(what, names, told)
    for words, number in (("held back", counts.held), ("set aside", counts.set_aside), ("late", counts.late)):
        yield ("", "", *EVERYONE, f"not counted: {words}", number, "yes")


def _question(question: QuestionCounts, public: QuestionCounts) -> Iterator[Row]:
    yield (question.text, "", *EVERYONE, "answered", question.answered, _yes(public.answered is not None))
    for option, shown in zip(question.options, public.options, strict=True):
        yield (question.text, option.text, *EVERYONE, "answers", option.count, _yes(shown.count is not None))


def _tables(counts: Counts, public: Counts) -> Iterator[Row]:
    texts = {question.key: question.text for question in counts.questions}
    shown = {
        (table.question, table.by, line.key, group.key)
        for table in public.tables
        for line in table.lines
        for group, cell in zip(table.groups, line.cells, strict=True)
        if cell is not None
    }
    for table in counts.tables:
        text = texts.get(table.question, counts.concerns_text)
        for line in table.lines:
            for group, cell in zip(table.groups, line.cells, strict=True):
                is_shown = (table.question, table.by, line.key, group.key) in shown
                yield (text, line.text, table.by, group.text, "responses", cell, _yes(is_shown))


def _named(what: str, names: tuple[Named, ...], public: tuple[Named, ...]) -> Iterator[Row]:
    shown = {one.key for one in public if one.count is not None}
    for one in names:
        yield (what, one.text, *EVERYONE, "times", one.count, _yes(one.key in shown))


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
