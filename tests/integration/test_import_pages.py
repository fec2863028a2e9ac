"""The pages about a file of answers, asked as a browser does: upload, columns, answers, preview, record, undo."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consultation.models import Batch, Response
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ConsultationFactory, whole
from tests.unit.consultation.imports.survey import Survey

pytestmark = pytest.mark.django_db
TEXT = "Respondent ID,First choice,Second choice,How safe?\n1,Gangs,Drugs,Fine\n2,Fly tipping,,Agree\n3,Gangs,Gangs,\n"


@pytest.fixture
def consultation(client):
    client.force_login(UserFactory(name="Sam Carrick", roles=["coordinator"]))
    return whole()


def address(name, consultation, *more) -> str:
    return reverse(f"consultation:{name}", args=[consultation.slug, *more])


def words(response) -> str:
    return " ".join(response.content.decode().split())


def uploaded(client, consultation, text=TEXT, **more):
    channel = consultation.channels.get(key="imported").pk
    sent = {
        "file": SimpleUploadedFile("survey.csv", text.encode()),
        "source": "Survey tool",
        "channel": channel,
        **more,
    }
    return client.post(address("import-add", consultation), sent)


def answered(client, url, **said: str) -> dict[str, str]:
    """What a browser sends of the page of answers, with what was chosen of those by their words."""
    form = client.get(url).context["form"]
    told = {"version": form["version"].value()}
    for placing in form.placings():
        for value in (*placing.open, *placing.placed):
            told[value.box.html_name] = said.get(value.shown.split()[0], value.box.initial or "")
    return told


def test_from_the_file_to_its_responses_and_back(client, consultation, tmp_path):
    response = uploaded(client, consultation)
    batch = Batch.objects.get()
    assert response.url == address("import-columns", consultation, batch.pk)
    page = words(client.get(response.url))
    assert "<strong>3 rows and 4 columns.</strong>" in page and "Fly tipping" in page
    columns = {"column-0": "person", "column-1": "first", "column-2": "second", "column-3": "question.safe"}
    response = client.post(response.url, {"version": 1, **columns})
    answers = address("import-answers", consultation, batch.pk)
    assert response.url == answers
    page = words(client.get(answers))
    assert "<strong>2 answers to place.</strong>" in page
    assert client.get(address("import-detail", consultation, batch.pk)).url == answers
    refused = client.post(answers, answered(client, answers))
    assert "Say what “Fly tipping” stands for" in words(refused) and "Error: " in words(refused)
    response = client.post(answers, answered(client, answers, Fly="other", Fine="safe-1"))
    detail = address("import-detail", consultation, batch.pk)
    assert response.url == detail
    page = words(client.get(detail))
    assert "<strong>2 of 3 rows would count.</strong> 1 can’t be counted." in page
    assert "“Gangs” is chosen twice." in page and "Record the 2 responses" in page
    version = Batch.objects.get().version
    assert "Tick that the 1 row that can’t be counted is left out" in words(client.post(detail, {"version": version}))
    page = words(client.post(detail, {"version": version, "leave_out": "on"}, follow=True))
    assert "<strong>2 responses of this file are counted.</strong>" in page
    assert Response.objects.counted().count() == 2
    assert "Recorded" in words(client.get(address("import-list", consultation)))
    undo = address("import-undo", consultation, batch.pk)
    assert "<strong>2 responses would no longer be counted.</strong>" in words(client.get(undo))
    version = Batch.objects.get().version
    page = words(client.post(undo, {"version": version, "because": "Wrong year"}, follow=True))
    assert "<strong>Nothing of this file is counted.</strong> Wrong year" in page
    assert Response.objects.counted().count() == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty."),
        ("First,Second\n", "There are only headings in this file"),
        ("%PDF-1.4", "This is a PDF."),
        (f"First,{'x' * 50_000}\na,b\n", "One cell of this file holds more than 32,767 characters"),
    ],
)
def test_files_that_are_refused(client, consultation, text, said):
    assert said in words(uploaded(client, consultation, text))
    assert Batch.objects.count() == 0


def test_a_sheet_of_totals_is_doubted(client, consultation):
    text = "Concern,Number\nDrugs,339\nGangs,130\nBurglary,101\nRoad safety,819\n"
    page = words(client.get(uploaded(client, consultation, text).url))
    assert "This looks like totals: 4 rows that add up to 1,389. Enter them under published totals." in page


def test_two_people_at_once_are_told(client, consultation):
    url = uploaded(client, consultation).url
    columns = {"column-0": "person", "column-1": "first", "column-2": "second", "column-3": ""}
    client.post(url, {"version": 1, **columns})
    page = client.post(url, {"version": 1, **columns, "column-2": ""})
    assert "What changed since you opened this page" in words(page)
    assert Batch.objects.get().mapping["columns"] == ["person", "first", "second", ""]


def test_a_file_is_thrown_away(client, consultation):
    uploaded(client, consultation)
    url = address("import-discard", consultation, Batch.objects.get().pk)
    assert "lost track" in words(client.post(url, {"version": "x"}, follow=True))
    page = words(client.post(url, {"version": 1}, follow=True))
    assert "Thrown away: nothing of the file was recorded" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"draft": True}, "It has not been opened yet"), ({"totals_only": True}, "holds published totals")],
)
def test_where_no_file_is_taken_the_page_says_why(client, consultation, fields, said):
    other = ConsultationFactory(**fields)
    assert said in words(client.get(address("import-list", other)))
    assert said in words(client.get(address("import-add", other)))


def test_without_a_channel_for_it_the_page_says_so(client, consultation):
    assert "has no channel for a survey run elsewhere" in words(
        client.get(address("import-add", ConsultationFactory()))
    )


def test_a_file_of_another_consultation_is_not_found(client, consultation):
    uploaded(client, consultation)
    assert client.get(address("import-columns", whole(), Batch.objects.get().pk)).status_code == 404


def test_the_list_takes_the_same_number_of_queries_at_any_length(client, consultation, django_assert_max_num_queries):
    survey = Survey(consultation)
    for number in range(3):
        survey.upload(f"a,b\n{number},2\n", name=f"{number}.csv")
    with django_assert_max_num_queries(12):
        client.get(address("import-list", consultation))
    for number in range(3, 25):
        survey.upload(f"a,b\n{number},2\n", name=f"{number}.csv")
    with django_assert_max_num_queries(12):
        client.get(address("import-list", consultation))
