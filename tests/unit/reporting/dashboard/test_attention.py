"""What needs attention, in which order, and in which words."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from reporting.dashboard import attention
from reporting.snapshots.shape import ForecastPart, UsualPart, VerdictPart
from tests.factories import snapshots
from tests.factories.dashboards import TODAY, coded, of, part, trend, words

LATE = words("owed")
EARLY = words("owed", due_on=TODAY + dt.timedelta(days=3))


def order(*parts, **changes):
    return [one.reference for one in attention.parts(of(*parts, **changes))]


def only(one, **changes):
    (item,) = attention.build(of(one, part("Z9"), **changes)).items
    return item


def test_red_comes_first_then_amber_unexplained_worsening_missing_and_unexplained():
    parts = (
        part("A1", "green", words=LATE),
        part("A2", "missing"),
        part("A3", "green", is_worsening=True),
        part("A4", "amber", words=LATE),
        part("A5", "red"),
        part("A6", "amber"),
        part("A7", "red"),
        part("A8", "green"),
    )
    assert order(*parts) == ["A5", "A7", "A4", "A3", "A2", "A1"]


def test_none_stands_there_twice():
    assert order(part("A1", "red", is_worsening=True, words=LATE), part("A2", "missing", words=LATE)) == ["A1", "A2"]


def test_amber_with_its_explanation_is_no_exception():
    assert order(part("A1", "amber", words=words())) == []


def test_an_explanation_sent_without_all_that_is_asked_is_outstanding():
    assert order(part("A1", "amber", words=words("incomplete"))) == ["A1"]


def test_an_explanation_that_is_not_due_yet_is_not_outstanding():
    assert order(part("A1", "amber", words=EARLY), part("A2", "green", words=EARLY)) == []


def test_an_explanation_is_outstanding_on_the_day_after_it_was_due():
    due_today = words("owed", due_on=TODAY)
    assert order(part("A1", words=due_today)) == []
    assert order(part("A1", words=words("owed", due_on=TODAY - dt.timedelta(days=1)))) == ["A1"]


@pytest.mark.parametrize(
    ("due_on", "stands"), [(TODAY - dt.timedelta(days=1), True), (TODAY, False), (None, True)]
)  # fmt: skip
def test_a_figure_that_nobody_has_sent_is_one_once_it_is_late(due_on, stands):
    awaited = part("A1", "missing", state="awaited")
    assert order(awaited, part("A2"), due_on=due_on) == (["A1"] if stands else [])


def test_a_figure_that_was_sent_back_is_one_at_once():
    awaited = part("A1", "missing", state="awaited", cell={"reason": "Sent back"})
    assert order(awaited, part("A2"), due_on=TODAY) == ["A1"]


def test_where_nothing_was_sent_the_page_says_so_once():
    made = attention.build(snapshots.nothing_sent())
    assert (made.items, made.nothing) == ((), "No figure has been sent, so there is nothing to look at yet.")


def test_where_nothing_needs_attention_a_sentence_says_so():
    parts = (*coded("green", "amber", "data_only", "not_yet_verified"), part("A5", long=trend("worse")))
    assert attention.build(of(*parts)).nothing == (
        "Nothing: no indicator is red or missing, none is worse both on last quarter and on a year ago, "
        "and no explanation is outstanding."
    )


def test_what_is_not_sent_and_not_late_is_not_said_not_to_be_missing():
    awaited = part("A2", "missing", state="awaited", words=EARLY)
    assert attention.build(of(part("A1"), awaited, due_on=TODAY)).nothing == (
        "Nothing: no indicator is red, none is worse both on last quarter and on a year ago, no figure is late, "
        "and no explanation is outstanding."
    )


# ---------------------------------------------------------------- words


def test_each_has_its_name_its_rating_and_its_sentence():
    item = only(part("A1", "red"))
    assert (item.label, item.code, item.word) == ("A1 Things A1", "red", "Red")
    assert item.sentences == ("Red: a sentence.", "Usual. 38 is inside the usual range.")


def test_getting_worse_says_by_how_much():
    moved = {"short": trend("worse", words="up 5 (26.3%)"), "long": trend("worse", words="up 3")}
    item = only(part("A1", "green", is_worsening=True, **moved))
    assert item.word == "Green, getting worse"
    assert item.sentences[1] == "Up 5 (26.3%) on last quarter, up 3 on a year ago."


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("usual", "Usual. What the chart says."),
        ("improving", "Improving. What the chart says."),
        ("worsening", "Worsening. What the chart says."),
        ("changed", "Changed. What the chart says."),
        ("unknown", "What the chart says."),
    ],
)
def test_whether_it_is_a_real_change_is_said_of_every_figure(state, said):
    usual = UsualPart(state, "What the chart says.", False, True, "", "")
    assert only(part("A1", "red", usual=usual)).sentences == ("Red: a sentence.", said)


@pytest.mark.parametrize("code", ["missing", "not_yet_verified"])
def test_without_a_known_figure_nothing_is_said_of_the_usual_range(code):
    usual = UsualPart("unknown", "There is no usual range yet.", False, False, "", "")
    assert usual.sentence not in only(part("A1", code, usual=usual, words=LATE)).sentences


def test_a_missing_one_says_why_and_from_whom_it_comes_by_when():
    cell = {"note": "The survey closes on 18 May", "expected_on": dt.date(2018, 5, 31)}
    item = only(part("A1", "missing", cell=cell, owner="Victim Support", data_leads=("Maud Penhale",)))
    assert item.sentences == (
        "Missing: a sentence.",
        "The survey closes on 18 May.",
        "To come from Victim Support (Maud Penhale) by 31 May 2018.",
    )


def test_a_missing_one_without_a_day_says_so():
    item = only(part("A1", "missing", owner="Victim Support", data_leads=()))
    assert item.sentences[-1] == "To come from Victim Support; no date is given."


def test_a_worse_year_end_is_said():
    ahead = ForecastPart(Decimal(86), "", VerdictPart("amber", "Amber: 86 forecast for the year."))
    item = only(part("A1", "green", is_worsening=True, forecast=ahead))
    assert item.sentences[-1] == "At the year’s end: Amber: 86 forecast for the year."


def test_the_commentary_is_said_in_its_parts():
    assert only(part("A1", "red", words=words())).said == (
        ("What happened", "Calls fell."),
        ("Why", "Patrols."),
        ("What next", "Go on."),
        ("Who", "Superintendent, by 31 July 2018"),
    )


def test_parts_that_were_not_written_are_left_out():
    little = words("incomplete", why="", who="", by_when=None)
    assert [term for term, _ in only(part("A1", "red", words=little)).said] == ["What happened", "What next"]


def test_what_is_lacking_and_who_owes_it_is_named():
    owed = only(part("A1", "red", words=words("incomplete"))).owed
    assert owed == "Still to come: who sees to it and by when. Owed by Signe Marlowe, since 4 May 2018."


def test_an_explanation_that_is_not_due_is_not_called_outstanding():
    assert only(part("A1", "red", words=EARLY)).owed == ""


def test_the_rated_sample_in_full():
    labels = [(item.label, item.word, bool(item.owed)) for item in attention.build(snapshots.rated()).items]
    assert labels == [
        ("B3 Violence with injury, hotspots", "Red", False),
        ("D2 Substance misuse need met", "Red, getting worse", True),
        ("C1 Victim satisfaction", "Missing", False),
        ("C2 Hate incidents reported", "Missing", False),
        ("D4 First-time entrants, youth", "Missing", False),
    ]


def test_150_indicators_are_looked_at_in_plan_order():
    found = attention.parts(replace(snapshots.many(150)))
    assert len({one.slug for one in found}) == len(found) > 30
