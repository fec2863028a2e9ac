"""What a snapshot says of a quarter, and when it came to know it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Installation, OrganisationName
from indicators.models import Baseline, Commentary, Definition, Return, Target
from lib.quarters import Quarter, Year
from priorities.models import Commitment
from reporting import snapshots
from reporting.snapshots.shape import Value
from tests.factories import reporting as data
from tests.factories.reporting import Q4, at

pytestmark = pytest.mark.django_db

Q1, Q2, Q3 = (Quarter.parse(f"2017-18-q{number}") for number in (1, 2, 3))


def count(number):
    return Value(Decimal(number), None, None)


@pytest.fixture
def farida():
    return data.person()


@pytest.fixture
def plan():
    return data.plan()


def only(snapshot):
    (part,) = snapshot.indicators
    return part


# ---------------------------------------------------------------- states


def test_verified_figure_is_shown(plan, farida):
    return_ = data.return_(data.indicator(plan))
    data.figure(return_, 629, by=farida, verified=at(3))
    cell = only(snapshots.take(plan, Q4, at(10))).this
    assert (cell.state, cell.value, cell.was, cell.is_provisional) == ("verified", count(629), None, False)


def test_sent_figure_says_that_it_is_not_verified(plan, farida):
    return_ = data.return_(data.indicator(plan))
    data.figure(return_, 629, by=farida, is_provisional=True)
    cell = only(snapshots.take(plan, Q4, at(10))).this
    assert (cell.state, cell.value, cell.is_provisional) == ("unverified", count(629), True)


def test_figure_sent_back_is_awaited_without_its_value(plan, farida):
    return_ = data.return_(data.indicator(plan))
    data.send_back(data.figure(return_, 629, by=farida), by=farida, sent=at(2))
    cell = only(snapshots.take(plan, Q4, at(10))).this
    assert (cell.state, cell.value, cell.reason, cell.expected_on) == (
        "awaited",
        None,
        "Sent back",
        dt.date(2018, 5, 4),
    )


def test_figure_sent_again_after_it_was_sent_back_is_not_yet_verified(plan, farida):
    return_ = data.return_(data.indicator(plan))
    data.send_back(data.figure(return_, 629, by=farida), by=farida, sent=at(2))
    data.figure(return_, 630, by=farida, recorded=at(3))
    cell = only(snapshots.take(plan, Q4, at(10))).this
    assert (cell.state, cell.value) == ("unverified", count(630))


def test_nothing_sent_is_awaited(plan):
    data.return_(data.indicator(plan))
    assert only(snapshots.take(plan, Q4, at(10))).this.state == "awaited"


def test_missing_says_why_and_when_it_is_expected(plan):
    data.missing(
        data.return_(data.indicator(plan)),
        said=at(3),
        reason=Return.MissingReason.AWAITING_PARTNER,
        missing_note="Survey closes in June",
        expected_on=dt.date(2018, 6, 30),
    )
    cell = only(snapshots.take(plan, Q4, at(10))).this
    assert (cell.state, cell.value) == ("missing", None)
    assert (cell.reason, cell.note, cell.expected_on) == (
        "Awaiting partner",
        "Survey closes in June",
        dt.date(2018, 6, 30),
    )


def test_quarter_without_a_return_was_not_collected(plan):
    data.indicator(plan)
    snapshot = snapshots.take(plan, Q4, at(10))
    assert only(snapshot).this.state == "not_collected"
    assert (snapshot.round_exists, snapshot.due_on, snapshot.executive_meets_on) == (False, None, None)


def test_share_of_a_pair_and_a_stated_percentage(plan, farida):
    shares = {"measure": "percentage", "year_to_date": "pooled", "unit_of_base": "people"}
    pair, stated = data.indicator(plan, "A1", **shares), data.indicator(plan, "A2", **shares)
    data.figure(data.return_(pair), 3, 4, by=farida, verified=at(3))
    data.figure(data.return_(stated), by=farida, verified=at(3), stated_percentage=Decimal("67.4"))
    first, second = snapshots.take(plan, Q4, at(10)).indicators
    assert first.this.value == Value(Decimal(3), Decimal(4), Decimal(75))
    assert second.this.value == Value(None, None, Decimal("67.4"))


# ---------------------------------------------------------------- what was known when


def test_figure_verified_later_was_not_yet_verified_then(plan, farida):
    return_ = data.return_(data.indicator(plan))
    data.figure(return_, 629, by=farida, recorded=at(1), verified=at(3))
    assert only(snapshots.take(plan, Q4, at(2))).this.state == "unverified"
    assert only(snapshots.take(plan, Q4, at(3))).this.state == "verified"


def test_figure_sent_back_later_still_waited_then(plan, farida):
    return_ = data.return_(data.indicator(plan))
    data.send_back(data.figure(return_, 629, by=farida, recorded=at(1)), by=farida, sent=at(3))
    assert only(snapshots.take(plan, Q4, at(2))).this.state == "unverified"
    assert only(snapshots.take(plan, Q4, at(3))).this.state == "awaited"


def test_figure_recorded_later_was_not_known_then(plan, farida):
    return_ = data.return_(data.indicator(plan))
    data.figure(return_, 629, by=farida, recorded=at(5), verified=at(6))
    assert only(snapshots.take(plan, Q4, at(4))).this.state == "awaited"


def test_missing_was_awaited_before_anybody_said_so(plan):
    data.missing(data.return_(data.indicator(plan)), said=at(3), missing_note="Late", expected_on=dt.date(2018, 6, 30))
    before = only(snapshots.take(plan, Q4, at(2))).this
    assert (before.state, before.reason, before.note, before.expected_on) == ("awaited", "", "", None)
    assert only(snapshots.take(plan, Q4, at(3))).this.state == "missing"


def test_figure_sent_back_and_then_given_up_on_was_awaited_in_between(plan, farida):
    return_ = data.return_(data.indicator(plan))
    data.send_back(data.figure(return_, 629, by=farida, recorded=at(1)), by=farida, sent=at(3))
    data.missing(return_, said=at(5))
    cells = [only(snapshots.take(plan, Q4, at(day))).this for day in (2, 4, 5)]
    assert [(cell.state, cell.reason) for cell in cells] == [
        ("unverified", ""),
        ("awaited", "Sent back"),
        ("missing", "Source lag"),
    ]


def test_commentary_sent_later_was_owed_then(plan, farida):
    return_ = data.return_(data.indicator(plan))
    data.lead(return_.indicator, farida, "commentary")
    data.sent_commentary(return_, by=farida, sent=at(5))
    then, now = (only(snapshots.take(plan, Q4, at(day))).words for day in (4, 5))
    assert (then.state, then.what_happened, then.by, then.sent_on) == ("owed", "", "", None)
    assert then.owed_by == "Farida Begum, Performance analyst"
    assert (now.state, now.what_happened) == ("sent", "Calls fell.")


def test_who_left_owes_nothing_from_then_on(plan):
    gone = data.person("Tom Okafor", is_active=False, left_at=at(5))
    return_ = data.return_(data.indicator(plan), words=True)
    for duty in ("data", "commentary"):
        data.lead(return_.indicator, gone, duty)
    then, now = (only(snapshots.take(plan, Q4, at(day))) for day in (4, 6))
    assert (then.data_leads, then.words.owed_by) == (("Tom Okafor",), "Tom Okafor, Performance analyst")
    assert (now.data_leads, now.words.owed_by) == ((), "Metropolitan Police")


def test_definition_made_later_was_not_known_then(plan):
    indicator = data.indicator(plan)
    for starts, text, made in ((Q1, "All calls", at(1)), (Q2, "Calls of one kind", at(5)), (Q1.previous, "Old", at(7))):
        Definition.objects.create(indicator=indicator, starts=starts, text=text, made_at=made)
    assert [only(snapshots.take(plan, Q4, at(day))).definition for day in (4, 5, 9)] == [
        "All calls",
        "Calls of one kind",
        "Calls of one kind",
    ]


def test_definition_made_first_counts_before_any_was_made(plan):
    indicator = data.indicator(plan)
    for starts, text, made in ((Q1, "As in the plan", at(5)), (Q2, "Later thoughts", at(7))):
        Definition.objects.create(indicator=indicator, starts=starts, text=text, made_at=made)
    assert only(snapshots.take(plan, Q4, at(1))).definition == "As in the plan"


def test_restated_figure_shows_what_it_was_from_the_moment_it_was_verified(plan, farida):
    return_ = data.return_(data.indicator(plan))
    data.figure(return_, 1547, by=farida, recorded=at(1), verified=at(2))
    data.figure(
        return_, 1588, by=farida, recorded=at(5), verified=at(8), restates="revision", restated_because="New extract"
    )
    before, between, after = (snapshots.take(plan, Q4, at(day)) for day in (4, 6, 9))
    assert (only(before).this.value, only(before).this.was) == (count(1547), None)
    assert (only(between).this.state, only(between).this.value) == ("verified", count(1547))
    assert only(between).this.note == "A newer figure is not yet verified"
    assert (only(after).this.value, only(after).this.was) == (count(1588), count(1547))
    assert before.restatements == between.restatements == ()
    (restatement,) = after.restatements
    assert (restatement.was, restatement.now, restatement.kind) == (count(1547), count(1588), "revision")
    assert (restatement.quarter, restatement.why, restatement.by) == (Q4, "New extract", "Farida Begum")
    assert restatement.verified_on == dt.date(2018, 5, 8)


def test_provisional_figure_that_became_final_restates_nothing(plan, farida):
    return_ = data.return_(data.indicator(plan))
    data.figure(return_, 629, by=farida, recorded=at(1), verified=at(2), is_provisional=True)
    data.figure(return_, 629, by=farida, recorded=at(3), verified=at(4))
    snapshot = snapshots.take(plan, Q4, at(10))
    assert snapshot.restatements == ()
    assert (only(snapshot).this.was, only(snapshot).this.is_provisional) == (None, False)


def test_later_quarters_are_left_out(plan, farida):
    indicator = data.indicator(plan)
    for quarter in (Q3, Q4):
        data.figure(data.return_(indicator, quarter), 5, by=farida, verified=at(3))
    part = only(snapshots.take(plan, Q3, at(10)))
    assert [cell.quarter for cell in part.history] == [*Year.parse("2016-17").quarters, *Year.parse("2017-18").quarters]
    assert [cell.state for cell in part.history][-2:] == ["verified", "not_collected"]


# ---------------------------------------------------------------- the year


def test_year_to_date_holds_verified_figures_and_last_year_is_cut_to_the_same_quarters(plan, farida):
    indicator = data.indicator(plan)
    for quarter, number in zip(Year.parse("2016-17").quarters, (1, 2, 4, 8), strict=True):
        data.figure(data.return_(indicator, quarter), number, by=farida, verified=at(3))
    for quarter, number in zip((Q1, Q2, Q3), (16, 32, 64), strict=True):
        data.figure(data.return_(indicator, quarter), number, by=farida, verified=at(3))
    data.figure(data.return_(indicator, Q4), 128, by=farida)
    part = only(snapshots.take(plan, Q4, at(10)))
    assert (part.year_to_date.value, part.year_to_date.through) == (count(112), Q3)  # 16 + 32 + 64
    assert (part.year_to_date.is_complete, part.year_to_date.missing) == (True, (Q4,))
    assert part.last_year_to_date.value == count(7)  # 1 + 2 + 4
    assert part.last_year_to_date.through == Q3.year_ago
    assert (part.last_year.value, part.last_year.through) == (count(15), None)
    assert (part.last.value, part.year_ago.value) == (count(64), count(8))


def test_q1_has_the_q4_before_it_as_its_last_quarter(plan, farida):
    indicator = data.indicator(plan)
    data.figure(data.return_(indicator, Q1.previous), 8, by=farida, verified=at(3))
    data.figure(data.return_(indicator, Q1), 16, by=farida, verified=at(3))
    part = only(snapshots.take(plan, Q1, at(10)))
    assert (part.last.value, part.year_ago.state) == (count(8), "not_collected")
    assert (part.year_to_date.value, part.year_to_date.through, part.year_to_date.missing) == (count(16), None, ())


@pytest.mark.parametrize("quarter", ["2016-17-q2", "2018-19-q1", "2020-21-q4"])
def test_year_without_a_set_of_its_own_shows_the_nearest(plan, quarter):
    data.indicator(plan)
    assert len(snapshots.take(plan, Quarter.parse(quarter), at(10)).indicators) == 1


def test_year_with_a_set_of_its_own_shows_that(plan):
    first, second = data.indicator(plan, "A1"), data.indicator(plan, "A2")
    Target.objects.create(indicator=second, year=Year.parse("2018-19"), reason="Kept")
    snapshot = snapshots.take(plan, Quarter.parse("2018-19-q1"), at(10))
    assert [part.slug for part in snapshot.indicators] == [second.slug]
    assert [part.slug for part in snapshot.priorities[0].context] == [first.slug]


# ---------------------------------------------------------------- around the figures


def test_indicators_without_a_target_stand_beside_the_set(plan):
    data.indicator(plan, "A1")
    beside = data.indicator(plan, "", family="context", polarity="none")
    first, second = snapshots.take(plan, Q4, at(10)).priorities
    assert ([part.reference for part in first.indicators], [part.slug for part in first.context]) == (
        ["A1"],
        [beside.slug],
    )
    assert (second.indicators, second.context) == ((), ())


def test_commentary_as_sent_and_who_owes_it(plan, farida):
    told, owed, unled = (data.indicator(plan, reference) for reference in ("A1", "A2", "B1"))
    tom = data.person("Tom Okafor", post="Inspector")
    data.lead(owed, tom, "commentary")
    data.sent_commentary(data.return_(told), by=tom, sent=at(2))
    data.commentary(data.return_(owed), what_happened="Half a thought")
    data.commentary(data.return_(unled))
    first, second, third = (part.words for part in snapshots.take(plan, Q4, at(10)).indicators)
    assert (first.state, first.why, first.by, first.sent_on) == (
        "sent",
        "Patrols.",
        "Tom Okafor, Inspector",
        dt.date(2018, 5, 2),
    )
    assert (second.state, second.what_happened, second.owed_by) == ("owed", "", "Tom Okafor, Inspector")
    assert third.owed_by == "Metropolitan Police"
    assert snapshots.take(plan, Q4, at(1)).indicators[0].words.state == "owed"


def test_commentary_that_was_not_asked_for_is_never_missing(plan, farida):
    silent, told = data.indicator(plan, "A1"), data.indicator(plan, "A2")
    data.commentary(data.return_(silent), due_on=None)
    data.sent_commentary(data.return_(told), by=farida, sent=at(2))
    Commentary.objects.update(due_on=None)
    first, second = (part.words for part in snapshots.take(plan, Q4, at(10)).indicators)
    assert first is None
    assert (second.state, second.due_on) == ("sent", None)


def test_commentary_is_credited_to_whose_words_it_is_whoever_keyed_it(plan, farida):
    told = data.indicator(plan)
    words = data.sent_commentary(data.return_(told), by=farida, sent=at(2))
    Commentary.objects.filter(pk=words.pk).update(sent_by=data.person("Sam Carrick", "coordinator"))
    assert only(snapshots.take(plan, Q4, at(10))).words.by == farida.label


def test_owner_is_named_as_on_the_last_day_of_the_quarter(plan):
    indicator = data.indicator(plan, owner=data.organisation("London CRC"))
    indicator.owner.names.update(ends_on=dt.date(2018, 3, 30))
    OrganisationName.objects.create(
        organisation=indicator.owner, name="Probation Service", starts_on=dt.date(2018, 3, 31)
    )
    assert only(snapshots.take(plan, Q3, at(10))).owner == "London CRC"
    assert only(snapshots.take(plan, Q4, at(10))).owner == "Probation Service"


def test_leads_definition_baselines_and_commitments(plan, farida):
    indicator = data.indicator(plan)
    data.lead(indicator, farida)
    Definition.objects.create(indicator=indicator, starts=Q1, text="Things, as counted", source="CAD")
    Definition.objects.create(indicator=indicator, starts=Q4.next, text="Other things", source="CAD")
    Baseline.objects.create(indicator=indicator, year=Year.parse("2015-16"), number=16320, source="The plan, page 9")
    priority = plan.priorities.get(letter="A")
    for year, text in (("2017-18", "Secure 20 orders"), ("2018-19", "Later")):
        Commitment.objects.create(
            priority=priority, key=f"a-{year}", year=Year.parse(year), order=1, text=text, number=20, unit="orders"
        )
    snapshot = snapshots.take(plan, Q4, at(10))
    part = only(snapshot)
    assert (part.data_leads, part.definition, part.source) == (("Farida Begum",), "Things, as counted", "CAD")
    assert part.baselines == (("2015-16", Decimal(16320), "The plan, page 9"),)
    assert [commitment.text for commitment in snapshot.priorities[0].commitments] == ["Secure 20 orders"]


def test_sample_installation_marks_the_snapshot(plan):
    assert snapshots.take(plan, Q4, at(10)).is_sample is False
    Installation.objects.create(pk=1, holds_sample=True)
    assert snapshots.take(plan, Q4, at(10)).is_sample is True


def test_one_sample_figure_marks_the_snapshot(plan, farida):
    data.figure(data.return_(data.indicator(plan)), 5, by=farida, verified=at(3), is_sample=True)
    assert snapshots.take(plan, Q4, at(10)).is_sample is True


# ---------------------------------------------------------------- cost


def queries(plan):
    with CaptureQueriesContext(connection) as captured:
        snapshots.take(plan, Q4, at(10))
    return len(captured)


def grow(plan, farida, references):
    for reference in references:
        indicator = data.indicator(plan, reference)
        data.lead(indicator, farida)
        for quarter in (Q3, Q4):
            return_ = data.return_(indicator, quarter)
            data.figure(return_, 5, by=farida, verified=at(3))
            data.send_back(data.figure(return_, 6, by=farida, recorded=at(4)), by=farida, sent=at(5))
        data.sent_commentary(return_, by=farida, sent=at(2))


@pytest.mark.once
def test_150_indicators_cost_as_many_queries_as_15(plan, farida):
    grow(plan, farida, [f"A{number}" for number in range(1, 16)])
    small = queries(plan)
    grow(plan, farida, [f"B{number}" for number in range(1, 136)])
    assert queries(plan) == small
    assert small <= 51
