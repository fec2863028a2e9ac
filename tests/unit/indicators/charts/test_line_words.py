"""The words of a line chart: at the right end, at the figures, over the plot and under it. Places as in `test_line_chart.py`."""

from decimal import Decimal

import pytest

from indicators import charts
from indicators.charts import NARROW, PACK, WIDE, Band, Break, Note, line
from tests.unit.indicators.charts.series import collisions, outside, place, quarters, run_through

EIGHT = [40, 20, 30, None, 30, 40, 20, 30]
SIZES = [WIDE, NARROW, PACK]


def words(chart: charts.LineChart) -> list[str]:
    return [text.words for text in chart.texts]


def height_of(chart: charts.LineChart, said: str) -> Decimal:
    return next(text.place.y for text in chart.texts if text.words == said)


def test_the_latest_figure_keeps_its_place_at_the_right_end_and_the_others_give_way():
    band = Band(start=0, end=8, mean=Decimal(30), lower=Decimal(20), upper=Decimal(40))
    chart = line("Offences", quarters(EIGHT, targets=[30] * 8), bands=[band])
    # 30 at 156.8; figures stand 0.34 * 15 = 5.1 lower on their base line. Target and mean want the same place: 18 and 36 down.
    assert [height_of(chart, said) for said in ("40, upper limit", "Target 30", "30, mean", "20, lower limit")] == [
        Decimal("21.1"),
        Decimal("179.9"),
        Decimal("197.9"),
        Decimal("302.7"),
    ]
    assert next(text for text in chart.texts if text.words == "30" and text.is_strong).place == place(978, "161.9")


def test_on_a_phone_the_latest_figure_is_written_at_its_point_and_the_target_told_for_the_caption():
    chart = line("Offences", quarters(EIGHT, targets=[30] * 8), size=NARROW)
    latest = next(text for text in chart.texts if text.words == "30" and text.is_strong)
    assert abs(latest.place.x - chart.marks.latest.x) < 20 and latest.place.y < chart.marks.latest.y
    assert "Target 30" not in words(chart)
    assert chart.target_note == "The target for 2017-18 Q4 is 30."


def test_a_latest_figure_before_the_end_is_written_at_its_point():
    chart = line("Offences", quarters([40, 20, 30, 20, 31, "", "", ""], targets=[None] * 4 + [30] * 4))
    latest = next(text for text in chart.texts if text.words == "31")
    assert abs(latest.place.x - chart.marks.latest.x) < 20
    assert "30 target, Q4" in words(
        line("Offences", quarters([40, 20, 30, 20, 31, "", "", ""], targets=[None] * 4 + [30] * 4), size=PACK)
    )


@pytest.mark.parametrize(
    ("values", "size", "starts", "note"),
    [
        ([40, 20], WIDE, False, "The scale does not start at zero."),
        ([40, 20], PACK, False, "The vertical scale starts at 15."),
        ([40, 10], WIDE, True, ""),
        (["", ""], WIDE, True, ""),
    ],
)
def test_the_caption_says_where_the_scale_starts(values, size, starts, note):
    chart = line("Offences", quarters(values), size=size)
    assert (chart.starts_at_zero, chart.scale_note) == (starts, note)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("values", [[""] * 8, [None] * 8, ["", None, "", ""], [None]])
def test_without_figures_the_chart_says_so(values, size):
    chart = line("Offences", quarters(values), size=size, breaks=[Break(4, "New definition")])
    assert "no figures yet" in words(chart)
    assert chart.gridlines == () and chart.marks == charts.Marks()
    assert outside(chart) == [] and collisions(chart) == []


@pytest.mark.parametrize("size", SIZES)
def test_one_figure_is_one_mark_in_the_middle_with_its_figure(size):
    chart = line("Offences", quarters([55]), size=size)
    # 49.5 to 60.5: by 5 45 to 65, five lines; 55 is half-way.
    assert chart.marks.latest.y == (chart.top + chart.axis) / 2
    assert chart.marks.latest.x == (chart.left + chart.right) / 2
    assert chart.marks.lines == () and words(chart).count("55") == 2  # its own, and the tick's


def test_all_equal_is_a_level_line_in_the_middle():
    chart = line("Offences", quarters([1500] * 8))
    # 1,300 to 1,700: the middle of 16 and 368.
    assert {at.y for at in chart.marks.lines[0].places} == {Decimal(192)}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("first", range(6))
def test_three_notes_in_neighbouring_quarters_do_not_collide(size, first):
    notes = [
        Note(first, "July 2017", "First campaign"),
        Note(first + 1, "October 2017", "New beat teams"),
        Note(first + 2, "January 2018", "Levy begins"),
    ]
    chart = line("Offences", quarters(EIGHT), notes=notes, size=size)
    assert len(chart.note_uprights) == 3 and chart.notes_left_out == ()
    assert collisions(chart) == [] and run_through(chart) == [] and outside(chart) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("index", range(1, 8))
def test_a_break_beside_notes_does_not_collide(size, index):
    notes = [Note(2, "October 2016", "New beat teams"), Note(5, "July 2017", "First campaign")]
    breaks = [Break(index, "New definition", "Not comparable with before")]
    chart = line("Offences", quarters(EIGHT), notes=notes, breaks=breaks, size=size)
    assert len(chart.breaks) == 1
    assert collisions(chart) == [] and run_through(chart) == [] and outside(chart) == []


def test_of_more_than_three_notes_the_latest_are_drawn_and_all_are_told():
    notes = [Note(index, f"Note {index}", "Said") for index in range(5)]
    chart = line("Offences", quarters(EIGHT), notes=notes)
    assert [note.heading for note in chart.notes_left_out] == ["Note 0", "Note 1"]
    assert "Note 0, Said; Note 1, Said" in chart.desc


def test_a_note_stands_over_the_mark_of_its_period():
    chart = line("Offences", quarters(EIGHT), notes=[Note(1, "July 2016", "Campaign")])
    # Two rows of 18 and 6 make 42, and 8 under it: the plot begins at 50, is 318 high, and 20 lies at 368 - 63.6 = 304.4.
    # The upright ends above the mark: 7 for its half height and 1.5.
    upright = chart.note_uprights[0]
    assert (upright.x, upright.bottom) == (Decimal("228.6"), Decimal("295.9"))


def test_eighty_quarters_have_every_second_year_and_no_quarters():
    chart = line("Offences", quarters([30 + index % 7 for index in range(80)], start=1998))
    # A year has 4 * 910/80 = 45.5; "2017-18" takes 64*6 + 47 = 431 hundredths of 15, so 64.65 and 8: every second.
    years = [said for said in words(chart) if said[:2] in {"19", "20"}]
    assert years == [f"{year}-{(year + 1) % 100:02d}" for year in range(1999, 2018, 2)]
    assert "Q1" not in words(chart) and len(chart.dividers) == 19
    assert chart.axis == 390  # one row under the axis
    assert chart.marks.dots == () and chart.marks.latest is not None


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("how_many", [1, 2, 3, 5, 8, 13, 16, 21, 40, 80, 96, 200])
def test_labels_never_run_into_each_other_however_many_there_are(size, how_many):
    values = [1200 + 37 * index % 400 for index in range(how_many)]
    chart = line("Offences", quarters(values, start=1970), size=size)
    assert collisions(chart) == [] and outside(chart) == []


def test_months_take_their_ticks_as_given():
    months = quarters([30, 40, 50, 60])
    assert "Each month from" in line("Offences", months, every="month").desc
    assert "60 this month" in words(line("Offences", months, every="month", size=PACK))


def test_a_formatter_writes_ticks_limits_and_figures():
    chart = line(
        "Rate",
        quarters([40, 20, 30, 30]),
        bands=[Band(start=0, end=4, mean=Decimal(30))],
        formatter=lambda value: f"{value:.0f} per 1,000",
    )
    assert {"15 per 1,000", "30 per 1,000, mean", "30 per 1,000"} <= set(words(chart))
    assert chart.left > 58 and outside(chart) == []


def test_nothing_to_draw_is_refused():
    with pytest.raises(ValueError, match="at least one period"):
        line("Offences", quarters([1, 2]), first=2)


@pytest.mark.parametrize("id", ["two words", "1st", 'x"', "x<"])
def test_what_could_not_be_an_id_is_refused(id):
    with pytest.raises(ValueError, match="can't be the id"):
        line("Offences", quarters([1, 2]), id=id)
