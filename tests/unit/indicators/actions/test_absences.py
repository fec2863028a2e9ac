"""Who may stand in for whom, and what a deputy has from the first day to the last."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts import outbox
from accounts.models import Absence, Mail
from indicators import actions, deputies, work
from indicators.models import Lead, Return
from tests.factories import UserFactory
from tests.factories.accounts import OrganisationFactory
from tests.factories.collecting import AbsenceFactory
from tests.factories.indicators import LeadFactory, ReturnFactory

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2018, 4, 16), dt.date(2018, 4, 27)


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
def return_(farida):
    return_ = ReturnFactory(indicator__owner=farida.organisation, indicator__name="Domestic abuse reports")
    LeadFactory(indicator=return_.indicator, user=farida)
    return return_


def name(person, deputy, by=None):
    return actions.name_deputy(person, deputy=deputy, starts_on=FIRST, ends_on=LAST, by=by or person)


class TestWhoMay:
    def test_a_colleague_who_gives_figures_too(self, return_, farida, owen):
        assert name(farida, owen).deputy == owen

    def test_a_deputy_without_the_role_for_what_is_led(self, return_, farida, owen):
        LeadFactory(indicator=return_.indicator, user=farida, duty=Lead.Duty.COMMENTARY)
        UserFactory(name="Lee Ford", organisation=farida.organisation, roles=["data_lead", "commentary_lead"])
        with pytest.raises(ValidationError) as refusal:
            name(farida, owen)
        assert refusal.value.message_dict["deputy"] == [
            "Owen Tranter is no commentary lead from 16 to 27 April 2018. Lee Ford could stand in"
        ]

    @pytest.mark.parametrize(
        "names, sentence",
        [
            (["Ada"], "Ada could stand in"),
            (["Ada", "Ben"], "Ada or Ben could stand in"),
            (["Ada", "Ben", "Cy"], "Ada, Ben or Cy could stand in"),
            (["Ada", "Ben", "Cy", "Di"], "Ada, Ben, Cy or Di could stand in"),
            (["Ada", "Ben", "Cy", "Di", "Ed"], "Ada, Ben, Cy or one of two more could stand in"),
        ],
    )
    def test_of_many_the_first_three_are_named(self, names, sentence):
        assert deputies.who([UserFactory(name=name) for name in names]) == sentence

    def test_where_nobody_could(self, return_, farida):
        with pytest.raises(ValidationError, match="Nobody else could. Ask the partnership team to choose somebody"):
            name(farida, UserFactory(name="Ada Crane", organisation=farida.organisation))

    def test_only_what_is_led_on_these_days_asks_for_a_role(self, return_, farida, owen):
        ended = dt.date(2018, 4, 15)
        LeadFactory(indicator=return_.indicator, user=farida, duty=Lead.Duty.COMMENTARY, ends_on=ended)
        later = dt.date(2018, 4, 28)
        LeadFactory(
            indicator=ReturnFactory(round=return_.round).indicator, user=farida, duty="commentary", starts_on=later
        )
        assert deputies.roles_for(farida, FIRST, LAST) == ["data_lead"]
        assert name(farida, owen)

    def test_whoever_leads_nothing_needs_nobody(self, owen, farida):
        with pytest.raises(ValidationError, match="Owen Tranter leads nothing on these days"):
            name(owen, farida)

    def test_somebody_elsewhere_is_for_the_partnership_team_to_choose(self, return_, farida, sam):
        ada = UserFactory(name="Ada Crane", roles=["data_lead"])
        with pytest.raises(
            ValidationError, match="Ada Crane works for another organisation: only the partnership team"
        ):
            name(farida, ada)
        assert name(farida, ada, by=sam).set_by == sam


class TestFromTheFirstDayToTheLast:
    @pytest.fixture(autouse=True)
    def away(self, return_, farida, owen):
        AbsenceFactory(person=farida, deputy=owen)

    @pytest.mark.parametrize(
        "on, is_theirs",
        [(dt.date(2018, 4, 15), False), (FIRST, True), (LAST, True), (dt.date(2018, 4, 28), False)],
    )
    def test_it_stands_in_the_deputy_s_list_with_the_other_s_name(self, owen, farida, clock, on, is_theirs):
        clock.move_to(dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC))
        figures = work.for_person(owen, on).figures
        assert len(figures) == int(is_theirs)
        if is_theirs:
            assert figures[0].why.endswith("For Farida Begum, who is away until 27 April 2018.")
        assert [owed.person_id for owed in work.owed(on)][:1] == [owen.pk if is_theirs else farida.pk]
        assert len(work.for_person(farida, on).figures) == 1  # who still can

    def test_what_the_deputy_leads_as_well_is_their_own(self, return_, owen):
        LeadFactory(indicator=return_.indicator, user=owen)
        (todo,) = work.for_person(owen, FIRST).figures
        assert "Farida" not in todo.why

    def test_both_may_send_it_and_it_is_theirs_who_did(self, return_, farida, owen, clock):
        clock.move_to(dt.datetime(2018, 4, 16, 8, tzinfo=dt.UTC))
        for person in (farida, owen):
            assert person.has_perm("indicators.submit_return", return_)
        figure = actions.submit(return_, version=1, numerator=Decimal(5), supplied_by=owen, by=owen)
        assert (figure.supplied_by, figure.recorded_by) == (owen, owen)

    def test_a_restricted_one_is_in_the_deputy_s_sight_no_longer_than_that(self, return_, owen, clock):
        indicator = return_.indicator
        type(indicator).objects.filter(pk=indicator.pk).update(is_restricted=True)
        for on, sees in ((15, False), (16, True), (27, True), (28, False)):
            clock.move_to(dt.datetime(2018, 4, on, 12, tzinfo=dt.UTC))
            assert Return.objects.visible_to(owen).exists() is sees

    def test_the_list_costs_one_query_more_for_a_deputy_whatever_it_holds(
        self, return_, farida, owen, clock, django_assert_num_queries, django_assert_max_num_queries
    ):
        clock.move_to(dt.datetime(2018, 4, 16, 8, tzinfo=dt.UTC))
        assert owen.roles == {"data_lead"}  # read once
        with django_assert_max_num_queries(20) as one:
            work.for_person(owen, FIRST)
        for _ in range(4):
            LeadFactory(indicator=ReturnFactory(round=return_.round).indicator, user=farida)
        with django_assert_num_queries(len(one)):
            assert len(work.for_person(owen, FIRST).figures) == 5


class TestMails:
    def send(self, stage):
        assert outbox.send(Mail.objects.get(stage=stage).pk)
        return mail.outbox[-1]

    def test_the_deputy_is_told_for_whom_how_long_and_what(self, return_, farida, owen):
        name(farida, owen)
        message = self.send("deputy")
        assert message.to == [owen.email]
        for said in (message.body, message.alternatives[0][0]):
            assert "Farida Begum, Officer is away from 16 to 27 April 2018, and you stand in" in said
            assert "Domestic abuse reports: figures" in said
            assert reverse("indicators:return-list") in said

    def test_two_absences_of_which_no_mail_has_gone_yet_are_two_mails(self, return_, farida, owen):
        first = name(farida, owen)
        later = {"starts_on": dt.date(2018, 5, 14), "ends_on": dt.date(2018, 5, 18)}
        second = actions.name_deputy(farida, deputy=owen, by=farida, **later)
        owed = Mail.objects.filter(to=owen, stage="deputy", state=Mail.State.WAITING)
        assert {one.cycle for one in owed} == {str(first.pk), str(second.pk)}

    def test_what_was_taken_back_before_it_was_mailed_is_not_mailed(self, return_, farida, owen):
        actions.take_back_deputy(name(farida, owen), by=farida)
        assert not outbox.send(Mail.objects.get().pk)
        assert mail.outbox == []

    def test_whoever_was_told_is_told_that_it_is_over(self, return_, farida, owen):
        absence = name(farida, owen)
        self.send("deputy")
        actions.take_back_deputy(absence, by=farida)
        message = self.send("deputy_over")
        for said in (message.body, message.alternatives[0][0]):
            assert "You were to stand in for Farida Begum, Officer from 16 to 27 April 2018" in said
            assert "Farida Begum has taken that back" in said


class TestTakingBack:
    def test_whose_it_is_or_the_partnership_team(self, return_, farida, owen, sam):
        absence = name(farida, owen)
        with pytest.raises(ValidationError, match="Only Farida Begum or the partnership team"):
            actions.take_back_deputy(absence, by=owen)
        assert actions.take_back_deputy(absence, by=sam).withdrawn_by == sam


class TestThePage:
    def post(self, client, person, deputy, url=None, **days):
        client.force_login(person)
        typed = {"deputy": deputy.pk, "starts_on_day": 16, "starts_on_month": 4, "starts_on_year": 2018}
        typed |= {"ends_on_day": 27, "ends_on_month": 4, "ends_on_year": 2018} | days
        return client.post(url or reverse("indicators:absence-edit"), typed, follow=True)

    def test_named(self, client, return_, farida, owen):
        page = self.post(client, farida, owen).content.decode()
        assert "Owen Tranter stands in, and is told by mail" in page
        assert "16 April 2018" in page and "Take back" in page
        assert "Owen Tranter stands in." in client.get(reverse("indicators:return-list")).content.decode()

    def test_taken_back(self, client, return_, farida, owen):
        self.post(client, farida, owen)
        url = reverse("indicators:absence-withdraw", args=[Absence.objects.get().pk])
        page = client.post(url, follow=True).content.decode()
        assert "Taken back: Owen Tranter does not stand in" in page
        assert "Nobody stands in for you, now or later." in page

    def test_for_somebody_who_is_ill(self, client, return_, farida, sam):
        ada = UserFactory(name="Ada Crane", roles=["data_lead"])
        page = self.post(client, sam, ada, reverse("indicators:absence-edit-for", args=[farida.pk])).content.decode()
        assert "When Farida Begum is away" in page
        assert "Ada Crane stands in" in page

    def test_only_colleagues_can_be_chosen_for_oneself(self, client, return_, farida, owen):
        ada = UserFactory(name="Ada Crane", roles=["data_lead"])
        page = self.post(client, farida, ada).content.decode()
        assert "Choose a person from the list" in page
        assert ">Ada Crane" not in page

    def test_where_there_is_nobody_the_page_says_whom_to_ask(self, client, return_, farida, settings):
        client.force_login(farida)
        page = client.get(reverse("indicators:absence-edit")).content.decode()
        assert "Nobody else at Sample Police gives figures or writes commentary" in page
        assert settings.CONTACT_EMAIL in page

    def test_refused_at_the_box(self, client, return_, farida, owen):
        page = self.post(client, farida, owen, ends_on_day=15).content.decode()
        assert "<title>Error: " in page
        assert "The last day away must be the first day or later" in page
        assert 'href="#id_ends_on' in page

    def test_it_costs_the_same_for_few_and_for_many(
        self, client, return_, farida, owen, django_assert_num_queries, django_assert_max_num_queries
    ):
        client.force_login(farida)
        url = reverse("indicators:absence-edit")
        with django_assert_max_num_queries(12) as few:
            client.get(url)
        for number in range(5):
            UserFactory(organisation=farida.organisation, roles=["data_lead"])
            AbsenceFactory(
                person=farida, deputy=owen, starts_on=dt.date(2018, 5, number + 1), ends_on=dt.date(2018, 5, number + 1)
            )
        with django_assert_num_queries(len(few)):
            client.get(url)
