"""Nothing that is hidden can be worked out from what is shown: attacked by a linear programme that is given every published number."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from consultation import results, safe
from consultation.counts import Table
from tests.unit.consultation.population import (
    CHANNELS,
    CONCERNS,
    GROUPS,
    LINES,
    Attack,
    Kind,
    count,
    many,
    populations,
)

NEARLY = 1e-6  # what a solver of floats is off by
thresholds = st.integers(2, 8)


@settings(max_examples=40)
@given(populations, thresholds)
def test_no_hidden_cell_can_be_worked_out_to_within_the_threshold(people: list[Kind], threshold: int) -> None:
    counts = count(people)
    published = safe.publish(counts, threshold)
    attack = Attack(counts, published)
    for table in published.tables:
        for line in table.lines:
            for place, cell in enumerate(line.cells):
                if cell is None:
                    least, most = attack.width(attack.cell(counts, table, line, place))
                    assert most - least >= threshold - NEARLY, (table, line, place, least, most)


@settings(max_examples=15)
@given(populations, thresholds)
def test_of_what_is_pooled_no_part_becomes_known_that_is_small(people: list[Kind], threshold: int) -> None:
    """A part is known no better than from the totals alone, or leaves as much open as a hidden cell, or is no small number."""
    counts = count(people)
    published = safe.publish(counts, threshold)
    attack, before = Attack(counts, published), Attack(counts, replace(published, tables=()))
    for table in published.tables:
        whole = next(one for one in counts.tables if (one.question, one.by) == (table.question, table.by))
        nobody = {group.key for group in whole.groups if not group.responses}  # there is nobody to know anything of
        shown = {line.key for line in table.lines}, {group.key for group in table.groups}
        side = "channel" if table.by == "channel" else "group"
        for line in LINES[table.question] if table.lines else ():
            for group in CHANNELS if table.by == "channel" else GROUPS:
                if group in nobody or (line in shown[0] and group in shown[1]):
                    continue
                cell = attack.where(table.question, line=line, **{side: group})
                least, most = attack.width(cell)
                if least >= threshold - NEARLY or most - least >= threshold - NEARLY:
                    continue
                was = before.width(cell)
                assert most - least >= was[1] - was[0] - NEARLY, (table, line, group, least, most, was)


@settings(max_examples=40)
@given(populations, thresholds)
def test_no_small_cell_is_shown_but_where_nobody_at_all_answered_so(people: list[Kind], threshold: int) -> None:
    for table in safe.publish(count(people), threshold).tables:
        for line in table.lines:
            assert set(line.cells) == {0} or all(cell is None or cell >= threshold for cell in line.cells)


@given(many, thresholds)
def test_each_kind_of_table_has_one_set_of_groups(people: list[Kind], threshold: int) -> None:
    """Else what one table pools and another does not would be their difference."""
    tables = safe.publish(count(people), threshold).tables
    for by in ("channel", "connection"):
        assert len({table.groups for table in tables if table.by == by}) == 1


@given(st.lists(st.integers(0, 30), max_size=7), thresholds)
def test_what_is_pooled_stays_open_to_whoever_knows_that_it_is_the_smallest(sizes: list[int], threshold: int) -> None:
    """Tried with all numbers that it could be: each pooled one can be at least so many different ones."""
    hidden = safe.pooled(sizes, threshold)
    shown = [size for place, size in enumerate(sizes) if place not in hidden]
    assert all(size >= threshold for size in shown)
    if hidden and shown:
        total, most = sum(sizes[place] for place in hidden), min(shown)
        # One of them at `value`: can the others make up the rest, none above `most`?
        could_be = [value for value in range(most + 1) if 0 <= total - value <= (len(hidden) - 1) * most]
        assert len(could_be) > threshold


def test_the_attack_finds_what_a_lone_hidden_column_gives_away() -> None:
    """It would be worth nothing if it could not: one column hidden is each line's total less the rest."""
    people = [Kind(channel, (True, False, False), ("drugs",), "agree", 10) for channel in ("web", "kiosk")]
    people += [
        Kind("web", (True, False, False), ("gangs",), "agree", 10),
        Kind("kiosk", (True,) * 3, ("gangs",), "", 3),
    ]
    counts = count(people)
    careless = replace(counts, tables=tuple(_without_kiosk(table) for table in counts.tables if table.by == "channel"))
    attack, table = Attack(counts, careless), careless.tables[0]
    gangs = next(line for line in table.lines if line.key == "gangs")
    assert [round(end, 3) for end in attack.width(attack.cell(counts, table, gangs, CHANNELS.index("kiosk")))] == [3, 3]


def _without_kiosk(table: Table) -> Table:
    kiosk = CHANNELS.index("kiosk")
    lines = tuple(replace(line, cells=(*line.cells[:kiosk], None, *line.cells[kiosk + 1 :])) for line in table.lines)
    return replace(table, lines=lines)


# ---------------------------------------------------------------- what is counted


@given(populations)
def test_points_are_six_for_each_full_ballot_and_first_choices_with_none_are_all(people: list[Kind]) -> None:
    counts = count([replace(kind, choices=kind.choices if len(kind.choices) == 3 else ()) for kind in people])
    ballots = results.ballots(counts)
    assert sum(results.points(concern) or 0 for concern in counts.concerns) == 6 * (ballots.three or 0)
    assert sum(concern.first for concern in counts.concerns) + ballots.none == counts.responses


@given(populations)
def test_ballots_are_those_that_were_cast(people: list[Kind]) -> None:
    cast = Counter[int]()
    for kind in people:
        cast[len(kind.choices)] += kind.number
    told = results.ballots(count(people))
    assert (told.none, told.one, told.two, told.three) == (cast[0], cast[1], cast[2], cast[3])


@given(populations, st.permutations(CONCERNS))
def test_other_names_for_concerns_change_nothing_but_the_names(people: list[Kind], names: list[str]) -> None:
    renamed = dict(zip(CONCERNS, names, strict=True))
    others = [replace(kind, choices=tuple(renamed[one] for one in kind.choices)) for kind in people]
    for counted in (results.by_first, results.any_of_three, results.points):
        was = {
            renamed[one.concern.key]: (one.count, one.place) for one in results.ranked(count(people).concerns, counted)
        }
        now = {one.concern.key: (one.count, one.place) for one in results.ranked(count(others).concerns, counted)}
        assert was == now
