"""What differs between two snapshots of a plan: one that was issued, and one taken later. Pure.

Of two public ones it knows only what both show, so nothing hidden comes out.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import groupby

from lib.numerals import figure, in_words
from lib.quarters import Quarter
from reporting.imprint import Came
from reporting.pdf import figures, hiding
from reporting.pdf.parts import changed, naming
from reporting.pdf.parts.said import capital, many, some_of
from reporting.snapshots.shape import Cell, IndicatorPart, Snapshot, TargetPart, Value

NOT_SHOWN = "not_shown"  # a rating that rests on a hidden figure
MOST_ALONE = 3  # figures of one indicator of which the same is said that have a sentence each
Both = tuple[IndicatorPart, IndicatorPart]


def since(before: Snapshot, now: Snapshot) -> tuple[str, ...]:
    """A sentence each: figures that came, were restated or taken back; ratings, targets, indicators, and actions that were late or are.

    Figures are those of quarters that the earlier one told of too; ratings are compared for the same quarter alone.
    """
    before, now = hiding.worded(before), hiding.worded(now)
    pairs = _both(before, now)
    return (
        *(one.said for one in _figures(before, now)),
        *changed.moved(_verdicts(before, now, pairs)),
        *_targets(before, now, pairs),
        *_indicators(before, now),
        *changed.late_then_and_now(before, now),
    )


def came(before: Snapshot, now: Snapshot) -> tuple[Came, ...]:
    """The figures alone, in the plan's order: what an addendum brings."""
    return tuple(_figures(hiding.worded(before), hiding.worded(now)))


def _parts(snapshot: Snapshot) -> dict[str, IndicatorPart]:
    """All that is shown, in plan order."""
    return {part.slug: part for one in snapshot.priorities for part in (*one.indicators, *one.context)}


def _both(before: Snapshot, now: Snapshot) -> list[Both]:
    then = _parts(before)
    return [(then[slug], part) for slug, part in _parts(now).items() if slug in then]


# ---------------------------------------------------------------- figures


def _figures(before: Snapshot, now: Snapshot) -> Iterator[Came]:
    last = min(before.quarter, now.quarter)
    whys = {(one.slug, one.quarter): one.why for one in now.restatements}
    printed = {(one.slug, one.quarter, value) for one in now.restatements for value in (one.was, one.now)}
    for then, part in _both(before, now):
        for line in _of_one(part, _cells(then, last), _cells(part, last), whys, printed):
            yield Came(part.slug, line)


def _cells(part: IndicatorPart, last: Quarter) -> dict[Quarter, Cell]:
    """By quarter, oldest first. The eight quarters and the whole series are told apart only by how far back they go."""
    every = {cell.quarter: cell for cell in (*part.series, *part.history) if cell.quarter <= last}
    return dict(sorted(every.items()))


def _of_one(
    part: IndicatorPart,
    then: Mapping[Quarter, Cell],
    now: Mapping[Quarter, Cell],
    whys: Mapping[tuple[str, Quarter], str],
    printed: Set[tuple[str, Quarter, Value]],
) -> Iterator[str]:
    """What came; what was restated, by its reason; what was taken back. A number that is hidden by now is not said once more."""
    quarters = [quarter for quarter in now if quarter in then]
    yield from _arrived(part, [now[one] for one in quarters if _is_shown(now[one]) and not _is_shown(then[one])])
    kept = [one for one in quarters if _is_shown(now[one]) and _is_shown(then[one])]
    hidden = [one for one in kept if _is_hidden_since(then[one], now[one], part.slug, printed)]
    moved = [one for one in kept if one not in hidden and then[one].value != now[one].value]
    for why, same in groupby(moved, key=lambda one: whys.get((part.slug, one), "")):
        yield from _restated(part, why, [(then[one], now[one]) for one in same])
    gone = [one for one in quarters if _is_shown(then[one]) and not _is_shown(now[one])]
    if gone:
        yield f"{naming.short(part)}, {_quarters(gone)}: no longer a verified figure."
    if hidden:
        yield f"{naming.short(part)}, {_quarters(hidden)}: no longer shown."


def _is_shown(cell: Cell) -> bool:
    return cell.state == "verified" and cell.value is not None


def _is_hidden_since(then: Cell, now: Cell, slug: str, printed: Set[tuple[str, Quarter, Value]]) -> bool:
    """Whether this edition hides a figure and says nowhere else what it was: the earlier one may have been withdrawn for showing it."""
    assert then.value and now.value, "both are shown"
    is_hidden = bool(now.value.hidden) and not then.value.hidden
    return is_hidden and then.value != now.was and (slug, now.quarter, then.value) not in printed


def _arrived(part: IndicatorPart, cells: list[Cell]) -> Iterator[str]:
    name = naming.short(part)
    if len(cells) > MOST_ALONE:
        yield f"{name}, {_quarters([one.quarter for one in cells])} have come; the last is {_said(cells[-1])}."
        return
    for one in cells:
        yield f"{name}, {one.quarter} has come: {_said(one)}."


def _restated(part: IndicatorPart, why: str, cells: list[tuple[Cell, Cell]]) -> Iterator[str]:
    name, reason = naming.short(part), naming.sentence(why)
    if len(cells) > MOST_ALONE:
        was, now = _was_and_now(*cells[-1])
        quarters = _quarters([one.quarter for _, one in cells])
        yield f"{name}, {quarters} restated; the last was {was}, now {now}. {reason}".strip()
        return
    for then, one in cells:
        was, now = _was_and_now(then, one)
        yield f"{name}, {one.quarter} restated: was {was}, now {now}. {reason}".strip()


def _was_and_now(then: Cell, now: Cell) -> tuple[str, str]:
    assert then.value and now.value, "both are shown"
    return changed.values(then.value, now.value)


def _said(cell: Cell) -> str:
    assert cell.value, "it is shown"
    return figures.full(cell.value)


def _quarters(own: list[Quarter]) -> str:
    """ "2017-18 Q2", "2017-18 Q1 and 2017-18 Q3", "12 quarters from 2014-15 Q1 to 2017-18 Q2"."""
    if len(own) <= MOST_ALONE:
        return some_of([str(one) for one in own])
    return f"{in_words(len(own))} quarters from {own[0]} to {own[-1]}"


# ---------------------------------------------------------------- ratings, targets, indicators


def _verdicts(before: Snapshot, now: Snapshot, pairs: Iterable[Both]) -> list[tuple[IndicatorPart, str, str]]:
    """Of the same quarter, as it was issued and as it stands: this quarter's, or last quarter's by what is known now. What a rating was that is hidden by now is not said."""
    found: list[tuple[IndicatorPart, str, str]] = []
    if before.quarter == now.quarter:
        found = [(part, then.verdict.code, part.verdict.code) for then, part in pairs]
    elif before.quarter == now.quarter.previous:
        found = [(part, then.verdict.code, last.code) for then, part in pairs if (last := part.last_verdict)]
    return [one for one in found if one[2] != NOT_SHOWN]


def _targets(before: Snapshot, now: Snapshot, pairs: Iterable[Both]) -> Iterator[str]:
    """Of the same year: another year's targets are no change. A number that a public edition leaves out by now is not said once more."""
    now_of = now.quarter.year
    if before.quarter.year != now_of:
        return
    is_public = now.is_public
    for then, part in pairs:
        was, is_now = then.target, part.target
        if was == is_now or is_now is None or (is_public and was and _is_left_out(was, is_now)):
            continue
        name = naming.short(part)
        if was is not None and not was.is_agreed and is_now.is_agreed and _terms(was) == _terms(is_now):
            yield f"{name}: the target for {now_of} is agreed, {_aim(part, is_now)}."
        elif was is None or (was.rule == "none" and is_now.rule != "none"):
            yield f"{name}: a target for {now_of} is {'set' if is_now.is_agreed else 'proposed'}, {_aim(part, is_now)}."
        elif _terms(was) != _terms(is_now):
            yield f"{name}: the target for {now_of} was {_aim(part, was)} and is {_aim(part, is_now)}."


def _is_left_out(was: TargetPart, now: TargetPart) -> bool:
    """Whether a number or the quarters' shares were told and are not any more."""
    return (was.value is not None and now.value is None) or bool(was.profile and not now.profile)


def _terms(target: TargetPart) -> tuple[object, ...]:
    return target.rule, target.basis, target.value, target.minimum, target.tolerance, target.profile


def _aim(part: IndicatorPart, target: TargetPart) -> str:
    """ "2,700 (minimum expectation 2,800)", "data only", "last year’s figure"; how it is rated where there is no number more to tell."""
    if target.rule == "none":
        return "data only"
    unit = "%" if part.measure != "count" else ""
    what = f"{figure(target.value)}{unit}" if target.value is not None else "last year’s figure"
    more = [f"minimum expectation {figure(target.minimum)}{unit}"] if target.minimum is not None else []
    if target.tolerance is not None:
        more.append(f"tolerance {figure(target.tolerance)}{' points' if target.rule == 'points' else '%'}")
    if target.profile:
        more.append(f"spread {', '.join(f'{figure(share)}%' for share in target.profile)}")
    return f"{what} ({', '.join(more)})" if more else what


def _indicators(before: Snapshot, now: Snapshot) -> Iterator[str]:
    """Those in the pack then and not now, and the other way round; of another year that is the year's own set, and no change."""
    if before.quarter.year != now.quarter.year:
        return
    then, present = _parts(before), _parts(now)
    for names, words in (
        ([naming.short(one) for slug, one in present.items() if slug not in then], "in this pack and not in that one"),
        ([naming.short(one) for slug, one in then.items() if slug not in present], "in that pack and not in this one"),
    ):
        if names:
            how_many = many(len(names), "indicator is", "indicators are")
            yield f"{capital(how_many)} {words}: {some_of(names)}."
