"""A supplier's answer against those who verify, change or ask again; absences and hand-overs against each other. Each on a connection of its own."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import actions as accounts_actions
from accounts.models import Absence, Mail
from indicators import actions
from indicators.models import Confirmation, Figure, Lead, Return, Round, Verification
from lib.editing import Stale
from tests.factories import UserFactory
from tests.factories.indicators import LeadFactory, ReturnFactory, RoundFactory, sent
from tests.integration.test_returns_race import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
TOM = {"to_name": "Tom Okafor", "address": "tom.okafor@example.org"}


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def lena():
    return UserFactory(name="Lena Fox", roles=["coordinator"])


def keyed(sam):
    return_ = ReturnFactory(round=Round.objects.first() or RoundFactory())
    sent(return_, supplied_by=None, supplied_by_name="Tom Okafor", recorded_by=sam)
    return return_


def asked(sam):
    return actions.ask_to_confirm(keyed(sam), **TOM, version=1, by=sam)


def again(confirmation):
    return Confirmation.objects.select_related("figure").get(pk=confirmation.pk)


def test_disputing_against_verifying(sam, lena):
    """A figure is never both disputed and verified after it: whoever comes second is told."""
    for _ in range(ROUNDS):
        confirmation = again(asked(sam))
        return_ = Return.objects.get(pk=confirmation.figure.for_return_id)
        said, verified = at_once(
            lambda one=confirmation: actions.answer(one, answer="disputed", said="It was 1,516."),
            lambda one=return_: actions.verify(one, version=1, by=lena),
        )
        refused = [outcome for outcome in (said, verified) if isinstance(outcome, ValidationError)]
        assert len(refused) == 1, (said, verified)
        is_verified = Verification.objects.filter(figure=confirmation.figure).exists()
        assert is_verified is not (again(confirmation).answer == "disputed")


def test_two_answers(sam):
    for _ in range(ROUNDS):
        confirmation = asked(sam)
        mine, theirs = again(confirmation), again(confirmation)
        outcomes = at_once(
            lambda one=mine: actions.answer(one, answer="confirmed"),
            lambda one=theirs: actions.answer(one, answer="disputed", said="No."),
        )
        refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        assert len(refused) == 1 and "answered already" in str(refused[0]), outcomes


def test_confirming_against_a_newer_figure(sam):
    """The answer counts for the figure that was looked at, or not at all."""
    for _ in range(ROUNDS):
        confirmation = again(asked(sam))
        return_ = Return.objects.get(pk=confirmation.figure.for_return_id)
        said, _ = at_once(
            lambda one=confirmation: actions.answer(one, answer="confirmed"),
            lambda one=return_: actions.submit(
                one, version=1, numerator=Decimal(7), supplied_by_name="Tom Okafor", by=sam
            ),
        )
        latest = Figure.objects.filter(for_return=return_).in_order().last()
        assert latest.numerator == Decimal(7)
        assert not latest.confirmations.exists()
        if isinstance(said, Exception):
            assert "This figure has been replaced" in str(said)


def test_asking_again_against_the_answer(sam):
    """Never an answer by a link that was no longer the newest."""
    for _ in range(ROUNDS):
        first = again(asked(sam))
        return_ = Return.objects.get(pk=first.figure.for_return_id)
        said, newer = at_once(
            lambda one=first: actions.answer(one, answer="confirmed"),
            lambda one=return_: actions.ask_to_confirm(
                one, to_name="Tom", address="tom@yot.example.org", version=1, by=sam
            ),
        )
        assert len([outcome for outcome in (said, newer) if isinstance(outcome, ValidationError)]) == 1
        assert Confirmation.objects.filter(figure=first.figure).count() == (1 if isinstance(newer, Exception) else 2)


def test_the_button_that_asks_pressed_twice_at_once(sam):
    return_ = keyed(sam)
    outcomes = at_once(*(lambda: actions.ask_to_confirm(return_, **TOM, version=1, by=sam) for _ in range(2)))
    assert outcomes[0] == outcomes[1]
    assert (Confirmation.objects.count(), Mail.objects.count()) == (1, 1)


def test_two_people_who_name_each_other(sam):
    """Their work would go round in a ring: one of them is told."""
    first, last = timezone.localdate(), timezone.localdate() + dt.timedelta(days=3)
    for _ in range(ROUNDS):
        ada, lee = UserFactory(roles=["data_lead"]), UserFactory(roles=["data_lead"])
        outcomes = at_once(
            *(
                lambda who=who, to=to: accounts_actions.set_absence(
                    who, deputy=to, starts_on=first, ends_on=last, by=who
                )
                for who, to in ((ada, lee), (lee, ada))
            )
        )
        assert len([outcome for outcome in outcomes if isinstance(outcome, ValidationError)]) == 1, outcomes
        assert Absence.objects.filter(person__in=[ada, lee]).count() == 1


def test_two_hand_overs_of_one_lead(sam):
    for _ in range(ROUNDS):
        lead = LeadFactory()
        pairs = [(Lead.objects.get(pk=lead.pk), UserFactory(roles=["data_lead"])) for _ in range(2)]
        outcomes = at_once(
            *(
                lambda one=one, to=to: actions.hand_over([(one, 1)], to=to, starts_on=timezone.localdate(), by=sam)
                for one, to in pairs
            )
        )
        refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        assert len(refused) == 1 and isinstance(refused[0], Stale), outcomes
        assert Lead.objects.filter(indicator=lead.indicator, ends_on__isnull=True).count() == 1
