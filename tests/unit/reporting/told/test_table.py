from consultation.counts import Group, Line, Named, Table
from reporting.told import table
from tests.unit.reporting.told.conftest import counts, found, question


def lines(held, *columns):
    """The rows as they are told by these columns, without the headings."""
    places = [table.COLUMNS.index(name) for name in columns]
    return [tuple(row[place] for place in places) for row in table.rows(found(held))[1:]]


def test_a_line_for_each_count_with_what_it_is_of(ten):
    told = lines(ten, "Answer", "Counted", "Count", "Of", "Percentage", "Place")
    assert told[0] == ("", "responses", "10", "", "", "")
    assert told[1:5] == [
        ("Drugs", "first choices", "4", "8", "50.00", "1"),
        ("Gangs", "first choices", "3", "8", "37.50", "2"),
        ("Burglary", "first choices", "1", "8", "12.50", "3"),
        ("Dogs", "first choices", "0", "8", "0.00", "4"),
    ]
    assert ("Burglary", "any of three choices", "8", "8", "100.00", "1") in told
    assert ("Gangs", "points", "19", "", "", "1") in told
    assert told[-2:] == [("", "answered", "8", "", "", ""), ("", "skipped", "2", "", "", "")]


def test_what_is_not_shown_says_so_in_place_of_its_number():
    groups = (Group("web", "Web form", 50), Group("paper", "Paper", 40))
    crossed = Table(
        "safe", "channel", groups, (Line("agree", "Agree", (30, None)), Line("", "Didn’t answer", (20, None), True))
    )
    held = counts(
        questions=(question("safe", "Safe?", [("Agree", 30), ("Disagree", None)], answered=70),),
        tables=(crossed, Table("trust", "channel", groups, ())),
        channels=(Named("web", "Web form", 50), Named("paper", "Paper", None)),
        responses=90,
    )
    told = lines(held, "Answer", "By", "Group", "Counted", "Count", "Of", "Percentage")
    assert ("Disagree", "everyone", "", "chose it", "not shown", "70", "") in told
    assert ("Paper", "everyone", "", "responses", "not shown", "90", "") in told
    assert [row for row in told if row[1] == "channel"] == [
        ("Agree", "channel", "Web form", "chose it", "30", "50", "60.00"),
        ("", "channel", "Web form", "skipped", "20", "50", "40.00"),
        ("Agree", "channel", "Paper", "chose it", "not shown", "40", ""),
        ("", "channel", "Paper", "skipped", "not shown", "40", ""),
    ]


def test_of_printed_totals_only_what_is_in_print():
    held = counts(
        ("Drugs", 40, None, None), responses=100, holds_responses=False, channels=(Named("w", "Letter", None),)
    )
    assert lines(held, "Answer", "Counted", "Count", "Of") == [
        ("", "responses", "100", ""),
        ("Drugs", "first choices", "40", "100"),
    ]


def test_the_file_says_in_its_name_what_it_is(ten):
    assert table.file_name(found(ten), "csv") == "safety-2018-results.csv"
    assert table.file_name(found(ten, number=2, is_sample=True), "pdf") == "sample-safety-2018-results-2.pdf"
