"""Files looked at by ClamAV's own daemon, which here knows nothing harmful but the test file that scanners agree on."""

import logging
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import audit
from accounts.models import AuditEvent
from cspplan import health
from indicators.models import Upload
from lib import clamav
from tests.factories.accounts import UserFactory
from tests.services import Services
from tests.unit.indicators.uploads.world import World
from tests.unit.lib.sheets.made import parts, xlsx, zipped

pytestmark = pytest.mark.django_db
# In two pieces, so that no scanner takes this very file for it.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()
TABLE = b"Reference,Quarter,Figure\nB2,2017-18 Q4,1389\n"
MOST = 200_000  # what this daemon takes; more than that may be uploaded
NAME = "Eicar-Test.UNOFFICIAL"  # so it calls what is not in its makers' list


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    with Services() as services:
        yield services


@pytest.fixture(scope="module")
def address(services) -> str:
    return services.clamd("Eicar-Test", EICAR, most_bytes=MOST)


@pytest.fixture
def farida(client, settings, address):
    settings.CLAMAV_ADDRESS = address
    world = World()
    world.asked(world.reports)
    client.force_login(world.farida)
    return client


def sent(client, content: bytes, name: str = "figures.csv") -> str:
    """What the page says; "" where the file was taken."""
    response = client.post("/uploads/add/", {"file": SimpleUploadedFile(name, content), "behalf": "own"})
    return "" if response.status_code == 302 else " ".join(response.content.decode().split())


def kept() -> list[Path]:
    return [path for path in Path(django_settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_clean_file_is_taken(farida):
    assert sent(farida, TABLE) == ""
    assert sent(farida, xlsx(), "figures.xlsx") == ""
    assert Upload.objects.count() == len(kept()) == 2
    assert not AuditEvent.objects.filter(kind="upload_refused").exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (TABLE + b"B1," + EICAR + b",1\n", "figures\u202e.csv"),
        (zipped({**parts(), "xl/media/picture.png": EICAR}), "figures.xlsx"),
        (TABLE * 4_000 + EICAR, "figures.csv"),
    ],
)
def test_a_harmful_file_is_refused_and_kept_nowhere_but_in_the_trail(farida, caplog, content, name):
    page = sent(farida, content, name)
    assert f"The virus scanner found something harmful in this file ({NAME}), so it was not taken." in page
    assert not Upload.objects.exists() and kept() == []
    (event,) = AuditEvent.objects.filter(kind="upload_refused")
    (line,) = audit.lines([event])
    assert (line.words, line.who) == ("Upload refused: malware", event.actor.label)
    assert line.changes == [f"File: figures{Path(name).suffix}", f"Found: {NAME}"]
    assert f"upload person={event.actor.pk} state=refused found={NAME}" in caplog.text


def test_administrators_are_told_once_a_day_however_many_files(farida, mailoutbox, django_capture_on_commit_callbacks):
    alex, _ = UserFactory(roles=["administrator"]), UserFactory(roles=["coordinator"])
    for name in ("figures.csv", "again.csv"):
        with django_capture_on_commit_callbacks(execute=True):
            assert "found something harmful" in sent(farida, TABLE + EICAR, name)
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([alex.email], "A file with something harmful in it was refused")
    assert f"- File: figures.csv; Found: {NAME}" in mail.body
    assert AuditEvent.objects.filter(kind="upload_refused").count() == 2


def test_what_the_daemon_does_not_take_is_not_taken_here_either(farida, caplog):
    assert "This file is too large to be checked for viruses" in sent(farida, b"a,b\n" * (MOST // 4 + 1))
    assert not Upload.objects.exists() and kept() == []
    assert "its StreamMaxLength is smaller" in caplog.text


def test_while_the_daemon_is_away_nothing_is_taken_and_once_it_is_back_all_is_well(farida, services, client, caplog):
    caplog.set_level(logging.CRITICAL)
    services.stop("clamd", signal.SIGKILL)
    health.verdict.forget()
    assert "can’t be checked for viruses just now, so it was not taken" in sent(farida, TABLE)
    assert not Upload.objects.exists() and kept() == []
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["scanner"]) == (503, "failed")
    services.again("clamd")
    health.verdict.forget()
    assert client.get("/healthz").json()["scanner"] == "ok"
    health.verdict.forget()
    assert sent(farida, TABLE) == ""


def test_a_daemon_that_is_killed_in_the_middle(services, address):
    services.freeze("clamd")
    ending = threading.Timer(0.3, services.stop, ["clamd", signal.SIGKILL])
    ending.start()
    with pytest.raises(clamav.Unavailable):
        clamav.scan(TABLE, address, patience=20)
    ending.join()
    services.again("clamd")
    assert clamav.scan(TABLE, address) == ""
