"""Handing over what somebody leads: all of it or nothing, from a day on, with all that hangs on it."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts import outbox
from accounts.models import AuditEvent, Mail, User
from indicators import actions, work
from indicators.models import Indicator, Lead
from lib.editing import Stale
from lib.owed import NOBODY
from tests.factories import UserFactory
from tests.factories.accounts import LONG_AGO, OrganisationFactory
from tests.factories.indicators import LeadFactory, ReturnFactory, sent

pytestmark = pytest.mark.django_db
TODAY, DAY = dt.date(2018, 4, 10), dt.date(2018, 5, 1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(dt.datetime(2018, 4, 10, 8, 0, tzinfo=dt.UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def police():
    return OrganisationFactory(name="Sample Police")


@pytest.fixture
def farida(police):
    return UserFactory(name="Farida Begum", organisation=police, roles=["data_lead", "commentary_lead"])


@pytest.fixture
def owen(police):
    return UserFactory(name="Owen Tranter", organisation=police, roles=["data_lead"])


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def return_(police):
    return ReturnFactory(indicator__owner=police, indicator__name="Domestic abuse reports")


@pytest.fixture
def lead(return_, farida):
    return LeadFactory(indicator=return_.indicator, user=farida)


def another(return_, farida, **fields):
    """Another indicator of the same owner that Farida leads."""
    indicator = ReturnFactory(round=return_.round, indicator__owner=farida.organisation).indicator
    return LeadFactory(indicator=indicator, user=farida, **fields)


def days(user):
    return list(Lead.objects.filter(user=user).order_by("starts_on").values_list("starts_on", "ends_on"))


class TestFromADayOn:
    def test_the_old_lead_ends_the_day_before(self, lead, farida, owen):
        (new,) = actions.hand_over([(lead, 1)], to=owen, starts_on=DAY, by=farida)
        assert days(farida) == [(LONG_AGO, dt.date(2018, 4, 30))]
        assert (new.user, new.starts_on, new.ends_on) == (owen, DAY, None)

    @pytest.mark.parametrize("on, who", [(dt.date(2018, 4, 30), "farida"), (DAY, "owen")])
    def test_what_is_owed_goes_along(self, lead, farida, owen, request, on, who):
        actions.hand_over([(lead, 1)], to=owen, starts_on=DAY, by=farida)
        assert {owed.person_id for owed in work.owed(on)} - {NOBODY} == {request.getfixturevalue(who).pk}

    def test_so_does_a_comment_on_what_was_sent_back(self, lead, return_, farida, owen, sam):
        sent(return_, supplied_by=farida)
        actions.send_back(return_, comment="Is it final?", due_again_on=dt.date(2018, 5, 10), version=1, by=sam)
        actions.hand_over([(lead, 1)], to=owen, starts_on=TODAY, by=farida)
        (todo,) = work.for_person(owen, TODAY).figures
        assert todo.quote.text == "Is it final?"

    def test_and_a_draft(self, lead, return_, farida, owen):
        actions.save_draft(return_, typed={"number": "15"}, version=1, by=farida)
        actions.hand_over([(lead, 1)], to=owen, starts_on=TODAY, by=farida)
        (todo,) = work.for_person(owen, TODAY).figures
        assert "A draft is saved." in todo.why

    def test_from_today(self, lead, farida, owen):
        actions.hand_over([(lead, 1)], to=owen, starts_on=TODAY, by=farida)
        assert days(farida) == [(LONG_AGO, dt.date(2018, 4, 9))]

    def test_a_lead_that_began_today_keeps_today(self, return_, farida, owen):
        lead = LeadFactory(indicator=return_.indicator, user=farida, starts_on=TODAY)
        actions.hand_over([(lead, 1)], to=owen, starts_on=TODAY, by=farida)
        assert (days(farida), days(owen)) == ([(TODAY, TODAY)], [(TODAY, None)])

    def test_a_lead_that_would_begin_later_begins_then_for_the_other(self, return_, farida, owen):
        june = dt.date(2018, 6, 1)
        lead = LeadFactory(indicator=return_.indicator, user=farida, starts_on=june)
        actions.hand_over([(lead, 1)], to=owen, starts_on=DAY, by=farida)
        assert (days(farida), days(owen)) == ([], [(june, None)])

    def test_a_last_day_that_was_set_is_the_other_s(self, return_, farida, owen):
        last = dt.date(2018, 6, 30)
        lead = LeadFactory(indicator=return_.indicator, user=farida, ends_on=last)
        actions.hand_over([(lead, 1)], to=owen, starts_on=DAY, by=farida)
        assert (days(farida), days(owen)) == ([(LONG_AGO, dt.date(2018, 4, 30))], [(DAY, last)])

    def test_whoever_leads_it_too_goes_on_alone(self, lead, return_, farida, owen):
        LeadFactory(indicator=return_.indicator, user=owen)
        assert actions.hand_over([(lead, 1)], to=owen, starts_on=DAY, by=farida) == []
        assert (days(farida), days(owen)) == ([(LONG_AGO, dt.date(2018, 4, 30))], [(LONG_AGO, None)])


class TestAllOrNothing:
    def test_some_of_what_is_led(self, lead, return_, farida, owen):
        kept = another(return_, farida)
        actions.hand_over([(lead, 1)], to=owen, starts_on=DAY, by=farida)
        kept.refresh_from_db()
        assert kept.ends_on is None

    def test_one_that_is_refused_refuses_all(self, lead, return_, farida, owen):
        words = another(return_, farida, duty=Lead.Duty.COMMENTARY)
        with pytest.raises(ValidationError) as refusal:
            actions.hand_over([(lead, 1), (words, 1)], to=owen, starts_on=DAY, by=farida)
        assert refusal.value.messages == [
            "Owen Tranter is no commentary lead on 1 May 2018. An administrator can make them one."
        ]
        assert not Lead.objects.filter(user=owen).exists()
        assert not AuditEvent.objects.exists()
        assert not Mail.objects.exists()

    def test_each_indicator_has_its_own_event_and_a_new_version(self, lead, return_, farida, sam):
        lee = UserFactory(name="Lee Ford", post="Analyst", roles=["data_lead", "commentary_lead"])
        LeadFactory(indicator=return_.indicator, user=farida, duty=Lead.Duty.COMMENTARY)
        another(return_, farida)
        every = [(one, 1) for one in Lead.objects.filter(user=farida)]
        actions.hand_over(every, to=lee, starts_on=DAY, by=sam)
        first, second = AuditEvent.objects.filter(kind="lead_handed_over").order_by("pk")
        assert [line["what"] for line in first.changes] == ["Figures, from 1 May 2018", "Commentary, from 1 May 2018"]
        assert first.changes[0]["was"] == "Farida Begum, Officer"
        assert first.changes[0]["now"] == "Lee Ford, Analyst"
        assert len(second.changes) == 1
        assert set(Indicator.objects.values_list("version", flat=True)) == {2}

    def test_of_one_indicator_twice_is_told_in_two_mails(self, lead, return_, farida, sam):
        lee = UserFactory(roles=["data_lead", "commentary_lead"])
        words = LeadFactory(indicator=return_.indicator, user=farida, duty=Lead.Duty.COMMENTARY)
        actions.hand_over([(lead, 1)], to=lee, starts_on=DAY, by=sam)
        actions.hand_over([(words, 2)], to=lee, starts_on=DAY, by=sam)
        assert [mail.state for mail in Mail.objects.filter(to=lee, stage="handed_over")] == ["waiting", "waiting"]

    def test_somebody_else_has_changed_the_leads_of_one(self, lead, return_, farida, owen):
        other = another(return_, farida)
        Indicator.objects.filter(pk=other.indicator_id).update(version=2)
        with pytest.raises(Stale):
            actions.hand_over([(lead, 1), (other, 1)], to=owen, starts_on=DAY, by=farida)
        assert not Lead.objects.filter(user=owen).exists()

    def test_a_lead_taken_back_meanwhile(self, lead, farida, owen):
        Lead.objects.filter(pk=lead.pk).delete()
        with pytest.raises(Stale):
            actions.hand_over([(lead, 1)], to=owen, starts_on=DAY, by=farida)

    def test_the_same_twice_is_once(self, lead, farida, owen):
        assert len(actions.hand_over([(lead, 1), (lead, 1)], to=owen, starts_on=DAY, by=farida)) == 1


class TestRefused:
    def refusal(self, lead, to, by, starts_on=DAY):
        with pytest.raises(ValidationError) as refusal:
            actions.hand_over([(lead, 1)] if lead else [], to=to, starts_on=starts_on, by=by)
        return " ".join(refusal.value.messages)

    @pytest.mark.parametrize(
        "on, sentence", [(dt.date(2018, 4, 9), "today or later"), (dt.date(2019, 4, 12), "12 months")]
    )
    def test_days(self, lead, farida, owen, on, sentence):
        assert sentence in self.refusal(lead, owen, farida, on)

    def test_nothing_ticked(self, farida, owen):
        assert self.refusal(None, owen, farida) == "Tick what you hand over"

    def test_what_is_somebody_else_s(self, lead, owen):
        lee = UserFactory(organisation=owen.organisation, roles=["data_lead"])
        assert "Only Farida Begum or the partnership team" in self.refusal(lead, lee, owen)

    def test_to_oneself(self, lead, farida):
        assert "leads Domestic abuse reports already" in self.refusal(lead, farida, farida)

    def test_to_somebody_who_has_left(self, lead, farida, owen):
        User.objects.filter(pk=owen.pk).update(is_active=False, left_at=dt.datetime(2018, 4, 1, tzinfo=dt.UTC))
        assert "no longer here" in self.refusal(lead, User.objects.get(pk=owen.pk), farida)

    def test_to_another_organisation_is_for_the_partnership_team(self, lead, farida, sam):
        ada = UserFactory(name="Ada Crane", roles=["data_lead"])
        assert self.refusal(lead, ada, farida) == (
            "Ada Crane is not at Sample Police, which owns Domestic abuse reports. "
            "The partnership team can hand it over for you."
        )
        assert actions.hand_over([(lead, 1)], to=ada, starts_on=DAY, by=sam)

    def test_a_lead_that_is_over_by_then(self, return_, farida, owen):
        lead = LeadFactory(indicator=return_.indicator, user=farida, ends_on=dt.date(2018, 4, 30))
        assert "only until 30 April 2018: choose an earlier day" in self.refusal(lead, owen, farida)

    def test_to_somebody_who_is_to_lead_it_later(self, lead, return_, farida, owen):
        LeadFactory(indicator=return_.indicator, user=owen, starts_on=dt.date(2018, 6, 1))
        assert "leads Domestic abuse reports from 1 June 2018 already" in self.refusal(lead, owen, farida)

    def test_what_a_leaver_led_can_still_be_handed_over(self, lead, farida, owen, sam):
        User.objects.filter(pk=farida.pk).update(is_active=False, left_at=dt.datetime(2018, 4, 1, tzinfo=dt.UTC))
        assert actions.hand_over([(lead, 1)], to=owen, starts_on=TODAY, by=sam)


class TestTheMail:
    def test_it_says_what_and_from_when(self, lead, return_, farida, owen):
        actions.hand_over([(lead, 1), (another(return_, farida), 1)], to=owen, starts_on=DAY, by=farida)
        assert outbox.send(Mail.objects.get().pk)
        (message,) = mail.outbox
        assert message.to == [owen.email]
        for said in (message.body, message.alternatives[0][0]):
            assert "Farida Begum, Officer has handed over to you" in said
            assert "Domestic abuse reports: figures, from 1 May 2018" in said
            assert said.count(": figures") == 2

    def test_nothing_once_it_was_handed_on(self, lead, farida, owen, sam):
        (new,) = actions.hand_over([(lead, 1)], to=owen, starts_on=DAY, by=farida)
        lee = UserFactory(roles=["data_lead"])
        actions.hand_over([(new, 2)], to=lee, starts_on=TODAY, by=sam)
        assert not outbox.send(Mail.objects.get(to=owen).pk)
        assert outbox.send(Mail.objects.get(to=lee).pk)

    def test_two_handings_over_are_two_mails(self, lead, return_, farida, owen):
        other = another(return_, farida)
        actions.hand_over([(lead, 1)], to=owen, starts_on=DAY, by=farida)
        actions.hand_over([(other, 1)], to=owen, starts_on=DAY, by=farida)
        for owed in Mail.objects.all():
            assert outbox.send(owed.pk)
        assert [message.body.count(": figures") for message in mail.outbox] == [1, 1]


class TestThePage:
    def typed(self, to, *leads):
        ticked = [f"{lead.pk}:{lead.indicator.version}" for lead in leads]
        return {"leads": ticked, "to": to.pk, "starts_on_day": 1, "starts_on_month": 5, "starts_on_year": 2018}

    def test_one_s_own(self, client, lead, return_, farida, owen):
        client.force_login(farida)
        url = reverse("indicators:return-hand-over")
        page = client.get(url).content.decode()
        assert "Domestic abuse reports" in page and "checked" not in page
        page = client.post(url, self.typed(owen, lead, another(return_, farida)), follow=True).content.decode()
        assert "Two indicators handed over to Owen Tranter, who is told by mail" in page
        assert Lead.objects.filter(user=owen).count() == 2

    def test_by_the_partnership_team_from_the_page_of_a_leaver(self, client, lead, farida, sam):
        ada = UserFactory(name="Ada Crane", roles=["data_lead"])
        client.force_login(sam)
        url = reverse("indicators:return-hand-over-for", args=[farida.pk])
        assert url in client.get(reverse("reporting:user-deactivate", args=[farida.pk])).content.decode()
        page = client.post(url, self.typed(ada, lead), follow=True).content.decode()
        assert "One indicator handed over to Ada Crane" in page

    @pytest.mark.parametrize("ticked", ["", "0:1", "999999:1", "x", "1:1:1", "1" * 400])
    def test_what_is_no_box_of_the_page(self, client, lead, farida, owen, ticked):
        client.force_login(farida)
        typed = self.typed(owen) | {"leads": [ticked]}
        page = client.post(reverse("indicators:return-hand-over"), typed)
        assert page.status_code == 200 and "<title>Error: " in page.content.decode()
        assert not Lead.objects.filter(user=owen).exists()

    def test_what_somebody_else_leads_can_not_be_ticked(self, client, lead, return_, farida, owen):
        client.force_login(owen)
        another(return_, owen)
        client.post(reverse("indicators:return-hand-over"), self.typed(farida, lead))
        assert not Lead.objects.filter(user=farida, starts_on=DAY).exists()

    def test_a_page_opened_before_somebody_changed_the_leads(self, client, lead, farida, owen):
        client.force_login(farida)
        typed = self.typed(owen, lead)
        Indicator.objects.filter(pk=lead.indicator_id).update(version=2)
        page = client.post(reverse("indicators:return-hand-over"), typed).content.decode()
        assert "Something here has changed since you opened this page" in page

    def test_nothing_led(self, client, owen):
        client.force_login(owen)
        page = client.get(reverse("indicators:return-hand-over")).content.decode()
        assert "You lead no indicator, so there is nothing to hand over." in page

    def test_nobody_to_take_it(self, client, lead, farida):
        client.force_login(farida)
        page = client.get(reverse("indicators:return-hand-over")).content.decode()
        assert "Nobody else at your organisation could take over." in page

    def test_it_costs_the_same_for_one_and_for_many(
        self, client, lead, return_, farida, owen, django_assert_num_queries, django_assert_max_num_queries
    ):
        client.force_login(farida)
        url = reverse("indicators:return-hand-over")
        with django_assert_max_num_queries(12) as few:
            client.get(url)
        for _ in range(5):
            another(return_, farida)
            UserFactory(organisation=farida.organisation, roles=["data_lead"])
        with django_assert_num_queries(len(few)):
            client.get(url)
