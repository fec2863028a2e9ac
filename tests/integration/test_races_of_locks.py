"""Whoever takes several rows takes them in one order, by id: nobody waits for somebody who waits for them.

Each test holds a row in the middle until both acts wait, one for it and the other for it or for the first. Had they taken the rows from
opposite ends, one of them would die of a deadlock as soon as it is let go.
"""

import datetime as dt
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import timezone

from indicators import actions
from indicators.models import Return, Revision, Round, Verification
from indicators.revisable import Revised
from tests.factories import UserFactory
from tests.factories.indicators import Q4, IndicatorFactory, ReturnFactory, RoundFactory, sent, verified
from tests.integration.test_returns_race import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

WAITING = "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def lena():
    return UserFactory(name="Lena Fox", roles=["coordinator"])


@pytest.fixture
def farida():
    return UserFactory(name="Farida Begum", roles=["data_lead"])


def held_up(row: models.Model, *acts: Callable[[], object]) -> list[object]:
    """Run the acts at once while nobody can take this row, and let it go when all of them wait. None may die."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
            going = pool.submit(at_once, *acts)
            until = time.monotonic() + 20
            while _waiting() < len(acts) and time.monotonic() < until:
                time.sleep(0.02)
            assert _waiting() == len(acts)
        outcomes = going.result(60)
    died = [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, ValidationError)]
    assert not died, died
    return outcomes


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0]


@pytest.fixture
def series(farida):
    """Six quarters of one indicator with a verified figure each. Rounds and returns were made in other orders than that of time."""
    indicator = IndicatorFactory()
    rounds = {quarter: RoundFactory(quarter=quarter) for quarter in sorted(Q4.back_to(6), reverse=True)}
    for quarter in [*sorted(rounds)[3:], *sorted(rounds)[:3]]:
        verified(ReturnFactory(indicator=indicator, round=rounds[quarter]), 100)
    return indicator


def revised(indicator, farida) -> Revision:
    returns = Return.objects.filter(indicator=indicator).select_related("round", "indicator")
    changes = [Revised(one, one.version, Decimal(101)) for one in returns]
    return actions.revise(indicator, changes=changes, reason="Checked at the source", supplied_by=farida, by=farida)


def longer(returns, by) -> list[Return]:
    return actions.extend(returns, until=timezone.localdate() + dt.timedelta(days=9), reason="Their system.", by=by)


def middle(rows):
    return rows[len(rows) // 2]


def test_two_verify_the_same_from_opposite_ends(sam, lena):
    round_ = RoundFactory()
    for _ in range(5):
        sent(ReturnFactory(round=round_))
    returns = list(Return.objects.select_related("round", "indicator").order_by("pk"))
    mine, theirs = ([(one, one.version) for one in rows] for rows in (returns, list(reversed(_copies()))))
    outcomes = held_up(
        middle(returns),
        lambda: actions.verify_several(mine, by=sam),
        lambda: actions.verify_several(theirs, by=lena),
    )
    assert sorted(len(one.verified) for one in outcomes) == [0, 5]
    assert sorted(len(one.refused) for one in outcomes) == [0, 5]
    assert Verification.objects.count() == 5


def _copies() -> list[Return]:
    return list(Return.objects.select_related("round", "indicator").order_by("pk"))


def test_a_revision_is_given_while_others_are_given_longer(series, sam, farida):
    """Both take the quarters."""
    rounds = list(Round.objects.order_by("pk"))
    due = [ReturnFactory(round=round_) for round_ in rounds]
    outcomes = held_up(middle(rounds), lambda: revised(series, farida), lambda: longer(due, sam))
    assert isinstance(outcomes[0], Revision)
    assert len(outcomes[1]) == 6


def test_a_revision_is_given_while_the_one_before_is_verified(series, lena, farida):
    """Both take the returns, of quarters that were not opened in the order in which the returns were made."""
    first, returns = revised(series, farida), _copies()
    outcomes = held_up(
        middle(returns), lambda: revised(series, farida), lambda: actions.verify_revision(first, by=lena)
    )
    assert sum(isinstance(one, Exception) for one in outcomes) <= 1  # one after the other, both are taken


def test_a_revision_is_verified_while_its_returns_are_held(series, sam, lena, farida):
    revision, returns = revised(series, farida), _copies()
    outcomes = held_up(
        middle(returns), lambda: actions.verify_revision(revision, by=lena), lambda: longer(returns, sam)
    )
    assert [one.figure.for_return.round.quarter for one in outcomes[0]] == sorted(Q4.back_to(6))
    assert isinstance(outcomes[1], ValidationError)
