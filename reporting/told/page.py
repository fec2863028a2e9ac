"""The page of results, put together: what the templates of page and PDF place. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from consultation.counts import Named, QuestionCounts
from indicators.charts import BarChart
from reporting.told import answers, compared, drawing, method, ranking, wording
from reporting.told.answers import Asked, Crossed
from reporting.told.compared import Comparison
from reporting.told.drawing import Drawn
from reporting.told.method import Note
from reporting.told.ranking import Ranking
from reporting.told.shape import Found, Quoted


@dataclass(frozen=True)
class Block:
    """A question with its chart, on a page and on paper; None where there is no number to draw."""

    asked: Asked
    drawn: Drawn | None
    paper: BarChart | None


@dataclass(frozen=True)
class Section:
    """Questions under one heading."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Row:
    """A word and how often: a channel, a language, a tag."""

    text: str
    number: str


@dataclass(frozen=True)
class Listed:
    key: str
    title: str
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Page:
    found: Found
    headline: str
    answered: str  # how many, when, by which ways
    standing: str  # who is not counted
    ranking: Ranking | None
    charts: tuple[Drawn, ...]
    sections: tuple[Section, ...]
    crossed: tuple[Crossed, ...]
    tags: Listed | None
    quotes: tuple[tuple[str, tuple[Quoted, ...]], ...]  # by question
    comparisons: tuple[Comparison, ...]
    earlier: Found | None
    monitoring: Section | None
    counted: tuple[Listed, ...]  # by channel and by language
    key: str  # what "not shown" stands for; "" where everything is shown
    notes: tuple[Note, ...]

    @property
    def totals_only(self) -> str:
        return "" if self.found.counts.holds_responses else method.TOTALS

    @property
    def corrected(self) -> str:
        """That these counts replace others, and why; "" of the first."""
        if self.found.number < 2:
            return ""
        told = f"These are results {self.found.number}, which replace those published or counted before. Why: {self.found.reason}"
        if all(table.lines for table in self.found.counts.tables):
            return told
        return f"{told.rstrip('.')}. Some tables are left out: by themselves or beside those published before they could tell how a few people answered."

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """Anchors and titles of what the page has."""
        listed = [
            ("ranking", "What matters most") if self.ranking else None,
            *((one.key, one.title) for one in self.sections),
            ("crossed", "By how people answered and their connection") if self.crossed else None,
            ("words", "In people’s own words") if self.tags or self.quotes else None,
            ("compared", f"Compared with {self.earlier.year}") if self.comparisons and self.earlier else None,
            ("who", "Who answered") if self.counted or self.monitoring else None,
            ("method", "How this was done"),
        ]
        return tuple(one for one in listed if one is not None)


SECTIONS = (
    ("safe", "Feeling safe", "safe"),
    ("connection", "Connection to the area", "connection"),
    ("further", "Further questions", "further"),
)


def build(found: Found, earlier: Found | None = None) -> Page:
    """`earlier` is the consultation that it is compared with, as far as that is published."""
    counts = found.counts
    ranked = ranking.rank(counts)
    crossed = tuple(answers.crossed(table, counts) for table in counts.tables if table.lines)
    sections = tuple(
        _section(key, title, [one for one in counts.questions if one.role == role], counts.responses)
        for key, title, role in SECTIONS
    )
    monitoring = _section("monitoring", "Who answered", counts.monitoring, counts.responses)
    counted = (
        _listed("channels", "How people answered", "Way", counts.channels),
        _listed("languages", "In which language", "Language", counts.languages if len(counts.languages) > 1 else ()),
    )
    return Page(
        found=found,
        headline=ranking.headline(counts),
        answered=f"{wording.people(counts.responses)} answered from {found.when}. {method.ways(counts)}".strip(),
        standing=f"{method.standing(counts)} {method.too_few(found)}".strip(),
        ranking=ranked,
        charts=drawing.rankings(ranked) if ranked and ranked.orders else (),
        sections=tuple(one for one in sections if one),
        crossed=crossed,
        tags=_listed("tags", "What comments are about", "Subject", counts.tags),
        quotes=_by_question(found.quotes),
        comparisons=compared.compare(counts, earlier.counts, year=earlier.year) if earlier else (),
        earlier=earlier,
        monitoring=monitoring,
        counted=tuple(one for one in counted if one),
        key=wording.key(found.threshold) if _hides(sections, monitoring, found) else "",
        notes=method.notes(found),
    )


def _section(key: str, title: str, questions: Sequence[QuestionCounts], responses: int) -> Section | None:
    if not questions:
        return None
    return Section(key, title, tuple(_block(answers.asked(one, responses)) for one in questions))


def _block(asked: Asked) -> Block:
    if not answers.are_known(asked.answers):
        return Block(asked, None, None)
    return Block(asked, drawing.answers(asked), drawing.answers_on_paper(asked))


def _listed(key: str, title: str, heading: str, named: Sequence[Named]) -> Listed | None:
    """None where there is nothing to list, or no number of it is published."""
    if all(one.count is None for one in named):
        return None
    return Listed(key, title, heading, tuple(Row(one.text, wording.count(one.count)) for one in named))


def _by_question(quotes: Sequence[Quoted]) -> tuple[tuple[str, tuple[Quoted, ...]], ...]:
    found: dict[str, list[Quoted]] = {}
    for one in quotes:
        found.setdefault(one.question, []).append(one)
    return tuple((question, tuple(some)) for question, some in found.items())


def _hides(sections: Sequence[Section | None], monitoring: Section | None, found: Found) -> bool:
    """Whether something on the page is not shown for its size. Of printed totals what is missing was never printed."""
    counts = found.counts
    if not counts.holds_responses:
        return False
    blocks = [block for section in (*sections, monitoring) if section for block in section.blocks]
    named = (*counts.channels, *counts.languages, *counts.tags)
    return any(block.asked.hides for block in blocks) or any(one.count is None for one in named)
