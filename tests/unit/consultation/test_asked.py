"""The whole form in one language, English where a text is not translated."""

import pytest

from consultation import asked
from tests.factories.consultations import ConcernFactory, LanguageFactory, TranslationFactory, whole

pytestmark = pytest.mark.django_db


def test_in_english_the_words_are_the_records_own():
    consultation = whole(panel="1,561 incidents")
    form = asked.read(consultation)
    assert (form.language, form.is_right_to_left, form.is_sample) == ("en", False, False)
    assert (form.title, form.purpose, form.panel) == (
        consultation.title,
        "To choose what comes first.",
        "1,561 incidents",
    )
    assert [question.key for question in form.asked_of_all] == [
        "concerns",
        "safe",
        "connection",
        "lighting",
        "trust",
        "words",
    ]
    assert [question.key for question in form.monitoring] == ["age"]
    assert [concern.text for concern in form.ranked.options][-2:] == ["Burglary", "Something else"]


def test_what_is_not_translated_is_in_english():
    consultation = whole()
    language = LanguageFactory(consultation=consultation, code="ar", is_right_to_left=True, is_sample=True)
    told = {
        "title": "عنوان",
        "question.safe": "هل",
        "option.safe.safe-1": "نعم",
        "concern.concern-3": "عصابات",
        "ui.next": "التالي",
    }
    for of, text in told.items():
        TranslationFactory(language=language, of=of, text=text)
    form = asked.read(consultation, "ar")
    assert (form.language, form.is_right_to_left, form.is_sample, form.title) == ("ar", True, True, "عنوان")
    assert form.purpose == "To choose what comes first."
    assert (form.question("safe").text, form.question("connection").text) == (
        "هل",
        "What is your connection to the area?",
    )
    assert [option.text for option in form.question("safe").options] == ["نعم", "Disagree", "Don’t know"]
    assert [concern.text for concern in form.ranked.options][1:3] == ["Anti-social behaviour", "عصابات"]
    assert form.words == {"next": "التالي"}
    assert {"purpose", "question.connection", "option.safe.safe-2", "concern.other"} <= form.untranslated
    assert form.untranslated.isdisjoint(told)
    assert asked.read(consultation).untranslated == frozenset()


@pytest.mark.parametrize("code", ["xx", "", "en", "bn' OR 1=1", "bn" * 500])
def test_a_language_that_is_not_there_is_english(code: str):
    LanguageFactory()  # of another consultation
    assert asked.read(whole(), code).language == "en"


def test_monitoring_comes_last_wherever_it_stands():
    consultation = whole()
    consultation.questions.filter(key="age").update(order=0)
    assert [question.key for question in asked.read(consultation).questions][-1] == "age"


def test_it_is_read_in_as_many_queries_whatever_is_asked(django_assert_num_queries):
    consultation = whole()
    for number in range(10, 44):
        ConcernFactory(consultation=consultation, order=number)
    TranslationFactory(language__consultation=consultation)
    with django_assert_num_queries(5):
        asked.read(consultation, "bn")
