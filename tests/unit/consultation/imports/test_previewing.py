"""What each row of a file would count, and every row that can't be with its number and a sentence."""

import datetime as dt

import pytest

from consultation.imports import previewing
from consultation.models import Response
from tests.factories.consultations import LanguageFactory, TranslationFactory
from tests.unit.consultation.imports.survey import ON, Survey

pytestmark = pytest.mark.django_db
THREE = ("first", "second", "third")


@pytest.fixture
def survey() -> Survey:
    return Survey()


def firsts(preview) -> dict[str, int]:
    return {text: count for text, count in preview.first_choices() if count}


def test_what_counts_is_told_by_question_and_concern(survey):
    text = (
        "1,2,3,Safe,Area,Light,More\n"
        "Gangs,Drugs,,Agree,I live here,Parks;Streets,More light\n"
        "gangs,,,disagree,I visit,,\n"
        "Burglary,Gangs,Drugs,,,,\n"
    )
    questions = ("question.safe", "question.connection", "question.lighting", "words.words")
    preview = previewing.of(survey.told(text, *THREE, *questions), ON)
    assert (preview.rows, len(preview.counted), preview.refused, preview.blank) == (3, 3, (), 0)
    assert firsts(preview) == {"Gangs": 2, "Burglary": 1}
    assert [(one.key, answered, skipped) for one, answered, skipped in preview.answered()] == [
        ("concerns", 3, 0),
        ("safe", 2, 1),
        ("connection", 2, 1),
        ("lighting", 1, 2),
        ("trust", 0, 3),
        ("words", 1, 2),
        ("age", 0, 3),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Gangs,gangs,", "“Gangs” is chosen twice."),
        ("Gangs,Drugs,Gangs", "“Gangs” is chosen twice."),
        (",Gangs,", "There is a second choice and no first."),
        ("Gangs,,Drugs", "There is a third choice and no second."),
        (",,Gangs", "There is a third choice and no second."),
    ],
)
def test_choices_that_cannot_be_counted(survey, row, said):
    assert survey.refused(survey.told(f"1,2,3\n{row}\n", *THREE)) == [(2, said)]


@pytest.mark.parametrize(
    ("cell", "choices", "said"),
    [
        ("Gangs;Drugs;Burglary", 3, None),
        ("Gangs;Nothing;Drugs", 2, None),  # "Nothing" stands for no answer: it takes no place
        ("Gangs;Drugs;Burglary;Road safety", 0, "A2: 4 concerns are named, and 3 count at most."),
        ("Gangs;Gangs", 0, "A2: “Gangs” is chosen twice."),
    ],
)
def test_choices_in_one_cell(survey, cell, choices, said):
    preview = previewing.of(survey.told(f"Choices,x\n{cell},\n", "choices", ""), ON)
    assert [row.sentence for row in preview.refused] == ([said] if said else [])
    assert [sum(pk is not None for pk in row.given.choices) for row in preview.counted] == (
        [choices] if choices else []
    )


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("10/06/2018", None),
        ("2018-08-12 23:59:59", None),
        ("12 August 2018", None),
        ("09/06/2018", "B2: 9 June 2018 is before the first day of the consultation."),
        ("13/08/2018", "B2: 13 August 2018 is after the last day of the consultation."),
        ("06/25/2018", "B2: “06/25/2018” is not a day like 25/04/2018, day first."),
        ("31/06/2018", "B2: “31/06/2018” is not a day like 25/04/2018, day first."),
        ("", "B2 is empty: without a day it can’t be told whether it was in time."),
    ],
)
def test_days_within_the_consultation(survey, day, said):
    preview = previewing.of(survey.told(f"1,Day\nGangs,{day}\n", "first", "day"), dt.date(2018, 9, 1))
    assert [row.sentence for row in preview.refused] == ([said] if said else [])


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("02/07/2018", None),
        ("03/07/2018", "B2: 3 July 2018 is still to come. Put in its place the day of the answer."),
        ("13/08/2018", "B2: 13 August 2018 is after the last day of the consultation."),
    ],
)
def test_nobody_has_answered_on_a_day_to_come(survey, day, said):
    refused = survey.refused(survey.told(f"1,Day\nGangs,{day}\n", "first", "day"))
    assert refused == ([(2, said)] if said else [])


def test_without_a_day_rows_are_dated_within_the_consultation(survey):
    batch = survey.told("1\nGangs\n", "first")
    for on, day, which in (
        (ON, ON, "2 July 2018, today"),
        (dt.date(2018, 9, 1), dt.date(2018, 8, 12), "12 August 2018, its last day"),
        (dt.date(2018, 6, 1), dt.date(2018, 6, 10), "10 June 2018, its first day"),
    ):
        preview = previewing.of(batch, on)
        assert preview.counted[0].day == day
        assert f"No column holds the day: every row is dated {which}." in preview.notes


def test_ten_thousand_characters_emoji_and_right_to_left(survey):
    text = f"1,More\nGangs,{'x' * 10_000}\nGangs,{'x' * 2_000}\nDrugs,🙂 أكثر أمانا\n"
    batch = survey.told(text, "first", "words.words")
    assert survey.refused(batch) == [(2, "B2 has 10,000 characters. 2,000 are taken at most: shorten it in the file.")]
    words = [list(row.given.texts.values())[0] for row in previewing.of(batch, ON).counted]
    assert words[1] == "🙂 أكثر أمانا"


def test_what_other_is_is_kept_as_words(survey):
    batch = survey.told("1\nFly tipping\nSomething else\n", "first", flytipping="other")
    preview = previewing.of(batch, ON)
    assert firsts(preview) == {"Something else": 2}
    assert [list(row.given.texts.values()) for row in preview.counted] == [["Fly tipping"], []]


def test_rows_in_which_nothing_is_answered_are_no_response(survey):
    preview = previewing.of(survey.told("Id,1\n7,Gangs\n8,\n9,Rather not\n", "person", "first"), ON)
    assert (len(preview.counted), preview.blank, preview.refused) == (1, 2, ())


def test_one_person_twice_counts_the_first(survey):
    text = "Who,1\nan@example.org,Gangs\nbo@example.org,Drugs\nAn@Example.org ,Burglary\n,Gangs\n,Gangs\n"
    batch = survey.told(text, "person", "first")
    assert survey.refused(batch) == [(4, "The same person answered in row 2, which counts.")]
    preview = previewing.of(batch, ON)
    assert len(preview.counted) == 4
    assert "2 rows have nothing in the column that tells people apart: each is counted as one person." in preview.notes
    assert all("example" not in row.respondent for row in preview.counted)


def test_a_row_that_cannot_be_counted_takes_no_ones_place(survey):
    batch = survey.told("Who,1,2\nan,Gangs,Gangs\nan,Gangs,\n", "person", "first", "second")
    assert survey.refused(batch) == [(2, "“Gangs” is chosen twice.")]


def test_one_person_in_two_files_counts_the_first(survey):
    survey.record(survey.told("Who,1\nbo,Drugs\nan,Gangs\n", "person", "first", name="june.csv"))
    second = survey.told("Who,1\nan,Drugs\ncy,Gangs\n", "person", "first", name="july.csv")
    assert survey.refused(second) == [(2, "The same person answered in row 3 of “june.csv”, which counts.")]
    first = Response.objects.first().batch
    first.file.storage.delete(first.file.name)
    assert survey.refused(second) == [(2, "The same person answered in a file before this one.")]


def test_a_person_is_a_number_of_one_consultation(survey):
    other = Survey()
    assert previewing.respondent(survey.consultation, "an") != previewing.respondent(other.consultation, "an")
    assert previewing.respondent(survey.consultation, " ") == ""


def test_a_column_for_each_answer(survey):
    text = "I live here,I work here\nYes,No\nYes,Yes\nNo,No\n"
    preview = previewing.of(survey.told(text, "question.connection", "question.connection"), ON)
    assert [len(next(iter(row.given.options.values()))) for row in preview.counted] == [1, 2]
    assert preview.blank == 1


def test_answers_in_another_language_are_placed_by_their_translation(survey):
    language = LanguageFactory(consultation=survey.consultation)
    TranslationFactory(language=language, of="concern.concern-3", text="গ্যাং")
    TranslationFactory(language=language, of="option.safe.safe-1", text="একমত")
    preview = previewing.of(survey.told("1,Safe\nগ্যাং,একমত\n", "first", "question.safe"), ON)
    assert firsts(preview) == {"Gangs": 1}
    assert [answered for one, answered, _ in preview.answered() if one.key == "safe"] == [1]


def test_reading_takes_the_same_number_of_queries_at_any_length(survey, django_assert_num_queries):
    short = survey.told("Who,1\n1,Gangs\n", "person", "first", name="a.csv")
    long = survey.told("Who,1\n" + "".join(f"{n},Gangs\n" for n in range(300)), "person", "first", name="b.csv")
    for batch in (short, long):
        with django_assert_num_queries(5):
            previewing.of(batch, ON)
