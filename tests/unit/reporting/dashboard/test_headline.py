"""The first lines of the page, in every state of a quarter."""

import datetime as dt
from dataclasses import replace

import pytest

from reporting.dashboard import headline
from reporting.dashboard.leading import Leading, leading
from tests.factories import snapshots
from tests.factories.dashboards import coded, of, part, trend


def said(snapshot):
    made = headline.build(snapshot, leading(snapshot))
    return made.strong, made.rest


def meta(snapshot):
    return " ".join(headline.build(snapshot, leading(snapshot)).meta)


@pytest.mark.parametrize(
    ("codes", "strong", "rest"),
    [
        (
            ["red"] * 2 + ["amber"] * 2 + ["green"] * 6 + ["data_only"] * 3 + ["missing", "not_yet_verified"],
            "2 red, 2 amber, 6 green.",
            "3 are data only, 1 is not yet verified and 1 is missing.",
        ),
        (["red"], "1 red, no amber, no green.", ""),
        (["green", "green"], "No red, no amber, 2 green.", ""),
        (["amber", "data_only"], "No red, 1 amber, no green.", "1 is data only."),
        (["green", "green", "missing", "missing"], "No red, no amber, 2 green.", "2 are missing."),
        (["green", "unrated", "green", "no_return"], "No red, no amber, 2 green.", "1 is unrated and 1 was not asked for."),
        (["data_only"] * 15, "No indicator is rated.", "All 15 are data only."),
        (["data_only"], "No indicator is rated.", "1 is data only."),
        (["not_yet_verified", "not_yet_verified"], "No indicator is rated.", "Both are not yet verified."),
        (["red"] + ["missing"] * 14, "1 red, no amber, no green.", "14 are missing."),
    ],
)  # fmt: skip
def test_ratings_are_counted_and_so_is_what_has_none(codes, strong, rest):
    assert said(of(*coded(*codes))) == (strong, rest)


def test_few_ratings_lead_with_better_and_worse():
    ways = ["better"] * 8 + ["worse"] * 3 + ["similar"] * 2 + ["higher"]
    parts = [part(f"A{number}", "data_only", long=trend(way)) for number, way in enumerate(ways, start=1)]
    strong, rest = said(of(*parts, part("C4", "missing")))
    assert strong == "On a year ago: 8 better, 3 worse, 2 similar."
    assert rest == "A14 is higher, which is neither good nor bad; C4 is missing."


@pytest.mark.parametrize(
    ("codes", "rest"),
    [
        (["red"], "A1 is red."),
        (["amber", "amber"], "A1 and A2 are amber."),
        (["amber", "red", "green", "red"], "A2 and A4 are red and A1 is amber."),
        (["red"] * 5 + ["amber"], "5 are red and A6 is amber."),
    ],
)
def test_what_is_red_or_amber_is_said_where_comparisons_lead(codes, rest):
    rated = [part(f"A{number}", code, long=trend("similar")) for number, code in enumerate(codes, start=1)]
    others = [part(f"B{number}", "data_only", long=trend("similar")) for number in range(1, 8)]
    assert said(of(*rated, *others)) == (f"On a year ago: none better, none worse, {len(codes) + 7} similar.", rest)


def test_what_is_red_is_said_before_what_is_neither_good_nor_bad_and_what_is_missing():
    parts = (
        part("A1", "data_only", long=trend("higher")),
        part("A2", "data_only"),
        part("A3", "red"),
        part("A4", "missing"),
    )
    assert said(of(*parts))[1] == (
        "A3 is red; A1 is higher, which is neither good nor bad; A4 is missing; A2 and A3 can’t be compared."
    )


@pytest.mark.parametrize(
    ("others", "rest"),
    [
        ([], ""),
        ([("lower", "data_only"), ("lower", "data_only")], "A2 and A3 are lower, which is neither good nor bad."),
        (
            [("higher", "data_only"), ("lower", "data_only")],
            "A2 is higher and A3 is lower, which is neither good nor bad.",
        ),
        (
            [("not_comparable", "not_yet_verified"), ("not_comparable", "no_return")],
            "A2 is not yet verified; A3 was not asked for.",
        ),
        ([("not_comparable", "data_only")], "A2 can’t be compared."),
        ([("not_comparable", "missing")] * 5, "5 are missing."),
    ],
)
def test_what_is_neither_better_nor_worse_is_said_by_its_reason(others, rest):
    parts = [part(f"A{number}", code, long=trend(way)) for number, (way, code) in enumerate(others, start=2)]
    strong, told = said(of(part("A1", "data_only", long=trend("better")), *parts))
    assert (strong, told) == ("On a year ago: 1 better, none worse, none similar.", rest)


def test_without_a_year_ago_the_headline_is_about_last_quarter():
    snapshot = of(part("A1", "data_only", short=trend("worse", why="")))
    assert said(snapshot)[0] == "On last quarter: none better, 1 worse, none similar."


def test_nothing_asked_says_so():
    assert said(snapshots.nothing_asked()) == (
        "Nothing was asked for in 2018-19 Q1.",
        "Its collection was not opened, so there are no figures.",
    )


def test_nothing_sent_says_when_it_was_due():
    assert said(snapshots.nothing_sent()) == (
        "No figure for 2018-19 Q1 has been sent.",
        "Figures were due on 27 April 2018.",
    )


def test_nothing_sent_yet_says_when_it_is_due():
    due = replace(snapshots.nothing_sent(), due_on=dt.date(2018, 7, 27))
    assert said(due)[1] == "Figures are due on 27 July 2018."


def test_no_figures_but_a_reason_for_some_counts_those():
    parts = coded("missing", "missing") + (part("A3", "missing", state="awaited"),)
    assert said(of(*parts, due_on=None)) == ("No figure for 2017-18 Q4 has been sent.", "Both are missing.")


def test_a_quarter_without_indicators_says_so():
    assert said(of())[0] == "No indicator is in this quarter’s monitoring."


# ---------------------------------------------------------------- what has to be known


def test_the_moment_and_the_meaning_of_ratings_and_arrows_are_said():
    told = meta(snapshots.rated())
    assert "Figures as at 8 May 2018, 17:00." in told
    assert headline.RATINGS in told
    assert headline.ARROWS in told


def test_a_restricted_indicator_marks_the_page():
    assert meta(snapshots.rated()).startswith("OFFICIAL-SENSITIVE: holds restricted indicator D1.")
    assert "OFFICIAL" not in meta(of(*coded("green")))


@pytest.mark.parametrize(
    ("rated", "of_how_many", "told"),
    [
        (0, 3, "No target is agreed for 2017-18, so all 3 are data only: shown and compared, not rated."),
        (1, 3, "Only A1 has an agreed target, so 2 of 3 are data only: shown and compared, not rated."),
        (2, 5, "Only A1 and A2 have an agreed target, so 3 of 5 are data only: shown and compared, not rated."),
        (5, 11, "Only 5 of 11 have an agreed target, so 6 of 11 are data only: shown and compared, not rated."),
    ],
)
def test_why_few_are_rated_is_said(rated, of_how_many, told):
    parts = [
        part(f"A{number}", "green" if number <= rated else "data_only", long=trend("better"))
        for number in range(1, of_how_many + 1)
    ]
    assert told in meta(of(*parts))


def test_one_reason_why_nothing_can_be_compared_is_said_once():
    parts = [
        part(f"A{n}", "data_only", short=trend("better"), long=trend(why="2015-16 Q4 is not collected")) for n in (1, 2)
    ]
    assert "Nothing can be compared with a year ago (2015-16 Q4 is not collected)." in meta(of(*parts))


def test_several_reasons_are_not_said_for_all():
    parts = [part(f"A{n}", "data_only", short=trend("better"), long=trend(why=f"reason {n}")) for n in (1, 2)]
    assert "Nothing can be compared" not in meta(of(*parts))


def test_arrows_are_not_explained_where_there_are_none():
    first = snapshots.first_quarter()
    assert headline.ARROWS not in meta(first)
    assert "Nothing can be compared with last quarter (" in meta(first)
    assert " or with a year ago (" in meta(first)
    assert "data only: shown, not rated." in meta(first)


def test_nothing_asked_explains_nothing():
    assert headline.build(snapshots.nothing_asked(), Leading.RATINGS).meta == ("Figures as at 8 May 2018, 17:00.",)
