"""The line chart, its places worked out by hand.

Eight quarters on the page: 58 to 968 is 910, so 113.75 each, the first middle at 58 + 56.875. The least figure is 20, the greatest 40,
so the ticks are 15 to 40 by 5 (20 would lie on the axis). Without words over it the plot goes from 16 to 430 - 62 = 368, which is 352:
40 lies at 16, 30 at 368 - 15/25 * 352 = 156.8, 20 at 368 - 5/25 * 352 = 297.6.
"""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators import charts
from indicators.charts import NARROW, PACK, WIDE, Band, Break, Note, line
from tests.unit.indicators.charts.series import outside, place, quarters, run_through

EIGHT = [40, 20, 30, None, 30, 40, 20, 30]
SIZES = [WIDE, NARROW, PACK]


def words(chart: charts.LineChart) -> list[str]:
    return [text.words for text in chart.texts]


def test_the_line_stops_at_a_missing_figure():
    chart = line("Offences", quarters(EIGHT))
    assert [run.points for run in chart.marks.lines] == [
        "114.9,16.0 228.6,297.6 342.4,156.8",
        "569.9,156.8 683.6,16.0 797.4,297.6 911.1,156.8",
    ]


def test_a_missing_figure_is_an_upright_with_the_word_and_no_mark():
    chart = line("Offences", quarters(EIGHT))
    # The word stands between the axis and the first gridline: (368 + 297.6) / 2 + 0.34 * 15 = 337.9. It reaches from 326.5 to 341.2,
    # and the upright stops 2 away from it.
    assert [(one.x, one.top, one.bottom) for one in chart.missing] == [
        (Decimal("456.1"), Decimal(16), Decimal("324.5")),
        (Decimal("456.1"), Decimal("343.2"), Decimal(368)),
    ]
    assert next(text for text in chart.texts if text.words == "missing").place == place("456.1", "337.9")
    assert Decimal("456.1") not in {mark.x for mark in chart.marks.all_places()}


def test_missing_figures_side_by_side_have_the_word_once():
    assert words(line("Offences", quarters([40, None, None, None, 30, 40, 20, 30]))).count("missing") == 1


def test_dots_stand_on_the_line_and_the_latest_is_its_own():
    marks = line("Offences", quarters(EIGHT)).marks
    assert len(marks.dots) == 6
    assert marks.latest == place("911.1", "156.8")
    assert (marks.before_dots, marks.provisional, marks.restated, marks.unverified, marks.crosses) == ((),) * 5


def test_not_yet_verified_is_a_diamond_off_the_line():
    chart = line("Offences", quarters([40, 20, 30, 20, ("?", 30), 40, 20, 30]))
    assert [run.points for run in chart.marks.lines] == [
        "114.9,16.0 228.6,297.6 342.4,156.8 456.1,297.6",
        "683.6,16.0 797.4,297.6 911.1,156.8",
    ]
    assert chart.marks.unverified == (place("569.9", "156.8"),)


def test_the_latest_not_yet_verified_says_so_and_is_not_strong():
    chart = line("Offences", quarters([40, 20, 30, ("?", 30)]))
    assert chart.marks.latest is None
    assert not next(text for text in chart.texts if text.words == "30, not yet verified").is_strong


def test_provisional_is_a_hollow_dot_and_says_so():
    chart = line("Offences", quarters(EIGHT, q5={"is_provisional": True}, q7={"is_provisional": True}))
    assert len(chart.marks.provisional) == 1 and chart.marks.latest is None
    assert chart.marks.latest_provisional.y == Decimal("156.8")
    assert "30, provisional" in words(chart)


def test_restated_is_a_diamond_on_the_line_and_a_cross_where_it_was():
    chart = line("Offences", quarters(EIGHT, q5={"was": Decimal(30)}))
    assert chart.marks.restated == (place("683.6", "16.0"),)
    assert chart.marks.crosses == (place("683.6", "156.8"),)
    assert "683.6,16.0" in chart.marks.lines[1].points


def test_the_line_never_crosses_a_break_and_is_grey_before_the_last_one():
    chart = line("Offences", quarters([40, 20, 30, 20, 30, 40, 20, 30]), breaks=[Break(2, "One"), Break(4, "Two")])
    # A heading is one row of 18 + 6, and 8 under it: the plot begins at 32 and is 336 high. 30 lies at 368 - 201.6.
    assert [run.points for run in chart.marks.before] == ["114.9,32.0 228.6,300.8", "342.4,166.4 456.1,300.8"]
    assert [run.points for run in chart.marks.lines] == ["569.9,166.4 683.6,32.0 797.4,300.8 911.1,166.4"]
    assert len(chart.marks.before_dots) == 4
    assert [(one.x, one.top, one.bottom) for one in chart.breaks] == [
        (Decimal("285.5"), 0, 368),
        (Decimal(513), 0, 368),
    ]


def test_a_figure_alone_between_breaks_is_a_mark():
    chart = line("Offences", quarters([40, 20, 30, 20]), breaks=[Break(1, "One"), Break(2, "Two")])
    assert chart.marks.before == () and len(chart.marks.before_dots) == 2


def test_a_break_or_a_note_outside_the_periods_drawn_is_left_out():
    chart = line(
        "Offences",
        quarters(EIGHT),
        breaks=[Break(4, "There"), Break(0, "At the start"), Break(8, "At the end")],
        notes=[Note(3, "Before"), Note(9, "After")],
        first=4,
    )
    assert chart.breaks == () and chart.note_uprights == () and chart.notes_left_out == ()
    assert chart.title == "Offences, 2017-18 Q1 to 2017-18 Q4"


def test_the_target_goes_in_steps_and_stops_where_there_is_none():
    chart = line("Offences", quarters(EIGHT, targets=[None, None, None, None, 30, 30, None, 20]))
    assert [run.points for run in chart.targets] == ["513.0,156.8 740.5,156.8", "854.3,297.6 968.0,297.6"]


def test_the_targets_of_neighbours_are_joined_by_an_upright():
    chart = line("Offences", quarters(EIGHT, targets=[None] * 6 + [30, 20]))
    assert chart.targets[0].points == "740.5,156.8 854.3,156.8 854.3,297.6 968.0,297.6"


def test_the_target_is_not_joined_over_a_break():
    chart = line("Offences", quarters(EIGHT, targets=[30] * 8), breaks=[Break(4, "New")])
    assert [run.points for run in chart.targets] == ["58.0,166.4 513.0,166.4", "513.0,166.4 968.0,166.4"]


def test_the_usual_range():
    band = Band(start=4, end=8, mean=Decimal(30), lower=Decimal(20), upper=Decimal(40))
    chart = line("Offences", quarters(EIGHT), bands=[band])
    area = chart.ranges[0]
    assert (area.left, area.right, area.top, area.bottom) == (513, 968, 16, Decimal("297.6"))
    assert area.edges == (16, Decimal("297.6")) and area.mean == Decimal("156.8")
    assert {"40, upper limit", "30, mean", "20, lower limit"} <= set(words(chart))


def test_a_range_with_one_limit_goes_to_the_end_of_the_plot():
    chart = line("Offences", quarters(EIGHT), bands=[Band(start=0, end=8, mean=Decimal(30), upper=Decimal(40))])
    assert (chart.ranges[0].top, chart.ranges[0].bottom, chart.ranges[0].edges) == (16, 368, (16,))


def test_a_range_without_limits_is_a_mean_only():
    chart = line("Offences", quarters(EIGHT), bands=[Band(start=0, end=8, mean=Decimal(30))])
    assert chart.ranges[0].edges == () and chart.ranges[0].high == 0
    assert chart.range_note == "The mean is 30; no usual range is drawn."


def test_a_limit_no_figure_could_reach_is_not_drawn():
    band = Band(start=0, end=4, mean=Decimal(97), lower=Decimal(91), upper=Decimal(103))
    chart = line("Satisfied", quarters([95, 98, 96, 97]), bands=[band], unit="%")
    assert len(chart.ranges[0].edges) == 1 and "103%, upper limit" not in words(chart)
    assert not any(said.startswith("10") and said != "100%" for said in words(chart))


def test_trial_limits_say_so():
    bands = [
        Band(start=0, end=4, mean=Decimal(30), lower=Decimal(25), upper=Decimal(35), is_trial=True),
        Band(start=4, end=8, mean=Decimal(30), lower=Decimal(25), upper=Decimal(35), is_trial=True),
    ]
    said = words(line("Offences", quarters(EIGHT), bands=bands))
    assert "trial limits" in said and "35, upper trial limit" in said
    assert "35 top of trial range" in words(line("Offences", quarters(EIGHT), bands=bands, size=PACK))


# As they come: whole numbers of up to nine figures, or shares.
figure = st.one_of(st.integers(-(10**6), 10**9 - 1).map(Decimal), st.decimals(0, 100, places=1))
period = st.one_of(st.none(), st.just(""), figure, st.tuples(st.just("?"), figure))
heading = st.text(st.characters(min_codepoint=32, max_codepoint=0x24F), min_size=1, max_size=40)


LATE = 8  # periods from the end, within which the longest number may reach an upright


@given(
    values=st.lists(period, min_size=1, max_size=40),
    target=st.one_of(st.none(), figure),
    limits=st.one_of(st.none(), st.tuples(figure, figure, figure).map(sorted)),
    marked=st.lists(st.tuples(st.integers(0, 39), st.booleans(), heading, heading), max_size=5),
    was=st.one_of(st.none(), figure),
    unit=st.sampled_from(["", "%"]),
    size=st.sampled_from(SIZES),
)
def test_whatever_is_given_everything_lies_inside_the_picture(values, target, limits, marked, was, unit, size):
    more = {f"q{len(values) - 1}": {"was": was}} if values[-1] not in (None, "") else {}
    bands = []
    if limits:
        bands = [Band(start=0, end=40, lower=limits[0], mean=limits[1], upper=limits[2], is_trial=len(values) < 12)]
    chart = line(
        "Offences",
        quarters(values, targets=[target] * len(values), **more),
        bands=bands,
        breaks=[Break(index, said, more_said) for index, is_break, said, more_said in marked if is_break],
        notes=[Note(index, said, more_said) for index, is_break, said, more_said in marked if not is_break],
        unit=unit,
        size=size,
    )
    assert outside(chart) == []
    # The latest figure is written at its point even where there is no free place; there the upright of a late break or note may meet it.
    if all(index < len(values) - LATE for index, *_ in marked):
        assert [text.words for text in run_through(chart) if text.place.y < chart.top] == []
