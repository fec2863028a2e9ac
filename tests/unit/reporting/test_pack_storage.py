"""Storage that is full or fails: the build fails with a sentence, nothing half stored is ever ready, and a click tries it again."""

import datetime as dt
import errno
import resource

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from reporting.actions import building
from reporting.builds import pack_files, packs
from reporting.models import Companion, Pack
from reporting.scheduled import sweep_packs

pytestmark = pytest.mark.django_db


class ClientError(Exception):
    """Not an OSError: what S3's client raises."""


@pytest.fixture
def waiting(pages, plan, quarter):
    return building.request_pack(plan, quarter, queue=False, by=None)


def raising(error):
    def save(*args, **kwargs):
        raise error

    return save


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The storage is full, so the pack could not be kept."),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "The storage is full, so the pack could not be kept."),
        (OSError(errno.EIO, "Input/output error"), "The storage did not take the finished pack."),
        (PermissionError("read-only"), "The storage did not take the finished pack."),
        (ClientError("SlowDown: bucket private"), "The storage did not take the finished pack."),
    ],
)
def test_failing_storage_fails_the_build_with_a_sentence_and_a_click_tries_again(
    waiting, plan, quarter, monkeypatch, error, sentence
):
    with monkeypatch.context() as broken:
        broken.setattr(FileSystemStorage, "save", raising(error))
        packs.build(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.is_failed
    assert waiting.failure.startswith(f"{sentence} Nothing was stored.")
    assert "private" not in waiting.failure
    assert waiting.pdf.name == ""
    packs.build(building.request_pack(plan, quarter, queue=False, by=None).pk)
    waiting.refresh_from_db()
    assert waiting.is_ready


def test_a_storage_that_keeps_less_than_it_was_given_is_noticed(waiting, monkeypatch):
    save = FileSystemStorage._save
    monkeypatch.setattr(
        FileSystemStorage, "_save", lambda self, name, content: save(self, name, type(content)(content.read()[:5]))
    )
    packs.build(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.failure.startswith("The storage did not take the finished pack.")
    assert default_storage.listdir("packs/2017-21")[1] == []


def test_a_disk_that_is_full_in_the_middle_of_a_file_leaves_nothing(settings, tmp_path):
    """The kernel refuses to write more than 4,000 bytes of a file, as a full disk would."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, limits[1]))
    try:
        with pytest.raises(pack_files.NotStored, match="The storage is full"):
            pack_files.store("packs/a.pdf", b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not default_storage.exists("packs/a.pdf")
    assert pack_files.store("packs/a.pdf", b"x" * 5000) == "packs/a.pdf"


def test_a_file_half_written_by_a_worker_that_died_is_not_taken_for_the_whole(waiting):
    packs.build(waiting.pk)
    name = Pack.objects.get().pdf.name
    with open(default_storage.path(name), "wb") as stored:
        stored.write(b"%PDF")
    again = pack_files.store(name, b"%PDF-1.7 whole")
    assert again != name
    with default_storage.open(again) as kept:
        assert kept.read() == b"%PDF-1.7 whole"


def test_a_companion_that_is_not_stored_fails_the_pack(waiting, monkeypatch):
    from reporting import companions

    monkeypatch.setattr(companions, "make", lambda *drawn: (companions.Made("csv", b"reference"),))
    save = FileSystemStorage.save

    def only_pdfs(self, name, content, **more):
        if name.endswith(".csv"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return save(self, name, content, **more)

    monkeypatch.setattr(FileSystemStorage, "save", only_pdfs)
    packs.build(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.is_failed and waiting.pdf.name == ""
    assert not Companion.objects.exists()


@pytest.mark.parametrize("error", [OperationalError("server closed the connection"), InterfaceError("closed")])
def test_a_database_that_was_away_fails_nothing_and_the_sweep_starts_it_again(
    waiting, pages, error, django_capture_on_commit_callbacks
):
    pages.error = error
    packs.build(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.job_state, waiting.failure, waiting.attempts) == (Pack.JobState.RUNNING, "", 1)
    pages.error = None
    long_ago = timezone.now() - dt.timedelta(minutes=1)
    Pack.objects.update(lease_until=long_ago, queued_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        sweep_packs()
    waiting.refresh_from_db()
    assert (waiting.is_ready, waiting.attempts) == (True, 2)
