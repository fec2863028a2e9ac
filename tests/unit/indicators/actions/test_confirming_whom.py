"""To whom the link of a confirmation goes, and who hears that it was sent."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError

from accounts import outbox
from accounts.models import Mail
from indicators import actions
from indicators.models import Confirmation, Return
from tests.factories import UserFactory
from tests.factories.collecting import AbsenceFactory
from tests.factories.indicators import LeadFactory, ReturnFactory, sent

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2018, 5, 3, 9, 12, tzinfo=dt.UTC)
TOM = {"to_name": "Tom Okafor", "address": "tom.okafor@example.org"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", email="sam.carrick@example.org", roles=["coordinator"])


@pytest.fixture
def helen():
    return UserFactory(name="Helen Marsh", email="Helen.Marsh@example.org", roles=["data_lead"])


class TestASupplierWithAnAccount:
    @pytest.fixture
    def return_(self, sam, helen):
        return_ = ReturnFactory()
        sent(return_, supplied_by=helen, supplied_by_name="Helen Marsh, analyst", recorded_by=sam)
        return return_

    def test_is_asked_at_the_address_of_it(self, return_, sam, helen):
        asked = actions.ask_to_confirm(return_, version=1, by=sam)
        assert (asked.to_name, asked.address) == ("Helen Marsh", "helen.marsh@example.org")
        assert [(owed.to, owed.stage) for owed in Mail.objects.all()] == [(helen, "confirmation")]

    @pytest.mark.parametrize(
        "other",
        [
            {"address": "sam.at.home@example.com"},
            {"to_name": "Helen Marsh", "address": "sam.at.home@example.com"},
            {"to_name": "Sam", "address": "helen.marsh@example.org"},
            {"address": "helen.marsh+sam@example.org"},
        ],
    )
    def test_no_other_is_taken(self, return_, sam, other):
        with pytest.raises(ValidationError, match="Helen Marsh has an account, so the link goes to Helen Marsh at"):
            actions.ask_to_confirm(return_, **other, version=1, by=sam)
        assert not Confirmation.objects.exists() and not Mail.objects.exists()

    def test_their_own_said_again_is_no_other(self, return_, sam):
        said = {"to_name": " Helen  Marsh", "address": "HELEN.MARSH@example.org "}
        assert actions.ask_to_confirm(return_, **said, version=1, by=sam).address == "helen.marsh@example.org"

    def test_nobody_who_has_left_is_asked(self, return_, sam, helen):
        helen.is_active, helen.left_at = False, NOW
        helen.save()
        sentence = (
            "Helen Marsh, who gave this figure, has left and can’t be asked. Ask whoever gives it now, and key it again"
        )
        with pytest.raises(ValidationError, match=sentence):
            actions.ask_to_confirm(return_, version=1, by=sam)
        assert not Confirmation.objects.exists()

    def test_nobody_else_needs_to_hear_of_it(self, return_, sam):
        LeadFactory(indicator=return_.indicator)
        actions.ask_to_confirm(return_, version=1, by=sam)
        assert not Mail.objects.filter(stage="confirmation_asked").exists()


class TestASupplierWithoutAnAccount:
    @pytest.fixture
    def return_(self, sam):
        return_ = ReturnFactory(indicator__name="Domestic abuse reports")
        sent(return_, supplied_by=None, supplied_by_name="Tom Okafor, YOT manager", recorded_by=sam)
        return return_

    def told(self):
        return [owed.to for owed in Mail.objects.filter(stage="confirmation_asked").order_by("to__name")]

    def message(self):
        assert outbox.send(Mail.objects.get(stage="confirmation_asked").pk)
        return mail.outbox[-1]

    def test_the_data_leads_hear_of_whom_it_was_asked(self, return_, sam, helen):
        LeadFactory(indicator=return_.indicator, user=helen)
        LeadFactory()  # of another indicator
        actions.ask_to_confirm(return_, **TOM, version=1, by=sam)
        message = self.message()
        assert message.to == ["Helen.Marsh@example.org"]
        for said in (message.body, message.alternatives[0][0]):
            assert "Tom Okafor (tom.okafor@example.org)" in said
            assert "Sam Carrick" in said and "Domestic abuse reports" in said and "1,561" in said
            assert f"/returns/{return_.pk}/" in said
            assert "/confirm/" not in said  # only the supplier gets the link

    def test_of_a_restricted_indicator_it_names_neither_indicator_nor_figure(self, sam, helen):
        return_ = ReturnFactory(indicator__is_restricted=True, indicator__name="Referrals to a small service")
        sent(return_, 12, supplied_by=None, supplied_by_name="Tom Okafor", recorded_by=sam)
        LeadFactory(indicator=return_.indicator, user=helen)
        actions.ask_to_confirm(return_, **TOM, version=1, by=sam)
        message = self.message()
        for said in (message.subject, message.body, message.alternatives[0][0]):
            assert "Referrals" not in said and " 12" not in said
        assert "an indicator that is restricted" in message.body

    def test_not_whoever_keyed_it_asks_or_is_asked(self, sam, helen):
        return_ = ReturnFactory()
        ada = UserFactory(roles=["data_lead"])
        tom = UserFactory(email="Tom.Okafor@example.org", roles=["data_lead"])
        sent(return_, supplied_by=None, supplied_by_name="Tom Okafor", recorded_by=ada)
        for lead in (ada, sam, tom, helen):
            LeadFactory(indicator=return_.indicator, user=lead)
        actions.ask_to_confirm(return_, **TOM, version=1, by=sam)
        assert self.told() == [helen]

    def test_who_stands_in_hears_of_it_instead(self, return_, sam, helen):
        LeadFactory(indicator=return_.indicator, user=helen)
        days = {"starts_on": dt.date(2018, 5, 1), "ends_on": dt.date(2018, 5, 31)}
        absence = AbsenceFactory(person=helen, **days)
        actions.ask_to_confirm(return_, **TOM, version=1, by=sam)
        assert self.told() == [absence.deputy]

    def test_they_hear_of_it_also_once_it_was_answered_and_verified(self, return_, sam, helen):
        LeadFactory(indicator=return_.indicator, user=helen)
        asked = actions.ask_to_confirm(return_, **TOM, version=1, by=sam)
        actions.answer(asked, answer="confirmed")
        actions.verify(Return.objects.get(), version=1, by=sam)
        assert "Tom Okafor" in self.message().body

    def test_nothing_once_another_figure_was_keyed(self, return_, sam, helen):
        LeadFactory(indicator=return_.indicator, user=helen)
        actions.ask_to_confirm(return_, **TOM, version=1, by=sam)
        actions.submit(return_, version=1, numerator=Decimal(7), supplied_by_name="Tom Okafor", by=sam)
        assert not outbox.send(Mail.objects.get(stage="confirmation_asked").pk)
        assert mail.outbox == []
