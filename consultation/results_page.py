"""The partnership team's page of results: everything that was counted, with what the public version leaves out marked as such. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from consultation import results
from consultation.counts import ConcernCount, Counts, Line, Named, OptionCount, QuestionCounts, Table
from consultation.results import TOP, Placed, Way
from lib.numerals import change, figure, listed, percentage

BY = {"channel": "how people answered", "connection": "connection to the area"}
SAME_ORDER = "The three ways of counting agree on the first five."
FEW = "So few answered that the public is told only how many: these would be what each of them said."
ONLY_FIRST = "Only first choices are in print, so concerns can be ranked by them alone."


@dataclass(frozen=True)
class Score:
    """What a concern has by one way: "" throughout where that is not known."""

    number: str
    share: str
    interval: str
    place: str  # "3", "3=" where it shares it, "" of several that were counted together


@dataclass(frozen=True)
class Ranking:
    ways: tuple[Way, ...]
    rows: tuple[tuple[str, tuple[Score, ...]], ...]
    base: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    text: str
    number: str
    share: str
    interval: str
    is_public: bool


@dataclass(frozen=True)
class Asked:
    key: str
    text: str
    hint: str
    base: str  # of whom its percentages are
    mean: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Cell:
    number: str
    is_public: bool


@dataclass(frozen=True)
class Crossed:
    """A question by channel or connection. `public` says what its public version is like; "" where it is the same."""

    key: str
    text: str
    by: str
    groups: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    responses: tuple[str, ...]
    public: str


@dataclass(frozen=True)
class Compared:
    text: str
    now: str
    then: str
    difference: str


@dataclass(frozen=True)
class Page:
    headline: str
    counted: tuple[str, ...]  # how many, and who is not among them
    ranking: Ranking | None
    questions: tuple[Asked, ...]
    crossed: tuple[Crossed, ...]
    monitoring: tuple[Asked, ...]
    channels: tuple[Answer, ...]
    languages: tuple[Answer, ...]
    tags: tuple[Answer, ...]
    compared: tuple[Compared, ...]
    apart: tuple[str, ...]  # what can't be compared, and why
    hides: bool


def build(counts: Counts, public: Counts, earlier: Counts | None = None) -> Page:
    """`public` is what is published of `counts`; `earlier` the consultation that it is compared with."""
    crossed = tuple(_crossed(table, public, counts) for table in counts.tables)
    questions = tuple(_asked(one, one, counts.responses) for one in counts.questions)
    monitoring = tuple(
        _asked(one, other, counts.responses) for one, other in zip(counts.monitoring, public.monitoring, strict=True)
    )
    lists = tuple(
        _named(all_of_it, shown, counts.responses)
        for all_of_it, shown in ((counts.channels, public.channels), (counts.languages, public.languages))
    )
    tags = _named(counts.tags, public.tags, None)
    compared, apart = _compared(counts, earlier)
    lines = [*lists[0], *lists[1], *tags, *(answer for one in monitoring for answer in one.answers)]
    return Page(
        headline=headline(counts),
        counted=(*_counted(counts), *([FEW] if counts.concerns and not public.concerns else [])),
        ranking=_ranking(counts),
        questions=questions,
        crossed=crossed,
        monitoring=monitoring,
        channels=lists[0],
        languages=lists[1] if len(lists[1]) > 1 else (),
        tags=tags,
        compared=compared,
        apart=apart,
        hides=any(one.public for one in crossed) or not all(line.is_public for line in lines),
    )


# ---------------------------------------------------------------- who answered


def headline(counts: Counts) -> str:
    """ "Drugs came first: 339 of 1,389 (24.4%) named it first." """
    base = results.named_one(counts)
    order = results.ranked(counts.concerns, results.by_first)
    if not base or not order or not order[0].count:
        return f"{_people(counts.responses)} answered."
    leading = [one.concern.text for one in order if one.place == 1]
    told = f"{figure(order[0].count)} of {figure(base)} ({_share(order[0].count, base)})"
    if len(leading) == 1:
        return f"{leading[0]} came first: {told} named it first."
    return f"{listed(leading)} came first together: {told} named each of them first."


def _counted(counts: Counts) -> tuple[str, ...]:
    told = (
        [f"{_people(counts.responses)} answered, and {_are(counts.responses)} counted here."]
        if counts.responses
        else []
    )
    for number, words in (
        (counts.held, "held back until somebody has looked"),
        (counts.set_aside, "set aside"),
        (counts.late, "sent after midnight of the last day"),
    ):
        if number:
            told.append(f"{figure(number)} more {_are(number)} not counted: {words}.")
    if counts.comments:
        told.append(f"{figure(counts.read)} of {figure(counts.comments)} comments have been read.")
    return tuple(told)


def _people(number: int) -> str:
    return "Nobody" if not number else f"{figure(number)} {'person' if number == 1 else 'people'}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


# ---------------------------------------------------------------- concerns


def _ranking(counts: Counts) -> Ranking | None:
    base = results.named_one(counts)
    found = results.orders(counts.concerns)
    if not base or not found:
        return None
    ways = tuple(way for way, _ in found)
    places = [{one.concern.key: one for one in order} for _, order in found]
    shown = [*(one.concern for one in found[0][1]), *(one for one in counts.concerns if one.is_group)]
    rows = tuple(
        (one.text, tuple(_score(way, one, by.get(one.key), base) for way, by in zip(ways, places, strict=True)))
        for one in shown
    )
    return Ranking(ways, rows, _ballots(counts, base), _notes(counts, ways))


def _score(way: Way, concern: ConcernCount, placed: Placed | None, base: int) -> Score:
    number = way.counted(concern)
    if number is None:
        return Score("", "", "", "")
    place = f"{placed.place}{'=' if placed.is_shared else ''}" if placed else ""
    if way is results.ALL_POINTS:
        return Score(figure(number), "", "", place)
    return Score(figure(number), _share(number, base), _interval(number, base), place)


def _ballots(counts: Counts, base: int) -> str:
    ballots = results.ballots(counts)
    if not counts.holds_responses:
        return f"Percentages are of all {figure(base)} who answered."
    told = [f"{figure(base)} of {figure(counts.responses)} named a concern"]
    if ballots.one is not None and ballots.two is not None and ballots.three is not None:
        told.append(f"{figure(ballots.one)} named one, {figure(ballots.two)} two and {figure(ballots.three)} three")
    if not ballots.none:
        return f"{'; '.join(told)}."
    return f"{'; '.join(told)}; {figure(ballots.none)} named none. Percentages are of those who named one."


def _notes(counts: Counts, ways: Sequence[Way]) -> tuple[str, ...]:
    if len(ways) == 1:
        return (ONLY_FIRST,)
    differing = results.differing(counts.concerns, TOP)
    told = tuple(f"{places[0][1].concern.text} is {results.came(places)}." for places in differing)
    return told or (SAME_ORDER,)


# ---------------------------------------------------------------- questions


def _asked(question: QuestionCounts, public: QuestionCounts, responses: int) -> Asked:
    base = results.base(question, responses)
    mean = results.mean(question)
    return Asked(
        key=question.key,
        text=question.text,
        hint=question.hint,
        base=_base(question, base),
        mean=f"On average {figure(mean.value, 1)}, of {figure(mean.of)}." if mean else "",
        answers=tuple(
            _answer(one, other, base.of) for one, other in zip(question.options, public.options, strict=True)
        ),
    )


def _base(question: QuestionCounts, base: results.Base) -> str:
    if base.answered is None:
        return f"How many answered it is not {'shown' if question.role == 'monitoring' else 'in print'}."
    if not base.answered:
        return "Nobody answered it."
    told = [f"{figure(base.answered)} answered"]
    if base.skipped and question.role != "monitoring":
        told.append(f"{figure(base.skipped)} skipped it")
    words = f"{listed(told)}."
    if base.dont_know and base.of is not None:
        opinion = "said" if question.role == "monitoring" else "answered and had an opinion"
        return f"{words} Percentages are of the {figure(base.of)} who {opinion}."
    several = " Several answers could be given." if question.several else ""
    return f"{words} Percentages are of those who answered.{several}"


def _answer(option: OptionCount, public: OptionCount, of: int | None) -> Answer:
    share = interval = ""
    if option.count is not None and of and not option.is_dont_know:
        share, interval = _share(option.count, of), _interval(option.count, of)
    return Answer(option.text, figure(option.count), share, interval, public.count is not None or option.count is None)


def _named(all_of_it: Iterable[Named], public: Iterable[Named], of: int | None) -> tuple[Answer, ...]:
    shown = {one.key for one in public if one.count is not None}
    return tuple(
        Answer(one.text, figure(one.count), _share(one.count, of), "", one.key in shown or one.count is None)
        for one in all_of_it
    )


def _share(count: int | None, of: int | None) -> str:
    part = None if count is None or not of else results.share(count, of)
    return "" if part is None else _percent(part)


def _interval(count: int, of: int) -> str:
    range_ = results.wilson(count, of)
    return f"{_percent(range_.low)} to {_percent(range_.high)}" if range_ else ""


def _percent(share: Decimal) -> str:
    return percentage(share * 100)


# ---------------------------------------------------------------- tables


def _crossed(table: Table, public: Counts, counts: Counts) -> Crossed:
    texts = {question.key: question.text for question in counts.questions}
    shown = next((one for one in public.tables if (one.question, one.by) == (table.question, table.by)), None)
    cells = _shown(shown)
    rows = tuple((line.text, _cells(table, line, cells)) for line in table.lines)
    return Crossed(
        key=f"{table.question}-by-{table.by}",
        text=texts.get(table.question, counts.concerns_text),
        by=BY[table.by],
        groups=tuple(group.text for group in table.groups),
        rows=rows,
        responses=tuple(figure(group.responses) for group in table.groups),
        public=_public(shown, all(cell.is_public for _, row in rows for cell in row)),
    )


def _shown(table: Table | None) -> set[tuple[str, str]]:
    if table is None:
        return set()
    return {
        (line.key, group.key)
        for line in table.lines
        for group, cell in zip(table.groups, line.cells, strict=True)
        if cell is not None
    }


def _cells(table: Table, line: Line, shown: set[tuple[str, str]]) -> tuple[Cell, ...]:
    """An empty group has no column in the public version, and hides nobody."""
    return tuple(
        Cell(figure(cell), (line.key, group.key) in shown or not group.responses)
        for group, cell in zip(table.groups, line.cells, strict=True)
    )


def _public(shown: Table | None, is_all: bool) -> str:
    if is_all:
        return ""
    if shown is None or not shown.lines:
        return "The public version leaves this table out: it can’t be shown without telling what a few people answered."
    return "The public version shows what is marked † only together with others, or not at all."


# ---------------------------------------------------------------- then and now


def _compared(now: Counts, then: Counts | None) -> tuple[tuple[Compared, ...], tuple[str, ...]]:
    """First choices of concerns that were listed both times, most now first. What "something else" is depends on what else was listed."""
    if then is None:
        return (), ()
    base, then_base = results.named_one(now), results.named_one(then)
    earlier = {results.alike(one.text): one for one in then.concerns if not one.is_group and not one.is_other}
    order = [one.concern for one in results.ranked(now.concerns, results.by_first) if not one.concern.is_other]
    both = [(one, earlier[results.alike(one.text)]) for one in order if results.alike(one.text) in earlier]
    alone = [one.text for one in order if results.alike(one.text) not in earlier]
    rows = tuple(
        Compared(
            one.text, _share(one.first, base), _share(other.first, then_base), _difference(one, base, other, then_base)
        )
        for one, other in both
    )
    apart = []
    if alone and any(one.is_group for one in then.concerns):
        apart.append(f"Not asked then, or not in print one by one: {listed(alone)}.")
    elif alone:
        apart.append(f"Not asked then: {listed(alone)}.")
    if any(one.second is None for one in then.concerns):
        apart.append("Only first choices are in print of then.")
    return rows, tuple(apart)


def _difference(one: ConcernCount, base: int, then: ConcernCount, then_base: int) -> str:
    found = results.difference(one.first, base, then.first, then_base)
    if found is None:
        return ""
    low, high = (change(end * 100, 1) for end in (found.low, found.high))
    chance = ": may be chance alone" if found.may_be_chance else ""
    return f"{change(found.share * 100, 1)} points ({low} to {high}){chance}"
