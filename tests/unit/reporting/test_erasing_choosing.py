"""What can be chosen for a removal: files by their address, and papers by what they are called."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from indicators.uploads import shown
from reporting.actions import erasing
from reporting.erasing import choosing
from tests.factories.accounts import UserFactory
from tests.factories.collecting import UploadFactory
from tests.factories.governing import PaperFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "of"),
    [
        ("https://plan.example.org/meetings/5/papers/31/", "governance.paper:31"),
        (" /uploads/7/ ", "indicators.upload:7"),
        ("http://127.0.0.1:8000/packs/2/?from=list#files", "reporting.pack:2"),
    ],
)
def test_a_file_is_found_by_its_address(typed, of):
    assert choosing.of_address(typed) == of


@pytest.mark.parametrize("typed", ["paper 31", "/meetings/5/", "/uploads/0x7/", "https://[x/", "\0", "/packs/"])
def test_anything_else_is_no_address_of_a_file(typed):
    with pytest.raises(ValidationError, match="no address of a meeting paper"):
        choosing.of_address(typed)


def test_an_administrator_reaches_a_paper_that_they_may_not_see(client):
    paper = PaperFactory(file=default_storage.save("papers/a.pdf", ContentFile(b"%PDF-1.7")))
    client.force_login(UserFactory(roles=["administrator"]))
    address = reverse("governance:paper-download", args=[paper.item.meeting_id, paper.pk])
    page = client.post("/erasures/ask/", {"do": "search", "words": "", "address": f"https://plan.example.org{address}"})
    assert f"Paper {paper.pk}, file" in page.content.decode()
    page = client.post("/erasures/ask/", {"do": "search", "words": "", "address": "the paper on burglary"})
    assert "This is no address of a meeting paper" in page.content.decode()


def test_the_file_of_a_paper_is_offered_with_its_title():
    paper = PaperFactory(
        title="On Zelda Quillfeather", file=default_storage.save("papers/a.pdf", ContentFile(b"%PDF-1.7"))
    )
    PaperFactory(title="On others", file=default_storage.save("papers/b.pdf", ContentFile(b"%PDF-1.7")))
    found = {(place.row, place.field) for place in choosing.found(["Zelda Quillfeather"])}
    assert found == {(str(paper.pk), "title"), (str(paper.pk), "file")}


def test_an_upload_says_why_its_file_is_gone(settings, tmp_path):
    settings.ERASURES_DIR = str(tmp_path / "erasures")
    upload = UploadFactory(file=default_storage.save("uploads/a.csv", ContentFile(b"a,b")))
    of = f"indicators.upload:{upload.pk}"
    asked = erasing.ask(
        words=[], places=[place.key for place in choosing.found([], of)], of=of, what="A list", ground="asked_for", why="SR-118",
        by=UserFactory(roles=["administrator"]),
    )  # fmt: skip
    erasing.carry_out(asked, version=asked.version, by=UserFactory(roles=["coordinator"]))
    upload.refresh_from_db()
    assert shown.kept_until(upload).startswith("The file itself has been removed, because personal data was in it.")
    assert "30 days after" in shown.kept_until(UploadFactory(file=""))
