"""Whoever keyed a figure answers no link for its supplier; once the supplier has confirmed, they may verify it, and others are sent to them."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from indicators import actions, eyes
from indicators.models import Confirmation
from tests.factories import UserFactory
from tests.factories.collecting import ConfirmationFactory
from tests.factories.indicators import ReturnFactory, sent

pytestmark = pytest.mark.django_db


def test_who_keyed_it_and_is_no_coordinator_can_not_answer_either():
    farida, sam = UserFactory(name="Farida Begum", roles=["data_lead"]), UserFactory(roles=["coordinator"])
    return_ = ReturnFactory()
    sent(return_, supplied_by=None, supplied_by_name="Tom Okafor", recorded_by=farida)
    asked = actions.ask_to_confirm(return_, to_name="Tom Okafor", address="tom@example.org", version=1, by=sam)
    with pytest.raises(ValidationError, match="You are signed in as Farida Begum. Only Tom Okafor can answer"):
        actions.answer(asked, answer="confirmed", by=farida)
    assert Confirmation.objects.get().answer == ""


def test_a_supplier_who_confirmed_is_sent_to_whoever_keyed_it():
    lena, sam = (UserFactory(name=name, roles=["coordinator"]) for name in ("Lena Fox", "Sam Carrick"))
    figure = sent(ReturnFactory(), supplied_by=lena, recorded_by=sam)
    verifiers = eyes.verifiers(timezone.localdate())
    assert verifiers.besides(figure) == ""
    ConfirmationFactory(figure=figure, answer="confirmed", answered_at=timezone.now())
    assert verifiers.besides(figure) == "Sam Carrick"
    assert verifiers.refusal(figure, sam) == ""
    assert verifiers.refusal(figure, lena) == "You gave this figure, so somebody else must verify it: ask Sam Carrick."
