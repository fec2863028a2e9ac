"""The drill: backed up while people write, all of it lost, restored, and compared row by row and byte by byte. On both engines.

It is done on a copy of the test's database, so that a restore that fails spoils nothing else.
"""

import errno
import io
import json
import shutil
import sqlite3
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone

from accounts.models import AuditEvent, Erasure, Session
from governance.models import Body
from indicators.models import Upload
from lib import heartbeat
from lib.backups import manifest
from reporting import snapshots
from reporting.actions import erasing
from reporting.erasing import choosing
from tests.factories.accounts import UserFactory
from tests.factories.collecting import FigureFactory
from tests.factories.governance import BodyFactory
from tests.factories.packs import Q4, PackFactory
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db(transaction=True)
CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 500
NOT_KEPT = {"accounts_session", "django_session"}  # everyone signs in again


@contextmanager
def copied(folder):
    """The test's database copied into one of its own; `connection` reaches that meanwhile."""
    first, settings = connections["default"], connection.settings_dict
    name = f"{settings['NAME']}_drill" if connection.vendor == "postgresql" else str(folder / "drill.sqlite3")
    if connection.vendor == "postgresql":
        connection.close()
        server(settings, f'CREATE DATABASE "{name}" TEMPLATE "{settings["NAME"]}"')
    else:
        with closing(sqlite3.connect(name)) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
    connections["default"] = type(first)(settings | {"NAME": name}, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = first
        if first.vendor == "postgresql":
            server(settings, f'DROP DATABASE "{name}" WITH (FORCE)')


def reached(settings):
    return {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
    }


def server(settings, statement):
    with closing(psycopg2.connect(dbname="postgres", **reached(settings))) as asked:
        asked.autocommit = True
        asked.cursor().execute(statement)


def another():
    """A connection that is not Django's."""
    settings = connection.settings_dict
    if connection.vendor == "postgresql":
        return closing(psycopg2.connect(dbname=settings["NAME"], **reached(settings)))
    return closing(sqlite3.connect(settings["NAME"], timeout=20))


def rows() -> dict[str, set[str]]:
    """Every row of every table, as text."""
    with another() as asked:
        cursor = asked.cursor()
        found = {}
        for table in set(connection.introspection.table_names()) - NOT_KEPT:
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = {repr(row) for row in cursor.fetchall()}
    connection.close()
    return found


def lose_everything():
    connection.close()
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).unlink()
        return
    with another() as asked:
        asked.cursor().execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        asked.commit()


@pytest.fixture(autouse=True)
def ledger_folder(settings, tmp_path):
    settings.ERASURES_DIR = str(tmp_path / "erasures")
    (tmp_path / "erasures").mkdir()
    return tmp_path / "erasures"


@pytest.fixture
def world(tmp_path):
    """Figures, a pack, its file and an uploaded one; and a second that the database knows and the storage has lost."""
    figure, plan = FigureFactory(), PlanFactory()
    shown = snapshots.to_json(snapshots.take(plan, Q4, timezone.now()))
    pack = PackFactory(plan=plan, snapshot=shown, content=CONTENT)
    AuditEvent.objects.create(actor_label="Sam Carrick", kind="figure_recorded", subject_label=str(figure))
    name = default_storage.save("uploads/kept.csv", ContentFile(b"figures"))
    given = {"file_name": "a.csv", "file_bytes": 7, "file_sha256": "0" * 64, "uploaded_at": timezone.now()}
    for stored in (name, "uploads/lost.csv"):
        Upload.objects.create(file=stored, uploaded_by=pack.requested_by, **given)
    Session.objects.create(session_key="a" * 32, session_data="", expire_date=timezone.now())
    with copied(tmp_path):
        yield pack


@contextmanager
def writing():
    """People who go on while the backup is made: audit rows, one after the other."""
    stop, written, error = threading.Event(), [0], []
    statement = (
        "INSERT INTO accounts_auditevent (at, actor_label, scheduled, kind, subject_type, subject_id, subject_label, changes, comment)"
        " SELECT at, actor_label, scheduled, kind, subject_type, subject_id, 'later', changes, comment FROM accounts_auditevent LIMIT 1"
    )

    def write():
        try:
            with another() as asked:
                while not stop.is_set():
                    asked.cursor().execute(statement)
                    asked.commit()
                    written[0] += 1
                    stop.wait(0.002)
        except Exception as raised:
            error.append(raised)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield written
    finally:
        stop.set()
        thread.join()
    assert error == []


def backed_up(into, **options) -> Path:
    said = io.StringIO()
    with pytest.raises(CommandError, match="1 files that the database names are not in storage, uploads/lost.csv"):
        call_command("backup", into=str(into), stdout=said, **options)
    return Path(said.getvalue().split(": ")[0])


def test_what_is_lost_comes_back_row_by_row_and_byte_by_byte(world, tmp_path, settings):
    before = rows()
    with writing() as written:
        folder = backed_up(tmp_path / "backups")
    assert written[0] > 0
    told = manifest.read(folder)
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()} == {0o600}
    assert sorted(told.files) == ["packs/small.pdf", "uploads/kept.csv"]
    lose_everything()
    shutil.rmtree(settings.MEDIA_ROOT)
    said = io.StringIO()

    call_command("restore", folder, stdout=said)

    after = rows()
    assert {table: kept - after.get(table, set()) for table, kept in before.items() if kept - after[table]} == {}
    assert {table: len(kept) for table, kept in after.items()} == {
        table: count for table, count in told.rows.items() if table not in NOT_KEPT
    }
    assert Session.objects.count() == 0
    with default_storage.open(world.pdf.name) as stored:
        assert stored.read() == CONTENT
    assert "2 files written" in said.getvalue()
    assert "1 as stored" in said.getvalue() and "no difference" in said.getvalue(), said.getvalue()


def pack_that_names(world, name):
    shown = world.snapshot.replace('"partnership":"', f'"partnership":"{name} and the ')
    return PackFactory(plan=world.plan, issue=2, content=CONTENT + b"of the second", snapshot=shown)


def removed(name):
    """Asked for by one person and carried out by another."""
    asked_by, decided_by = UserFactory(roles=["administrator"]), UserFactory(roles=["coordinator"])
    found = [place.key for place in choosing.found([name], "")]
    said = {"what": "The name of an officer", "ground": "asked_for", "why": "Letter of 3 May 2018"}
    asked = erasing.ask(words=[name], places=found, of="", by=asked_by, **said)
    erasing.carry_out(asked, version=asked.version, by=decided_by)
    return asked


def test_what_was_removed_after_the_backup_is_not_there_again(world, tmp_path, settings):
    """Removed from a row and with a pack's file, lost, restored from before the removal: gone once more, and the pack is called erased."""
    name = "Zelda Quillfeather"
    body = BodyFactory(note=f"{name} kept the minutes")
    pack = pack_that_names(world, name)
    folder = backed_up(tmp_path / "backups")
    asked = removed(name)
    lose_everything()
    shutil.rmtree(settings.MEDIA_ROOT)
    said = io.StringIO()

    call_command("restore", folder, stdout=said)

    assert "1 removal in" in said.getvalue() and "1 carried out again" in said.getvalue(), said.getvalue()
    assert "1 erased" in said.getvalue()
    assert not any(name in row for kept in rows().values() for row in kept)
    assert Body.objects.get(pk=body.pk).note == "[removed] kept the minutes"
    assert not default_storage.exists(pack.pdf.name)
    tombstone = Erasure.objects.get()
    assert (tombstone.key, tombstone.state, tombstone.ground) == (asked.key, "done", "asked_for")
    assert tombstone.places.filter(file=pack.pdf.name).exists()


def test_what_was_asked_for_before_the_backup_and_done_after_it_goes_again(world, tmp_path):
    """The backup knows the removal as one that waits to be decided."""
    name = "Zelda Quillfeather"
    body = BodyFactory(note=f"{name} kept the minutes")
    asked_by, decided_by = UserFactory(roles=["administrator"]), UserFactory(roles=["coordinator"])
    found = [place.key for place in choosing.found([name], "")]
    said = {"what": "The name of an officer", "ground": "asked_for", "why": "Letter of 3 May 2018"}
    asked = erasing.ask(words=[name], places=found, of="", by=asked_by, **said)
    folder = backed_up(tmp_path / "backups")
    erasing.carry_out(asked, version=asked.version, by=decided_by)
    lose_everything()
    said = io.StringIO()

    call_command("restore", folder, stdout=said)

    assert "1 carried out again" in said.getvalue(), said.getvalue()
    assert Body.objects.get(pk=body.pk).note == "[removed] kept the minutes"
    tombstone = Erasure.objects.get()
    assert (tombstone.state, tombstone.decided_by_id, tombstone.what) == (
        "done",
        decided_by.pk,
        "The name of an officer",
    )


def test_without_its_ledger_nothing_is_restored(world, tmp_path, ledger_folder):
    folder = backed_up(tmp_path / "backups")
    before = rows()
    ledger_folder.rmdir()
    with pytest.raises(CommandError, match="The ledger of removed personal data belongs there"):
        call_command("restore", folder, force=True)
    assert rows() == before


def test_a_ledger_that_lacks_what_the_database_knows_is_told_and_written_anew(world, ledger_folder):
    BodyFactory(note="Zelda Quillfeather kept the minutes")
    removed("Zelda Quillfeather")
    (entry,) = ledger_folder.iterdir()
    told = entry.read_text()
    entry.unlink()
    said = io.StringIO()
    with pytest.raises(CommandError, match="Not everything could be removed again"):
        call_command("replay_erasures", stdout=said)
    assert "1 known to the database were not in the ledger" in said.getvalue()
    assert entry.read_text() == told
    call_command("replay_erasures", stdout=said)


def test_a_database_without_tables_is_not_backed_up(world, tmp_path):
    lose_everything()
    with pytest.raises(CommandError, match="holds no tables"):
        call_command("backup", into=str(tmp_path / "backups"))
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_after_a_removal_misses_nothing(world, tmp_path, settings):
    """The rows of a removed pack go on naming its files: lawfully gone, so the backup is whole, and is told to have been made."""
    default_storage.save("uploads/lost.csv", ContentFile(b"found again"))
    pack = pack_that_names(world, "Zelda Quillfeather")
    removed("Zelda Quillfeather")
    assert not default_storage.exists(pack.pdf.name)
    said = io.StringIO()

    call_command("backup", into=tmp_path / "backups", stdout=said)

    assert "1 files went with removals of personal data, and are not in it." in said.getvalue()
    (folder,) = (tmp_path / "backups").iterdir()
    told = manifest.read(folder)
    assert (told.erased, told.missing, told.gone) == ([pack.pdf.name], [], [])
    assert heartbeat.last("backup") is not None

    default_storage.delete(world.pdf.name)
    with pytest.raises(CommandError, match=f"1 files that the database names are not in storage, {world.pdf.name}"):
        call_command("backup", into=tmp_path / "others", stdout=said)


def shorten(folder):
    with next(folder.glob("database.*")).open("r+b") as dump:
        dump.truncate(1000)


def change_a_byte(folder):
    with (folder / "files/packs/small.pdf").open("r+b") as stored:
        stored.seek(50)
        stored.write(b"!")


def change_a_count(folder):
    """Every checksum is right, and a table is not what it should be: found when it is loaded."""
    path = folder / manifest.NAME
    told = json.loads(path.read_text())
    told["rows"]["accounts_auditevent"] += 1
    path.write_text(json.dumps(told))


def from_a_newer_release(folder):
    path = folder / manifest.NAME
    told = json.loads(path.read_text())
    told["migrations"].setdefault("indicators", []).append("9999_of_next_year")
    path.write_text(json.dumps(told))


def fill_the_disk(folder):
    shutil.rmtree(default_storage.location)


def no_room(*args):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_damaged_backup_or_a_full_disk_changes_nothing(world, tmp_path, monkeypatch):
    into = tmp_path / "backups"
    for older in ("cspplan-20180401T000000Z", "cspplan-20180402T000000Z", "of-somebody-else"):
        (into / older).mkdir(parents=True)
    with monkeypatch.context() as disk:
        disk.setattr("lib.backups.making._write", no_room)
        with pytest.raises(CommandError, match="There is no room left in .*, so nothing was kept"):
            call_command("backup", into=str(into), keep=2)
    assert len(list(into.iterdir())) == 3  # older ones go only after a new one
    folder = backed_up(into, keep=2)
    assert len(list(into.iterdir())) == 4  # what it misses may be in an older one
    with pytest.raises(CommandError, match="--keep is 0"):
        call_command("backup", into=str(into), keep=-5)
    shutil.copytree(into, tmp_path / "whole")
    time.sleep(1)  # a backup is called by its second
    default_storage.save("uploads/lost.csv", ContentFile(b"found again"))
    call_command("backup", into=str(tmp_path / "whole"), keep=2, stdout=io.StringIO())
    left = sorted(path.name for path in (tmp_path / "whole").iterdir())
    assert left[:2] == [folder.name, left[1]] and len(left) == 3 and left[2] == "of-somebody-else"
    default_storage.delete("uploads/lost.csv")
    call_command("restore", folder, check=True)
    before = rows()
    refusals = [
        (shorten, r"database\.\w+ has 1,000 bytes and should have"),
        (change_a_byte, "packs/small.pdf has other bytes than were written"),
        (lambda damaged: (damaged / "files/uploads/kept.csv").unlink(), "uploads/kept.csv is not there"),
        (lambda damaged: (damaged / manifest.NAME).unlink(), "no backup, or only a part of one"),
        (from_a_newer_release, "made by a newer release: its database has been through indicators.9999_of_next_year"),
        (change_a_count, "accounts_auditevent has not the|database in this backup is damaged"),
        (fill_the_disk, "There is no room left for the files, so nothing was restored"),
    ]
    save, full = FileSystemStorage._save, []

    def until_it_is_full(self, name, content):
        if full:
            raise OSError(errno.ENOSPC, "No space left on device")
        full.append(name)
        return save(self, name, content)

    for damage, sentence in refusals:
        damaged = shutil.copytree(folder, tmp_path / "damaged")
        damage(damaged)
        with monkeypatch.context() as disk:
            disk.setattr(FileSystemStorage, "_save", until_it_is_full)
            with pytest.raises(CommandError, match=sentence):
                call_command("restore", damaged, force=True)
        shutil.rmtree(damaged)
    assert rows() == before
    assert full and not default_storage.exists(full[0])
    with pytest.raises(CommandError, match="tables already, and a restore replaces them all"):
        call_command("restore", folder)
