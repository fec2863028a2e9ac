"""Every page that takes a file refuses what is none of its own in a sentence, counts how many a person sends, and keeps nothing; no other page takes any."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from consultation.models import Batch
from governance.models import Paper, PlanUpload
from indicators.models import Upload
from tests.factories.accounts import UserFactory
from tests.factories.consultations import whole
from tests.factories.governance import BodyFactory
from tests.factories.governing import AgendaItemFactory, MeetingFactory, PaperFactory
from tests.integration.feed_world import World as FeedWorld
from tests.unit.governance.plan_sheets.world import World as PlanWorld
from tests.unit.lib.sheets.made import zipped
from tests.unit.lib.uploads.test_kinds import PROGRAM, TABLE

pytestmark = pytest.mark.django_db
WORD = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
DAY = {"published_on_day": "3", "published_on_month": "5", "published_on_year": "2018"}


class Place(NamedTuple):
    """Where a file is sent, by whom, and what else is asked for."""

    url: str
    user: User
    data: dict[str, object]
    is_for_papers: bool = False


def upload_add() -> Place:
    return Place(reverse("indicators:upload-add"), UserFactory(roles=["coordinator"]), {"behalf": "own"})


def feed_detail() -> Place:
    world = FeedWorld()
    return Place(world.feed.get_absolute_url(), world.sam, DAY)


def import_add() -> Place:
    consultation = whole()
    data = {"source": "Survey tool", "channel": consultation.channels.get(key="imported").pk}
    url = reverse("consultation:import-add", args=[consultation.slug])
    return Place(url, UserFactory(roles=["coordinator"]), data)


def plan_upload_add() -> Place:
    world = PlanWorld()
    return Place(reverse("governance:plan-upload-add", args=["asb", world.plan.year]), world.owen, {})


def paper_add() -> Place:
    item = AgendaItemFactory(meeting=MeetingFactory(body=BodyFactory(code="ASB")))
    url = reverse("governance:paper-add", args=[item.meeting_id, item.pk])
    return Place(url, UserFactory(roles=["coordinator"]), {"title": "Burglary", "urgent_because": "New"}, True)


def paper_replace() -> Place:
    paper = PaperFactory(item__meeting=MeetingFactory(body=BodyFactory(code="ASB")))
    url = reverse("governance:paper-replace", args=[paper.item.meeting_id, paper.pk])
    return Place(url, UserFactory(roles=["coordinator"]), {"title": "Burglary", "urgent_because": "New"}, True)


PLACES: dict[str, Callable[[], Place]] = {
    "indicators:upload-add": upload_add,
    "indicators:feed-detail": feed_detail,
    "consultation:import-add": import_add,
    "governance:plan-upload-add": plan_upload_add,
    "governance:paper-add": paper_add,
    "governance:paper-replace": paper_replace,
}


def file(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def kept() -> list[object]:
    """Files, and rows about files."""
    files = sorted(path.name for path in Path(django_settings.MEDIA_ROOT).rglob("*") if path.is_file())
    return [files, *(model.objects.count() for model in (Upload, Batch, PlanUpload, Paper))]


def views(resolver: URLResolver | None = None, namespace: str = ""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from views(entry, f"{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry.callback


def test_every_page_that_takes_files_is_here():
    assert {name for name, view in views() if hasattr(view, "most_bytes")} == set(PLACES)


@pytest.mark.parametrize("name", PLACES)
def test_what_is_refused(client, name):
    place = PLACES[name]()
    client.force_login(place.user)
    before = kept()
    if place.is_for_papers:
        refused = [
            (PROGRAM, "paper.pdf", "isn’t a PDF file: it is a program"),
            (WORD, "paper.pdf", "holds a Word file. Name it .docx"),
            (b"%PDF-1.7 <script>x</script>", "paper.pdf", "a PDF and something else at once"),
        ]
    else:
        refused = [
            (PROGRAM, "figures.csv", "This is a program, whatever its name says."),
            (WORD, "figures.xlsx", "This is a Word document. Copy the table into a spreadsheet"),
            (TABLE, "figures.xlsx", "This file is named .xlsx, but it is a CSV file. Name it .csv."),
        ]
    for content, called, sentence in refused:
        response = client.post(place.url, {**place.data, "file": file(content, called)})
        assert (response.status_code, sentence in words(response)) == (200, True), words(response)
        assert "<title>Error: " in words(response)
    assert kept() == before


def test_the_twenty_first_file_within_ten_minutes(client):
    """Counted by person, wherever the files are sent."""
    one, other = upload_add(), feed_detail()
    client.force_login(other.user)
    for _ in range(10):
        assert client.post(one.url, {**one.data, "file": file(PROGRAM, "figures.csv")}).status_code == 200
        assert client.post(other.url, {**other.data, "file": file(PROGRAM, "figures.csv")}).status_code == 200
    response = client.post(one.url, {**one.data, "file": file(TABLE, "figures.csv")})
    assert response.status_code == 429
    assert "You have sent 20 files within 10 minutes. Wait 10 minutes, then send the next" in words(response)
    assert client.post(one.url, one.data).status_code == 200  # no file, no limit
    client.force_login(one.user)
    assert client.post(one.url, {**one.data, "file": file(TABLE, "figures.csv")}).status_code == 302


def test_the_name_in_a_header_of_its_own_letters(client):
    """A browser's name comes as it is; a program may write any letter by its number."""
    place = upload_add()
    client.force_login(place.user)
    body = (
        b'--x\r\nContent-Disposition: form-data; name="behalf"\r\n\r\nown\r\n--x\r\nContent-Disposition: form-data; '
        b"name=\"file\"; filename*=UTF-8''..%2F..%2Fa%0D%0ASet-Cookie%3A%20b%E2%80%AE.csv\r\n\r\n"
        + TABLE
        + b"\r\n--x--\r\n"
    )
    response = client.generic("POST", place.url, body, content_type="multipart/form-data; boundary=x")
    assert response.status_code == 302
    upload = Upload.objects.get()
    assert upload.file_name == "aSet-Cookie: b.csv"
    assert upload.file.name.startswith("uploads/") and len(upload.file.name) == len("uploads/") + 32 + len(".csv")


def test_other_pages_take_no_byte_of_a_file(client):
    client.force_login(UserFactory(roles=["coordinator"]))
    response = client.post(reverse("indicators:absence-edit"), {"file": file(TABLE, "figures.csv")})
    assert not response.wsgi_request.FILES
