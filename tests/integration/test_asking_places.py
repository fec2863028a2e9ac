"""Where people answer: the list of consultations, other languages, a library’s screen."""

import datetime as dt
import re
import uuid

import pytest
import time_machine
from django.urls import reverse

from consultation.models import Consultation, Response
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    ConcernFactory,
    ConsultationFactory,
    LanguageFactory,
    TranslationFactory,
    whole,
)
from tests.integration.asking_world import NOON, SLUG, option, start, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def consultation(clock) -> Consultation:
    return whole(slug=SLUG)


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


def test_what_has_not_opened_is_not_called_closed(client, consultation, clock):
    clock.move_to(dt.datetime(2018, 5, 1, 11, tzinfo=dt.UTC))
    page = client.get(url("start")).content.decode()
    assert "Not open yet: " in page
    assert "You can answer from " in page
    assert "Closed" not in page


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
        "ui.next": "এগিয়ে যান",
        "ui.question_of": "প্রশ্ন {number} / {of}",
    }
    for of, text in {**told, "ui.last_day": "{day} পর্যন্ত", "ui.removed": "no day in it"}.items():
        TranslationFactory(language=language, of=of, text=text)


def test_a_page_in_another_language_says_so_and_marks_what_is_english(client, consultation, bengali):
    page = client.get(url("start") + "?lang=bn").content.decode()
    assert '<html lang="bn"' in page
    assert "<title>Before you start: নমুনা শিরোনাম - " in " ".join(page.split()).replace("<title> ", "<title>")
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
    assert '<span lang="en" dir="ltr">Disagree</span>' in page  # an answer that nobody has translated
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
    assert client.get(url("step", "words")).url == kiosk()


def test_who_presses_back_on_a_cleared_screen_stays_at_its_start(client, consultation):
    client.get(kiosk())
    for page in (("step", "safe"), ("check",), ("about-you",)):
        assert client.get(url(*page)).url == kiosk()
    consultation.channels.filter(key="kiosk").delete()
    assert client.get(url("check")).url == url("start") + "?gone"


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
