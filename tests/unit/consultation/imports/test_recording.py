"""A file is recorded whole or not at all, once, and its source remembers how it is read."""

import io

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from accounts.models import AuditEvent
from consultation.actions import batches, imports
from consultation.imports import previewing
from consultation.models import Answer, Batch, Comment, MonitoringCount, Response, Source
from lib import sheets
from lib.editing import Stale
from tests.factories.consultations import ConsultationFactory, whole
from tests.unit.consultation.imports.survey import ON, Survey

pytestmark = pytest.mark.django_db
TEXT = "Who,1,2,Safe,Age,More\nan,Gangs,Drugs,Fine,Under 25,Light\nbo,Drugs,,Agree,,\n"
COLUMNS = ("person", "first", "second", "question.safe", "question.age", "words.words")


@pytest.fixture
def survey() -> Survey:
    return Survey()


def message(error) -> str:
    return " ".join(error.value.messages)


def test_all_of_it_is_written(survey):
    batch = survey.record(survey.told(TEXT, *COLUMNS, fine="safe-1"))
    assert (batch.state, batch.done_by) == ("done", survey.sam)
    one, two = Response.objects.order_by("pk")
    assert (one.first.text, one.second.text, two.first.text) == ("Gangs", "Drugs", "Drugs")
    assert one.channel.key == "imported" and len(one.respondent) == 64
    assert [answer.option.text for answer in Answer.objects.all()] == ["Agree", "Agree"]
    assert [comment.text for comment in Comment.objects.all()] == ["Light"]
    assert {(one.option_id is None, one.count) for one in MonitoringCount.objects.all()} == {(True, 1), (False, 1)}
    event = AuditEvent.objects.get(kind="import_recorded")
    assert event.changes == [{"what": "Responses counted", "was": "nothing", "now": "2"}]


def test_refused_rows_stop_it_unless_just_those_are_left_out(survey):
    batch = survey.told("1,2\nGangs,Gangs\nDrugs,\nDrugs,Drugs\n", "first", "second")
    for number in (0, 1, 3):
        with pytest.raises(ValidationError, match="2 rows can’t be counted"):
            survey.record(batch, leave_out=number)
    assert Response.objects.count() == 0 and Batch.objects.get().state == "open"
    survey.record(batch, leave_out=2)
    assert Response.objects.get().first.text == "Drugs"


def test_a_file_of_which_nothing_counts_is_not_recorded(survey):
    with pytest.raises(ValidationError, match="no row of this file can be counted"):
        survey.record(survey.told("1,2\nGangs,Gangs\n", "first", "second"), leave_out=1)


def test_answers_that_nobody_placed_stop_it(survey):
    batch = survey.upload("First choice\nGangs\nFly tipping\n")
    imports.tell_columns(batch, columns=["first"], version=batch.version, by=survey.sam)
    with pytest.raises(ValidationError, match="1 answer has not been placed"):
        survey.record(batch)
    with pytest.raises(ValidationError, match="Say what “Fly tipping” stands for"):
        imports.tell_answers(batch, answers={"concerns": {"gangs": "concern-3"}}, version=batch.version, by=survey.sam)
    told = {"concerns": {"gangs": "concern-3", "flytipping": "made-up"}}
    with pytest.raises(ValidationError, match="Say what “Fly tipping” stands for"):
        imports.tell_answers(batch, answers=told, version=batch.version, by=survey.sam)


def test_the_very_same_file_counts_once(survey):
    first = survey.told(TEXT, *COLUMNS)
    second = survey.told(TEXT, *COLUMNS, name="again.csv")
    survey.record(first)
    with pytest.raises(ValidationError) as error:
        survey.upload(TEXT)
    assert "This very file has been counted already: it was recorded on" in message(error)
    with pytest.raises(ValidationError, match="This very file has been counted already"):
        survey.record(second)
    other = Survey(whole())
    other.record(other.told(TEXT, *COLUMNS))  # of another consultation


def test_undone_it_may_be_uploaded_and_counted_again(survey):
    batch = survey.record(survey.told(TEXT, *COLUMNS))
    batches.undo(batch, because="Wrong year", version=batch.version, by=survey.sam)
    assert Response.objects.counted().count() == 0 and MonitoringCount.objects.count() == 0
    survey.record(survey.told(TEXT, *COLUMNS))
    assert Response.objects.counted().count() == 2


def test_it_is_recorded_once(survey):
    batch = survey.told(TEXT, *COLUMNS)
    survey.record(batch)
    for act in (
        lambda: survey.record(batch),
        lambda: imports.discard(batch, version=batch.version, by=survey.sam),
        lambda: imports.tell_columns(batch, columns=COLUMNS, version=batch.version, by=survey.sam),
    ):
        with pytest.raises(ValidationError, match="recorded or thrown away already"):
            act()
    assert Response.objects.count() == 2


def test_what_was_seen_is_recorded_and_nothing_newer(survey):
    batch = survey.told(TEXT, *COLUMNS)
    old = batch.version
    imports.tell_columns(batch, columns=COLUMNS, version=old, by=survey.sam)
    with pytest.raises(Stale):
        imports.record(batch, leave_out=0, version=old, on=survey.consultation.opens_on, by=survey.sam)
    assert Response.objects.count() == 0


def test_a_source_remembers(survey):
    survey.record(survey.told(TEXT, *COLUMNS, fine="safe-1"))
    batch = survey.upload("Age,Safe,Who,1\nUnder 25,FINE,cy,Gangs\n")
    assert batch.mapping["columns"] == ["question.age", "question.safe", "person", "first"]
    imports.tell_columns(batch, columns=batch.mapping["columns"], version=batch.version, by=survey.sam)
    assert batch.mapping["answers"]["safe"] == {"fine": "safe-1"}
    assert previewing.of(batch, ON).unplaced == 0
    assert Source.objects.count() == 1
    other = survey.upload("Safe\nFINE\nAgree\n", source="Another tool")
    imports.tell_columns(other, columns=["question.safe"], version=other.version, by=survey.sam)
    assert other.mapping["answers"]["safe"] == {"agree": "safe-1"}


def test_going_back_to_the_columns_loses_no_answer(survey):
    batch = survey.told(TEXT, *COLUMNS, fine="safe-1")
    imports.tell_columns(batch, columns=[*COLUMNS[:5], ""], version=batch.version, by=survey.sam)
    assert batch.mapping["answers"]["safe"]["fine"] == "safe-1"


def test_a_column_of_words_is_no_column_of_answers(survey):
    batch = survey.upload("Safe\n" + "".join(f"word {number}\n" for number in range(301)))
    with pytest.raises(ValidationError) as error:
        imports.tell_columns(batch, columns=["question.safe"], version=batch.version, by=survey.sam)
    assert "Column A holds 301 different answers" in error.value.message_dict["column-0"][0]


def test_thrown_away_the_file_goes_and_the_row_stays(survey, django_capture_on_commit_callbacks):
    batch = survey.upload(TEXT)
    storage, name = batch.file.storage, batch.file.name
    with django_capture_on_commit_callbacks(execute=True):
        imports.discard(batch, version=batch.version, by=survey.sam)
    assert not storage.exists(name)
    assert Batch.objects.get().state == "undone"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"draft": True}, "It has not been opened yet"),
        ({"state": "analysed"}, "It has been analysed"),
        ({"totals_only": True}, "holds published totals and no responses"),
    ],
)
def test_when_no_file_is_taken(survey, fields, said):
    consultation = ConsultationFactory(**fields)
    told = {"source": "Tool", "channel": None, "content": b"a,b\n1,2\n", "name": "a.csv"}
    with pytest.raises(ValidationError, match=said):
        imports.add(consultation, **told, by=survey.sam)


def test_after_the_last_day_files_are_still_taken(survey):
    consultation = whole(state="closed")
    late = Survey(consultation)
    late.record(late.told("1\nGangs\n", "first"))
    assert Response.objects.counted().count() == 1


def test_what_is_lacking_is_said_at_its_box(survey):
    web = survey.consultation.channels.get(key="web")
    told = {"source": " ", "channel": web, "content": b"x" * (sheets.MOST_BYTES + 1), "name": "a.csv"}
    with pytest.raises(ValidationError) as error:
        imports.add(survey.consultation, **told, by=survey.sam)
    assert set(error.value.message_dict) == {"source", "channel", "file"}


def test_a_workbook_with_a_formula_is_read_and_that_row_refused(survey):
    book, made = Workbook(), io.BytesIO()
    for row in (["First choice", "Feeling"], ["=A3", "Agree"], ["Gangs", "Agree"]):
        book.active.append(row)
    book.save(made)
    channel = survey.consultation.channels.get(key="imported")
    told = {"source": "Tool", "channel": channel, "content": made.getvalue(), "name": "a.xlsx"}
    batch = imports.add(survey.consultation, **told, by=survey.sam)
    imports.tell_columns(batch, columns=["first", "question.safe"], version=batch.version, by=survey.sam)
    assert survey.refused(batch) == [(2, "A2 holds a formula. Put in its place what it comes to.")]
