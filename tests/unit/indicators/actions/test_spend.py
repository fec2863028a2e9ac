"""Spend is asked for from one quarter to another: in open rounds, in closed ones for a while yet, and nowhere else."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from accounts import audit
from indicators import actions, giving, work
from indicators.actions import sets, spend
from indicators.models import Commentary, Figure, Indicator, Return
from lib.quarters import Quarter, Year
from tests.factories import OrganisationFactory, UserFactory
from tests.factories.indicators import (
    IndicatorFactory,
    LeadFactory,
    ReturnFactory,
    RoundFactory,
    TargetFactory,
    sent,
    verified,
)
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db

Q1, Q2, Q3, Q4 = Year.parse("2017-18").quarters
NEXT = Quarter.parse("2018-19-q1")
BECAUSE = "The provider left."


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def farida():
    return UserFactory(name="Farida Begum", roles=["data_lead"])


@pytest.fixture
def today(monkeypatch):
    """Thursday 26 April 2018."""
    monkeypatch.setattr(timezone, "localdate", lambda *given: given[0].date() if given else dt.date(2018, 4, 26))


def closed(quarter):
    return RoundFactory(quarter=quarter, closed_at=dt.datetime(2018, 2, 15, 9, tzinfo=dt.UTC))


def start(by, first=Q1, last=NEXT):
    return spend.start(
        slug="prison-exit-team",
        name="Spend: Prison Exit Team",
        owner=OrganisationFactory(),
        asked_from=first,
        asked_until=last,
        by=by,
    )


def change(indicator, by, first=Q1, last=Q3):
    return spend.change(indicator, asked_from=first, asked_until=last, because=BECAUSE, by=by)


def states(indicator):
    return {r.round.quarter: r.status for r in Return.objects.filter(indicator=indicator).select_related("round")}


class TestStart:
    def test_what_it_is(self, sam):
        indicator = start(sam)
        assert (indicator.slug, indicator.name) == ("spend-prison-exit-team", "Spend: Prison Exit Team")
        assert indicator.is_spend
        assert indicator.is_amount
        assert not (indicator.is_count or indicator.is_share)
        assert not indicator.targets.exists()
        assert not indicator.placements.exists()

    def test_open_rounds_ask_for_it_at_once_without_words(self, sam):
        RoundFactory(quarter=Q4)
        indicator = start(sam)
        return_ = Return.objects.get()
        assert (return_.indicator, return_.status, return_.extended_to) == (indicator, "due", None)
        assert Commentary.objects.get().due_on is None

    @pytest.mark.parametrize(
        ("first", "last", "asked"),
        [
            (Q2, Q3, [Q2, Q3]),
            (Q2, Q2, [Q2]),
            (Q3, None, [Q3, Q4]),
            (Quarter.parse("2016-17-q4"), Q1, [Q1]),  # 31 March and 1 April lie in different quarters
            (NEXT, None, []),
        ],
    )
    def test_only_the_quarters_from_one_to_another(self, sam, first, last, asked):
        for quarter in (Q1, Q2, Q3, Q4):
            RoundFactory(quarter=quarter)
        assert sorted(states(start(sam, first, last))) == asked

    def test_a_closed_quarter_takes_it_for_ten_working_days_more(self, sam, farida, today):
        closed(Q3)
        start(sam)
        return_ = Return.objects.get()
        assert return_.extended_to == dt.date(2018, 5, 11)  # the early May bank holiday is no working day
        actions.submit(return_, version=1, numerator=Decimal("1234.50"), supplied_by=farida, by=farida)
        assert Return.objects.get().status == "submitted"

    def test_and_no_longer(self, sam, farida, today, monkeypatch):
        closed(Q3)
        start(sam)
        monkeypatch.setattr(timezone, "localdate", lambda *given: given[0].date() if given else dt.date(2018, 5, 12))
        with pytest.raises(ValidationError, match="2017-18 Q3 is closed"):
            actions.submit(Return.objects.get(), version=1, numerator=Decimal(1), supplied_by=farida, by=farida)

    def test_rounds_opened_later_ask_for_it(self, sam):
        PlanFactory()
        TargetFactory(year=Q4.year)
        indicator = start(sam, last=Q4)
        for quarter, asked in ((Q4, 2), (Quarter.parse("2016-17-q4"), 1)):
            if quarter != Q4:
                TargetFactory(year=quarter.year)
            days = {"opens_on": quarter.end, "due_on": quarter.end + dt.timedelta(days=20)}
            days |= {"verify_by": days["due_on"], "closes_on": days["due_on"], "commentary_due_on": days["due_on"]}
            round_ = actions.open_round(quarter, **days, by=sam)
            assert round_.returns.count() == asked, quarter
        assert list(states(indicator)) == [Q4]
        words = Commentary.objects.filter(for_return__round__quarter=Q4)
        assert {one.for_return.indicator.is_spend: one.due_on is None for one in words} == {True: True, False: False}

    def test_the_trail_says_which_quarters(self, sam):
        (line,) = audit.lines(audit.history(start(sam)))
        assert line.changes == ["Quarters: 2017-18 Q1 to 2018-19 Q1"]


class TestChange:
    def test_what_is_out_and_falls_out_is_settled_with_the_reason(self, sam, farida):
        indicator = start(sam)
        for quarter in (Q3, Q4, NEXT):
            ReturnFactory(indicator=indicator, round=RoundFactory(quarter=quarter))
        draft = Return.objects.get(round__quarter=NEXT)
        actions.save_draft(draft, typed={"number": "£12"}, version=1, by=farida)
        change(indicator, sam)
        assert states(indicator) == {Q3: "due", Q4: "missing", NEXT: "missing"}
        out = Return.objects.get(round__quarter=NEXT)
        assert (out.missing_reason, out.missing_note, out.draft) == ("not_collected", BECAUSE, {})
        assert [line.comment for line in audit.history(out).filter(kind="spend_not_asked")] == [BECAUSE]

    def test_what_a_partner_was_to_send_is_not_awaited_either(self, sam, farida):
        indicator = start(sam)
        return_ = ReturnFactory(indicator=indicator, round=RoundFactory(quarter=Q4))
        day = dt.date(2018, 5, 18)
        actions.say_missing(return_, reason="awaiting_partner", expected_on=day, version=1, by=farida)
        change(indicator, sam)
        out = Return.objects.get()
        assert (out.status, out.missing_reason, out.missing_note, out.expected_on) == (
            "missing",
            "not_collected",
            BECAUSE,
            None,
        )

    @pytest.mark.parametrize("give", [sent, verified])
    def test_refused_where_an_amount_was_given_outside(self, sam, give):
        indicator = start(sam)
        for quarter in (Q3, Q4, NEXT):
            give(ReturnFactory(indicator=indicator, round=RoundFactory(quarter=quarter)), "12.50")
        with pytest.raises(ValidationError, match="Spend has been given for 2017-18 Q4 and 2018-19 Q1"):
            change(indicator, sam)
        held = Indicator.objects.get(pk=indicator.pk)
        assert (held.asked_until, held.version) == (NEXT, 1)

    def test_nothing_given_as_well_counts_as_given(self, sam):
        indicator = start(sam)
        verified(ReturnFactory(indicator=indicator, round=RoundFactory(quarter=Q4)), "0")
        with pytest.raises(ValidationError, match="2017-18 Q4"):
            change(indicator, sam)

    def test_widened_again_it_is_due_again(self, sam):
        RoundFactory(quarter=Q4)
        indicator = start(sam)
        change(indicator, sam)
        change(indicator, sam, last=Q4)
        return_ = Return.objects.get()
        assert (return_.status, return_.missing_reason, return_.missing_note) == ("due", "", "")
        assert audit.history(return_).filter(kind="spend_asked_again").exists()

    def test_also_in_a_quarter_that_was_closed_meanwhile(self, sam, today):
        round_ = RoundFactory(quarter=Q4)
        indicator = start(sam)
        change(indicator, sam)
        actions.close_round(round_, version=1, by=sam)
        change(indicator, sam, last=Q4)
        assert Return.objects.get().stays_open(dt.date(2018, 5, 11))
        assert not Return.objects.get().stays_open(dt.date(2018, 5, 12))

    def test_what_its_lead_said_is_not_collected_stays_so(self, sam, farida):
        RoundFactory(quarter=Q3)
        indicator = start(sam)
        actions.say_missing(Return.objects.get(), reason="not_collected", version=1, by=farida)
        change(indicator, sam, last=Q4)
        assert states(indicator) == {Q3: "missing"}

    def test_earlier_quarters_are_asked_for_where_they_were_opened(self, sam, today):
        closed(Q2)
        RoundFactory(quarter=Q3)
        indicator = start(sam, first=Q3)
        change(indicator, sam, first=Q2)
        assert states(indicator) == {Q2: "due", Q3: "due"}
        assert Return.objects.get(round__quarter=Q2).extended_to == dt.date(2018, 5, 11)

    def test_the_same_again_leaves_no_trace(self, sam):
        indicator = start(sam)
        change(indicator, sam, last=NEXT)
        assert Indicator.objects.get().version == 1
        assert audit.history(indicator).count() == 1

    def test_a_first_quarter_after_the_last_is_refused_by_the_database(self, sam):
        indicator = start(sam)
        with pytest.raises(IntegrityError, match="spend_is_asked_until_no_earlier_than_from"):
            change(indicator, sam, first=Q4, last=Q3)


class TestGiving:
    @pytest.mark.parametrize(
        ("quarter", "sentence"),
        [
            (
                Q1,
                "No spend is taken for 2017-18 Q1: that of Prison Exit Team is asked for from 2017-18 Q2 on. "
                "If it was spent earlier, the partnership team can change when it starts.",
            ),
            (Q2, ""),
            (Q3, ""),
            (
                Q4,
                "No spend is taken for 2017-18 Q4: that of Prison Exit Team was asked for until 2017-18 Q3. "
                "If something is still to come, restate the figure of 2017-18 Q3.",
            ),
        ],
    )
    def test_outside_its_quarters_it_is_refused_with_what_to_do(self, sam, farida, quarter, sentence):
        indicator = start(sam, first=Q2, last=Q3)
        return_ = ReturnFactory(indicator=indicator, round=RoundFactory(quarter=quarter))
        assert giving.why_not_asked(indicator, quarter) == sentence
        for by in (farida, sam):  # the partnership team on somebody's behalf as well
            said = {"version": Return.objects.get().version, "numerator": Decimal("5.25"), "supplied_by": farida}
            if not sentence:
                actions.submit(Return.objects.get(), **said, by=by)
                continue
            with pytest.raises(ValidationError) as refusal:
                actions.submit(return_, **said, by=by)
            assert refusal.value.messages == [sentence]
        assert Figure.objects.exists() == (not sentence)

    def test_neither_a_draft_nor_a_reason_is_taken_there(self, sam, farida):
        indicator = start(sam, first=Q2)
        return_ = ReturnFactory(indicator=indicator, round=RoundFactory(quarter=Q1))
        with pytest.raises(ValidationError, match="No spend is taken"):
            actions.save_draft(return_, typed={"number": "1"}, version=1, by=farida)
        with pytest.raises(ValidationError, match="No spend is taken"):
            actions.say_missing(return_, reason="source_lag", version=1, by=farida)

    def test_a_verified_one_is_restated_also_once_the_quarter_is_closed(self, sam, farida):
        return_ = ReturnFactory(indicator=start(sam, last=Q3), round=closed(Q3))
        verified(return_, "12.50", supplied_by=farida)
        because = {"restates": "correction", "restated_because": "An invoice was missing."}
        actions.submit(return_, version=1, numerator=Decimal("62.50"), supplied_by=farida, by=farida, **because)
        assert [str(figure.numerator) for figure in Figure.objects.in_order()] == ["12.5000", "62.5000"]
        assert all(figure.is_amount for figure in Figure.objects.all())

    @pytest.mark.parametrize(
        ("numbers", "sentence"),
        [
            ({"numerator": Decimal("-0.01")}, "A figure can’t be less than 0."),
            (
                {"numerator": Decimal("12.345")},
                "Give pounds and pence for Spend: Prison Exit Team, with at most two figures after the point.",
            ),
            (
                {"numerator": Decimal("0.0001")},
                "Give pounds and pence for Spend: Prison Exit Team, with at most two figures after the point.",
            ),
            (
                {"numerator": Decimal(10**9)},
                "The amount for Spend: Prison Exit Team must be less than a billion pounds.",
            ),
            ({}, "Give one amount for Spend: Prison Exit Team."),
            ({"stated_percentage": Decimal(5)}, "Give one amount for Spend: Prison Exit Team."),
            ({"numerator": Decimal(5), "denominator": Decimal(9)}, "Give one amount for Spend: Prison Exit Team."),
        ],
    )
    def test_what_is_no_amount(self, sam, farida, numbers, sentence):
        return_ = ReturnFactory(indicator=start(sam), round=RoundFactory(quarter=Q3))
        with pytest.raises(ValidationError) as refusal:
            actions.submit(return_, version=1, supplied_by=farida, by=farida, **numbers)
        assert refusal.value.messages == [sentence]


class TestSets:
    def test_it_is_added_to_no_set_and_has_no_target(self, sam):
        PlanFactory()
        indicator = start(sam)
        sentence = "Spend: Prison Exit Team is in no year’s set and has no target: it is asked for by its own quarters"
        with pytest.raises(ValidationError, match=sentence):
            actions.add_to_set(indicator, year=Year(2017), reason="Why not", version=1, by=sam)
        with pytest.raises(ValidationError, match=sentence):
            actions.set_target(indicator, year=Year(2017), rule="none", reason="Why not", version=1, by=sam)
        assert not indicator.targets.exists()

    def test_a_set_is_taken_over_without_it(self, sam):
        target = TargetFactory(year=Year(2017))
        IndicatorFactory(spend=True)
        assert sets.take_over(Year(2018), of=Year(2017), by=sam) == [target.indicator]


def test_the_name_and_the_owner_follow_what_it_is_for(sam):
    indicator, owner = start(sam), OrganisationFactory(name="Probation")
    spend.rename(indicator, name="Spend: Gateway Service", owner=owner, by=sam)
    held = Indicator.objects.get()
    assert (held.name, held.owner, held.slug) == ("Spend: Gateway Service", owner, "spend-prison-exit-team")
    version = held.version
    spend.rename(held, name="Spend: Gateway Service", owner=owner, by=sam)
    assert Indicator.objects.get().version == version


def test_what_is_owed_is_said_as_spend_and_no_words_are_owed(sam, farida):
    indicator = start(sam)
    LeadFactory(indicator=indicator, user=farida)
    LeadFactory(indicator=indicator, user=UserFactory(roles=["commentary_lead"]), duty="commentary")
    return_ = ReturnFactory(indicator=indicator, round=RoundFactory(quarter=Q4))
    Commentary.objects.filter(for_return=return_).update(due_on=None)
    assert [(one.person_id, one.what) for one in work.owed(return_.round.due_on)] == [
        (farida.pk, "Spend of Prison Exit Team, 2017-18 Q4")
    ]
