"""The quarters in which spend is asked for change while an amount is sent, revised or asked for, over connections of their own."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from indicators import actions
from indicators.actions import spend
from indicators.models import Figure, Indicator, Return, Round
from indicators.revisable import Revised
from lib.quarters import Quarter, Year
from tests.factories import OrganisationFactory, UserFactory
from tests.factories.indicators import IndicatorFactory, ReturnFactory, RoundFactory, TargetFactory, verified
from tests.factories.priorities import PlanFactory
from tests.integration.test_returns_race import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

Q1, Q2, Q3, Q4 = Year.parse("2017-18").quarters


@pytest.fixture
def sam(transactional_db):
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def farida(transactional_db):
    return UserFactory(name="Farida Begum", roles=["data_lead"])


def until(indicator, last, by):
    return lambda: spend.change(indicator, asked_from=Q1, asked_until=last, because="It ended.", by=by)


def of_project(number):
    return IndicatorFactory(spend=True, name=f"Spend: Project {number}", asked_until=Q4)


def test_an_amount_is_sent_for_a_quarter_that_falls_out(sam, farida):
    """Either the amount is recorded and the change refused, or the change wins and the amount is refused."""
    round_ = RoundFactory(quarter=Q4)
    for number in range(ROUNDS):
        return_ = ReturnFactory(indicator=of_project(number), round=round_)
        mine = Return.objects.select_related("indicator", "round").get(pk=return_.pk)
        changed, sent = at_once(
            until(return_.indicator, Q3, sam),
            lambda mine=mine: actions.submit(
                mine, version=1, numerator=Decimal("12.34"), supplied_by=farida, by=farida
            ),
        )
        held, stands = Indicator.objects.get(pk=return_.indicator_id), Return.objects.get(pk=return_.pk)
        if isinstance(sent, Figure):
            assert isinstance(changed, ValidationError), changed
            assert "Spend has been given for 2017-18 Q4" in changed.messages[0]
            assert (held.asked_until, stands.status) == (Q4, "submitted")
        else:
            assert isinstance(sent, ValidationError), sent
            assert isinstance(changed, Indicator), changed
            assert (held.asked_until, stands.status) == (Q3, "missing")
            assert not Figure.objects.filter(for_return=return_).exists()


def test_a_draft_is_saved_for_a_quarter_that_falls_out(sam, farida):
    round_ = RoundFactory(quarter=Q4)
    for number in range(ROUNDS):
        return_ = ReturnFactory(indicator=of_project(number), round=round_)
        mine = Return.objects.select_related("indicator", "round").get(pk=return_.pk)
        changed, _ = at_once(
            until(return_.indicator, Q3, sam),
            lambda mine=mine: actions.save_draft(mine, typed={"number": "12"}, version=1, by=farida),
        )
        assert isinstance(changed, Indicator), changed
        stands = Return.objects.get(pk=return_.pk)
        assert (stands.status, stands.draft) == ("missing", {})


def test_a_revision_of_other_quarters_waits_and_goes_through(sam, farida):
    """A revision names its series before it holds its quarters, a change the other way round: neither waits for the other for ever."""
    rounds = [RoundFactory(quarter=quarter) for quarter in (Q1, Q2)]
    about = {"supplied_by": farida, "source": "", "extracted_on": None, "is_provisional": False}
    for number in range(ROUNDS):
        indicator = of_project(number)
        returns = [ReturnFactory(indicator=indicator, round=round_) for round_ in rounds]
        for return_ in returns:
            verified(return_, "100", supplied_by=farida)
        changes = [Revised(return_, return_.version, numerator=Decimal("100.10")) for return_ in returns]
        outcomes = at_once(
            until(indicator, Q3, sam),
            lambda indicator=indicator, changes=changes: actions.revise(
                indicator, changes=changes, reason="Late invoices.", by=farida, **about
            ),
        )
        assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
        assert Figure.objects.filter(for_return__indicator=indicator).count() == 4


def test_a_quarter_is_opened_while_spend_begins_to_be_asked_for(sam):
    """Whoever comes first, the quarter asks for it once."""
    PlanFactory()
    owner = OrganisationFactory()
    for number, quarter in enumerate((*Year.parse("2017-18").quarters, *Year.parse("2018-19").quarters)):
        TargetFactory(year=quarter.year)
        day = quarter.end + dt.timedelta(days=20)
        days = dict.fromkeys(("due_on", "verify_by", "closes_on", "commentary_due_on"), day)
        outcomes = at_once(
            lambda quarter=quarter, days=days: actions.open_round(quarter, opens_on=quarter.end, **days, by=sam),
            lambda number=number, quarter=quarter: spend.start(
                slug=f"project-{number}",
                name=f"Spend: Project {number}",
                owner=owner,
                asked_from=quarter,
                asked_until=quarter,
                by=sam,
            ),
        )
        assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
        asked = Return.objects.filter(indicator__slug=f"spend-project-{number}")
        assert [one.round.quarter for one in asked.select_related("round")] == [quarter]


def test_closing_against_changing_against_a_set_that_grows(sam):
    """Three that hold plans, rounds and indicators in their own ways: none fails for another."""
    PlanFactory()
    for number in range(ROUNDS):
        round_ = Round.objects.filter(quarter=Q4).first() or RoundFactory(quarter=Q4)
        Round.objects.filter(pk=round_.pk).update(closed_at=None, closed_by=None)
        version = Round.objects.get(pk=round_.pk).version
        measure, indicator = IndicatorFactory(), of_project(number)
        outcomes = at_once(
            lambda round_=round_, version=version: actions.close_round(
                Round.objects.get(pk=round_.pk), version=version, by=sam
            ),
            until(indicator, Quarter.parse("2018-19-q1"), sam),
            lambda measure=measure: actions.add_to_set(measure, year=Year(2017), reason="Asked for", version=1, by=sam),
        )
        assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
        assert Return.objects.filter(indicator=indicator, round=round_).count() == 1
