"""The public form, page by page, without signing in and without script."""

import datetime as dt
import re
import uuid

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from consultation.models import AddressSeen, Code, Comment, Consultation, MonitoringCount, Response
from tests.factories.consultations import (
    CodeFactory,
    ConcernFactory,
    ConsultationFactory,
    LanguageFactory,
    TranslationFactory,
    whole,
)

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2018, 7, 2, 11, tzinfo=dt.UTC)
MIDNIGHT = dt.datetime(2018, 8, 12, 23, tzinfo=dt.UTC)  # in London, at the end of 12 August


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def consultation(clock) -> Consultation:
    return whole(slug="what-matters")


def url(page: str, *more: str) -> str:
    return reverse(f"consultation:asking-{page}", args=["what-matters", *more])


def start(client: Client, **told: str) -> None:
    assert client.post(url("start"), told).url == url("step", "concerns")


def concern(consultation: Consultation, text: str) -> int:
    return consultation.concerns.get(text=text).pk


def option(consultation: Consultation, key: str) -> int:
    return consultation.questions.get(key=key.rpartition("-")[0]).options.get(key=key).pk


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
    for page in (("step", "safe"), ("step", "concerns.second"), ("check",), ("about-you",), ("sent",)):
        assert client.get(url(*page)).url == url("start")
    for page in (("step", "safe"), ("check",)):
        assert client.post(url(*page), {"answer": "1"}).url == url("start")
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
    assert client.get(url("step", "words")).url == url("start")


# ---------------------------------------------------------------- honest limits


def test_a_box_that_nobody_sees_holds_the_answers_back(client, consultation):
    start(client)
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1"), "website": "http://example.org"})
    client.post(url("check"))
    response = Response.objects.get()
    assert (response.standing, response.filled_the_trap) == ("held", True)


@pytest.mark.parametrize(("seconds", "was_fast"), [(4.9, True), (5, False)])
def test_a_form_sent_in_under_five_seconds_is_flagged_and_counted(client, consultation, clock, seconds, was_fast):
    start(client)
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    clock.shift(seconds)
    client.post(url("check"))
    response = Response.objects.get()
    assert (response.was_fast, response.standing) == (was_fast, "counted")


def test_an_address_is_kept_as_a_keyed_hash_of_its_own_for_each_consultation(client, consultation, settings):
    start(client)
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    client.post(url("check"), REMOTE_ADDR="203.0.113.9")
    first = AddressSeen.objects.get().digest
    assert re.fullmatch(r"[0-9a-f]{64}", first)
    assert "203.0.113.9" not in str(list(Response.objects.values()))
    settings.SECRET_KEY = "another" * 9
    from consultation import addresses

    request = client.get(url("start"), REMOTE_ADDR="203.0.113.9").wsgi_request
    assert addresses.digest(request, consultation) != first
    assert addresses.digest(request, consultation) != addresses.digest(request, whole())


def test_more_than_thirty_pages_a_minute_wait_and_keep_the_typing(client, consultation, clock):
    start(client)  # the first of the thirty
    for number in range(29):
        assert client.post(url("step", "words"), {"answer": f"Words {number}"}).status_code == 302
    response = client.post(url("step", "words"), {"answer": "The thirty-first"})
    page = response.content.decode()
    assert response.status_code == 429
    assert "wait a minute" in page
    assert "The thirty-first" in page
    assert client.post(url("check")).status_code == 429
    assert not Response.objects.exists()
    clock.shift(60)
    client.post(url("step", "words"), {"answer": "The thirty-first"})
    client.post(url("check"))
    assert Comment.objects.get().text == "The thirty-first"


# ---------------------------------------------------------------- codes


def test_a_code_is_used_up_however_it_is_typed(client, consultation):
    CodeFactory(consultation=consultation, value="ABCD2345")
    start(client, code=" abcd-2345 ")
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    client.post(url("check"))
    assert Code.objects.get().used_on == dt.date(2018, 7, 2)


def test_a_used_code_is_told_at_the_start_with_the_way_on(client, consultation):
    CodeFactory(consultation=consultation, value="ABCD2345", used_on=dt.date(2018, 7, 1))
    page = client.post(url("start"), {"code": "ABCD2345"}).content.decode()
    assert "This code has been used already" in page
    assert "Leave the code out to answer without it" in page
    assert 'value="ABCD2345"' in page
    assert "There is no such code" in client.post(url("start"), {"code": "ZZZZ9999"}).content.decode()
    assert "A code has 8 letters" in client.post(url("start"), {"code": "Z" * 50}).content.decode()


def test_a_code_used_by_somebody_else_meanwhile_loses_no_answer(client, consultation):
    code = CodeFactory(consultation=consultation, value="ABCD2345")
    start(client, code="ABCD2345")
    client.post(url("step", "words"), {"answer": "Zebra crossing"})
    Code.objects.filter(pk=code.pk).update(used_on=dt.date(2018, 7, 2))
    page = client.post(url("check")).content.decode()
    assert "This code has been used already" in page
    assert "Send my answers without the code" in page
    assert client.post(url("check"), {"do": "without_code"}).url == url("sent")
    assert Comment.objects.get().text == "Zebra crossing"


def test_a_code_in_the_address_stands_in_its_box(client, consultation):
    assert 'value="ABCD2345"' in client.get(url("start") + "?code=ABCD2345").content.decode()


# ---------------------------------------------------------------- midnight


def test_up_to_the_last_instant_of_the_last_day_it_counts(client, consultation, clock):
    clock.move_to(MIDNIGHT - dt.timedelta(milliseconds=100))  # 23:59:59.9 in London, in summer time
    start(client)
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    client.post(url("check"))
    response = Response.objects.get()
    assert (response.standing, response.received_on) == ("counted", dt.date(2018, 8, 12))


def test_at_midnight_in_london_nothing_can_be_begun(client, consultation, clock):
    clock.move_to(MIDNIGHT)
    page = client.post(url("start")).content.decode()
    assert "This consultation is closed: its last day was Sunday 12 August 2018" in page
    assert client.get(url("step", "safe")).url == url("start")


@pytest.mark.parametrize("state", ["open", "closed"])  # closed by the clock meanwhile, or not yet
def test_a_form_begun_before_midnight_and_sent_after_is_late(client, consultation, clock, state):
    clock.move_to(MIDNIGHT - dt.timedelta(minutes=5))
    start(client)
    client.post(url("step", "age"), {"answer": option(consultation, "age-1")})
    clock.move_to(MIDNIGHT)
    Consultation.objects.update(state=state)
    page = client.get(url("step", "safe")).content.decode()
    assert "They are kept as late, and are not counted" in page
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    clock.move_to(MIDNIGHT + dt.timedelta(minutes=54, seconds=59))
    client.post(url("check"))
    response = Response.objects.get()
    assert (response.standing, response.received_on) == ("late", dt.date(2018, 8, 13))
    assert not MonitoringCount.objects.exists()
    assert "kept, and not counted" in client.get(url("sent")).content.decode()


def test_an_hour_after_midnight_it_is_closed_and_shows_what_was_typed(client, consultation, clock):
    clock.move_to(MIDNIGHT - dt.timedelta(minutes=1))
    start(client)
    client.post(url("step", "concerns"), {"answer": concern(consultation, "Gangs")})
    clock.move_to(MIDNIGHT + dt.timedelta(minutes=40))
    client.post(url("step", "words"), {"answer": "Typed in time"})
    clock.move_to(MIDNIGHT + dt.timedelta(hours=1))
    for page in (
        client.post(url("step", "words"), {"answer": "x" * 3000}),
        client.post(url("step", "words"), {"answer": "Typed too late"}),
    ):
        assert "This consultation is closed" in page.content.decode()
        assert "First choice: Gangs" in page.content.decode()
    assert "Typed too late" in client.post(url("check")).content.decode()
    assert "Typed too late" in client.get(url("check")).content.decode()
    assert not Response.objects.exists()


def test_closed_by_hand_before_its_last_day_it_takes_the_same_hour(client, consultation, clock):
    start(client)
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    clock.shift(60)
    Consultation.objects.update(state="closed", closed_at=dt.datetime(2018, 7, 2, 11, 0, 30, tzinfo=dt.UTC))
    client.post(url("check"))
    assert Response.objects.get().standing == "late"


# ---------------------------------------------------------------- which are there


def test_the_list_says_what_is_open_what_comes_and_what_is_over(client, consultation, clock):
    ConsultationFactory(
        title="Next year", opens_on=dt.date(2018, 9, 1), closes_on=dt.date(2018, 9, 30), purge_on=dt.date(2019, 4, 1)
    )
    ConsultationFactory(title="Last year", state="closed", opens_on=dt.date(2017, 9, 1), closes_on=dt.date(2017, 9, 30))
    ConsultationFactory(title="Nobody knows", draft=True)
    page = client.get(reverse("consultation:asking-list")).content.decode()
    assert "Open until the end of Sunday 12 August 2018" in page
    assert "Next year: opens on Saturday 1 September 2018" in page
    assert "Last year: its results are not published yet. It closed on 30 September 2017" in page
    assert "Nobody knows" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_as_many_queries_however_many_there_are(
    client, consultation, count, django_assert_max_num_queries
):
    for _ in range(count):
        LanguageFactory(consultation=whole())
    with django_assert_max_num_queries(3):  # consultations, languages, whether anything is sample
        client.get(reverse("consultation:asking-list"))


def test_a_draft_is_not_there(client, clock):
    ConsultationFactory(slug="what-matters", draft=True)
    assert client.get(url("start")).status_code == 404
    assert client.post(url("start")).status_code == 404


def test_what_is_not_answered_on_the_web_has_no_start(client, consultation):
    consultation.channels.filter(way="web").delete()
    assert "is not answered on this site" in client.get(url("start")).content.decode()
    assert client.post(url("start")).status_code == 200


def test_no_page_is_kept_on_the_way(client, consultation):
    start(client)
    for page in (("start",), ("step", "safe"), ("check",), ("about-you",)):
        assert client.get(url(*page))["Cache-Control"] == "private, no-store"


def test_a_page_takes_as_many_queries_with_forty_concerns(client, consultation, django_assert_max_num_queries):
    for number in range(10, 44):
        ConcernFactory(consultation=consultation, order=number)
    start(client)
    with django_assert_max_num_queries(10):
        client.get(url("step", "concerns"))


def test_answering_while_signed_in_leaves_no_trace_of_who(client, consultation, django_user_model):
    from tests.factories.accounts import UserFactory

    client.force_login(UserFactory(roles=["coordinator"]))
    start(client)
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    assert client.post(url("check")).url == url("sent")
    assert client.session.get_expiry_age() == 10 * 3600
    assert not re.search(r"user|by_id|person", str(list(Response.objects.values())))


# ---------------------------------------------------------------- languages


@pytest.fixture
def bengali(consultation) -> None:
    language = LanguageFactory(consultation=consultation, is_sample=True)
    told = {
        "title": "নমুনা শিরোনাম",
        "question.safe": "আপনি কি নিরাপদ?",
        "ui.continue": "এগিয়ে যান",
        "ui.question_of": "প্রশ্ন {number} / {of}",
    }
    for of, text in {**told, "ui.last_day": "{day} পর্যন্ত", "ui.removed": "no day in it"}.items():
        TranslationFactory(language=language, of=of, text=text)


def test_a_page_in_another_language_says_so_and_marks_what_is_english(client, consultation, bengali):
    page = client.get(url("start") + "?lang=bn").content.decode()
    assert '<html lang="bn"' in page
    assert '<h1 class="govuk-heading-l">নমুনা শিরোনাম</h1>' in page
    assert '<span lang="en" dir="ltr">These words are a sample' in page
    assert "রবিবার 12 আগস্ট 2018 পর্যন্ত" in page
    assert "no day in it" not in page  # a translation that lost its day
    start(client, language="bn")
    page = client.get(url("step", "safe")).content.decode()
    assert "প্রশ্ন 2 / 6" in page
    assert "আপনি কি নিরাপদ?" in page
    assert re.search(r'<button type="submit" class="govuk-button" data-module="govuk-button">এগিয়ে যান</button>', page)
    assert '<span lang="en" dir="ltr">Skip this question</span>' in page
    refused = client.post(url("step", "safe"), {"answer": "99999"}).content.decode()
    assert '<span lang="en" dir="ltr">Choose one of the answers on this page.</span>' in refused


def test_the_language_is_changed_on_any_page_and_kept(client, consultation, bengali):
    start(client)
    assert '<html lang="bn"' in client.get(url("step", "safe") + "?lang=bn").content.decode()
    assert '<html lang="bn"' in client.get(url("step", "words")).content.decode()
    assert '<html lang="en-GB"' in client.get(url("step", "words") + "?lang=en").content.decode()
    client.get(url("step", "words") + "?lang=bn")
    client.post(url("step", "words"), {"answer": "জল"})
    client.post(url("check"))
    assert Response.objects.get().language == "bn"


def test_a_language_from_right_to_left(client, consultation):
    LanguageFactory(consultation=consultation, code="ar", name="العربية", is_right_to_left=True)
    assert '<html lang="ar" dir="rtl"' in client.get(url("start") + "?lang=ar").content.decode()


# ---------------------------------------------------------------- a library's screen


def kiosk() -> str:
    return url("kiosk", "kiosk")


def test_a_librarys_screen_counts_by_its_channel_and_starts_anew(client, consultation):
    assert client.post(kiosk()).url == url("step", "concerns")
    page = client.get(url("step", "safe")).content.decode()
    assert f'<noscript><meta http-equiv="refresh" content="60; url={kiosk()}"></noscript>' in page
    assert f'data-kiosk="{kiosk()}" data-clears="60" data-warns="40"' in page
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    client.post(url("check"))
    assert Response.objects.get().channel.key == "kiosk"
    assert f'content="15; url={kiosk()}"' in client.get(url("sent")).content.decode()


def test_opening_a_librarys_screen_clears_what_was_left(client, consultation):
    client.post(kiosk())
    client.post(url("step", "words"), {"answer": "Zebra crossing"})
    page = client.get(kiosk()).content.decode()
    assert "Zebra" not in str(dict(client.session))
    assert "refresh" not in page
    assert client.get(url("step", "words")).url == url("start")


def test_on_the_web_nothing_clears_itself(client, consultation):
    start(client)
    page = client.get(url("step", "safe")).content.decode()
    assert "data-kiosk" not in page
    assert "refresh" not in page


@pytest.mark.parametrize("key", ["web", "paper", "nothing"])
def test_only_a_librarys_screen_has_such_an_address(client, consultation, key):
    assert client.get(url("kiosk", key)).status_code == 404


def test_the_panel_stands_beside_the_concerns(client, consultation):
    Consultation.objects.update(panel="1,561 incidents were reported.", panel_source="Report of 2017-18 Q4")
    start(client)
    page = client.get(url("step", "concerns")).content.decode()
    assert "1,561 incidents were reported." in page
    assert "From: Report of 2017-18 Q4" in page
    assert "1,561" not in client.get(url("step", "safe")).content.decode()


def test_forms_begun_in_two_consultations_stay_apart(client, consultation):
    other = whole(slug="another")
    start(client)
    client.post(url("step", "words"), {"answer": "To the first"})
    client.post(reverse("consultation:asking-start", args=["another"]))
    client.post(reverse("consultation:asking-check", args=["another"]))
    client.post(url("check"))
    assert Response.objects.get().consultation == consultation
    assert not Response.objects.filter(consultation=other).exists()


def test_a_token_is_the_forms_own(client, consultation):
    start(client)
    client.post(url("step", "safe"), {"answer": option(consultation, "safe-1")})
    client.post(url("check"))
    assert isinstance(Response.objects.get().token, uuid.UUID)
