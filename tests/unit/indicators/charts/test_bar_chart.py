"""Bars, their places worked out by hand on the page: 700 wide, names and figures at 15, bars 22 thick and 12 apart."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.charts import NARROW, PACK, WIDE, Bar, BarChart, bars
from indicators.charts.lettering import Box, box
from tests.unit.indicators.charts.series import place


def bar(label: str, value: int | None = None, target: int | None = None, **more) -> Bar:
    return Bar(
        label=label,
        value=None if value is None else Decimal(value),
        target=None if target is None else Decimal(target),
        **more,
    )


def words(chart: BarChart) -> list[str]:
    return [text.words for text in chart.texts]


def at(chart: BarChart, said: str):
    return next(text for text in chart.texts if text.words == said)


def test_level_bars_begin_at_zero_and_are_as_long_as_their_figures():
    chart = bars("Reports", [bar("One", 100), bar("Two", 50)])
    # "One" takes 76 + 64 + 64 hundredths of 15 = 30.6, "Two" 64 + 82 + 64 = 31.5; 8 more: zero lies at 39.5.
    # "100" takes 28.8, "50" 19.2. The first needs 700 - 39.5 - 16 - 28.8 = 615.7; the other is shorter. So 100 ends at 655.2.
    assert [drawn.box for drawn in chart.bars] == [
        Box(Decimal("39.5"), Decimal(4), Decimal("655.2"), Decimal(26)),
        Box(Decimal("39.5"), Decimal(38), Decimal("347.4"), Decimal(60)),
    ]
    assert chart.height == 64
    assert (chart.axis.start, chart.axis.end) == (place("39.5", 0), place("39.5", 64))
    assert at(chart, "100").place == place("663.2", "20.1")


def test_zero_has_no_bar_but_its_figure():
    chart = bars("Reports", [bar("One", 0), bar("Two", 50)])
    assert len(chart.bars) == 1
    assert at(chart, "0").place.x == Decimal("47.5")


def test_not_known_is_said_and_never_zero():
    chart = bars("Reports", [bar("One"), bar("Two", 50)])
    assert len(chart.bars) == 1 and "0" not in words(chart)
    assert at(chart, "not known").fill == "#5d5663"
    assert "One: not known" in chart.desc


def test_an_incomplete_year_is_outlined_and_hatched_and_says_so():
    chart = bars("Reports", [bar("2017-18", 70, note="to Q3", is_incomplete=True)])
    assert chart.bars[0].is_incomplete and len(chart.bars[0].strokes) > 10
    inside = chart.bars[0].box
    for stroke in chart.bars[0].strokes:
        for end in (stroke.start, stroke.end):
            assert inside.left <= end.x <= inside.right and inside.top <= end.y <= inside.bottom
    assert "70 to Q3" in words(chart)
    assert chart.desc == "2017-18 to Q3: 70, not complete."


def test_a_target_is_a_tick_over_the_bar_and_the_figure_keeps_off_it():
    chart = bars("Reports", [bar("One", 100, 102)])
    tick, figure = chart.targets[0], box(at(chart, "100"), Decimal(15))
    assert (tick.start.y, tick.end.y) == (0, 30)
    assert figure.left > tick.start.x > chart.bars[0].box.right
    assert chart.desc == "One: 100, target 102."


def test_upright_bars():
    chart = bars("Reports", [bar("One", 100), bar("Two", 50, 75)], is_vertical=True)
    # Two places of 350, bars 64 wide. One line of names: the axis lies at 280 - 18 - 5 = 257. Over the bars two lines, 8 and 4: 209 high.
    assert [drawn.box for drawn in chart.bars] == [
        Box(Decimal(143), Decimal(48), Decimal(207), Decimal(257)),
        Box(Decimal(493), Decimal("152.5"), Decimal(557), Decimal(257)),
    ]
    assert (chart.targets[0].start, chart.targets[0].end) == (place(489, "100.3"), place(561, "100.3"))
    assert at(chart, "Two").place.x == 525


def test_on_paper_the_title_says_it_all():
    chart = bars("Reports", [bar("One", 5), bar("Two")], size=PACK, unit="%")
    assert (chart.title, chart.desc) == ("Reports. One: 5%; Two: not known.", "")


def test_below_zero_and_nothing_are_refused():
    with pytest.raises(ValueError, match="below zero"):
        bar("One", -1)
    with pytest.raises(ValueError, match="at least one bar"):
        bars("Reports", [])


some = st.one_of(st.none(), st.integers(0, 10**9))


@given(
    st.lists(
        st.builds(
            bar,
            st.text(st.characters(min_codepoint=32, max_codepoint=0x24F), min_size=1, max_size=30),
            some,
            some,
            note=st.sampled_from(["", "to Q3"]),
            is_incomplete=st.booleans(),
            is_strong=st.booleans(),
        ),
        min_size=1,
        max_size=8,
    ),
    st.booleans(),
    st.sampled_from([WIDE, NARROW, PACK]),
)
def test_whatever_is_given_everything_lies_inside_the_picture(values, is_vertical, size):
    chart = bars("Reports", values, is_vertical=is_vertical, size=size)
    picture = Box(Decimal("-0.1"), Decimal("-0.1"), chart.width + Decimal("0.1"), chart.height + Decimal("0.1"))
    assert all(drawn.box.is_inside(picture) and drawn.box.wide > 0 and drawn.box.high > 0 for drawn in chart.bars)
    assert all(box(text, chart.size.font).is_inside(picture) for text in chart.texts)
    ends = [end for tick in chart.targets for end in (tick.start, tick.end)]
    assert all(Box(end.x, end.y, end.x, end.y).is_inside(picture) for end in ends)
