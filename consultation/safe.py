"""What of the counts may be published. Pure. See docs/decisions/0039-what-of-a-consultation-is-published.md.

Each count of all responses is published as it is: it says of nobody what else they answered. A table does, so no small number may stand in
one or follow from all the others. `threshold` is the smallest number of people that is shown; nought counts as small.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from consultation.counts import Counts, Group, Line, Named, OptionCount, QuestionCounts, Table

OTHERS = "(others)"  # the key of what is pooled: no concern, option or channel can have it
POOLED_WAYS, POOLED_CONNECTIONS, POOLED_LANGUAGES = "Other ways together", "All others together", "Other languages"
POOLED_LINES, POOLED_LINES_AND_NONE = "All other answers", "All other answers, and none"
Part = TypeVar("Part")


def publish(counts: Counts, threshold: int) -> Counts:
    """The public edition. A table without lines is left out: it could not be shown without showing who answered what."""
    if not counts.holds_responses:  # in print already
        return counts
    if 0 < counts.responses < threshold:
        return _of_too_few(counts)
    return replace(
        counts,
        tables=tuple(_table(table, threshold) for table in counts.tables),
        monitoring=tuple(_monitoring(question, threshold) for question in counts.monitoring),
        channels=_names(counts.channels, POOLED_WAYS, threshold),
        languages=_names(counts.languages, POOLED_LANGUAGES, threshold),
        tags=tuple(replace(tag, count=_shown(tag.count, threshold)) for tag in counts.tags),
    )


def publish_again(counts: Counts, threshold: int, before: Sequence[tuple[Counts, Counts]]) -> Counts:
    """The same for results that replace published ones. `before`: complete and public counts of all that the public has seen, newest first.

    Whoever kept those takes one from the other. So of what tells people apart only that is shown which has not changed, as it was shown
    then; the rest is left out, and with it what the difference would tell.
    """
    made = publish(counts, threshold)
    if not counts.holds_responses or 0 < counts.responses < threshold:
        return made
    return replace(
        made,
        tables=tuple(
            _as_before(table, [(_like(table, was), _like(table, told)) for was, told in before])
            or replace(table, lines=())
            for table in counts.tables
        ),
        monitoring=tuple(
            _as_before(question, [(_named(question, was), _named(question, told)) for was, told in before])
            or not_told(question)
            for question in counts.monitoring
        ),
        channels=_as_before(counts.channels, [(was.channels, told.channels) for was, told in before]) or (),
        languages=_as_before(counts.languages, [(was.languages, told.languages) for was, told in before]) or (),
    )


def _as_before(part: Part, before: Iterable[tuple[Part | None, Part | None]]) -> Part | None:
    """How it was shown when it was the same; None where it never was."""
    return next((told for was, told in before if was == part), None)


def _like(table: Table, counts: Counts) -> Table | None:
    return next((one for one in counts.tables if (one.question, one.by) == (table.question, table.by)), None)


def _named(question: QuestionCounts, counts: Counts) -> QuestionCounts | None:
    return next((one for one in counts.monitoring if one.key == question.key), None)


def _of_too_few(counts: Counts) -> Counts:
    """How many answered and nothing of what: where there is one, the counts of all are that person's answers, side by side."""
    nothing = replace(
        counts, concerns=(), concerns_text="", concerns_hint="", questions=(), tables=(), comments=0, read=0
    )
    return replace(nothing, monitoring=tuple(map(not_told, counts.monitoring)), channels=(), languages=(), tags=())


def _shown(count: int | None, threshold: int) -> int | None:
    return None if count is None or count < threshold else count


# ---------------------------------------------------------------- pooling


def pooled(sizes: Sequence[int], threshold: int) -> frozenset[int]:
    """Which of these, by their places, are shown as one number: the small ones with as many of the next as keep each of them unknown.

    Whoever reads the rest knows their sum, how many they are, and that none is more than the smallest that is shown.
    """
    order = sorted(range(len(sizes)), key=lambda place: sizes[place])
    small = sum(size < threshold for size in sizes)
    if not small:
        return frozenset()
    for number in range(max(small, 2), len(order)):
        total, most = sum(sizes[place] for place in order[:number]), sizes[order[number]]
        if min(total, most) - max(0, total - (number - 1) * most) >= threshold:
            return frozenset(order[:number])
    return frozenset(order)


def pooled_of_known(sizes: Sequence[int], threshold: int) -> frozenset[int]:
    """The same for groups whose sizes can be worked out from what else is published, so that only what they answered is to be kept.

    A large one must have enough others beside it: what those answered is then what nobody can take off.
    """
    order = sorted(range(len(sizes)), key=lambda place: sizes[place])
    small = sum(size < threshold for size in sizes)
    if not small:
        return frozenset()
    for number in range(max(small, 2), len(order)):
        if _hides_each([sizes[place] for place in order[:number]], threshold):
            return frozenset(order[:number])
    return frozenset(order)


def _hides_each(sizes: Sequence[int], threshold: int) -> bool:
    total, most = sum(sizes), max(sizes)
    return total >= threshold and (most < threshold or total - most >= threshold)


def _names(names: Sequence[Named], together: str, threshold: int) -> tuple[Named, ...]:
    """Empty where all would be one. What nobody used stays: there is nobody that it could tell of."""
    used = [place for place, name in enumerate(names) if name.count]
    hidden = {used[place] for place in pooled([names[place].count or 0 for place in used], threshold)}
    if not hidden:
        return tuple(names)
    if len(hidden) == len(used):
        return ()
    rest = sum(names[place].count or 0 for place in hidden)
    return (*(name for place, name in enumerate(names) if place not in hidden), Named(OTHERS, together, rest))


# ---------------------------------------------------------------- tables


def _table(table: Table, threshold: int) -> Table:
    table = _with_pooled_groups(table, threshold)
    best = max(_ways(table, threshold), key=lambda way: way.rank, default=None)
    if best is None:
        return replace(table, lines=())
    return best.table


def _with_pooled_groups(table: Table, threshold: int) -> Table:
    """The same groups in each table of the kind, for they depend on nothing but how many answered in each. No empty ones."""
    used = [place for place, group in enumerate(table.groups) if group.responses]
    sizes = [table.groups[place].responses for place in used]
    is_known = table.by == "connection"  # the question about it is published in full
    hidden = {used[place] for place in (pooled_of_known if is_known else pooled)(sizes, threshold)}
    kept = [place for place in used if place not in hidden]
    groups = [table.groups[place] for place in kept]
    if hidden:
        text = POOLED_CONNECTIONS if is_known else POOLED_WAYS
        groups.append(Group(OTHERS, text, sum(table.groups[place].responses for place in hidden)))
    lines = [
        replace(line, cells=_cells(line, kept) + ((sum(_cells(line, hidden)),) if hidden else ()))
        for line in table.lines
    ]
    return replace(table, groups=tuple(groups), lines=tuple(lines))


def _cells(line: Line, places: Iterable[int]) -> tuple[int, ...]:
    return tuple(line.cells[place] or 0 for place in places)


@dataclass(frozen=True)
class _Way:
    """One way in which a table can be shown. The higher its rank, the more it says: single answers that somebody gave, by groups."""

    table: Table
    rank: tuple[int, int]


def _ways(table: Table, threshold: int) -> Iterable[_Way]:
    """All ways that are safe: so many of the smallest lines pooled, so many of the smallest groups hidden."""
    if len(table.groups) < 2:
        return
    by_size = sorted(range(len(table.groups)), key=lambda place: table.groups[place].responses)
    for lines in _poolings(table.lines, threshold):
        some = [_cells(line, range(len(table.groups))) for line in lines if _total(line)]
        says = sum(_total(line) > 0 and line.key != OTHERS and not line.is_skipped for line in lines)
        if len(some) < 2 or not says:
            continue
        for number in (0, *range(2, len(table.groups))):
            hidden = frozenset(by_size[:number])
            if _is_safe(some, hidden, threshold):
                shown = tuple(_hiding(line, hidden) for line in lines)
                columns = len(table.groups) - number
                together = number > 0  # what is hidden can be shown as one: it is each line's total less the rest
                yield _Way(replace(table, lines=shown), ((columns + together) * says, columns))


def _poolings(lines: Sequence[Line], threshold: int) -> Iterable[tuple[Line, ...]]:
    """The lines as they are, and with two, three ... of the smallest in one. Lines of nobody stay: that all their cells are nought is known."""
    yield tuple(lines)
    order = sorted((place for place, line in enumerate(lines) if _total(line)), key=lambda place: _total(lines[place]))
    for number in range(2, len(order)):
        hidden = set(order[:number])
        if not _hides_each([_total(lines[place]) for place in hidden], threshold):
            continue
        with_none = any(lines[place].is_skipped for place in hidden)
        cells = tuple(sum(column) for column in zip(*(_whole(lines[place]) for place in hidden), strict=True))
        rest = Line(OTHERS, POOLED_LINES_AND_NONE if with_none else POOLED_LINES, cells)
        kept = [line for place, line in enumerate(lines) if place not in hidden]
        skipped = [line for line in kept if line.is_skipped]
        yield (*(line for line in kept if not line.is_skipped), rest, *skipped)


def _whole(line: Line) -> tuple[int, ...]:
    return tuple(cell or 0 for cell in line.cells)


def _total(line: Line) -> int:
    return sum(_whole(line))


def _hiding(line: Line, hidden: frozenset[int]) -> Line:
    if not _total(line):
        return line
    return replace(line, cells=tuple(None if place in hidden else cell for place, cell in enumerate(line.cells)))


def _is_safe(lines: Sequence[tuple[int, ...]], hidden: frozenset[int], threshold: int) -> bool:
    """No small cell is shown, and what the totals leave open of each hidden one is at least `threshold` wide."""
    columns = range(len(lines[0]))
    if any(line[place] < threshold for line in lines for place in columns if place not in hidden):
        return False
    rests = [sum(line[place] for place in hidden) for line in lines]
    bases = [sum(line[place] for line in lines) for place in hidden]
    total = sum(rests)
    return all(min(rest, base) - max(0, rest + base - total) >= threshold for rest in rests for base in bases)


# ---------------------------------------------------------------- who they are


def _monitoring(question: QuestionCounts, threshold: int) -> QuestionCounts:
    if question.answered is None or question.answered < threshold:
        return not_told(question)
    counts = [option.count or 0 for option in question.options]
    if not question.several:
        return replace(question, options=_without(question.options, pooled(counts, threshold)))
    hidden = [place for place, count in enumerate(counts) if count < threshold]
    shown = sum(count for count in counts if count >= threshold)
    # Each person gives at least one answer: whom the shown ones don't account for gave a hidden one.
    answered = None if hidden and shown < question.answered else question.answered
    return replace(question, answered=answered, options=_without(question.options, hidden))


def not_told(question: QuestionCounts) -> QuestionCounts:
    """The question and its answers, without a number."""
    return replace(question, answered=None, options=_without(question.options, range(len(question.options))))


def _without(options: Sequence[OptionCount], hidden: Iterable[int]) -> tuple[OptionCount, ...]:
    places = set(hidden)
    return tuple(replace(option, count=None) if place in places else option for place, option in enumerate(options))
