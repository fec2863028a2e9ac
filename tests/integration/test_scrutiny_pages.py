"""The pages of what scrutiny asks, on 23 May 2018."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Organisation
from governance.models import Body, Recommendation
from governance.owing import scrutiny as owing
from lib.owed import NOBODY
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.governance import BodyFactory
from tests.factories.governing import MeetingFactory, RecommendationFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2018, 5, 23)
LIST = reverse("governance:recommendation-list")
ADD = reverse("governance:recommendation-add")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2018, 5, 23, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def committee():
    return BodyFactory(name="Overview and Scrutiny Committee", code="OSC", kind=Body.Kind.SCRUTINY)


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", post="Partnership coordinator", roles=["coordinator"])


@pytest.fixture
def nell():
    return UserFactory(name="Nell Ashby", roles=["scrutiny"])


def of(committee, number, **fields):
    return RecommendationFactory(committee=committee, number=number, **fields)


def answered(committee, number, **fields):
    told = {"answer": "Yes", "outcome": "accepted", "answered_on": dt.date(2018, 5, 22)}
    return of(committee, number, answer_recorded_by=UserFactory(), **told, **fields)


def page(client, user, url=LIST):
    client.force_login(user)
    return client.get(url).content.decode()


def url(name, one):
    return reverse(f"governance:recommendation-{name}", args=[one.pk])


class TestTheList:
    def test_what_is_open_comes_first_with_the_clock_in_words(self, client, nell, committee):
        of(committee, 1, due_on=dt.date(2018, 6, 1))
        of(committee, 2, sent_on=dt.date(2018, 4, 13), made_on=dt.date(2018, 4, 13), due_on=dt.date(2018, 5, 11))
        answered(committee, 3, follow_up_on=dt.date(2018, 6, 29))
        answered(committee, 4, closed_on=dt.date(2018, 5, 22))
        shown = page(client, nell)
        assert "2 wait for an answer, 1 of them late." in shown
        told = ["12 days late", "Due on Friday 1 June 2018, in 9 days", "29 June 2018", "Closed: 1"]
        places = [shown.index(words) for words in told]
        assert places == sorted(places)
        assert "Was due on Friday 11 May 2018" in shown

    @pytest.mark.parametrize(
        ("due", "lede"),
        [
            ([], "Nothing has been asked yet."),
            (["2018-05-22"], "1 waits for an answer, and it is late."),
            (["2018-05-23"], "1 waits for an answer, and it is not late."),
            (["2018-05-23", "2018-06-01"], "2 wait for an answer, none of them late."),
        ],
    )
    def test_its_first_line(self, client, nell, committee, due, lede):
        early = {"made_on": dt.date(2018, 4, 20), "sent_on": dt.date(2018, 4, 20)}
        for number, day in enumerate(due):
            of(committee, number, due_on=dt.date.fromisoformat(day), **early)
        assert lede in page(client, nell)

    def test_with_all_answered_it_says_so(self, client, nell, committee):
        answered(committee, 1)
        assert "Everything that was asked is answered." in page(client, nell)

    def test_it_costs_the_same_with_5_and_with_50(self, client, sam, committee):
        client.force_login(sam)
        counts = []
        for many in (5, 45):
            start = Recommendation.objects.count()
            for number in range(start, start + many):
                (of if number % 2 else answered)(committee, number, owner=UserFactory())
            client.get(LIST)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(LIST)
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestOneOfThem:
    def test_who_answered_and_who_recorded_it(self, client, nell, sam, committee):
        one = answered(committee, 1, answered_by="Dana Reid, Superintendent")
        Recommendation.objects.filter(pk=one.pk).update(answer_recorded_by=sam)
        shown = page(client, nell, one.get_absolute_url())
        assert "Dana Reid, Superintendent" in shown
        assert "Sam Carrick, Partnership coordinator" in shown
        assert "Tuesday 22 May 2018, in time" in shown

    def test_scrutiny_reads_and_records_and_does_not_answer(self, client, nell, committee):
        shown = page(client, nell, of(committee, 1).get_absolute_url())
        assert "Record the answer" not in shown
        assert "Correct what was recorded" in shown

    def test_its_meeting_is_a_link_for_whoever_sees_that(self, client, nell, committee):
        one = of(committee, 1, meeting=MeetingFactory(body=committee))
        member = UserFactory(roles=["member"])
        link = one.meeting.get_absolute_url()
        assert link in page(client, nell, one.get_absolute_url())
        assert link not in page(client, member, one.get_absolute_url())

    def test_words_with_markup_stay_words(self, client, nell, committee):
        shown = page(client, nell, of(committee, 1, text="<b>By ward</b>").get_absolute_url())
        assert "&lt;b&gt;By ward" in shown


class TestRecording:
    def typed(self, **changed):
        return {
            "kind": "recommendation",
            "text": "Report burglary by ward",
            "made_on_day": "2",
            "made_on_month": "5",
            "made_on_year": "2018",
            "sent_on_day": "4",
            "sent_on_month": "5",
            "sent_on_year": "2018",
            "owner_post": "",
            "others": "Victim Support\n\n Age UK ",
            **changed,
        }

    def test_each_responsible_authority_is_ticked_and_the_coordinator_owns_it(self, client, nell, sam, committee):
        for kind in ("council", "police", "probation", "fire", "health", "other"):
            OrganisationFactory(slug=kind, kind=kind, name=kind.capitalize())
        shown = page(client, nell, ADD)
        assert (
            shown.count("checked") == 7 + 1
        )  # the organisations of the two people are councils; and the kind of request
        assert "Other" not in shown
        assert f'<option value="{sam.pk}" selected>' in shown
        ticked = Organisation.objects.filter(slug__in=["police", "fire"]).values_list("pk", flat=True)
        answer = client.post(ADD, self.typed(sent_to=list(ticked), owner=sam.pk))
        one = Recommendation.objects.get()
        assert answer.url == one.get_absolute_url()
        assert {row.name for row in one.recipients.all()} == {"Police", "Fire", "Victim Support", "Age UK"}
        assert (one.owner, one.recorded_by, one.due_on) == (sam, nell, dt.date(2018, 6, 1))

    def test_with_two_committees_one_is_chosen(self, client, sam, committee):
        other = BodyFactory(kind=Body.Kind.SCRUTINY)
        client.force_login(sam)
        client.post(ADD, self.typed(committee=other.pk, owner_post="Partnership coordinator"))
        assert Recommendation.objects.get().committee == other

    def test_its_history_does_not_repeat_what_stands_above(self, client, sam, committee):
        words = ("That the partnership reports on knife crime in every quarter. " * 9).strip()
        client.force_login(sam)
        client.post(ADD, self.typed(text=words, owner_post="Partnership coordinator"))
        shown = page(client, sam, Recommendation.objects.get().get_absolute_url())
        assert shown.count(words) == 1
        assert "Text: as above" in shown

    def test_a_meeting_is_asked_for_where_there_is_one(self, client, sam, committee):
        shown = page(client, sam, ADD)
        assert "At which meeting?" not in shown and "the meeting above" not in shown
        MeetingFactory(body=committee, starts_at=dt.datetime(2018, 5, 22, 9, 0, tzinfo=dt.UTC))
        shown = page(client, sam, ADD)
        assert "At which meeting?" in shown and "the meeting above" in shown

    def test_without_a_committee_the_page_says_what_to_do(self, client, sam):
        assert "No scrutiny committee is known here yet" in page(client, sam, ADD)

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"text": ""}, "Enter what was asked, in the committee’s own words"),
            ({"owner_post": ""}, "Say who sees to the answer: a post, a person or both"),
            ({"owner": "999999"}, "Choose a person"),
            ({"meeting": "x"}, "Choose a meeting"),
            ({"sent_to": ["999999"]}, "Choose from the responsible authorities"),
            ({"sent_on_month": "2", "sent_on_day": "30"}, "February 2018 has 28 days"),
            ({"sent_on_day": "24"}, "The day it was sent must be today or in the past"),
            ({"kind": "order"}, "Choose one of the options"),
        ],
    )
    def test_bad_input_is_told_and_nothing_is_lost(self, client, sam, committee, changed, sentence):
        MeetingFactory(body=committee, starts_at=dt.datetime(2018, 5, 22, 9, 0, tzinfo=dt.UTC))
        client.force_login(sam)
        typed = self.typed(**{"owner_post": "Partnership coordinator", **changed})
        shown = client.post(ADD, typed).content.decode()
        assert sentence in shown
        assert "<title>Error: " in shown
        assert "Age UK" in shown
        assert not Recommendation.objects.exists()


class TestAnswering:
    def typed(self, **changed):
        day = {"answered_on_day": "22", "answered_on_month": "5", "answered_on_year": "2018"}
        return {"answer": "By October", "outcome": "accepted", "answered_by": "CSP", "version": "1", **day, **changed}

    def test_the_owner_answers(self, client, committee):
        owner = UserFactory(roles=["member"])
        one = of(committee, 1, owner=owner)
        client.force_login(owner)
        assert client.post(url("answer", one), self.typed()).status_code == 302
        one.refresh_from_db()
        assert (one.answer, one.answer_recorded_by) == ("By October", owner)

    def test_the_second_of_two_is_told_and_keeps_the_typing(self, client, sam, committee):
        one = answered(committee, 1)
        client.force_login(sam)
        shown = client.post(url("answer", one), self.typed(answer="Never")).content.decode()
        assert "It is answered already" in shown
        assert "Never" in shown
        assert "Never" not in Recommendation.objects.get().answer

    def test_a_correction_meanwhile_is_told(self, client, sam, committee):
        one = of(committee, 1)
        client.force_login(sam)
        Recommendation.objects.update(version=2)
        shown = client.post(url("answer", one), self.typed()).content.decode()
        assert "has been changed since you opened it" in shown
        assert 'name="version" value="2"' in shown

    def test_opened_again_after_its_answer_the_page_leads_to_the_answer(self, client, sam, committee):
        one = answered(committee, 1)
        client.force_login(sam)
        assert client.get(url("answer", one)).url == one.get_absolute_url()
        assert client.get(url("edit", one)).url == one.get_absolute_url()
        assert client.get(url("follow-up", of(committee, 2))).status_code == 302


class TestOwed:
    def test_an_answer_and_a_follow_up_each_from_their_owner(self, committee, sam):
        dana, gone = UserFactory(roles=["member"]), UserFactory(roles=["member"])
        first = of(committee, 1, owner=dana)
        second = of(committee, 2, due_on=dt.date(2018, 5, 22))
        third = answered(committee, 3, owner=gone, follow_up_on=dt.date(2018, 5, 23))
        answered(committee, 4, owner=dana, follow_up_on=dt.date(2018, 5, 1), closed_on=dt.date(2018, 5, 2))
        answered(committee, 5, owner=dana)
        gone.is_active = False
        type(gone).objects.filter(pk=gone.pk).update(is_active=False, left_at=dt.datetime(2018, 5, 1, tzinfo=dt.UTC))
        told = [(item.due_on, item.person_id, item.thing, item.stage) for item in owing.owed(TODAY)]
        assert told == [
            (dt.date(2018, 5, 22), NOBODY, f"governance.recommendation:{second.pk}", "overdue"),
            (dt.date(2018, 5, 23), NOBODY, f"governance.recommendation:{third.pk}:follow-up", "due"),
            (dt.date(2018, 6, 1), dana.pk, f"governance.recommendation:{first.pk}", "due"),
        ]
        assert [item.what for item in owing.owed(TODAY, dana)] == ["Answer to scrutiny: Recommendation OSC 1"]

    def test_it_costs_one_query(self, committee, django_assert_num_queries):
        for number in range(20):
            of(committee, number, owner=UserFactory())
        with django_assert_num_queries(1):
            assert len(owing.owed(TODAY)) == 20
