"""The drawings: well-formed, named, presentation attributes only, safe whatever an indicator is called."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from indicators.charts import NARROW, PACK, WIDE, Band, Bar, Break, Note, bars, line, sparkline, status_bar
from tests.unit.indicators.charts.series import quarters
from tests.unit.indicators.charts.test_quarters import points

SVG = "{http://www.w3.org/2000/svg}"
NAME = "Calls <b>\"&'</title>"
SIZES = [WIDE, NARROW, PACK]


def full_line(size, id=""):
    return line(
        NAME,
        quarters(
            [5, 7, None, 6, ("?", 9), 4, 4, 8], targets=[6] * 8, q5={"was": Decimal(5)}, q7={"is_provisional": True}
        ),
        bands=[
            Band(start=0, end=4, mean=Decimal(6), lower=Decimal(4), upper=Decimal(8), is_trial=True),
            Band(start=4, end=8, mean=Decimal(6), lower=Decimal(4), upper=Decimal(8)),
        ],
        breaks=[Break(4, NAME, NAME)],
        notes=[Note(6, NAME, NAME)],
        size=size,
        id=id,
    )


def full_bars(size, id=""):
    given = [
        Bar(label=NAME, value=Decimal(5), target=Decimal(6)),
        Bar(label="2017-18", value=Decimal(4), is_incomplete=True, is_strong=True, note="to Q3"),
        Bar(label="2018-19"),
    ]
    return bars(NAME, given, size=size, id=id)


def full_status(size, id=""):
    counts = {
        "red": 1,
        "amber": 2,
        "green": 3,
        "data_only": 4,
        "unrated": 1,
        "not_yet_verified": 1,
        "missing": 1,
        "no_return": 1,
    }
    return status_bar(NAME, **counts, size=size, id=id)


CHARTS = [("line", full_line), ("bars", full_bars), ("status_bar", full_status)]


def drawn(template: str, chart, **more) -> str:
    return render_to_string(f"charts/{template}.svg", {"chart": chart} | more)


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("template", "made"), CHARTS)
def test_well_formed_named_and_without_style_or_script(template, made, size):
    svg = drawn(template, made(size, "calls"))
    root = parsed(svg)
    assert root.tag == f"{SVG}svg" and root.attrib["role"] == "img"
    assert root[0].tag == f"{SVG}title" and root[0].text.startswith(NAME)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {"svg", "title", "desc", "path", "polyline", "circle", "rect", "text"}
        assert not {"style", "class", "onload", "href"} & set(element.attrib)
    assert re.search(r"<b>|style=|<script|url\(|None", svg) is None


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("template", "made"), CHARTS)
def test_the_name_is_made_of_ids_that_are_there_and_differ_from_chart_to_chart(template, made, size):
    found = []
    for id in ("first", "second"):
        root = parsed(drawn(template, made(size, id)))
        ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
        assert root.attrib["aria-labelledby"].split() == ids
        found += ids
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(("template", "made"), CHARTS)
def test_without_an_id_there_are_none(template, made):
    assert " id=" not in drawn(template, made(WIDE)) and "aria-labelledby" not in drawn(template, made(WIDE))


@pytest.mark.parametrize(("template", "made"), CHARTS[:2])
def test_the_page_has_a_description_and_paper_a_title_that_holds_it(template, made):
    page, paper = parsed(drawn(template, made(WIDE))), parsed(drawn(template, made(PACK)))
    assert page[1].tag == f"{SVG}desc"
    assert paper.find(f"{SVG}desc") is None
    assert page[1].text in paper[0].text


def test_a_class_is_for_whoever_places_it():
    assert 'class="csp-chart__wide"' in drawn("line", full_line(WIDE), **{"class": "csp-chart__wide"})


@pytest.mark.parametrize(("template", "made"), CHARTS)
def test_numbers_are_written_alike_in_every_language(template, made):
    with translation.override("de"):
        german = drawn(template, made(WIDE))
    assert german == drawn(template, made(WIDE))


def test_every_mark_of_a_line_is_drawn():
    root = parsed(drawn("line", full_line(WIDE)))
    chart = full_line(WIDE)
    circles = [element.attrib for element in root.iter(f"{SVG}circle")]
    assert len(circles) == sum((len(chart.marks.dots), len(chart.marks.before_dots), len(chart.marks.provisional), 1))
    assert len(list(root.iter(f"{SVG}text"))) == len(chart.texts)
    assert len(list(root.iter(f"{SVG}polyline"))) == len(chart.targets) + len(chart.marks.lines) + len(
        chart.marks.before
    )


def test_an_empty_status_bar_is_outlined():
    root = parsed(drawn("status_bar", status_bar("Violence")))
    assert [element.text for element in root.iter(f"{SVG}text")] == ["nothing to show"]


def test_the_sparkline_of_the_page():
    chart = sparkline(NAME, points(5, 7, None, 6, ("?", 9), 4, 4, 8), turn=4, latest=7, size=WIDE)
    assert (chart.width, chart.height) == (104, 28)
    root = parsed(drawn("sparkline_page", chart, title_id="spark"))
    assert root.attrib["role"] == "img" and root.attrib["aria-labelledby"] == "spark"
    assert root[0].attrib["id"] == "spark" and root[0].text.startswith(NAME)
    assert root.attrib["class"] == "csp-spark"
    assert re.search(r"<b>|style=|None", drawn("sparkline_page", chart)) is None
