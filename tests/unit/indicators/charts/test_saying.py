"""A line chart in words."""

from decimal import Decimal

from indicators.charts import PACK, Band, Break, Note, line
from tests.unit.indicators.charts.series import quarters

BAND = Band(start=4, end=8, mean=Decimal(1500), lower=Decimal(1391), upper=Decimal(1610))
FIGURES = [1200, 1250, None, 1230, 1498, 1588, 1561, 1604]
MORE = {"q5": {"was": Decimal(1547)}, "q7": {"is_provisional": True}}
BREAK = Break(4, "New definition", "Not comparable with before")


def test_title_and_description_of_the_page():
    chart = line(
        "Domestic abuse reports",
        quarters(FIGURES, targets=[None] * 4 + [1530, 1600, 1590, 1580], **MORE),
        bands=[BAND],
        breaks=[BREAK],
        notes=[Note(5, "July 2017", "First VAWG campaign")],
    )
    assert chart.title == "Domestic abuse reports, 2016-17 Q1 to 2017-18 Q4"
    assert chart.desc == (
        "Each quarter from 2016-17 Q1 to 2017-18 Q4. "
        "Break at 2017-18 Q1: New definition, Not comparable with before. "
        "Since then the usual range is 1,391 to 1,610 around a mean of 1,500. "
        "Missing: 2016-17 Q3. "
        "The last four figures are 1,498, 1,588 (restated, was 1,547), 1,561 and 1,604 (provisional); "
        "the targets for them are 1,530, 1,600, 1,590 and 1,580. "
        "Notes: July 2017, First VAWG campaign."
    )


def test_on_paper_the_title_says_it_all():
    chart = line("Reports", quarters([5, 6]), size=PACK)
    assert chart.title == "Reports. Each quarter from 2016-17 Q1 to 2016-17 Q2. The last two figures are 5 and 6."
    assert chart.desc == ""


def said(values, **more) -> str:
    return line("Reports", quarters(values, **more)).desc


def test_missing_and_unverified_among_the_last_are_said():
    assert "The last four figures are 3, missing, 4 and 5 (not yet verified)." in said([1, 3, None, 4, ("?", 5)])


def test_missing_figures_next_to_each_other_are_told_as_a_span():
    assert "Missing: 2016-17 Q1 to 2016-17 Q2 and 2016-17 Q4." in said([None, None, 1, None, 1, 2, 3, 4])


def test_what_is_to_come_is_not_a_figure():
    assert "The last two figures are 5 and 6." in said([5, 6, "", ""])


def test_one_target_for_all_is_said_once():
    assert "the target for each is 4." in said([5, 6], targets=[4, 4])
    assert "the targets for them are none set and 4." in said([5, 6], targets=[None, 4])
    assert "The one figure is 5; the target is 4." in said([5], targets=[4])


def test_no_figures():
    assert said(["", ""]) == "Each quarter from 2016-17 Q1 to 2016-17 Q2. No figures yet."
    assert said([None]) == "2016-17 Q1 only. No figures yet."


def test_ranges_in_words():
    def of(**band) -> str:
        made = {name: Decimal(value) if name in {"mean", "lower", "upper"} else value for name, value in band.items()}
        return line("Reports", quarters([5, 6, 7, 8]), bands=[Band(**{"mean": None} | made)]).range_note

    assert of(start=0, end=4, mean=6, lower=5, upper=7) == "The usual range is 5 to 7 around a mean of 6."
    assert of(start=2, end=4, mean=6, lower=5, upper=7, is_trial=True) == (
        "From 2016-17 Q3 the trial range is 5 to 7 around a mean of 6."
    )
    assert of(start=0, end=4, mean=6, upper=7) == "The usual range is up to 7 around a mean of 6."
    assert of(start=0, end=4, lower=5) == "The usual range is from 5 up."
    assert of(start=0, end=4) == ""
    assert of(start=0, end=4, mean=6, mean_words="about six") == "The mean is about six; no usual range is drawn."


def test_the_caller_s_words_go_before_the_formatter_s():
    periods = quarters([5, 6], targets=[4, 4], q1={"words": "6 of 12", "target_words": "a third"})
    chart = line("Reports", periods, size=PACK)
    assert "figures are 5 and 6 of 12; the targets for them are 4 and a third" in chart.title
    assert chart.target_note == "The target for 2016-17 Q2 is a third."
