"""The public form, page by page, without signing in and without script."""

import re

import pytest
import time_machine
from django.urls import reverse

from consultation.models import Comment, Consultation, MonitoringCount, Response
from tests.factories.consultations import (
    whole,
)
from tests.integration.asking_world import NOON, SLUG, concern, option, start, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def consultation(clock) -> Consultation:
    return whole(slug=SLUG)


def test_a_form_from_start_to_thanks(client, consultation, clock):
    start(client)
    clock.shift(60)
    walk = [
        (("concerns",), {"answer": concern(consultation, "Gangs")}, ("step", "concerns.second")),
        (("concerns.second",), {"answer": concern(consultation, "Something else"), "other": "Mopeds"}, ("step", "concerns.third")),
        (("concerns.third",), {"answer": concern(consultation, "Drugs")}, ("step", "safe")),
        (("safe",), {"answer": option(consultation, "safe-1")}, ("step", "connection")),
        (("connection",), {"answer": [option(consultation, "connection-1"), option(consultation, "connection-2")]}, ("step", "lighting")),
        (("lighting",), {}, ("step", "trust")),
        (("trust",), {"do": "skip"}, ("step", "words")),
        (("words",), {"answer": "More light 🦉\r\nشارع مظلم"}, ("about-you",)),
        (("age",), {"answer": option(consultation, "age-2")}, ("check",)),
    ]  # fmt: skip
    for step, told, following in walk:
        assert client.get(url("step", *step)).status_code == 200
        response = client.post(url("step", *step), told)
        assert (response.status_code, response.url) == (302, url(*following)), step
    page = client.get(url("check")).content.decode()
    for shown in (
        "First choice: Gangs",
        "Second choice: Something else",
        "Third choice: Drugs",
        "Mopeds",
        "Agree",
        "25 to 64",
    ):
        assert shown in page
    assert page.count("Not answered") == 2
    assert client.post(url("check")).url == url("sent")
    response = Response.objects.get()
    assert [c.text for c in (response.first, response.second, response.third)] == ["Gangs", "Something else", "Drugs"]
    assert (response.standing, response.was_fast, response.from_shared_address) == ("counted", False, False)
    assert sorted(response.answers.values_list("option__key", flat=True)) == ["connection-1", "connection-2", "safe-1"]
    assert set(Comment.objects.values_list("text", flat=True)) == {"Mopeds", "More light 🦉\nشارع مظلم"}
    assert dict(MonitoringCount.objects.values_list("option__key", "count")) == {None: 1, "age-2": 1}
    assert "Thank you" in client.get(url("sent")).content.decode()


def test_the_button_pressed_twice_counts_once_and_thanks_twice(client, consultation):
    start(client)
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    for _ in range(2):
        assert client.post(url("check")).url == url("sent")
    assert Response.objects.count() == 1
    for page in (("step", "safe"), ("check",), ("about-you",)):
        assert client.get(url(*page)).url == url("sent")


def test_nothing_of_the_answers_stays_in_the_session(client, consultation):
    start(client)
    client.post(url("step", "words"), {"answer": "Zebra crossing"})
    client.post(url("check"))
    held = str(dict(client.session))
    assert "Zebra" not in held
    assert str(Response.objects.get().token) not in held


def test_the_next_person_on_the_same_phone_begins_with_an_empty_form(client, consultation):
    start(client)
    client.post(url("step", "words"), {"answer": "Zebra crossing"})
    client.post(url("check"))
    start(client)
    assert "Zebra" not in client.get(url("step", "words")).content.decode()


# ---------------------------------------------------------------- the concerns in order


def test_what_was_chosen_before_is_not_offered_again(client, consultation):
    start(client)
    client.post(url("step", "concerns"), {"answer": concern(consultation, "Gangs")})
    page = client.get(url("step", "concerns.second")).content.decode()
    assert "First choice: <strong>Gangs</strong>" in page
    assert re.findall(r'radios__label" for="\w+">([^<]+)<', page) == [
        "Drugs", "Anti-social behaviour", "Road safety", "Burglary", "Something else"
    ]  # fmt: skip


def test_without_a_first_choice_no_second_is_asked_for(client, consultation):
    start(client)
    assert client.post(url("step", "concerns"), {"do": "skip"}).url == url("step", "safe")
    assert client.get(url("step", "concerns.second")).url == url("step", "concerns")
    assert client.get(url("step", "concerns.third")).url == url("step", "concerns")


def test_a_first_choice_that_was_the_second_leaves_that_place(client, consultation):
    start(client)
    for step, text in (
        ("concerns", "Gangs"),
        ("concerns.second", "Drugs"),
        ("concerns.third", "Burglary"),
        ("concerns", "Drugs"),
    ):
        client.post(url("step", step), {"answer": concern(consultation, text)})
    page = client.get(url("check")).content.decode()
    assert "First choice: Drugs" in page
    assert "Second choice: Burglary" in page
    assert "Third choice" not in page


def test_what_something_else_is_goes_when_something_else_does(client, consultation):
    start(client)
    client.post(url("step", "concerns"), {"answer": concern(consultation, "Something else"), "other": "Mopeds"})
    client.post(url("step", "concerns"), {"answer": concern(consultation, "Gangs"), "other": ""})
    client.post(url("check"))
    assert not Comment.objects.exists()


def test_a_change_leads_back_to_the_page_on_which_answers_are_checked(client, consultation):
    start(client)
    assert client.post(url("step", "safe") + "?back=check", {"answer": option(consultation, "safe-1")}).url == url(
        "check"
    )
    gangs = {"answer": concern(consultation, "Gangs")}
    assert (
        client.post(url("step", "concerns") + "?back=check", gangs).url
        == url("step", "concerns.second") + "?back=check"
    )
    assert client.post(url("step", "concerns.second") + "?back=check", {"do": "skip"}).url == url("check")


# ---------------------------------------------------------------- forged and bad input


@pytest.mark.parametrize(
    ("step", "told", "sentence"),
    [
        ("concerns", {"answer": "99999"}, "Choose one of the answers on this page."),
        ("concerns", {"answer": "Gangs"}, "Choose one of the answers on this page."),
        ("concerns", {"answer": "1' OR 1=1"}, "Choose one of the answers on this page."),
        ("concerns", {"other": "Mopeds"}, "Choose “Something else” as well, or empty this box."),
        ("concerns.second", {"answer": "1"}, "There is a second choice and no first. Choose your first first."),
        ("concerns.third", {"answer": "1"}, "There is a third choice and no second. Choose your second first."),
        ("safe", {"answer": "99999"}, "Choose one of the answers on this page."),
        ("connection", {"answer": ["99999"]}, "Choose one of the answers on this page."),
        ("words", {"answer": "x" * 10_000}, "Write 2,000 characters or fewer: this has 10,000."),
        ("words", {"answer": "a\x00b"}, "There is a hidden character in what you wrote. Type it again."),
    ],
)
def test_bad_input_is_told_in_a_sentence_and_nothing_is_lost(client, consultation, step, told, sentence):
    start(client)
    response = client.post(url("step", step), told)
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert "<title>Error: " in page
    if "x" * 10_000 in str(told):
        assert "x" * 10_000 in page
    client.post(url("check"))
    assert not Response.objects.exists()


def test_a_concern_chosen_twice_by_force_is_told_so(client, consultation):
    start(client)
    gangs = {"answer": concern(consultation, "Gangs")}
    client.post(url("step", "concerns"), gangs)
    assert "The same concern is chosen twice" in client.post(url("step", "concerns.second"), gangs).content.decode()


def test_two_answers_to_a_question_that_takes_one(client, consultation):
    start(client)
    both = {"answer": [option(consultation, "safe-1"), option(consultation, "safe-2")]}
    assert "Choose one answer only." in client.post(url("step", "safe"), both).content.decode()


def test_what_another_consultation_asks_is_no_answer_here(client, consultation):
    other = whole()
    start(client)
    told = {"answer": concern(other, "Gangs")}
    assert "Choose one of the answers on this page." in client.post(url("step", "concerns"), told).content.decode()
    assert client.get(url("step", "nothing-here")).url == url("step", "concerns")


def test_without_a_form_that_was_begun_every_page_leads_to_the_start(client, consultation):
    for page in (("step", "safe"), ("step", "concerns.second"), ("check",), ("about-you",)):
        assert client.get(url(*page)).url == url("start") + "?gone"
    assert client.get(url("sent")).url == url("start")
    for page in (("step", "safe"), ("check",)):
        assert client.post(url(*page), {"answer": "1"}).url == url("start") + "?gone"
    assert not Response.objects.exists()


def test_a_form_without_any_answer_is_not_sent(client, consultation):
    start(client)
    assert "Answer at least one question" in client.post(url("check")).content.decode()
    assert not Response.objects.exists()


def test_after_an_hour_the_form_is_gone_and_words_just_typed_are_not(client, consultation, clock):
    start(client)
    client.post(url("step", "words"), {"answer": "Typed before"})
    clock.shift(3600)
    page = client.post(url("step", "words"), {"answer": "Typed after"}).content.decode()
    assert "Your form was open for too long" in page
    assert "Typed after" in page
    assert "Typed before" not in page
    assert client.get(url("step", "words")).url == url("start") + "?gone"


def test_who_sends_a_form_that_has_gone_is_told_so(client, consultation, clock):
    start(client)
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    clock.shift(3600)
    page = client.post(url("check"), follow=True).content.decode()
    assert "If you have not seen “Thank you”, your answers were not sent." in page
    assert "your answers were not sent" not in client.get(url("start")).content.decode()
    start(client)
    assert "your answers were not sent" not in client.get(url("start") + "?gone").content.decode()


def test_before_the_first_question_it_says_who_reads_and_that_nothing_can_be_taken_back(client, consultation):
    page = client.get(url("start")).content.decode()
    assert "The partnership team reads what you write in your own words." in page
    assert "a named person sees to it and may have to tell those who can help" in page
    assert "So we can’t show you, change or take back what you have handed in." in page
    assert page.index("take back") < page.index(">Start</button>")


def test_the_thanks_lead_to_where_results_stand(client, consultation):
    start(client)
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    page = client.post(url("check"), follow=True).content.decode()
    assert f'<a class="govuk-link" href="{reverse("reporting:told-list")}">See “What you told us”' in page
    assert "To report a crime call 101" in page
    assert "name people here" not in page  # there is nothing to write in
