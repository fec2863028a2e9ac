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


def test_each_percentage_has_the_ends_of_its_interval(ten):
    told = lines(ten, "Answer", "Counted", "95% from", "95% to")
    # Wilson's for 4 of 8, by hand: z² is 3.8415; (0.5 + 0.2401 ± 1.96 × √(0.03125 + 0.0150)) ÷ 1.4802 is 0.5 ± 0.2848
    assert ("Drugs", "first choices", "21.52", "78.48") in told
    assert ("Drugs", "points", "", "") in told
    assert ("", "answered", "", "") in told


def test_what_is_not_shown_says_so_in_place_of_its_number():
    groups = (Group("web", "Web form", 50), Group("paper", "Paper", 25), Group("screen", "Screen", 15))
    crossed = Table(
        "safe",
        "channel",
        groups,
        (Line("agree", "Agree", (30, None, None)), Line("", "Didn’t answer", (20, None, None), True)),
    )
    held = counts(
        questions=(question("safe", "Safe?", [("Agree", 48), ("Disagree", None)], answered=62),),
        tables=(crossed, Table("trust", "channel", groups, ())),
        channels=(Named("web", "Web form", 50), Named("paper", "Paper", None)),
        responses=90,
    )
    told = lines(held, "Answer", "By", "Group", "Counted", "Count", "Of", "Percentage")
    assert ("Disagree", "everyone", "", "chose it", "not shown", "62", "") in told
    assert ("Paper", "everyone", "", "responses", "not shown", "90", "") in told
    # 48 agree and 28 skipped it: 18 and 8 of them are among those who are hidden.
    assert [row for row in told if row[1] == "channel"] == [
        ("Agree", "channel", "Web form", "chose it", "30", "50", "60.00"),
        ("", "channel", "Web form", "skipped", "20", "50", "40.00"),
        ("Agree", "channel", "Paper and Screen, together", "chose it", "18", "40", "45.00"),
        ("", "channel", "Paper and Screen, together", "skipped", "8", "40", "20.00"),
    ]


def test_of_printed_totals_only_what_is_in_print():
    held = counts(
        ("Drugs", 40, None, None), responses=100, holds_responses=False, channels=(Named("w", "Letter", None),)
    )
    assert lines(held, "Answer", "Counted", "Count", "Of") == [
        ("", "responses", "100", ""),
        ("Drugs", "first choices", "40", "100"),
    ]


def test_where_nobody_named_a_concern_none_has_a_place():
    told = lines(counts(("Drugs", 0, 0, 0), ("Dogs", 0, 0, 0)), "Answer", "Counted", "Count", "Of", "Place")
    assert [row for row in told if row[0]][:2] == [
        ("Drugs", "first choices", "0", "0", ""),
        ("Dogs", "first choices", "0", "0", ""),
    ]


def test_the_file_says_in_its_name_what_it_is(ten):
    assert table.file_name(found(ten), "csv") == "safety-2018-results.csv"
    assert table.file_name(found(ten, number=2, is_sample=True), "pdf") == "sample-safety-2018-results-2.pdf"
