"""Who hears what a supplier answered, by mail and on their home page."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core import mail

from accounts import outbox
from accounts.models import Mail
from indicators import actions, confirming
from indicators.models import Return
from reporting.home_page import home_page
from tests.factories import UserFactory
from tests.factories.collecting import ConfirmationFactory
from tests.factories.indicators import PlacementFactory, ReturnFactory, RoundFactory, sent

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2018, 5, 3, 9, 12, tzinfo=dt.UTC)
TODAY = dt.date(2018, 5, 3)
GRACE = {"to_name": "Grace Oduya", "address": "grace.oduya@example.org"}
NO = "It was 12, and the other 9 are <last> year’s."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", email="sam.carrick@example.org", roles=["coordinator"])


@pytest.fixture
def lena():
    return UserFactory(name="Lena Fox", email="lena.fox@example.org", roles=["coordinator"])


def asked_of_grace(by, **indicator):
    return_ = ReturnFactory(**{f"indicator__{name}": value for name, value in indicator.items()})
    sent(return_, 21, supplied_by=None, supplied_by_name="Grace Oduya, analyst", recorded_by=by)
    return actions.ask_to_confirm(return_, **GRACE, version=1, by=by)


def owed(stage):
    return {each.to.name: each for each in Mail.objects.filter(stage=stage)}


def sent_to(person, stage):
    assert outbox.send(owed(stage)[person.name].pk)
    message = mail.outbox[-1]
    return message.subject, message.body, message.alternatives[0][0]


class TestNo:
    def test_whoever_keyed_it_and_every_coordinator_get_what_was_said(self, sam, lena):
        ada = UserFactory(name="Ada Crane", email="ada@example.org", roles=["data_lead"])
        return_ = ReturnFactory(indicator__owner=ada.organisation, indicator__name="Young people in the service")
        sent(return_, 21, supplied_by=None, supplied_by_name="Grace Oduya", recorded_by=ada)
        UserFactory(name="Jo Mercer", roles=["executive"])
        asked = actions.ask_to_confirm(return_, **GRACE, version=1, by=sam)
        actions.answer(asked, answer="disputed", said=NO)
        assert set(owed("figure_disputed")) == {"Ada Crane", "Sam Carrick", "Lena Fox"}
        subject, body, html = sent_to(ada, "figure_disputed")
        assert subject == "Not what was given: Young people in the service, 2017-18 Q4"
        assert "Grace Oduya says that a figure for 2017-18 Q4 is not what they gave. You keyed it for them." in body
        assert "Young people in the service: 21" in body and f"“{NO}”" in body
        assert "It was 12, and the other 9 are &lt;last&gt; year’s." in html
        assert f"/returns/{return_.pk}/" in body and "/confirm/" not in body
        assert "Ada Crane keyed it for them." in sent_to(lena, "figure_disputed")[1]

    def test_of_a_restricted_indicator_nothing_is_said_in_the_mail(self, sam):
        asked = asked_of_grace(sam, is_restricted=True, name="Referrals to a small service")
        actions.answer(asked, answer="disputed", said="It was 12 referrals.")
        for said in sent_to(sam, "figure_disputed"):
            assert "eferrals" not in said and " 21" not in said and "12 r" not in said

    @pytest.mark.parametrize("happened", ["keyed again", "sent back", "no coordinator any more"])
    def test_nothing_once_it_has_moved_on(self, sam, lena, happened):
        actions.answer(asked_of_grace(sam), answer="disputed", said=NO)
        return_ = Return.objects.get()
        if happened == "keyed again":
            actions.submit(return_, version=2, numerator=Decimal(12), supplied_by_name="Grace Oduya", by=sam)
        elif happened == "sent back":
            actions.send_back(return_, comment="See", due_again_on=dt.date(2018, 5, 9), version=2, by=sam)
        else:
            lena.role_grants.update(ends_on=dt.date(2018, 5, 2))
        assert not outbox.send(owed("figure_disputed")["Lena Fox"].pk)
        assert mail.outbox == []


class TestYes:
    def test_whoever_asked_hears_that_they_may_verify_it(self, sam, lena):
        actions.answer(asked_of_grace(sam, name="Young people in the service"), answer="confirmed")
        assert set(owed("figure_confirmed")) == {"Sam Carrick"} and not owed("figure_disputed")
        subject, body, html = sent_to(sam, "figure_confirmed")
        assert subject == "Confirmed: Young people in the service, 2017-18 Q4"
        for said in (body, html):
            assert (
                "Grace Oduya has confirmed a figure for 2017-18 Q4 that you keyed for them: you may verify it." in said
            )

    def test_of_a_restricted_indicator_it_names_neither_indicator_nor_figure(self, sam):
        actions.answer(asked_of_grace(sam, is_restricted=True, name="Referrals"), answer="confirmed")
        for said in sent_to(sam, "figure_confirmed"):
            assert "Referrals" not in said and " 21" not in said

    def test_nothing_once_it_is_verified(self, sam, lena):
        actions.answer(asked_of_grace(sam), answer="confirmed")
        actions.verify(Return.objects.get(), version=1, by=lena)
        assert not outbox.send(owed("figure_confirmed")["Sam Carrick"].pk)


class TestWhatIsDisputed:
    def test_it_is_what_coordinators_see_until_it_is_keyed_again_or_sent_back(self, sam, lena):
        asked = asked_of_grace(sam)
        PlacementFactory(indicator=asked.figure.for_return.indicator, reference="D4")
        assert confirming.disputed(lena) == ()
        actions.answer(asked, answer="disputed", said=NO)
        (found,) = confirming.disputed(lena)
        assert found.words == "Grace Oduya says 21 is not what they gave for D4"
        assert (found.reference, found.said, found.since) == ("D4", NO, TODAY)
        assert confirming.disputed(UserFactory(roles=["administrator"])) == ()
        return_ = Return.objects.get()
        actions.submit(return_, version=2, numerator=Decimal(12), supplied_by_name="Grace Oduya", by=sam)
        assert confirming.disputed(lena) == ()

    def test_sent_back_is_seen_to(self, sam):
        actions.answer(asked_of_grace(sam), answer="disputed", said=NO)
        actions.send_back(Return.objects.get(), comment="See", due_again_on=dt.date(2018, 5, 9), version=2, by=sam)
        assert confirming.disputed(sam) == ()

    def test_the_number_of_queries_does_not_grow_with_them(self, sam, django_assert_num_queries):
        sam.has_role("coordinator")
        round_ = RoundFactory()
        for _ in range(3):
            figure = sent(ReturnFactory(round=round_), 21, supplied_by=None, supplied_by_name="Grace", recorded_by=sam)
            ConfirmationFactory(figure=figure, answer="disputed", answered_at=NOW, said="No", asked_by=sam)
        with django_assert_num_queries(2):
            assert len(confirming.disputed(sam)) == 3


class TestOnTheHomePage:
    def items(self, user):
        return [item for item in home_page(user, TODAY).items if "not what they gave" in item.name]

    def test_every_coordinator_is_led_to_the_return(self, sam, lena):
        asked = asked_of_grace(sam)
        PlacementFactory(indicator=asked.figure.for_return.indicator, reference="D4")
        assert not self.items(lena)
        actions.answer(asked, answer="disputed", said=NO)
        (item,) = self.items(lena)
        assert item.name == "Grace Oduya says 21 is not what they gave for D4"
        assert item.why == f"“{NO}” Key it again, or send it back."
        assert (item.do, item.url) == ("Key it again", asked.figure.for_return.get_absolute_url())
        assert not self.items(UserFactory(roles=["executive"]))
