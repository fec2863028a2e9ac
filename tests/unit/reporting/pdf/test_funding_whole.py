"""Sums of money of which a part is not known say so: what is left, what is spent where nobody is asked, what ends."""

import datetime as dt
import html
from dataclasses import replace

import pytest

from reporting.pdf.parts import funding, opening
from tests.factories import snapshot_funding as made
from tests.factories import snapshots
from tests.factories.snapshot_funding import Q1, Q2, Q3, Q4, awaited, project, spend, stream

QUARTERS = (Q1, Q2, Q3, Q4)
JUNE_30 = dt.date(2018, 6, 30)


def page(**changes):
    held = made.funding(**changes)
    return funding.build(made.funded(held), held)


def told(cells):
    return [(cell.text or cell.words, cell.sub) for cell in cells]


def asked(name, **changes):
    """£1.10 a quarter."""
    return project(name, "100.00", "50.00", *(spend(one, "1.10") for one in QUARTERS), **changes)


def unasked(name, **changes):
    return project(name, "100.00", None, **changes)


# ---------------------------------------------------------------- what is left


def lefts(*streams_and_projects):
    streams = [stream(name, "100.00", year, "100.00") for name, year, _ in streams_and_projects]
    projects = [replace(one, stream=name) for name, _, own in streams_and_projects for one in own]
    built = page(streams=tuple(streams), projects=tuple(projects))
    return told([row.cells[-1] for row in (*built.streams, built.streams_total)])


def test_all_that_is_left_is_not_known_unless_it_is_known_of_every_stream():
    known, unknown = ("One", "10.00", [asked("P")]), ("Two", "7000000.00", [])
    assert lefts(known, unknown) == [("£5.60", ""), ("not known", ""), ("not known", "")]
    assert lefts(known, ("Three", "20.00", [asked("Q")])) == [("£5.60", ""), ("£15.60", ""), ("£21.20", "")]


def test_all_that_is_left_is_at_most_that_where_one_stream_is():
    known = ("One", "10.00", [asked("P")])
    assert lefts(known, ("Two", "20.00", [asked("Q"), unasked("R")])) == [
        ("£5.60", ""),
        ("£15.60", "at most"),
        ("£21.20", "at most"),
    ]


# ---------------------------------------------------------------- what is spent


def test_a_sum_of_spend_is_without_the_projects_that_nobody_is_asked_about():
    (group,) = page(projects=(asked("P"), unasked("Q"), unasked("R"))).groups
    assert told(group.total.cells[1:6]) == [*[("£1.10", "without two")] * 4, ("£4.40", "without two")]


def test_what_is_awaited_and_what_nobody_is_asked_are_both_unknown():
    late = project("L", "9.00", "9.00", spend(Q1, "0.10"), spend(Q2, "0.10"), awaited(Q3), awaited(Q4))
    (group,) = page(projects=(late, unasked("Q"))).groups
    assert told(group.total.cells[1:6]) == [
        ("£0.10", "without one"),
        ("£0.10", "without one"),
        ("awaited", ""),
        ("awaited", ""),
        ("£0.20", "without three"),  # two quarters, and a project
    ]


def test_where_nobody_is_asked_of_any_the_sum_says_so():
    (group,) = page(projects=(unasked("Q"), unasked("R"))).groups
    assert told(group.total.cells[1:6]) == [("not asked", "")] * 5


def test_a_quarter_before_a_project_began_or_after_it_ended_lacks_nothing():
    late = unasked("Q", starts_on=dt.date(2017, 7, 1))
    early = unasked("R", ends_on=dt.date(2017, 9, 30))
    (group,) = page(projects=(asked("P"), late, early)).groups
    notes = [cell.sub for cell in group.total.cells[1:6]]
    assert notes == ["without one", "without two", "without one", "without one", "without two"]


def test_a_streams_spend_is_without_them_too_and_so_is_that_of_all():
    streams = (stream(made.LCPF, "100.00", "100.00", "100.00"), stream(made.PREVENT, "9.00", "9.00", "9.00"))
    built = page(streams=streams, projects=(asked("P"), unasked("Q"), unasked("R", stream=made.PREVENT)))
    fund, prevent = built.streams
    assert told(fund.cells[2:]) == [("£1.10", "without one"), ("£4.40", "without one"), ("£95.60", "at most")]
    assert told(prevent.cells[2:]) == [("not asked", ""), ("not asked", ""), ("not known", "")]
    assert told(built.streams_total.cells[2:]) == [
        ("£1.10", "without two"),
        ("£4.40", "without two"),
        ("not known", ""),
    ]


def test_streams_without_projects_give_nothing_and_not_zero():
    built = page(streams=(stream("A", "1.00", "1.00", "0"), stream("B", None, None, "0")), projects=())
    assert [told(row.cells)[1:4] for row in built.streams] == [[("no projects", "")] * 3] * 2
    assert told(built.streams_total.cells)[2:4] == [("no projects", "")] * 2


# ---------------------------------------------------------------- the first lines


@pytest.mark.parametrize(
    ("changes", "ends"),
    [
        ({"posts": ()}, " One stream and its two projects end by 31 March 2019."),
        ({"posts": (), "projects": made.PROJECTS[:1]}, " One stream and its project end by 31 March 2019."),
        ({"posts": (), "projects": (*made.PROJECTS[:2], replace(made.PROJECTS[2], ends_on=JUNE_30))}, " One stream and its two projects end by 31 March 2019; so does one more project."),
        ({"projects": (*made.PROJECTS[:2], replace(made.PROJECTS[2], ends_on=JUNE_30))}, " One stream and its two projects end by 31 March 2019; so do one more project and 18 paid posts."),
        ({"posts": (), "projects": (replace(made.PROJECTS[2], ends_on=dt.date(2018, 4, 1)),), "streams": ()}, " One project ends by 31 March 2019."),
    ],
)  # fmt: skip
def test_what_ends_is_told_first(changes, ends):
    assert ends in f" {opening.in_a_line(made.funding(applications=(), **changes))}"


def test_what_ended_with_the_quarter_does_not_end_soon():
    gone = replace(made.PROJECTS[2], ends_on=dt.date(2018, 3, 31))
    line = opening.in_a_line(made.funding(applications=(), posts=(), streams=(), projects=(gone,)))
    assert line == "No stream of money runs in 2017-18. Nobody is asked what projects spend."


@pytest.mark.parametrize(
    ("streams", "there"),
    [
        ([("A", "5.00"), ("B", "7.50")], "There is £12.50 for 2017-18, £7.50 of it in a stream without projects."),
        ([("A", "5.00"), ("B", "7.50"), ("C", "1.00")], "There is £13.50 for 2017-18, £8.50 of it in two streams without projects."),
        ([("A", "5.00")], "There is £5 for 2017-18."),
        ([("B", "5.00"), ("C", "1.00")], "There is £6 for 2017-18, all of it in two streams without projects."),
        ([("A", "5.00"), ("B", "0.00")], "There is £5 for 2017-18."),
    ],
)  # fmt: skip
def test_money_of_streams_without_projects_is_no_underspend(streams, there):
    rows = tuple(stream(name, year, year, "0") for name, year in streams)
    assert opening.in_a_line(made.funding(streams=rows, projects=(asked("P", stream="A"),))).startswith(there)


def test_a_year_of_which_nothing_is_asked_yet_says_so():
    later = project("P", "9.00", "9.00", *(spend(one) for one in QUARTERS))
    assert "No spend of 2017-18 is asked for yet." in opening.in_a_line(made.funding(projects=(later,)))


# ---------------------------------------------------------------- what ends


def test_every_project_that_stops_with_its_stream_is_named_with_what_it_is_to_move():
    first = snapshots.sample().priorities[1].indicators[0]
    names = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"]
    own = [asked(name, is_sample=name == "Ten") for name in names]
    own[0] = replace(own[0], indicators=(first.slug, "not-in-the-set"))
    (row,) = page(streams=made.STREAMS[:1], projects=tuple(own), posts=()).ending
    assert row.stops == (
        f"With it stop One (to move {first.reference}), Two, Three, Four, Five, Six, Seven, Eight, Nine and Ten (sample)."
    )


def test_one_that_stops_with_its_stream_stops_in_the_singular():
    (row,) = page(streams=made.STREAMS[:1], projects=(asked("One"),), posts=()).ending
    assert row.stops == "With it stops One."


def test_what_ended_with_the_quarter_stands_after_what_is_to_end():
    gone = asked("Gone", stream="B", ends_on=dt.date(2018, 3, 31), is_sample=True)
    soon = asked("Soon", stream="B", ends_on=dt.date(2018, 4, 1))
    rows = page(streams=(), projects=(gone, soon), posts=()).ending
    assert [(row.name, row.day, row.kind) for row in rows] == [
        ("Soon", "1 Apr 2018", "Project"),
        ("Gone (sample)", "31 Mar 2018", "Project, ended"),
    ]


# ---------------------------------------------------------------- on paper


def test_the_notes_beneath_the_tables_say_what_without_two_means(pack, read):
    text = html.unescape(read(pack))
    assert (
        "Not asked: nobody is asked what its projects spend. Without two: two amounts are not in it, for they are awaited or nobody is asked."
        in text
    )
    assert "who leads and delivers them, whom they serve, how they are split by year, what they spent" in text
