"""Two coordinators who change how one series is read at the same moment, over two connections."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AuditEvent
from indicators import actions
from indicators.models import Indicator, Rebase
from tests.factories import UserFactory
from tests.factories.indicators import Q4, IndicatorFactory, RebaseFactory, ReturnFactory, RoundFactory, verified
from tests.integration.test_returns_race import ROUNDS, at_once, both_have_looked, one_won, posted_twice

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

__all__ = ["both_have_looked"]  # the fixture
SAID = {"reason": "Weekend patrols began", "approved_by": "CSP Executive"}
TODAY = dt.date(2018, 5, 10)
# What the loser hears: the first when it read before the winner wrote, the second when it looked in between.
TOLD = ("This indicator has been changed since you opened it", "The usual range starts afresh in 2017-18 Q4 already")


def lost(outcomes: list[object]) -> bool:
    """Exactly one went through, and the other was told why not."""
    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(outcome, ValidationError) for outcome in refused), refused
    return len(refused) == 1 and any(sentence in str(refused[0]) for sentence in TOLD)


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def indicator():
    made = IndicatorFactory()
    for quarter in Q4.back_to(2):
        verified(ReturnFactory(indicator=made, round=RoundFactory(quarter=quarter)), 100)
    return made


def test_a_fresh_start_asked_for_twice_is_made_once(indicator, sam):
    for _ in range(ROUNDS):
        both = [Indicator.objects.get(pk=indicator.pk) for _ in range(2)]
        outcomes = at_once(
            *(
                lambda one=one: actions.add_rebase(one, starts=Q4, **SAID, today=TODAY, version=one.version, by=sam)
                for one in both
            )
        )
        assert lost(outcomes)
        rebase = Rebase.objects.standing().select_related("indicator").get()
        actions.withdraw_rebase(rebase, version=rebase.indicator.version, by=sam)


def test_the_loser_of_two_forms_gets_the_sentence(indicator, sam, both_have_looked):
    both_have_looked("add_rebase")
    typed = {"version": "1", "starts": Q4.slug, **SAID}
    answers = posted_twice(sam, reverse("indicators:rebase-add", args=[indicator.slug]), typed)
    assert sorted(answer.status_code for answer in answers) == [200, 302], answers
    [told] = [answer.content.decode() for answer in answers if answer.status_code == 200]
    assert any(sentence in told for sentence in TOLD)
    assert Rebase.objects.standing().count() == 1
    assert AuditEvent.objects.filter(kind="rebase_added").count() == 1


def test_a_note_against_taking_back_a_fresh_start(indicator, sam):
    """Whichever comes first, the other is told: both change how one series is read."""
    for _ in range(ROUNDS):
        standing = Rebase.objects.standing().first() or RebaseFactory(indicator=indicator, starts=Q4)
        mine = Indicator.objects.get(pk=indicator.pk)
        theirs = Rebase.objects.select_related("indicator").get(pk=standing.pk)
        outcomes = at_once(
            lambda mine=mine: actions.add_note(
                mine, on=TODAY, words=f"Note {mine.version}", today=TODAY, version=mine.version, by=sam
            ),
            lambda theirs=theirs: actions.withdraw_rebase(theirs, version=theirs.indicator.version, by=sam),
        )
        assert one_won(outcomes)


def test_the_database_keeps_the_promise_too(indicator):
    RebaseFactory(indicator=indicator, starts=Q4)
    with pytest.raises(IntegrityError, match="one_standing_rebase"), transaction.atomic():
        RebaseFactory(indicator=indicator, starts=Q4)
