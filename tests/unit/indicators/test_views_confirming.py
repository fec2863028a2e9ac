"""The page that asks a supplier to confirm, and the one behind the link."""

import datetime as dt
import re
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.models import AuditEvent
from indicators import actions, confirming
from indicators.models import Confirmation, Return
from tests.factories import UserFactory
from tests.factories.indicators import ReturnFactory, sent, verified

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2018, 5, 3, 9, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", email="sam.carrick@example.org", roles=["coordinator"])


@pytest.fixture
def return_(sam):
    return_ = ReturnFactory(indicator__name="Domestic abuse reports")
    sent(return_, supplied_by=None, supplied_by_name="Tom Okafor, YOT manager", recorded_by=sam)
    return return_


@pytest.fixture
def asked(return_, sam):
    return actions.ask_to_confirm(return_, to_name="Tom Okafor", address="tom.okafor@example.org", version=1, by=sam)


@pytest.fixture
def link(asked):
    return "/" + confirming.link(asked).split("/", 3)[3]


@pytest.fixture
def team(client, sam):
    client.force_login(sam)
    return client


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


class TestAsking:
    def url(self, return_):
        return reverse("indicators:confirmation-ask", args=[return_.pk])

    def test_it_is_offered_to_whoever_may_not_verify(self, team, return_):
        page = text(team.get(return_.get_absolute_url()))
        assert "Ask Tom Okafor to confirm" in page
        assert "Have its supplier confirm it by link" in page

    def test_it_is_not_offered_to_whoever_may(self, client, return_):
        client.force_login(UserFactory(roles=["coordinator"]))
        assert "to confirm" not in text(client.get(return_.get_absolute_url()))

    def test_name_and_address_of_a_supplier_with_an_account_are_shown_and_not_asked(self, team, sam):
        tom = UserFactory(name="Tom Okafor", email="tom.okafor@example.org", roles=["data_lead"])
        return_ = ReturnFactory()
        sent(return_, supplied_by=tom, recorded_by=sam)
        page = team.get(self.url(return_))
        assert "The mail goes to Tom Okafor at tom.okafor@example.org" in text(page)
        assert 'name="address"' not in page.content.decode() and 'name="to_name"' not in page.content.decode()
        team.post(self.url(return_), {"version": "1", "to_name": "Tom", "address": "sam.at.home@example.com"})
        assert Confirmation.objects.get().address == "tom.okafor@example.org"

    def test_a_supplier_who_has_left_is_not_asked(self, team, sam):
        tom = UserFactory(name="Tom Okafor", is_active=False, left_at=NOW)
        return_ = ReturnFactory()
        sent(return_, supplied_by=tom, recorded_by=sam)
        page = text(team.get(self.url(return_), follow=True))
        assert "Nobody was asked. Tom Okafor, who gave this figure, has left and can’t be asked." in page
        assert "Ask whoever gives it now, and key it again in their name." in page
        assert "Ask Tom Okafor to confirm" not in page

    def test_of_a_supplier_by_name_the_name_without_the_post(self, team, return_):
        page = team.get(self.url(return_)).content.decode()
        assert 'value="Tom Okafor"' in page
        assert "YOT manager, " not in page

    def test_asked(self, team, return_):
        answer = team.post(
            self.url(return_), {"version": "1", "to_name": "Tom Okafor", "address": "tom@example.org"}, follow=True
        )
        assert "Asked Tom Okafor to confirm, by mail to tom@example.org" in text(answer)
        assert "Tom Okafor was asked on 3 May 2018 at 10:12 to confirm it" in text(answer)
        assert "Ask Tom Okafor again to confirm" in text(answer)

    def test_refused_beside_its_box_with_what_was_typed(self, team, return_):
        answer = team.post(self.url(return_), {"version": "1", "to_name": "Tom", "address": "sam.carrick@example.org"})
        page = answer.content.decode()
        assert "<title>Error: " in page
        assert 'href="#id_address"' in page
        assert 'value="sam.carrick@example.org"' in page

    def test_boxes_left_empty(self, team, return_):
        page = text(team.post(self.url(return_), {"version": "1"}))
        assert "Enter the name of who gave the figure" in page
        assert "Enter their email address" in page

    def test_what_can_not_be_confirmed_leads_back_with_the_reason(self, team, sam):
        return_ = ReturnFactory()
        verified(return_)
        page = team.get(self.url(return_), follow=True)
        assert "Nobody was asked. No figure waits to be verified here." in text(page)


class TestTheLink:
    def test_it_shows_what_they_supplied_and_nothing_else_of_the_application(self, client, link, sam):
        other = ReturnFactory(round=Return.objects.get().round, indicator__name="Something else")
        sent(other, 9999)
        response = client.get(link)
        page = response.content.decode()
        assert "Domestic abuse reports" in page and "1,561" in page and "Tom Okafor, YOT manager" in page
        for word in ("Something else", "9,999", "Sign in", "Sign out", "<nav", "csp-chart", "Reports"):
            assert word not in page
        assert set(re.findall(r'href="(/[^"]*)"', page)) <= {"/static/favicon.svg", "/static/build/app.css"}

    def test_nothing_of_whoever_is_signed_in_stands_there(self, team, link):
        page = team.get(link).content.decode()
        assert "Sign out" not in page and "<nav" not in page

    def test_nobody_keeps_it_finds_it_or_is_told_where_it_was(self, client, link):
        response = client.get(link)
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()

    @pytest.mark.parametrize("method", ["get", "head"])
    def test_looking_confirms_nothing_and_is_not_recorded(self, client, link, method):
        events = AuditEvent.objects.count()
        for _ in range(3):
            assert getattr(client, method)(link).status_code == 200
        assert Confirmation.objects.get().answer == ""
        assert AuditEvent.objects.count() == events

    @pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
    def test_it_takes_no_other_method(self, client, link, method):
        assert getattr(client, method)(link).status_code == 405

    def test_looking_costs_the_same_however_much_there_is(self, client, link, django_assert_num_queries):
        with django_assert_num_queries(
            6
        ):  # the link, newer ones, taken back, verified, latest figure, its return's, sample
            client.get(link)

    def test_a_wrong_signature_is_a_404_that_hints_at_nothing(self, client, link):
        wrong = f"{link[:-3]}xx/"
        response = client.get(wrong)
        assert response.status_code == 404
        assert "Domestic" not in response.content.decode()
        assert response.content == client.get("/confirm/1.abc/").content  # a link of ours looks like any other

    def test_a_form_without_its_token_confirms_nothing(self, link):
        assert Client(enforce_csrf_checks=True).post(link, {"answer": "confirmed"}).status_code == 403
        assert Confirmation.objects.get().answer == ""


class TestAnswering:
    def test_yes(self, client, link):
        page = client.post(link, {"answer": "confirmed", "said": ""}, follow=True)
        assert "Thank you" in text(page)
        assert "On 3 May 2018, 10:12 you confirmed that the figure is what you gave" in text(page)
        assert Confirmation.objects.get().answer == "confirmed"

    def test_no_with_what_is_wrong(self, client, link):
        page = client.post(link, {"answer": "disputed", "said": "It was <b>1,516</b>."}, follow=True)
        assert "you said that something is wrong" in text(page)
        assert Confirmation.objects.get().said == "It was <b>1,516</b>."

    def test_a_second_answer_is_told_so(self, client, link):
        client.post(link, {"answer": "confirmed"})
        page = client.post(link, {"answer": "disputed", "said": "No."})
        assert "This has been answered already" in text(page)
        assert Confirmation.objects.get().answer == "confirmed"

    @pytest.mark.parametrize(
        "posted, sentence",
        [
            ({"answer": "disputed", "said": "  "}, "Say what is wrong, so that it can be put right"),
            ({"answer": "confirmed", "said": "It was 1,516."}, "You wrote what is wrong"),
            ({}, "Say whether it is what you gave"),
            ({"answer": "perhaps"}, "Say whether it is what you gave"),
            ({"answer": "disputed", "said": "x" * 1001}, "1,000 characters or fewer"),
            ({"answer": "disputed", "said": "nul\x00"}, "has a hidden character in it"),
        ],
    )
    def test_what_is_no_answer(self, client, link, posted, sentence):
        page = client.post(link, posted)
        assert page.status_code == 200
        assert escape(sentence) in page.content.decode()
        assert "<title>Error: " in page.content.decode()
        assert Confirmation.objects.get().answer == ""

    def test_whoever_keyed_it_is_told_that_it_is_not_for_them(self, team, link):
        page = team.post(link, {"answer": "confirmed"})
        assert "You are signed in as Sam Carrick. Only Tom Okafor can answer" in text(page)
        assert Confirmation.objects.get().answer == ""

    def test_what_was_said_stands_on_the_return_escaped(self, client, team, link, return_):
        Client().post(link, {"answer": "disputed", "said": "It was <b>1,516</b>."})
        page = team.get(return_.get_absolute_url()).content.decode()
        assert "Tom Okafor says this is not what they gave: “It was &lt;b&gt;1,516&lt;/b&gt;.”" in page
        assert "Verify this figure" not in page

    def test_confirmed_and_verified_reads_so_in_the_list_of_figures(self, team, link, return_, sam):
        Client().post(link, {"answer": "confirmed"})
        page = text(team.get(return_.get_absolute_url()))
        assert "Confirmed by Tom Okafor on 3 May 2018 at 10:12: you may verify it." in page
        assert "Verify this figure" in page
        team.post(reverse("indicators:return-verify", args=[return_.pk]), {"version": "1"})
        page = text(team.get(return_.get_absolute_url()))
        assert "Verified by Sam Carrick, who keyed it, 3 May 2018; confirmed by Tom Okafor by link" in page


class TestOver:
    def expired(self, asked, clock, sam):
        clock.shift(dt.timedelta(days=14))
        return "This link has expired"

    def newer_link(self, asked, clock, sam):
        actions.ask_to_confirm(
            Return.objects.get(), to_name="Tom Okafor", address="tom@yot.example.org", version=1, by=sam
        )
        return "There is a newer link"

    def newer_figure(self, asked, clock, sam):
        actions.submit(Return.objects.get(), version=1, numerator=Decimal(7), supplied_by_name="Tom Okafor", by=sam)
        return "This figure has been replaced"

    def sent_back(self, asked, clock, sam):
        due = dt.date(2018, 5, 10)
        actions.send_back(Return.objects.get(), comment="A secret question", due_again_on=due, version=1, by=sam)
        return "This figure is being looked at again"

    def verified(self, asked, clock, sam):
        actions.verify(Return.objects.get(), version=1, by=UserFactory(name="Lena Fox", roles=["coordinator"]))
        return "This figure has been checked"

    @pytest.mark.parametrize("how", ["expired", "newer_link", "newer_figure", "sent_back", "verified"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_each_way_has_a_page_that_says_whom_to_ask_and_hints_at_nothing(
        self, client, link, asked, clock, sam, settings, how, method
    ):
        heading = getattr(self, how)(asked, clock, sam)
        response = getattr(client, method)(link, {"answer": "confirmed"} if method == "post" else {})
        page = response.content.decode()
        assert response.status_code == 410
        assert heading in page
        assert f"mailto:{settings.CONTACT_EMAIL}" in page
        for word in ("1,561", "Domestic", "secret", "Lena", "Sam", "<form"):
            assert word not in page
        assert "no-store" in response["Cache-Control"]
        assert Confirmation.objects.get(pk=asked.pk).answer == ""


def test_many_looks_in_a_minute_wait_and_change_nothing(client, link):
    for _ in range(60):
        assert client.get(link).status_code == 200
    response = client.post(link, {"answer": "confirmed"})
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert "Please wait a minute" in text(response)
    assert Confirmation.objects.get().answer == ""
