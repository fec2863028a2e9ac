"""Charts as geometry. Coordinates worked out by hand from the frame: x from 3 to 54 over eight quarters, y from 8.5 (least) to 2.5."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from indicators import charts
from indicators.charts import BLANK, KNOWN, MISSING, UNVERIFIED, Point, lettering
from indicators.charts.points import MUTED, Place, Text

QUARTERS = [f"{year} Q{number}" for year in ("2016-17", "2017-18") for number in (1, 2, 3, 4)]
SVG = "{http://www.w3.org/2000/svg}"


def points(*given) -> list[Point]:
    """Numbers are known, ("?", 5) is not yet verified, None is missing, "" is blank."""
    made = []
    for label, one in zip(QUARTERS, given, strict=False):
        if one is None:
            made.append(Point(label, MISSING))
        elif one == "":
            made.append(Point(label, BLANK))
        elif isinstance(one, tuple):
            made.append(Point(label, UNVERIFIED, Decimal(one[1]), str(one[1])))
        else:
            made.append(Point(label, KNOWN, Decimal(one), str(one)))
    return made


def spark(*given, latest: int = 7) -> charts.Quarters:
    return charts.sparkline("Offences", points(*given), turn=4, latest=latest)


def test_eight_quarters_last_year_grey_this_year_ink():
    chart = spark(737, 783, 685, 658, 767, 743, 703, 629)
    # 54 - 3 = 51 over seven steps; 783 is the greatest (y 2.5), 629 the least (8.5): 737 is 8.5 - 108/154 * 6 = 4.3
    assert chart.lines == (
        charts.Line("3.0,4.3 10.3,2.5 17.6,6.3 24.9,7.4 32.1,3.1", False),
        charts.Line("32.1,3.1 39.4,4.1 46.7,5.6 54.0,8.5", True),
    )
    assert chart.dots == (charts.Dot(charts.Place(Decimal("54.0"), Decimal("8.5")), True, True),)
    assert chart.turn == Decimal("28.5")
    assert chart.uprights == () and chart.diamonds == ()


def test_the_title_says_every_figure_in_words():
    assert spark(1, 0, 0, 1, 0, 1, None, ("?", 1)).title == (
        "Offences, by quarter, 2016-17 Q1 to 2017-18 Q4: 1, 0, 0, 1, 0, 1, no figure, 1 (not yet verified)."
    )


def test_a_missing_quarter_is_an_upright_and_never_zero():
    chart = spark(27, 29, 24, 25, 25, 24, 22, None)
    assert chart.uprights == (Decimal("54.0"),)
    assert chart.lines[-1] == charts.Line("32.1,5.9 39.4,6.8 46.7,8.5", True)
    assert chart.dots == ()


def test_the_line_stops_at_a_gap_and_a_run_of_one_is_a_dot():
    chart = spark(10, 20, None, 15, None, 12, 18, 20)
    assert [line.points for line in chart.lines] == ["3.0,8.5 10.3,2.5", "39.4,7.3 46.7,3.7 54.0,2.5"]
    assert chart.uprights == (Decimal("17.6"), Decimal("32.1"))
    assert chart.dots[0] == charts.Dot(charts.Place(Decimal("24.9"), Decimal("5.5")), False, False)


def test_a_figure_not_yet_verified_is_a_diamond_off_the_line():
    chart = spark(20, 24, 22, 22, 21, 25, 23, ("?", 27))
    assert chart.diamonds == (charts.Place(Decimal("54.0"), Decimal("2.5")),)
    assert chart.lines[-1].points.endswith("46.7,5.9")
    assert chart.dots == ()


def test_all_equal_is_a_level_line_in_the_middle():
    chart = spark(5, 5, 5, 5, 5, 5, 5, 5)
    assert {place.split(",")[1] for line in chart.lines for place in line.points.split()} == {"5.5"}


def test_one_figure_is_one_dot():
    chart = spark("", "", "", "", 55, "", "", "", latest=4)
    assert chart.lines == ()
    assert chart.dots == (charts.Dot(charts.Place(Decimal("32.1"), Decimal("5.5")), True, True),)
    assert chart.title == "Offences, by quarter, 2017-18 Q1: 55."


def test_all_missing_is_uprights_and_says_so():
    chart = spark(None, None, None, None, None, None, None, None)
    assert len(chart.uprights) == 8 and chart.lines == () and chart.dots == ()
    assert chart.title == "Offences: no figures from 2016-17 Q1 to 2017-18 Q4."


def test_all_blank_draws_nothing_and_says_so():
    chart = spark("", "", "", "", "", "", "", "")
    assert (chart.lines, chart.dots, chart.uprights) == ((), (), ())
    assert chart.title == "Offences: no figures from 2016-17 Q1 to 2017-18 Q4."


def test_quarters_without_a_return_between_figures_are_said():
    assert "the other quarters without a return" in spark(5, "", 6, "", 7, 8, 9, 9).title


def test_a_chart_without_quarters_is_refused():
    with pytest.raises(ValueError, match="at least one quarter"):
        charts.sparkline("Offences", [], turn=0, latest=0)


@pytest.mark.parametrize(
    ("state", "value"), [(KNOWN, None), (UNVERIFIED, None), (MISSING, Decimal(0)), (BLANK, Decimal(1))]
)
def test_a_point_has_a_value_exactly_when_there_is_a_figure(state, value):
    with pytest.raises(ValueError, match="can't have the value"):
        Point("2017-18 Q1", state, value)


def test_the_labelled_chart_writes_first_latest_and_years():
    chart = charts.labelled("Offences", points(76, 79, 70, 66, 74, 71, 62, 61), turn=4, latest=7)
    assert [(label.words, label.is_strong) for label in chart.labels] == [
        ("2016-17", False),
        ("2017-18", True),
        ("76", False),
        ("61", True),
    ]


def test_the_labelled_chart_says_missing_where_the_latest_is():
    chart = charts.labelled("Offences", points(27, 29, 24, 25, 25, 24, 22, None), turn=4, latest=7)
    assert chart.labels[-1].words == "missing"


def first_label(*given) -> charts.Label:
    """It follows those of the years."""
    return charts.labelled("Offences", points(*given), turn=4, latest=7).labels[2]


@pytest.mark.parametrize(
    ("given_points", "y"),
    [
        ((60, 79, 78, 78, 77, 76, 75, 74), "42.0"),  # the least, at 33, and up to the greatest: 9 below
        ((79, 60, 61, 62, 63, 64, 65, 66), "10.0"),  # the greatest, at 15, and down: 5 above
        ((70, 70, 60, 62, 63, 80, 75, 74), "19.0"),  # at 24, and level
        ((60, None, 78, 78, 77, 76, 75, 79), "28.0"),  # nothing is joined to it
        ((("?", 60), 79, 78, 78, 77, 76, 75, 74), "28.0"),  # a diamond stands off the line
    ],
)
def test_the_first_figure_stands_where_the_line_does_not_pass(given_points, y):
    assert first_label(*given_points).place.y == Decimal(y)


@given(st.lists(st.integers(0, 10**6), min_size=8, max_size=8))
def test_the_first_figure_is_never_crossed_by_the_line_from_its_point(given_points):
    chart = charts.labelled("Offences", points(*given_points), turn=4, latest=7)
    label = first_label(*given_points)
    covers = lettering.box(Text(label.place, label.words, label.anchor, MUTED), Decimal("7.5"))
    start, end = (Place(*map(Decimal, pair.split(","))) for pair in chart.lines[0].points.split()[:2])
    for step in range(101):
        x, y = (a + (b - a) * step / 100 for a, b in ((start.x, end.x), (start.y, end.y)))
        assert not (covers.left <= x <= covers.right and covers.top <= y <= covers.bottom)
    assert covers.top >= 0 and covers.bottom < chart.baseline


@given(
    st.lists(
        st.one_of(st.none(), st.just(""), st.integers(0, 10**9), st.tuples(st.just("?"), st.integers(0, 10**9))),
        min_size=8,
        max_size=8,
    )
)
def test_nothing_is_ever_drawn_outside_the_frame(given_points):
    for chart in (spark(*given_points), charts.labelled("Offences", points(*given_points), turn=4, latest=7)):
        places = [dot.place for dot in chart.dots] + list(chart.diamonds)
        places += [charts.Place(*map(Decimal, pair.split(","))) for line in chart.lines for pair in line.points.split()]
        assert all(0 <= place.x <= chart.width and 0 <= place.y <= chart.height for place in places)
        assert all(0 <= x <= chart.width for x in chart.uprights)


@pytest.mark.parametrize("template", ["sparkline", "eight_quarters"])
def test_the_drawing_has_presentation_attributes_only_and_its_title_first(template):
    name = 'Calls <b>"&'
    chart = charts.labelled(name, points(5, 7, None, 6, ("?", 9), 4, 4, 8), turn=4, latest=7)
    drawn = render_to_string(f"charts/{template}.svg", {"chart": chart})
    root = ElementTree.fromstring(drawn)
    assert root[0].tag == f"{SVG}title" and root[0].text.startswith(name)
    for element in root.iter():
        assert not {"style", "class", "onload"} & set(element.attrib) or element is root
        assert element.tag.removeprefix(SVG) in {"svg", "title", "path", "polyline", "circle", "text"}
    assert root.attrib["role"] == "img"
    assert re.search(r"<b>|style=|<script", drawn) is None


def test_the_page_has_a_larger_sparkline():
    chart = charts.sparkline(
        "Offences", points(737, 783, 685, 658, 767, 743, 703, 629), turn=4, latest=7, size=charts.WIDE
    )
    # 99 - 5 = 94 over seven steps, 13.43 each; 23 - 5 = 18 for 783 - 629: 737 is 23 - 108/154 * 18 = 10.4
    assert chart.lines[0].points.startswith("5.0,10.4 18.4,5.0 31.9,16.5 45.3,19.6")
    assert chart.turn == Decimal("52.0") and (chart.width, chart.height) == (104, 28)
