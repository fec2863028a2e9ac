"""Asking a supplier to confirm, and what their answer changes."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError

from accounts import outbox
from accounts.models import AuditEvent, Mail
from indicators import actions, confirming
from indicators.models import Confirmation, Return, Verification
from lib.editing import Stale
from tests.factories import UserFactory
from tests.factories.indicators import LeadFactory, ReturnFactory, sent, verified

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
def return_(sam):
    return_ = ReturnFactory()
    sent(return_, supplied_by=None, supplied_by_name="Tom Okafor, YOT manager", recorded_by=sam)
    return return_


@pytest.fixture
def asked(return_, sam):
    return actions.ask_to_confirm(return_, **TOM, version=1, by=sam)


class TestAsking:
    def test_the_link_is_good_for_fourteen_days_and_the_mail_is_owed(self, asked, return_, sam):
        assert (asked.to_name, asked.address, asked.asked_by) == ("Tom Okafor", "tom.okafor@example.org", sam)
        assert asked.expires_at == dt.datetime(2018, 5, 17, 9, 12, tzinfo=dt.UTC)
        owed = Mail.objects.get()
        assert (owed.to, owed.address, owed.stage, owed.cycle) == (
            None,
            "tom.okafor@example.org",
            "confirmation",
            str(asked.pk),
        )
        event = AuditEvent.objects.get()
        assert (event.kind, event.actor, event.subject_label) == ("confirmation_asked", sam, str(return_))
        assert event.changes[0] == {"what": "Asked", "was": "nothing", "now": "Tom Okafor"}
        assert "example.org" not in str(event.changes)  # everybody who sees the return reads this
        assert Return.objects.get().version == 1

    def test_a_supplier_with_an_account_is_mailed_as_that_person(self, return_, sam):
        tom = UserFactory(email="tom.okafor@example.org", roles=["data_lead"])
        actions.ask_to_confirm(return_, to_name="Tom Okafor", address="Tom.Okafor@Example.org", version=1, by=sam)
        assert Mail.objects.get().to == tom

    def test_asking_again_ends_the_earlier_link_and_drops_its_mail(self, asked, return_, sam, clock):
        clock.shift(61)
        again = actions.ask_to_confirm(return_, **TOM, version=1, by=sam)
        now = dt.datetime(2018, 5, 3, 9, 14, tzinfo=dt.UTC)
        assert confirming.state(asked, now) == confirming.State.NEWER_LINK
        assert confirming.state(again, now) == confirming.State.OPEN
        assert [each.state for each in Mail.objects.order_by("pk")] == [Mail.State.DROPPED, Mail.State.WAITING]

    def test_the_button_pressed_twice_asks_once(self, asked, return_, sam):
        assert actions.ask_to_confirm(return_, **TOM, version=1, by=sam) == asked
        assert (Confirmation.objects.count(), Mail.objects.count()) == (1, 1)

    def test_another_address_is_another_question_at_once(self, asked, return_, sam):
        actions.ask_to_confirm(return_, to_name="Tom Okafor", address="tom@yot.example.org", version=1, by=sam)
        assert Confirmation.objects.count() == 2

    @pytest.mark.parametrize(
        "address, sentence",
        [
            ("", "correct form"),
            ("tom", "correct form"),
            ("tom@example.org\nBcc: all@example.org", "correct form"),
            ("tom@example.org, lena@example.org", "correct form"),
            (f"{'t' * 60}@{'e' * 60}.{'e' * 60}.{'e' * 60}.{'e' * 60}.org", "correct form"),
            ("sam.carrick@example.org", "Sam Carrick, who keyed the figure"),
            (" SAM.Carrick@example.ORG ", "Sam Carrick, who keyed the figure"),
            ("sam.carrick+tom@example.org", "Sam Carrick, who keyed the figure"),
            ("lena.fox@example.org", "Lena Fox, who can verify the figure"),
            ("partnership.team@example.org", "the partnership team’s own address"),
        ],
    )
    def test_addresses_that_are_refused(self, return_, sam, settings, address, sentence):
        settings.CONTACT_EMAIL = "partnership.team@example.org"
        UserFactory(name="Lena Fox", email="lena.fox@example.org", roles=["coordinator"])
        with pytest.raises(ValidationError) as refusal:
            actions.ask_to_confirm(return_, to_name="Tom Okafor", address=address, version=1, by=sam)
        assert sentence in refusal.value.message_dict["address"][0]
        assert not Confirmation.objects.exists()

    def test_whoever_keyed_it_is_refused_also_without_the_role(self, sam):
        keyed_by = UserFactory(name="Ada Crane", email="ada@example.org", roles=["data_lead"])
        return_ = ReturnFactory()
        sent(return_, supplied_by=None, supplied_by_name="Tom Okafor", recorded_by=keyed_by)
        with pytest.raises(ValidationError, match="Ada Crane, who keyed the figure"):
            actions.ask_to_confirm(return_, to_name="Tom", address="ada@example.org", version=1, by=sam)

    def test_a_name_is_needed(self, return_, sam):
        with pytest.raises(ValidationError, match="Enter the name of who gave the figure"):
            actions.ask_to_confirm(return_, to_name=" \n ", address="tom@example.org", version=1, by=sam)

    def test_what_was_not_keyed_for_somebody_else(self, sam):
        farida = UserFactory(name="Farida Begum", roles=["data_lead"])
        return_ = ReturnFactory()
        sent(return_, supplied_by=farida)
        with pytest.raises(ValidationError, match="Farida Begum gave this figure and keyed it"):
            actions.ask_to_confirm(return_, **TOM, version=1, by=sam)

    def test_what_is_one_s_own_by_name_only(self, sam):
        return_ = ReturnFactory()
        sent(return_, supplied_by=None, supplied_by_name="sam carrick, coordinator", recorded_by=sam)
        with pytest.raises(ValidationError, match="Sam Carrick gave this figure and keyed it"):
            actions.ask_to_confirm(return_, **TOM, version=1, by=sam)

    def test_what_does_not_wait(self, sam):
        done = ReturnFactory()
        verified(done, recorded_by=sam)
        with pytest.raises(ValidationError, match="No figure waits here to be confirmed: the return is verified"):
            actions.ask_to_confirm(done, **TOM, version=1, by=sam)

    def test_a_figure_that_has_changed_since_the_page_was_opened(self, return_, sam):
        before = Return.objects.get()
        actions.submit(return_, version=1, numerator=Decimal(7), supplied_by_name="Tom Okafor", by=sam)
        with pytest.raises(Stale):
            actions.ask_to_confirm(Return.objects.get(), **TOM, version=1, by=sam)
        with pytest.raises(Stale):
            actions.ask_to_confirm(before, **TOM, version=3, by=sam)
        with pytest.raises(Stale):
            actions.ask_to_confirm(before, **TOM, version=1, by=sam)  # it was read before the figure changed
        assert not Confirmation.objects.exists()

    @pytest.mark.parametrize(
        "answer, said, sentence",
        [
            ("confirmed", "", "has confirmed this figure already"),
            ("disputed", "No.", "not what they gave. Send it back"),
        ],
    )
    def test_once_it_was_answered(self, asked, sam, answer, said, sentence):
        actions.answer(asked, answer=answer, said=said)
        return_ = Return.objects.get()
        with pytest.raises(ValidationError, match=sentence):
            actions.ask_to_confirm(return_, **TOM, version=return_.version, by=sam)


class TestAnswering:
    def test_whoever_keyed_a_confirmed_figure_verifies_it(self, asked, return_, sam):
        actions.answer(asked, answer="confirmed")
        verification = actions.verify(Return.objects.get(), version=1, by=sam)
        assert verification.verified_by == sam

    def test_the_trail_names_the_supplier_and_nobody_of_ours(self, asked):
        actions.answer(asked, answer="confirmed")
        event = AuditEvent.objects.get(kind="figure_confirmed")
        assert (event.actor, event.actor_label, event.scheduled) == (None, "Tom Okafor, by a link", False)
        assert {"what": "Answered by link", "was": "nothing", "now": "Tom Okafor"} in event.changes
        assert "example.org" not in str(event.changes)

    def test_words_with_a_yes_are_not_kept(self, asked):
        assert actions.answer(asked, answer="confirmed", said="Thanks!").said == ""

    def test_a_disputed_figure_waits_until_it_is_sent_back_or_keyed_again(self, asked, sam):
        actions.answer(asked, answer="disputed", said=" It was 1,516. ")
        assert Confirmation.objects.get().said == "It was 1,516."
        lena = UserFactory(name="Lena Fox", roles=["coordinator"])
        return_ = Return.objects.get()
        for by in (sam, lena):
            with pytest.raises(ValidationError, match="Tom Okafor disputed this figure: send it back, or key it again"):
                actions.verify(return_, version=return_.version, by=by)
        actions.submit(return_, version=2, numerator=Decimal(1516), supplied_by_name="Tom Okafor", by=sam)
        actions.verify(return_, version=3, by=lena)
        assert Verification.objects.get().figure.numerator == Decimal(1516)

    def test_a_disputed_figure_can_be_sent_back(self, asked, sam):
        actions.answer(asked, answer="disputed", said="It was 1,516.")
        back = actions.send_back(
            Return.objects.get(), comment="Tom says 1,516.", due_again_on=dt.date(2018, 5, 10), version=2, by=sam
        )
        assert back.figure == asked.figure

    def test_whoever_looked_at_it_before_the_dispute_hears_of_it(self, asked):
        seen = Return.objects.get()
        actions.answer(asked, answer="disputed", said="It was 1,516.")
        with pytest.raises(ValidationError, match="Tom Okafor disputed this figure"):
            actions.verify(seen, version=1, by=UserFactory(roles=["coordinator"]))
        with pytest.raises(Stale):
            actions.verify(Return.objects.get(), version=1, by=UserFactory(roles=["coordinator"]))

    @pytest.mark.parametrize("said", ["", " \n\t "])
    def test_a_no_without_a_word(self, asked, said):
        with pytest.raises(ValidationError, match="Say what is wrong"):
            actions.answer(asked, answer="disputed", said=said)
        assert Confirmation.objects.get().answer == ""

    @pytest.mark.parametrize("answer", ["", "maybe", "CONFIRMED"])
    def test_no_answer_of_ours(self, asked, answer):
        with pytest.raises(ValidationError, match="Say whether this is what you gave"):
            actions.answer(asked, answer=answer)

    def test_a_second_answer_changes_nothing(self, asked):
        actions.answer(asked, answer="confirmed")
        with pytest.raises(ValidationError, match="answered already"):
            actions.answer(asked, answer="disputed", said="No.")
        assert Confirmation.objects.get().answer == "confirmed"
        assert AuditEvent.objects.filter(kind__startswith="figure_").count() == 1

    def test_an_answer_that_comes_after_the_end(self, asked, clock):
        clock.move_to(dt.datetime(2018, 5, 17, 9, 12, tzinfo=dt.UTC))
        with pytest.raises(ValidationError, match="This link has expired"):
            actions.answer(asked, answer="confirmed")

    def test_an_answer_about_a_figure_that_has_moved_on(self, asked, return_, sam):
        actions.submit(return_, version=1, numerator=Decimal(7), supplied_by_name="Tom Okafor", by=sam)
        with pytest.raises(ValidationError, match="This figure has been replaced"):
            actions.answer(asked, answer="confirmed")

    def test_an_answer_by_the_earlier_link(self, asked, return_, sam, clock):
        clock.shift(61)
        actions.ask_to_confirm(return_, **TOM, version=1, by=sam)
        with pytest.raises(ValidationError, match="There is a newer link"):
            actions.answer(asked, answer="confirmed")

    def test_nobody_who_could_verify_answers_for_the_supplier(self, asked, sam):
        lena = UserFactory(name="Lena Fox", roles=["coordinator"])
        for by in (sam, lena):
            with pytest.raises(ValidationError, match=f"signed in as {by.name}. Only Tom Okafor can answer"):
                actions.answer(asked, answer="confirmed", by=by)

    def test_a_supplier_who_is_signed_in_is_the_one_who_did_it(self, asked):
        tom = UserFactory(name="Tom Okafor", roles=["data_lead"])
        actions.answer(asked, answer="confirmed", by=tom)
        assert AuditEvent.objects.get(kind="figure_confirmed").actor == tom


class TestTheMail:
    def send(self):
        assert outbox.send(Mail.objects.get().pk)
        (message,) = mail.outbox
        return message

    def test_it_says_what_was_keyed_and_how_long_the_link_works(self, asked, return_):
        message = self.send()
        assert message.to == ["tom.okafor@example.org"]
        html = message.alternatives[0][0]
        for said in (message.body, html):
            assert "Hello Tom Okafor" in said
            assert f"{return_.indicator.name}" in said
            assert "1,561" in said
            assert "17 May 2018, 10:12" in said
            assert confirming.link(asked) in said

    def test_of_a_restricted_indicator_it_names_neither_indicator_nor_figure(self, sam):
        return_ = ReturnFactory(indicator__is_restricted=True, indicator__name="Referrals to a small service")
        sent(return_, 12, supplied_by=None, supplied_by_name="Tom Okafor", recorded_by=sam)
        actions.ask_to_confirm(return_, **TOM, version=1, by=sam)
        message = self.send()
        for said in (message.subject, message.body, message.alternatives[0][0]):
            assert "Referrals" not in said
            assert " 12" not in said
        assert "2017-18 Q4" in message.body

    @pytest.mark.parametrize("happened", ["answered", "replaced", "verified", "expired"])
    def test_it_is_dropped_once_it_is_not_called_for(self, asked, return_, sam, clock, happened):
        if happened == "answered":
            actions.answer(asked, answer="confirmed")
        elif happened == "replaced":
            actions.submit(return_, version=1, numerator=Decimal(7), supplied_by_name="Tom Okafor", by=sam)
        elif happened == "verified":
            actions.verify(return_, version=1, by=UserFactory(roles=["coordinator"]))
        else:
            clock.shift(dt.timedelta(days=14))
        assert not outbox.send(Mail.objects.get(stage="confirmation").pk)
        assert mail.outbox == []
        assert Mail.objects.get(stage="confirmation").state == Mail.State.DROPPED


def test_the_supplier_s_lead_changes_nothing(return_, sam):
    """Who leads the indicator has no say in what its supplier confirms, only hears of it."""
    LeadFactory(indicator=return_.indicator)
    assert actions.ask_to_confirm(return_, **TOM, version=1, by=sam)
