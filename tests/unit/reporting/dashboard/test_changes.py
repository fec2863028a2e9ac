"""What changed since last quarter, what is still out, and what is to be decided."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from lib.quarters import Quarter
from reporting.dashboard import changes, deciding, outstanding
from reporting.snapshots.shape import Restatement, TargetPart, Value
from tests.factories import snapshots
from tests.factories.dashboards import TODAY, coded, of, part, verdict, words

Q2, Q4 = Quarter.parse("2017-18 Q2"), Quarter.parse("2017-18 Q4")


def moved(reference, was, now, **more):
    return part(reference, now, last_verdict=verdict(was) if was else None, **more)


def lines(*parts, **more):
    return changes.build(of(*parts, **more)).lines


def restated(was, now, why="Late reports were added", quarter=Q2, on=dt.date(2018, 4, 24)):
    return Restatement("B2", "Reports", "slug-b2", quarter, was, now, "revision", why, on, "Farida", None, False, True)


def number(value):
    return Value(Decimal(value), None, None)


# ---------------------------------------------------------------- what changed


@pytest.mark.parametrize(
    ("was", "now", "line"),
    [
        ("amber", "red", "A3 was amber and is red."),
        ("data_only", "green", "A3 was data only and is green."),
        ("green", "data_only", "A3 was green and is data only."),
        ("green", "missing", "A3 was green and is missing."),
        ("missing", "not_yet_verified", "A3 was missing and is not yet verified."),
        ("no_return", "amber", "A3 was not asked for and is amber."),
        ("green", "unrated", "A3 was green and is unrated."),
    ],
)
def test_a_rating_that_changed_says_what_it_was_and_is(was, now, line):
    assert lines(moved("A3", was, now)) == (line,)


def test_what_went_the_same_way_stands_together_and_the_worst_first():
    parts = (moved("A1", "red", "green"), moved("A2", "amber", "red"), moved("A3", "red", "green"))
    assert lines(*parts) == ("A2 was amber and is red.", "A1 and A3 were red and are green.")


def test_what_stayed_is_not_said():
    made = changes.build(of(*coded("red", "green")))
    assert (made.lines, made.nothing) == ((), "Nothing: every rating is what it was, and no figure was restated.")


def test_a_first_quarter_has_nothing_before_it():
    made = changes.build(of(moved("A1", None, "green"), quarter=Quarter.parse("2017-18 Q1")))
    assert made.heading == "What changed since 2016-17 Q4"
    assert made.nothing == "Nothing was asked for in 2016-17 Q4, so there is nothing to compare with."


def test_the_heading_names_the_quarter_before():
    assert changes.build(of()).heading == "What changed since Q3"


def test_a_restated_figure_says_what_it_was_is_and_why():
    told = lines(restatements=(restated(number(1547), number(1588)),))
    assert told == ("B2, 2017-18 Q2 restated: was 1,547, now 1,588. Late reports were added.",)


@pytest.mark.parametrize(
    ("on", "is_new"), [(dt.date(2018, 2, 8), False), (dt.date(2018, 2, 9), True)]
)  # fmt: skip
def test_what_was_restated_before_last_quarters_collection_closed_is_not_new(on, is_new):
    told = lines(restatements=(restated(number(1), number(2), on=on),), last_closed_on=dt.date(2018, 2, 8))
    assert bool(told) is is_new


def test_a_restated_figure_without_a_reason_ends_there():
    assert lines(restatements=(restated(number(1), number(2), why=""),)) == ("B2, 2017-18 Q2 restated: was 1, now 2.",)


def test_the_same_share_of_other_numbers_is_said_with_its_numbers():
    was, now = (Value(Decimal(n), Decimal(2 * n), Decimal(50)) for n in (5, 6))
    assert lines(restatements=(restated(was, now, why=""),)) == (
        "B2, 2017-18 Q2 restated: was 5 of 10, 50.0%, now 6 of 12, 50.0%.",
    )


def test_many_quarters_under_one_reason_are_one_line():
    told = lines(
        restatements=tuple(restated(number(1000 + n), number(1001 + n), quarter=Q2.plus(n - 4)) for n in range(4))
    )
    assert told == (
        "B2, four quarters from 2016-17 Q2 to 2017-18 Q1 restated; the last was 1,003, now 1,004. Late reports were added.",
    )


def test_up_to_three_quarters_have_a_line_each():
    told = lines(restatements=tuple(restated(number(1), number(2), quarter=Q2.plus(-n)) for n in range(3)))
    assert len(told) == 3


def test_small_revisions_that_changed_no_rating_are_counted():
    small = replace(restated(number(100), number(101)), materiality=Decimal(2), is_listed=False)
    assert lines(restatements=(small, restated(number(1), number(2)))) == (
        "B2, 2017-18 Q2 restated: was 1, now 2. Late reports were added.",
        "One further revision of less than 2% changed no rating: B2.",
    )


def test_a_new_series_is_said_in_the_quarter_it_starts():
    new = (Q4, "the form changed")
    assert lines(part("A1", breaks=(new,))) == (
        "A1 starts a new series, so it isn’t compared with the quarters before: The form changed.",
    )
    assert lines(part("A1", breaks=((Q2, "the form changed"),))) == ()


# ---------------------------------------------------------------- what is still out


def out(*parts, **more):
    return outstanding.build(of(*parts, part("Z9"), **more)).lines


def test_missing_says_the_reason_and_the_day():
    cell = {"reason": "Awaiting partner", "expected_on": dt.date(2018, 5, 31)}
    assert out(part("C1", "missing", cell=cell)) == ("C1: missing, awaiting partner. Expected by 31 May 2018.",)


def test_missing_without_a_day_says_so():
    assert out(part("C1", "missing", cell={"reason": "Source lag"})) == (
        "C1: missing, source lag. No date is given.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("due_on", "told"),
    [
        (TODAY - dt.timedelta(days=1), "A1 and A2: not sent, due since 7 May 2018."),
        (TODAY, "A1 and A2: not sent, due on 8 May 2018."),
        (None, "A1 and A2: not sent."),
    ],
)
def test_not_sent_says_when_it_was_or_is_due(due_on, told):
    assert out(*(part(f"A{n}", "missing", state="awaited") for n in (1, 2)), due_on=due_on) == (told,)


def test_sent_back_says_when_it_is_due_again():
    cell = {"reason": "Sent back", "expected_on": dt.date(2018, 5, 14)}
    assert out(part("A1", "missing", state="awaited", cell=cell)) == ("A1: sent back, due again by 14 May 2018.",)


def test_not_yet_verified_and_not_asked_for_are_out_too():
    assert out(part("A1", "not_yet_verified"), part("A2", "no_return")) == (
        "A1: sent, not yet verified, so not rated.",
        "A2: no return was asked for.",
    )


@pytest.mark.parametrize(
    ("owed", "told"),
    [
        (words("owed"), "A1: the explanation, owed by Signe Marlowe."),
        (words("incomplete"), "A1: who sees to it and by when, owed by Signe Marlowe."),
        (words("owed", lacking=("what_happened",)), "A1: what happened, owed by Signe Marlowe."),
    ],
)
def test_an_explanation_is_out_with_what_is_lacking_and_by_whom(owed, told):
    assert out(part("A1", words=owed)) == (told,)


def test_an_explanation_that_is_not_due_is_said_with_its_day_after_those_that_are():
    early = words("owed", due_on=dt.date(2018, 5, 11))
    parts = (part("A1", words=early), part("A2", words=words("owed")), part("A3", words=early))
    assert out(*parts) == (
        "A2: the explanation, owed by Signe Marlowe.",
        "A1 and A3: the explanations, due on 11 May 2018.",
    )


def test_an_open_quarter_before_its_day_says_once_what_is_due_when():
    early = words("owed", due_on=dt.date(2018, 5, 18), lacking=("what_happened",))
    parts = [part(f"A{n}", "missing", state="awaited", words=early) for n in range(1, 15)]
    assert outstanding.build(of(*parts, due_on=dt.date(2018, 5, 11))).lines == (
        "All 14: not sent, due on 11 May 2018.",
        "All 14: the explanations, due on 18 May 2018.",
    )


def test_who_owes_several_stands_there_once():
    parts = [part(f"A{n}", words=words("owed")) for n in (1, 2)]
    assert out(*parts, part("A3")) == ("A1 and A2: the explanations, owed by Signe Marlowe.",)


def test_where_all_are_out_they_are_not_listed():
    assert outstanding.build(snapshots.nothing_sent()).lines == ("All 15: not sent, due since 27 April 2018.",)


def test_where_nothing_is_out_a_sentence_says_so():
    made = outstanding.build(of(part("A1", words=words())))
    assert made.nothing == "Nothing: every figure is verified, and every explanation is in."


# ---------------------------------------------------------------- what is to be decided


def proposed(reference):
    aim = TargetPart("tolerance", "", "latest", Decimal(40), None, Decimal(5), (), None, False, "")
    return part(reference, "data_only", target=aim)


def unaimed(reference, code="data_only", **more):
    return part(reference, code, target=None, **more)


@pytest.mark.parametrize(
    ("how_many", "told"),
    [
        (1, "A target is proposed for A1."),
        (2, "Targets are proposed for A1 and A2."),
        (5, "Targets for 5 indicators are proposed."),
    ],
)
def test_proposals_are_named_while_they_are_few(how_many, told):
    assert deciding.build(of(*(proposed(f"A{n}") for n in range(1, how_many + 1)))).proposals == told


@pytest.mark.parametrize(
    ("how_many", "told"),
    [
        (1, "Which way is good for A1. Until then it has no direction and is not rated."),
        (2, "Which way is good for A1 and A2. Until then they have no direction and are not rated."),
    ],
)
def test_where_few_are_rated_the_directions_are_asked_for(how_many, told):
    parts = [unaimed(f"A{n}", polarity="none") for n in range(1, how_many + 1)]
    assert deciding.build(of(*parts)).directions == told


def test_few_ratings_and_nothing_proposed_says_that():
    assert deciding.build(of(unaimed("A1"))).nothing == "No target for 2017-18 is proposed."


def test_where_enough_are_rated_only_proposals_are_asked_for():
    rated = (*coded("green", "green"), unaimed("A3", polarity="none"))
    assert deciding.build(of(*rated)) is None
    made = deciding.build(of(*rated, proposed("A4")))
    assert (made.proposals, made.directions) == ("A target is proposed for A4.", "")


def test_nothing_asked_leaves_nothing_to_decide():
    assert deciding.build(replace(snapshots.nothing_asked())) is None
