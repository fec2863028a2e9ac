"""A quarter's dates, its closing, and more time for one owner, at the same moment over two connections."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from indicators import actions
from indicators.models import Figure, Return, Round
from lib.editing import Stale
from tests.factories import UserFactory
from tests.factories.indicators import ReturnFactory, RoundFactory
from tests.integration.test_returns_race import ROUNDS, at_once, one_won

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

DAYS = {
    "opens_on": dt.date(2018, 4, 3),
    "due_on": dt.date(2018, 4, 26),
    "verify_by": dt.date(2018, 5, 3),
    "commentary_due_on": dt.date(2018, 5, 8),
    "closes_on": dt.date(2018, 5, 10),
}
MEETING, LATER = dt.date(2018, 5, 24), dt.date(2018, 5, 31)


@pytest.fixture
def sam(transactional_db):
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def held() -> Round:
    Round.objects.all().delete()
    return RoundFactory(**DAYS, executive_meets_on=MEETING)


def change(pk, by, **changes):
    said = {**DAYS, "executive_meets_on": MEETING, "version": 1} | changes
    return lambda: actions.change_dates(Round.objects.get(pk=pk), **said, by=by)


def test_two_coordinators_change_the_dates(sam):
    for _ in range(ROUNDS):
        pk = held().pk
        days = (dt.date(2018, 5, 11), dt.date(2018, 5, 14))
        assert one_won(at_once(*(change(pk, sam, closes_on=day) for day in days)))
        assert Round.objects.get().closes_on in days


def test_changing_the_dates_against_moving_the_meeting(sam):
    """A date set by hand at the same moment is never moved after it was saved."""
    for _ in range(ROUNDS):
        pk = held().pk
        changed, moved = at_once(
            change(pk, sam, closes_on=dt.date(2018, 5, 18)),
            lambda pk=pk: actions.reschedule(Round.objects.get(pk=pk), executive_meets_on=LATER, by=sam),
        )
        assert isinstance(moved, Round), moved
        stands = Round.objects.get()
        if isinstance(changed, Stale):
            assert (stands.closes_on, stands.set_by_hand) == (dt.date(2018, 5, 16), [])
        else:
            assert (stands.closes_on, stands.set_by_hand) == (dt.date(2018, 5, 18), ["closes_on"])
        assert (stands.due_on, stands.executive_meets_on) == (dt.date(2018, 5, 2), LATER)


def test_changing_the_dates_against_closing(sam):
    for _ in range(ROUNDS):
        pk = held().pk
        outcomes = at_once(
            change(pk, sam, closes_on=dt.date(2018, 5, 11)),
            lambda pk=pk: actions.close_round(Round.objects.get(pk=pk), version=1, by=sam),
        )
        assert sum(isinstance(outcome, ValidationError) for outcome in outcomes) == 1
        stands = Round.objects.get()
        assert stands.is_closed != (stands.closes_on == dt.date(2018, 5, 11))


def test_more_time_against_sending_the_figure(sam):
    """Either comes first: no figure is lost, and what has been sent is given no more time."""
    farida = UserFactory(roles=["data_lead"])
    until = timezone.localdate() + dt.timedelta(days=7)
    round_ = RoundFactory()
    for _ in range(ROUNDS):
        return_ = ReturnFactory(round=round_)
        mine = Return.objects.get(pk=return_.pk)
        sent, extended = at_once(
            lambda mine=mine: actions.submit(mine, version=1, numerator=Decimal(5), supplied_by=farida, by=farida),
            lambda return_=return_: actions.extend([return_], until=until, reason="Asked.", by=sam),
        )
        assert isinstance(sent, Figure), sent
        stands = Return.objects.get(pk=return_.pk)
        assert stands.status == Return.Status.SUBMITTED
        assert (stands.extended_to is None) == isinstance(extended, ValidationError), extended
        Return.objects.filter(pk=return_.pk).update(extended_to=None)
