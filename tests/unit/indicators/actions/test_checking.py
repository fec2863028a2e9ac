"""Verifying and sending back, and who may not."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import outbox
from accounts.models import AuditEvent, Mail, User
from indicators import actions, work
from indicators.models import Figure, Indicator, Lead, Return, SendBack, Verification
from lib.editing import Stale
from tests.factories import UserFactory
from tests.factories.indicators import LeadFactory, PlacementFactory, ReturnFactory, sent, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def lena():
    return UserFactory(name="Lena Fox", roles=["coordinator"])


@pytest.fixture
def farida():
    return UserFactory(name="Farida Begum", email="farida@example.org", roles=["data_lead"])


@pytest.fixture
def return_(farida):
    return_ = ReturnFactory(indicator__owner=farida.organisation)
    sent(return_, supplied_by=farida)
    return return_


def tomorrow():
    return timezone.localdate() + dt.timedelta(days=1)


class TestVerifying:
    def test_a_second_person_puts_their_name_to_it(self, return_, sam):
        verification = actions.verify(return_, version=1, by=sam)
        assert (verification.figure.numerator, verification.verified_by) == (Decimal(1561), sam)
        assert Return.objects.get().status == Return.Status.VERIFIED
        changes = AuditEvent.objects.get(kind="return_verified").changes
        assert changes[1] == {"what": "Figure shown", "was": "nothing", "now": "1,561"}

    def test_a_restated_figure_takes_the_place_of_the_old_one(self, sam, farida):
        return_ = ReturnFactory()
        verified(return_, 1547)
        sent(return_, 1588, supplied_by=farida, restates="revision", restated_because="Late reports.")
        actions.verify(return_, version=1, by=sam)
        assert AuditEvent.objects.get().changes[1] == {"what": "Figure shown", "was": "1,547", "now": "1,588"}
        assert Figure.objects.verified().latest_each().get().numerator == Decimal(1588)

    @pytest.mark.parametrize("part", ["supplied_by", "recorded_by"])
    def test_nobody_verifies_what_they_gave_or_keyed(self, sam, lena, part):
        return_ = ReturnFactory()
        sent(return_, **{part: sam})
        with pytest.raises(ValidationError) as refusal:
            actions.verify(return_, version=1, by=sam)
        verb = "gave" if part == "supplied_by" else "keyed"
        assert refusal.value.messages == [f"You {verb} this figure, so somebody else must verify it: ask Lena Fox."]
        assert not Verification.objects.exists()
        assert actions.verify(return_, version=1, by=lena)

    def test_a_supplier_known_by_name_only_is_recognised(self, sam, lena):
        return_ = ReturnFactory()
        sent(return_, supplied_by=None, supplied_by_name="Sam Carrick, coordinator", recorded_by=lena)
        with pytest.raises(ValidationError, match="You gave this figure, and nobody else may verify it yet"):
            actions.verify(return_, version=1, by=sam)

    def test_where_nobody_else_may_act_the_sentence_says_whom_to_ask(self, sam):
        UserFactory(name="Ada Crane", roles=["administrator"])
        return_ = ReturnFactory()
        sent(return_, supplied_by=sam)
        with pytest.raises(
            ValidationError, match="Ask an administrator, Ada Crane, to make somebody else a coordinator"
        ):
            actions.verify(return_, version=1, by=sam)

    def test_what_is_verified_already_says_so(self, sam):
        return_ = ReturnFactory()
        verified(return_)
        with pytest.raises(ValidationError, match="verified already"):
            actions.verify(return_, version=1, by=sam)

    def test_nothing_sent_is_nothing_to_verify(self, sam):
        with pytest.raises(ValidationError, match="Nothing waits to be verified here: the return is due"):
            actions.verify(ReturnFactory(), version=1, by=sam)

    def test_a_figure_changed_since_it_was_seen_is_not_verified(self, return_, sam, farida):
        actions.submit(return_, version=1, numerator=Decimal(2), supplied_by=farida, by=farida)
        with pytest.raises(Stale):
            actions.verify(return_, version=1, by=sam)


class TestSeveral:
    def test_one_that_cannot_be_verified_holds_up_none_of_the_others(self, return_, sam, lena):
        own, stale = ReturnFactory(round=return_.round), ReturnFactory(round=return_.round)
        sent(own, recorded_by=sam)
        sent(stale)
        outcome = actions.verify_several([(own, 1), (return_, 1), (stale, 7)], by=sam)
        assert outcome.verified == (return_,)
        assert [refused for refused, _ in outcome.refused] == [own, stale]
        assert "ask Lena Fox" in outcome.refused[0][1]
        assert "changed since you opened it" in outcome.refused[1][1]
        assert Verification.objects.count() == 1

    def test_the_same_return_twice_is_verified_once(self, return_, sam):
        outcome = actions.verify_several([(return_, 1), (Return.objects.get(), 1)], by=sam)
        assert (len(outcome.verified), len(outcome.refused)) == (1, 1)


class TestSendingBack:
    def back(self, return_, by, **changes):
        said = {"comment": "Is non-crime in it?", "due_again_on": tomorrow(), "version": return_.version, "by": by}
        return actions.send_back(return_, **(said | changes))

    def test_it_is_due_again_and_the_figure_is_kept(self, return_, sam):
        self.back(return_, sam)
        saved = Return.objects.get()
        assert (saved.status, saved.due_on, saved.version) == (Return.Status.SENT_BACK, tomorrow(), 2)
        assert Figure.objects.get().send_backs.get().comment == "Is non-crime in it?"
        assert AuditEvent.objects.get(kind="return_sent_back").comment == "Is non-crime in it?"

    @pytest.mark.parametrize("comment", ["", "   ", "\n\t"])
    def test_an_empty_comment_is_refused(self, return_, sam, comment):
        with pytest.raises(ValidationError, match="Say what should be looked at again") as refusal:
            self.back(return_, sam, comment=comment)
        assert list(refusal.value.message_dict) == ["comment"]
        assert Return.objects.get().status == Return.Status.SUBMITTED

    def test_it_is_not_due_in_the_past(self, return_, sam):
        with pytest.raises(ValidationError, match="today or later"):
            self.back(return_, sam, due_again_on=timezone.localdate() - dt.timedelta(days=1))

    def test_a_verified_figure_is_restated_instead(self, sam):
        return_ = ReturnFactory()
        verified(return_)
        with pytest.raises(ValidationError, match="restate it"):
            self.back(return_, sam)

    def test_a_first_figure_of_a_closed_quarter_is_not_sent_back(self, return_, sam):
        actions.close_round(return_.round, version=1, by=sam)
        with pytest.raises(ValidationError, match="2017-18 Q4 is closed, so nobody could change the figure"):
            self.back(return_, sam)
        assert Return.objects.get().status == Return.Status.SUBMITTED

    def test_sent_back_and_then_closed_it_is_still_owed_until_its_day(self, return_, sam, farida):
        LeadFactory(indicator=return_.indicator, user=farida)
        until = timezone.localdate() + dt.timedelta(days=9)
        self.back(return_, sam, due_again_on=until)
        actions.close_round(return_.round, version=1, by=sam)
        owed = [[one.stage for one in work.owed(until + dt.timedelta(days=n))] for n in (0, 1)]
        assert owed == [["sent_back"], []]
        sent_back = Return.objects.get()
        with time_machine.travel(dt.datetime.combine(until + dt.timedelta(days=1), dt.time(9), dt.UTC), tick=False):
            with pytest.raises(ValidationError, match="closed"):
                actions.submit(
                    sent_back, numerator=Decimal(1604), supplied_by=farida, version=sent_back.version, by=farida
                )
        with time_machine.travel(dt.datetime.combine(until, dt.time(9), dt.UTC), tick=False):
            actions.submit(sent_back, numerator=Decimal(1604), supplied_by=farida, version=sent_back.version, by=farida)
        assert Return.objects.get().status == Return.Status.SUBMITTED

    def test_a_restatement_is_sent_back_after_closing_and_can_be_answered(self, sam, lena, farida):
        return_ = ReturnFactory()
        verified(return_, 1547)
        sent(return_, 1588, restates="correction", restated_because="Late reports")
        actions.close_round(return_.round, version=1, by=lena)
        self.back(return_, sam)
        again = {"numerator": Decimal(1590), "restates": "correction", "restated_because": "Late reports"}
        actions.submit(return_, version=return_.version, **again, supplied_by=farida, by=farida)
        assert Return.objects.get().status == Return.Status.SUBMITTED

    def test_every_comment_is_kept(self, return_, sam, farida):
        self.back(return_, sam)
        actions.submit(return_, version=return_.version, numerator=Decimal(2), supplied_by=farida, by=farida)
        self.back(return_, sam, comment="And again?")
        assert [each.comment for each in SendBack.objects.all()] == ["Is non-crime in it?", "And again?"]

    def test_verifying_after_somebody_sent_it_back_is_told(self, return_, sam, lena):
        seen = Return.objects.get()
        self.back(return_, sam)
        with pytest.raises(Stale):
            actions.verify(seen, version=1, by=lena)
        with pytest.raises(Stale):
            actions.verify(Return.objects.get(), version=1, by=lena)
        assert not Verification.objects.exists()

    def test_the_leads_and_the_supplier_are_told_by_mail(
        self, return_, sam, settings, django_capture_on_commit_callbacks
    ):
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        PlacementFactory(indicator=return_.indicator, reference="B2")
        lead = LeadFactory(indicator=return_.indicator, user__email="lead@example.org")
        LeadFactory(indicator=return_.indicator, duty="commentary", user__email="words@example.org")
        LeadFactory(indicator=return_.indicator, user__email="gone@example.org", ends_on=dt.date(2018, 1, 1))
        with django_capture_on_commit_callbacks(execute=True):
            back = self.back(return_, sam)
        assert {message.to[0] for message in mail.outbox} == {"farida@example.org", lead.user.email}
        message = mail.outbox[0]
        assert message.subject == "Sent back: B2 Domestic abuse reports, 2017-18 Q4"
        assert "Is non-crime in it?" in message.body
        assert f"/returns/{return_.pk}/edit/" in message.body
        assert "Is non-crime in it?" in message.alternatives[0][0]
        assert {(row.thing, row.stage, row.cycle, row.state) for row in Mail.objects.all()} == {
            (f"indicators.return:{return_.pk}", "sent_back", str(back.pk), "sent")
        }

    def test_the_mail_is_written_as_things_are_when_it_goes(self, return_, sam):
        """It may wait for a mail server: by then the indicator may be restricted, and the lead may be another."""
        lead = LeadFactory(indicator=return_.indicator)
        former = LeadFactory(indicator=return_.indicator)
        self.back(return_, sam)
        Lead.objects.filter(pk=former.pk).update(ends_on=timezone.localdate() - dt.timedelta(days=1))
        Indicator.objects.update(is_restricted=True)
        for row in Mail.objects.all():
            outbox.send(row.pk)
        # The supplier leads it no longer either, and a restricted figure is for its leads.
        assert [message.to for message in mail.outbox] == [[lead.user.email]]
        assert "Is non-crime in it?" not in mail.outbox[0].body

    def test_a_figure_that_has_been_sent_again_calls_for_no_mail(self, return_, sam, farida):
        self.back(return_, sam)
        sent(Return.objects.get(), 58, supplied_by=farida)
        outbox.send(Mail.objects.get().pk)
        assert not mail.outbox
        assert Mail.objects.get().state == Mail.State.DROPPED

    def test_a_supplier_who_left_is_not_written_to(
        self, return_, sam, farida, settings, django_capture_on_commit_callbacks
    ):
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        User.objects.filter(pk=farida.pk).update(is_active=False, left_at=timezone.now())
        with django_capture_on_commit_callbacks(execute=True):
            self.back(return_, sam)
        assert not mail.outbox

    def test_a_restricted_figure_is_in_no_mail(self, sam, settings, django_capture_on_commit_callbacks):
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        return_ = ReturnFactory(indicator__is_restricted=True)
        sent(return_, 987)
        lead = LeadFactory(indicator=return_.indicator)
        with django_capture_on_commit_callbacks(execute=True):
            self.back(return_, sam, comment="Was 987 not 978?")
        # Its supplier leads it no longer, and so sees nothing of it.
        assert [message.to for message in mail.outbox] == [[lead.user.email]]
        for said in (mail.outbox[0].body, mail.outbox[0].alternatives[0][0]):
            assert "987" not in said and "978" not in said
            assert "the question is shown after you sign in" in said
