"""The pages about files of figures, asked as a browser does: upload, look, record, take back, and what is refused."""

import datetime as dt
import io
import json

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from indicators import actions
from indicators.models import Figure, Return, Upload
from lib import too_large
from tests.factories.indicators import verified
from tests.unit.indicators.uploads.world import World, previewed, work

pytestmark = pytest.mark.django_db
HEAD = "Reference,Quarter,Figure\n"
ADD = "/uploads/add/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def farida(world, client):
    client.force_login(world.farida)
    return client


@pytest.fixture
def sam(world, client):
    client.force_login(world.sam)
    return client


def file(content: str | bytes, name: str = "figures.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def added(client, text, capture, **more) -> Upload:
    with capture(execute=True):
        response = client.post(ADD, {"file": file(text), "behalf": "own", **more})
    assert response.status_code == 302, response.content.decode()
    return Upload.objects.get(pk=response.url.rstrip("/").rpartition("/")[2])


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_from_the_file_to_its_figures(world, farida, django_capture_on_commit_callbacks):
    world.asked(world.reports)
    upload = added(farida, f"{HEAD}B2,2017-18 Q4,1389\n", django_capture_on_commit_callbacks)
    page = words(farida.get(upload.get_absolute_url()))
    assert "<strong>1 new.</strong> Nothing has been recorded yet." in page
    assert "Record the figure" in page
    with django_capture_on_commit_callbacks(execute=True):
        farida.post(reverse("indicators:upload-record", args=[upload.pk]), {"fingerprint": upload.fingerprint})
    assert Figure.objects.get().numerator == 1389
    assert "<strong>1 figure recorded.</strong> It is shown once it is verified." in words(
        farida.get(upload.get_absolute_url())
    )
    undo = reverse("indicators:upload-undo", args=[upload.pk])
    assert "1 figure</strong> would be taken back" in words(farida.get(undo))
    farida.post(undo, {"reason": "Wrong sheet"})
    assert "<strong>Taken back.</strong>" in words(farida.get(upload.get_absolute_url()))
    assert Return.objects.get().status == "due"


def test_on_behalf_of_a_supplier(world, sam, django_capture_on_commit_callbacks):
    world.asked(world.reports)
    received = {"received_on_day": "18", "received_on_month": "4", "received_on_year": "2018"}
    more = {"behalf": "behalf", "supplier": str(world.farida.pk), "route": "mail", **received}
    upload = added(sam, f"{HEAD}B2,2017-18 Q4,1389\n", django_capture_on_commit_callbacks, **more)
    assert (upload.supplied_by, upload.route, str(upload.received_on)) == (world.farida, "mail", "2018-04-18")
    assert "Farida Begum, by mail, 18 April 2018" in words(sam.get(upload.get_absolute_url()))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"behalf": "own"}, "Choose the file with the figures"),
        ({"behalf": "own", "file": ""}, "Choose the file with the figures"),
        ({"file": "x"}, "Say whose figures they are"),
        ({"file": "x", "behalf": "behalf"}, "Choose who gave you the figure"),
    ],
)
def test_what_is_missing_is_said(world, sam, data, sentence):
    if data.get("file"):
        data = data | {"file": file(HEAD)}
    response = sam.post(ADD, data)
    assert response.status_code == 200
    assert sentence in words(response) or sentence.replace("figures they are", "figure it is") in words(response)
    assert not Upload.objects.exists()


def test_an_empty_file(world, sam):
    assert "The file is empty. Save it in your spreadsheet program" in words(
        sam.post(ADD, {"file": file(b""), "behalf": "own"})
    )


def test_ten_megabytes_and_one_byte_are_refused_before_they_are_read(world, sam, monkeypatch):
    kept = []
    monkeypatch.setattr(actions, "add_upload", lambda *given, **more: kept.append(given))
    response = sam.post(ADD, {"file": file(b"x" * (too_large.MOST_BYTES + 1)), "behalf": "own"})
    assert "The file must be smaller than 10 MB." in words(response)
    assert kept == []


def test_ten_megabytes_are_taken(world, sam):
    assert sam.post(ADD, {"file": file(b"x" * too_large.MOST_BYTES), "behalf": "own"}).status_code == 302


def test_the_limit_is_for_all_files_of_a_request_together(world, sam):
    half = too_large.MOST_BYTES // 2 + 1
    response = sam.post(ADD, {"other": file(b"x" * half), "file": file(b"x" * half), "behalf": "own"})
    assert "The file must be smaller than 10 MB." in words(response)


def test_too_many_files_an_hour(world, sam):
    for _ in range(actions.uploads.MOST_IN_AN_HOUR):
        actions.add_upload(b"x", name="x.csv", by=world.sam)
    assert "You have uploaded 30 files within an hour" in words(sam.post(ADD, {"file": file(HEAD), "behalf": "own"}))


def test_a_preview_that_is_no_longer_the_one_looked_at(world, farida):
    world.asked(world.reports)
    upload = previewed(f"{HEAD}B2,2017-18 Q4,1389\n", world.farida)
    response = farida.post(reverse("indicators:upload-record", args=[upload.pk]), {"fingerprint": "0" * 64})
    assert "This is no longer as you saw it. Nothing was recorded: look at it again." in words(response)
    upload.refresh_from_db()
    assert upload.is_previewed


def test_recording_asks_for_a_reason_and_for_leave_to_leave_out(world, farida):
    verified(world.asked(world.reports), 5)
    upload = previewed(f"{HEAD}B2,2017-18 Q4,6\nD1,2017-18 Q4,x\n", world.farida)
    record = reverse("indicators:upload-record", args=[upload.pk])
    page = words(farida.post(record, {"fingerprint": upload.fingerprint}))
    assert "Say why the verified figures change" in page
    assert "Tick that the refused cell may be left out, or put the file right and upload it again" in page
    assert "<title>Error: " in page
    ticked = {"fingerprint": upload.fingerprint, "restated_because": "Late.", "leave_out_refused": "on"}
    assert farida.post(record, ticked).status_code == 302
    upload.refresh_from_db()
    assert upload.phase == "recording"
    assert farida.post(record, ticked).status_code == 302  # pressed twice


def test_a_coordinator_sees_anybodys_upload_and_records_only_their_own(world, sam):
    world.asked(world.reports)
    upload = previewed(f"{HEAD}B2,2017-18 Q4,1389\n", world.farida)
    page = words(sam.get(upload.get_absolute_url()))
    assert "Farida Begum uploaded it, and records it or throws it away." in page
    assert "Record the figure" not in page
    record = reverse("indicators:upload-record", args=[upload.pk])
    assert sam.post(record, {"fingerprint": upload.fingerprint}).status_code == 403


def test_another_leads_upload_is_out_of_sight(world, client):
    upload = previewed(f"{HEAD}B2,2017-18 Q4,1389\n", world.sam)
    client.force_login(world.farida)
    for name in ("detail", "progress", "undo", "marked"):
        assert client.get(reverse(f"indicators:upload-{name}", args=[upload.pk])).status_code == 404


def test_progress_as_json(world, farida):
    upload = actions.add_upload(b"x", name="x.csv", by=world.farida)
    told = json.loads(farida.get(reverse("indicators:upload-progress", args=[upload.pk])).content)
    assert (told["label"], told["finished"], len(told["stages"])) == ("Waiting to start", False, 2)
    page = words(farida.get(upload.get_absolute_url()))
    assert "Look again" in page
    soon = timezone.now() + dt.timedelta(minutes=1)
    Upload.objects.update(job_state="running", lease_until=soon)
    told = json.loads(farida.get(reverse("indicators:upload-progress", args=[upload.pk])).content)
    assert told["label"] == "Reading: stage 1 of 2, read the file"
    Upload.objects.update(job_state="requested")
    work(upload)
    told = json.loads(farida.get(reverse("indicators:upload-progress", args=[upload.pk])).content)
    assert told["finished"]


def test_a_long_file_is_paged_with_the_refused_first(world, farida):
    rows = "".join(f"Z{number},2017-18 Q4,1\n" for number in range(120))
    world.asked(world.reports)
    upload = previewed(f"{HEAD}B2,2017-18 Q4,1389\n{rows}", world.farida)
    first = words(farida.get(upload.get_absolute_url()))
    assert "1 to 100 of 121" in first
    assert "B2 Domestic abuse reports" not in first
    second = words(farida.get(f"{upload.get_absolute_url()}?page=2"))
    assert "101 to 121 of 121" in second
    assert "B2 Domestic abuse reports, 2017-18 Q4" in second


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999"])
def test_a_page_that_is_none(world, farida, page):
    upload = previewed(f"{HEAD}Z9,2017-18 Q4,1389\n", world.farida)
    assert farida.get(f"{upload.get_absolute_url()}?page={page}").status_code == 200


def test_words_of_a_file_are_escaped(world, farida):
    upload = previewed(f"{HEAD}<script>alert(1)</script>,2017-18 Q4,1389\n", world.farida, file_name="<b>x</b>.csv")
    page = farida.get(upload.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page


def test_the_list_has_mine_or_all_and_its_queries_do_not_grow(world, client, django_assert_max_num_queries):
    for person in (world.farida, world.sam):
        for number in range(3):
            previewed(f"{HEAD}\n", person, file_name=f"{person.name} {number}.csv")
    client.force_login(world.farida)
    mine = words(client.get("/uploads/"))
    assert "Farida Begum 2.csv" in mine
    assert "Sam Carrick 2.csv" not in mine
    client.force_login(world.sam)
    client.get("/uploads/")
    with django_assert_max_num_queries(10):
        every = words(client.get("/uploads/"))
    assert "Farida Begum 2.csv" in every


def test_the_file_given_back_marked(world, farida, django_capture_on_commit_callbacks):
    upload = added(farida, f"{HEAD}Z9,2017-18 Q4,1389\n", django_capture_on_commit_callbacks)
    response = farida.get(reverse("indicators:upload-marked", args=[upload.pk]))
    assert response["Content-Type"] == XLSX
    assert response["Content-Disposition"] == 'attachment; filename="figures-marked.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book["figures"]["A2"].comment.text == "“Z9” is not the reference or name of an indicator you can see."
    Upload.objects.update(file="")
    response = farida.get(reverse("indicators:upload-marked", args=[upload.pk]), follow=True)
    assert "The file itself has been removed, so it can’t be given back" in words(response)
    assert "The file itself has been removed, 30 days after it was uploaded." in words(response)
