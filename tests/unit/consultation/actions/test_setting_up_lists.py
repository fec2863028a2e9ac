"""Questions, concerns, ways and languages: written while it is a draft, by keys that stay, and never once people have answered them."""

import pytest
from django.core.exceptions import ValidationError

from accounts import audit
from consultation import asked, texts
from consultation.actions import setting_up_concerns, setting_up_languages, setting_up_questions
from consultation.actions.setting_up_concerns import Listed
from consultation.actions.setting_up_languages import Way
from consultation.actions.setting_up_questions import Asking
from consultation.models import Channel, Concern, Consultation, Language, Option, Question, Translation
from lib.editing import Stale
from tests.factories.accounts import UserFactory
from tests.factories.consultations import TallyFactory, TranslationFactory, whole
from tests.factories.priorities import PriorityFactory

pytestmark = pytest.mark.django_db
STAYS = "was opened, so its texts stay: people have answered them"


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def draft():
    return whole(draft=True)


def refusal(call) -> str:
    with pytest.raises(ValidationError) as refused:
        call()
    (sentence,) = refused.value.messages
    return sentence


def last_changes(consultation) -> list[str]:
    return audit.lines(audit.history(consultation)[:1])[0].changes


def translation(consultation, *of) -> Language:
    language = Language.objects.create(consultation=consultation, code="bn", name="বাংলা")
    for one in of:
        TranslationFactory(language=language, of=one, text=one)
    return language


# ---------------------------------------------------------------- questions


def asking(text="Where is light missing?", kind="multiple", options=("Parks", "Streets", "Estates"), **told) -> Asking:
    return Asking(told.pop("role", "further"), kind, text, options=tuple(options), **told)


def written(question, sam, new) -> Question:
    version = Consultation.objects.get(pk=question.consultation_id).version
    return setting_up_questions.write_question(question, asking=new, version=version, by=sam)


def options(question) -> list[tuple[str, str, bool]]:
    return list(Option.objects.filter(question=question).values_list("key", "text", "is_dont_know"))


def test_a_question_is_added_as_the_last_one(draft, sam):
    new = asking("Is it noisy at night?", "single", ["Yes", "No"], dont_know=("Don’t know", "Prefer not to say"))
    made = setting_up_questions.add_question(draft, asking=new, version=1, by=sam)
    assert (made.key, made.order, draft.version) == ("is-it-noisy-at-night", 8, 2)
    assert options(made) == [
        ("yes", "Yes", False),
        ("no", "No", False),
        ("dont-know", "Don’t know", True),
        ("prefer-not-to-say", "Prefer not to say", True),
    ]
    assert last_changes(draft)[0] == "Question: Is it noisy at night?"


def test_answers_keep_their_keys_where_their_words_stay_or_one_is_reworded(draft, sam):
    question = Question.objects.get(consultation=draft, key="lighting")
    language = translation(
        draft, "option.lighting.lighting-1", "option.lighting.lighting-2", "option.lighting.lighting-3"
    )
    written(question, sam, asking(options=["Estates", "In parks", "Streets"]))
    assert options(question) == [
        ("lighting-3", "Estates", False),
        ("lighting-1", "In parks", False),
        ("lighting-2", "Streets", False),
    ]
    assert language.translations.count() == 3
    written(question, sam, asking(options=["Estates", "Streets", "Stations", "Bus stops"]))
    assert [key for key, *_ in options(question)] == ["lighting-3", "lighting-2", "stations", "bus-stops"]
    kept = language.translations.values_list("of", flat=True)
    assert sorted(kept) == ["option.lighting.lighting-2", "option.lighting.lighting-3"]


def test_two_answers_change_places(draft, sam):
    question = Question.objects.get(consultation=draft, key="lighting")
    written(question, sam, asking(options=["Streets", "Parks", "Estates"]))
    assert [text for _, text, _ in options(question)] == ["Streets", "Parks", "Estates"]


def test_a_question_in_their_own_words_has_no_answers(draft, sam):
    question = Question.objects.get(consultation=draft, key="lighting")
    written(question, sam, asking(kind="text", options=()))
    assert options(question) == []


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (asking(options=["Parks"]), "Enter at least two answers, one a line"),
        (asking(options=["Parks", "parks"]), "“Parks” is there twice. Each answer is there once"),
        (asking(options=["Parks", "Streets"], dont_know=("streets",)), "“Streets” is there twice. Each answer is there once"),
        (asking(options=[str(number) for number in range(41)]), "Enter 40 answers or fewer: these are 41"),
        (asking(options=["x" * 161, "y"]), f"Each answer must be 160 characters or fewer: “{'x' * 40}…” has 161"),
        (asking(" "), "Enter the question"),
        (asking(role="safe", kind="single"), "“Feeling safe” is asked already. Change that question, or choose something else"),
        (
            asking(role="monitoring", kind="text", options=()),
            "A question on “Equality monitoring” is answered by “One answer” or “Any number of answers”",
        ),
    ],
)  # fmt: skip
def test_questions_that_nobody_could_answer(draft, sam, new, sentence):
    question = Question.objects.get(consultation=draft, key="lighting")
    assert refusal(lambda: written(question, sam, new)) == sentence
    question.refresh_from_db()
    assert question.text == "Where is light missing?" and len(options(question)) == 3


def test_a_removed_question_takes_its_translations_along(draft, sam):
    question = Question.objects.get(consultation=draft, key="safe")
    language = translation(draft, "question.safe", "option.safe.safe-1", "question.connection")
    setting_up_questions.remove_question(question, version=1, by=sam)
    assert not Question.objects.filter(consultation=draft, key="safe").exists()
    assert list(language.translations.values_list("of", flat=True)) == ["question.connection"]


def test_questions_in_another_order(draft, sam):
    keys = {one.key: one.pk for one in Question.objects.filter(consultation=draft)}
    setting_up_questions.order_questions(draft, places={keys["words"]: 0, keys["safe"]: 9}, version=1, by=sam)
    found = Question.objects.filter(consultation=draft).values_list("key", "order")
    assert list(found) == [("words", 1), ("concerns", 2), ("connection", 3), ("lighting", 4), ("trust", 5), ("age", 6), ("safe", 7)]  # fmt: skip


# ---------------------------------------------------------------- concerns


def listed(consultation) -> list[tuple[int, str, str]]:
    return list(Concern.objects.filter(consultation=consultation).values_list("order", "key", "text"))


def test_concerns_are_listed_anew_by_keys_that_stay(draft, sam):
    language = translation(draft, "concern.concern-1", "concern.concern-2")
    wanted = [
        Listed("Gangs", "concern-3"),
        Listed("Knife crime"),
        Listed("Drugs and alcohol", "concern-1"),
        Listed("চুরি"),
    ]
    setting_up_concerns.write_concerns(draft, concerns=wanted, other="Something else", version=1, by=sam)
    assert listed(draft) == [
        (1, "concern-3", "Gangs"),
        (2, "knife-crime", "Knife crime"),
        (3, "concern-1", "Drugs and alcohol"),
        (4, "concern", "চুরি"),
        (5, "other", "Something else"),
    ]
    assert list(language.translations.values_list("of", flat=True)) == ["concern.concern-1"]
    assert last_changes(draft) == [
        "Concerns: Drugs; Anti-social behaviour; Gangs; Road safety; Burglary; Something else → "
        "Gangs; Knife crime; Drugs and alcohol; চুরি; Something else"
    ]


def test_two_concerns_change_words(draft, sam):
    wanted = [Listed("Gangs", "concern-1"), Listed("Drugs", "concern-3")]
    setting_up_concerns.write_concerns(draft, concerns=wanted, other="", version=1, by=sam)
    assert listed(draft) == [(1, "concern-1", "Gangs"), (2, "concern-3", "Drugs")]


@pytest.mark.parametrize("number", [40, 41])
def test_forty_beside_other(draft, sam, number):
    wanted = [Listed(f"Concern {place}") for place in range(number)]

    def act():
        return setting_up_concerns.write_concerns(draft, concerns=wanted, other="Else", version=1, by=sam)

    if number == 40:
        act()
        assert Concern.objects.filter(consultation=draft).count() == 41
    else:
        assert refusal(act) == "List 40 concerns or fewer, beside “other”: these are 41. Nobody reads more than that"


@pytest.mark.parametrize(
    ("wanted", "other", "sentence"),
    [
        ([Listed("Gangs"), Listed("gangs")], "", "“Gangs” is listed twice. Each concern is listed once"),
        ([Listed("Gangs")], "GANGS", "“Gangs” is listed twice. Each concern is listed once"),
        ([Listed("x" * 121)], "", f"Each concern must be 120 characters or fewer: “{'x' * 40}…” has 121"),
    ],
)
def test_concerns_that_can_not_be_listed(draft, sam, wanted, other, sentence):
    def act():
        return setting_up_concerns.write_concerns(draft, concerns=wanted, other=other, version=1, by=sam)

    assert refusal(act) == sentence


def test_a_concern_with_a_printed_total_stays_listed(sam):
    totals = whole(draft=True, holds_responses=False)
    TallyFactory(concern=totals.concerns.get(key="concern-1"), question=totals.questions.get(key="concerns"))

    def act():
        return setting_up_concerns.write_concerns(
            totals, concerns=[Listed("Gangs", "concern-3")], other="", version=1, by=sam
        )

    assert refusal(act) == "“Drugs” has been counted, so it stays on the list"


def test_what_covers_a_concern_is_said_at_any_time(sam):
    consultation, priority = whole(state="analysed"), PriorityFactory()
    said = [
        Listed("Other words", "concern-1", priority=priority),
        Listed("Road safety", "concern-4", uncovered_note="No priority covers it"),
    ]
    setting_up_concerns.answer_concerns(consultation, concerns=said, version=1, by=sam)
    found = {one.key: one for one in Concern.objects.filter(consultation=consultation)}
    assert found["concern-1"].priority == priority and found["concern-1"].text == "Drugs"
    assert found["concern-4"].uncovered_note == "No priority covers it"
    assert last_changes(consultation) == [f"Drugs: {priority}", "Road safety: No priority covers it"]
    both = [Listed("Drugs", "concern-1", priority=priority, uncovered_note="None")]
    assert "Take one of the two away" in refusal(
        lambda: setting_up_concerns.answer_concerns(consultation, concerns=both, version=2, by=sam)
    )


# ---------------------------------------------------------------- once it is open


@pytest.mark.parametrize("state", ["open", "closed", "analysed"])
def test_what_people_have_answered_stays(sam, state):
    consultation = whole(state=state)
    question, language = consultation.questions.get(key="lighting"), translation(consultation)
    told = {"version": 1, "by": sam}
    for act in (
        lambda: setting_up_questions.add_question(consultation, asking=asking(), **told),
        lambda: setting_up_questions.write_question(question, asking=asking("Other words"), **told),
        lambda: setting_up_questions.remove_question(question, **told),
        lambda: setting_up_questions.order_questions(consultation, places={}, **told),
        lambda: setting_up_concerns.write_concerns(consultation, concerns=[], other="", **told),
        lambda: setting_up_languages.remove_language(language, **told),
    ):
        sentence = refusal(act)
        assert STAYS in sentence and "close the consultation and ask anew" in sentence
    assert consultation.questions.count() == 7 and Consultation.objects.get(pk=consultation.pk).version == 1


# ---------------------------------------------------------------- ways


def ways(consultation) -> list[tuple[str, str, str]]:
    return list(Channel.objects.filter(consultation=consultation).values_list("key", "name", "way"))


def test_a_ward_panel_comes_up_while_it_is_open(sam):
    consultation = whole()
    held = [Way(name, way, key) for key, name, way in ways(consultation)]
    wanted = [held[1], held[0], *held[2:], Way("Ward panels", "paper")]
    setting_up_languages.write_channels(consultation, channels=wanted, version=1, by=sam)
    assert ways(consultation) == [
        ("kiosk", "Kiosk", "kiosk"),
        ("web", "Web", "web"),
        ("paper", "Paper", "paper"),
        ("imported", "Imported", "imported"),
        ("ward-panels", "Ward panels", "paper"),
    ]


def test_ways_of_a_draft_come_and_go_and_change_names(draft, sam):
    wanted = [Way("Paper", "web", "web"), Way("Web", "paper", "paper")]
    setting_up_languages.write_channels(draft, channels=wanted, version=1, by=sam)
    assert ways(draft) == [("web", "Paper", "web"), ("paper", "Web", "paper")]


def test_once_it_is_open_a_way_stays(sam):
    consultation = whole()
    for wanted, sentence in (
        (
            [Way(name, way, key) for key, name, way in ways(consultation)][1:],
            "“Web” stays: somebody may be answering by it. Its name can be mended",
        ),
        ([Way("Web", "paper", "web")], "“Web” stays “Web form”: answers may have come by it. Add another way instead"),
        ([], "Keep at least one way to answer"),
        ([Way("A", "web"), Way("a", "paper")], "“A” is there twice. Give each way a name of its own"),
    ):
        assert refusal(lambda wanted=wanted: setting_up_languages.write_channels(consultation, channels=wanted, version=1, by=sam)) == sentence  # fmt: skip
    assert len(ways(consultation)) == 4
    consultation = whole(state="analysed")
    assert "so the ways stay" in refusal(
        lambda: setting_up_languages.write_channels(consultation, channels=[Way("A", "web")], version=1, by=sam)
    )


# ---------------------------------------------------------------- languages


def told(language, sam, version=1, **texts_) -> int:
    given = {of.replace("__", "."): text for of, text in texts_.items()}
    return setting_up_languages.translate(language, told=given, version=version, by=sam)


def test_texts_are_translated_and_taken_away(draft, sam):
    language = setting_up_languages.add_language(
        draft, code="ar", name="العربية", is_right_to_left=True, is_sample=False, version=1, by=sam
    )
    assert told(language, sam, 2, title=" عنوان ", question__safe="سؤال", question__unknown="x") == 2
    assert asked.read(draft, "ar").title == "عنوان" and asked.read(draft, "ar").is_right_to_left
    found = texts.of(draft)
    assert texts.translated(draft, found) == {language.pk: 2}
    assert told(language, sam, 3, title="", question__safe="سؤال") == 1
    assert list(language.translations.values_list("of", flat=True)) == ["question.safe"]


def test_a_mistake_is_mended_while_people_read_it(sam):
    consultation = whole()
    language = translation(consultation, "title")
    assert told(language, sam, title="Better", question__safe="Added") == 2
    assert last_changes(consultation) == ["বাংলা, title: title → Better", "বাংলা, question 2: Added"]
    assert (
        refusal(lambda: told(language, sam, 2, title=""))
        == "People are reading this. Mend it, but don’t leave it empty"
    )
    Consultation.objects.filter(pk=consultation.pk).update(state="closed")
    assert (
        refusal(lambda: told(language, sam, 2, title="Late"))
        == "It is closed: what people have read stays as they read it"
    )


@pytest.mark.parametrize(
    ("of", "text", "sentence"),
    [
        ("ui__last_day", "শেষ", "Keep {day} as it is: something is filled in there"),
        ("ui__send", "{day}", "Leave out what stands in braces: nothing is filled in here"),
    ],
)
def test_what_is_filled_in_stays_in_its_braces(draft, sam, of, text, sentence):
    assert refusal(lambda: told(translation(draft), sam, **{of: text})) == sentence


def test_languages_there_already(draft, sam):
    translation(draft)
    for code, sentence in (("bn", "there already"), ("en", "English is always there")):
        assert sentence in refusal(
            lambda code=code: setting_up_languages.add_language(
                draft, code=code, name="x", is_right_to_left=False, is_sample=False, version=1, by=sam
            )
        )


def test_two_at_one_translation_and_the_late_one_is_told(draft, sam):
    language = translation(draft)
    told(language, sam, title="Mine")
    with pytest.raises(Stale):
        told(Language.objects.get(pk=language.pk), sam, 1, title="Theirs")
    assert Translation.objects.get(language=language).text == "Mine"
