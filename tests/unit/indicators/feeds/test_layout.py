"""A layout is data, so everything that could be wrong with it has a sentence."""

import datetime as dt

import pytest

from indicators.feeds import layout, months
from indicators.feeds.layout import Wrong

WIDE = {"levels": ["Group", "Offence"], "area": "Borough", "months": {"columns": "%Y%m"}}
LONG = {"levels": ["Type"], "area": "Area", "months": {"column": "Month", "written": "%B %Y", "numbers": "Count"}}


class TestMonths:
    @pytest.mark.parametrize(
        ("text", "pattern", "month"),
        [
            ("201704", "%Y%m", dt.date(2017, 4, 1)),
            ("April 2017", "%B %Y", dt.date(2017, 4, 1)),
            ("april 2017", "%B %Y", dt.date(2017, 4, 1)),
            ("Apr-17", "%b-%y", dt.date(2017, 4, 1)),
            ("30/04/2017", "%d/%m/%Y", dt.date(2017, 4, 1)),
            ("20174", "%Y%m", None),  # a figure is missing: strptime alone would take it for April
            ("2017O4", "%Y%m", None),  # a letter for a nought
            ("201713", "%Y%m", None),
            ("201700", "%Y%m", None),
            (" 201704", "%Y%m", None),  # whoever reads cells has tidied them
            ("２０１７０４", "%Y%m", None),
            ("000104", "%Y%m", None),
            ("", "%Y%m", None),
            ("April", "%B %Y", None),
            ("2017" * 100, "%Y%m", None),
        ],
    )
    def test_only_what_is_written_like_the_pattern_is_a_month(self, text, pattern, month):
        assert months.parse(text, pattern) == month

    @pytest.mark.parametrize(
        ("month", "ahead", "then"),
        [
            (dt.date(2017, 12, 1), 1, dt.date(2018, 1, 1)),
            (dt.date(2018, 1, 1), -1, dt.date(2017, 12, 1)),
            (dt.date(2017, 4, 1), 24, dt.date(2019, 4, 1)),
            (dt.date(9999, 12, 1), 1, dt.date(9999, 12, 1)),  # the last there is
        ],
    )
    def test_months_are_counted_over_the_years(self, month, ahead, then):
        assert months.plus(month, ahead) == then


def test_a_wide_one_is_read_and_told():
    read = layout.read(WIDE | {"also_called": {"Borough": ["Area", "District"]}})
    assert read.is_wide
    assert read.headings == ("Group", "Offence", "Borough")
    assert read.in_words() == [
        "What is counted stands under “Group” > “Offence”, the area under “Borough”.",
        "Each month has a column, headed like “201704”.",
        "“Borough” has also been called “Area” and “District”.",
    ]


def test_a_long_one_is_read_and_told():
    read = layout.read(LONG | {"only": {"Measure": "Offences"}, "absent_is_zero": True, "sheet": "Data"})
    assert not read.is_wide
    assert read.headings == ("Type", "Area", "Measure", "Month", "Count")
    assert read.in_words() == [
        "What is counted stands under “Type”, the area under “Area”.",
        "Each month has a line: the month under “Month”, like “April 2017”, its number under “Count”.",
        "Only lines with “Offences” under “Measure” count.",
        "Where a month has no line, there were none.",
        "It is the sheet “Data”.",
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "A layout is an object with levels, area and months."),
        (WIDE | {"columns": []}, "“columns” is not known in a layout"),
        (WIDE | {"levels": []}, "“levels” is a list of at least one name."),
        (WIDE | {"levels": "Group"}, "“levels” is a list of at least one name."),
        (WIDE | {"levels": ["A", " "]}, "“levels” must have a name."),
        (WIDE | {"levels": list("ABCDEF")}, "A category has at most 5 levels."),
        (WIDE | {"area": ""}, "“area” must have a name."),
        (WIDE | {"area": None}, "“area” must have a name."),
        (WIDE | {"area": "Group"}, "“Group” stands for two columns."),
        (WIDE | {"area": "group"}, "“group” stands for two columns."),
        (WIDE | {"area": "***"}, "“***” has no letter or figure to be told by."),
        (WIDE | {"area": "201704"}, "“201704” is a month, so it can’t be the heading of another column."),
        (WIDE | {"months": "%Y%m"}, "“months” says how months stand in the file"),
        (WIDE | {"months": {"columns": "%Y%m", "column": "M"}}, "“months” has either “columns”, or"),
        (WIDE | {"months": {"columns": "%Y"}}, "“%Y” must hold one year and one month, like “%Y%m”."),
        (WIDE | {"months": {"columns": "%Y%y%m"}}, "must hold one year and one month"),
        (WIDE | {"months": {"columns": "%Y%j"}}, "“%j” is not known: months are written with %Y, %y, %m, %B, %b, %d."),
        (WIDE | {"months": {"columns": "%Y%m%"}}, "“%” is not known"),
        (WIDE | {"months": {"columns": "%Y\0%m"}}, "How months are written must be plain text"),
        (WIDE | {"also_called": {"Town": ["City"]}}, "“Town” is also called something else, but is no column"),
        (WIDE | {"also_called": {"Borough": ["Offence"]}}, "“Offence” stands for two columns."),
        (WIDE | {"also_called": ["Borough"]}, "they are objects"),
        (WIDE | {"only": {"Measure": 1}}, "“only” must have a name."),
        (WIDE | {"absent_is_zero": True}, "“absent_is_zero” is about lines"),
        (LONG | {"absent_is_zero": "yes"}, "“absent_is_zero” is true or false."),
        (WIDE | {"sheet": 1}, "“sheet” is the name of a sheet."),
    ],
)
def test_what_no_file_could_be_read_by_is_refused(data, sentence):
    with pytest.raises(Wrong) as refused:
        layout.read(data)
    assert sentence in str(refused.value)


def test_another_spelling_of_the_same_heading_is_no_second_column():
    assert layout.read(WIDE | {"also_called": {"Borough": ["BOROUGH"]}}).names("Borough") == ("Borough", "BOROUGH")
