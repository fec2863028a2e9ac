"""Everything is taken along and read into an empty installation: every row of every table, every file, every sum."""

import csv
import datetime as dt
import errno
import hashlib
import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client

from accounts.models import Mail, User
from cspplan import leaving
from indicators.models import Commentary, Figure
from priorities.models import Plan
from reporting import snapshots
from reporting.models import Pack
from reporting.snapshots import canonical
from tests.permission_cases import World

pytestmark = pytest.mark.django_db(transaction=True)
MOMENT = dt.datetime(2018, 5, 1, 12, tzinfo=dt.UTC)
ODD = 'Rain, “quotes” " and \r\n two lines; =1+1 \t ১২৩ 🙂 \\N'


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "files")
    settings.ERASURES_DIR = str(tmp_path / "erasures")
    return tmp_path


@pytest.fixture
def world():
    """One of everything that the permission table needs, a pack with its file, an upload, and words that no table of text likes."""
    made = World()
    assert made.pack.pk and made.upload.pk and made.revision.pk
    Commentary.objects.update(what_happened=ODD)
    User.objects.filter(pk=made.someone.pk).update(last_login=MOMENT)
    return made


def held():
    """Every row of every table that is taken along, as the models read it."""
    return {table.name: list(table.model._base_manager.order_by("pk").values()) for table in leaving.tables()}


def files():
    return {path: path.read_bytes() for path in Path(default_storage.location).rglob("*") if path.is_file()}


def leave(folder):
    call_command("export_everything", folder, stdout=StringIO())
    return folder


def empty():
    """As a database is after `migrate`, and a storage before anything was kept."""
    call_command("flush", interactive=False, verbosity=0)
    for path in files():
        path.unlink()


def join(folder):
    said = StringIO()
    call_command("import_everything", folder, stdout=said)
    return said.getvalue()


def test_what_left_is_there_again_row_by_row_and_byte_by_byte(world, folders):
    before, stored = held(), files()
    shown = canonical.to_json(snapshots.take(Plan.objects.get(), world.round.quarter, as_at=MOMENT))
    leave(folders / "out")
    empty()

    said = join(folders / "out")

    after = held()
    for name, rows in before.items():
        if name == "accounts.user":
            secret = {"password", "last_login"}
            rows, after[name] = (
                [{k: v for k, v in row.items() if k not in secret} for row in some] for some in (rows, after[name])
            )
        if name == "accounts.mail":
            rows = [row | {"state": "dropped"} if row["state"] == "waiting" else row for row in rows]
        assert after[name] == rows, name
    assert files() == stored
    assert canonical.to_json(snapshots.take(Plan.objects.get(), world.round.quarter, as_at=MOMENT)) == shown
    assert Commentary.objects.first().what_happened == ODD
    assert "/invitation/" in said and str(world.people["administrator"]) in said
    # The next new row has a number of its own.
    figure = Figure.objects.order_by("pk").last()
    figure.pk, figure.numerator = None, Decimal(3)
    figure._state.adding = True
    figure.save()
    assert figure.pk > max(row["id"] for row in before["indicators.figure"])


def test_no_secret_leaves_and_no_mail_goes_twice(world, folders):
    Mail.objects.create(to=world.someone, stage="sent_back", thing="indicators.return:1", cycle="1")
    leave(folders / "out")
    text = "".join(path.read_text(encoding="utf-8") for path in (folders / "out" / "tables").iterdir())
    assert not any(person.password in text for person in User.objects.all() if person.has_usable_password())
    assert not (folders / "out" / "tables" / "accounts.session.csv").exists()
    empty()
    join(folders / "out")
    assert not Mail.objects.filter(state=Mail.State.WAITING).exists()
    person = User.objects.get(email=world.someone.email)
    assert (person.state, person.has_usable_password()) == ("Invited", False)
    assert not Client().login(email=person.email, password="sample-years-2017")


def test_the_description_tells_each_column_and_its_checksum(world, folders):
    told = json.loads((leave(folders / "out") / "datapackage.json").read_text(encoding="utf-8"))
    figures = next(one for one in told["resources"] if one["name"] == "indicators.figure")
    path = folders / "out" / figures["path"]
    assert figures["hash"] == "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == [column["name"] for column in figures["schema"]["fields"]]
    assert len(rows) == figures["rows"] == Figure.objects.count()
    kinds = {column["name"]: column["type"] for column in figures["schema"]["fields"]}
    assert (kinds["numerator"], kinds["recorded_at"], kinds["for_return_id"]) == ("number", "datetime", "integer")
    assert {"fields": "for_return_id", "reference": {"resource": "indicators.return", "fields": "id"}} in figures[
        "schema"
    ]["foreignKeys"]


def altered(folder, table, change):
    """A table's file with other lines, its checksum made good again: what is wrong is to be found by reading it."""
    path = folder / "tables" / f"{table}.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(change(lines)), encoding="utf-8")
    about = folder / "datapackage.json"
    told = json.loads(about.read_text(encoding="utf-8"))
    for one in told["resources"]:
        if one["name"] == table:
            one["hash"] = "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    about.write_text(json.dumps(told), encoding="utf-8")


def described(folder, change):
    about = folder / "datapackage.json"
    told = json.loads(about.read_text(encoding="utf-8"))
    change(told)
    about.write_text(json.dumps(told), encoding="utf-8")


SPOILT = {
    "a byte changed": (lambda out: (out / "tables/indicators.figure.csv").write_bytes(b"id\n"), "has other bytes"),
    "a table gone": (lambda out: (out / "tables/indicators.figure.csv").unlink(), "is not there"),
    "a stored file gone": (lambda out: (out / "files/packs/one.pdf").unlink(), "is not there"),
    "no description": (lambda out: (out / "datapackage.json").unlink(), "it is no export"),
    "half a description": (lambda out: (out / "datapackage.json").write_text('{"resources": ['), "not one that an export"),
    "another release": (lambda out: described(out, lambda told: told["migrations"].update(indicators="0999_later")), "release"),
    "a way out": (lambda out: described(out, lambda told: told["files"][0].update(path="files/../../x")), "outside"),
    "a row less": (lambda out: altered(out, "indicators.figure", lambda lines: lines[:-1]), "should have"),
    "no number": (
        lambda out: altered(out, "indicators.verification", lambda lines: [lines[0], lines[1].replace(",", ",x", 1)]),
        "Row 1 of indicators.verification",
    ),
    "a loose end": (
        lambda out: altered(out, "priorities.plan", lambda lines: lines[:1]),
        "should have",
    ),
}  # fmt: skip


def test_a_folder_that_is_not_as_it_was_written_is_refused_whole(world, folders):
    leave(folders / "good")
    empty()
    for number, (what, (spoil, says)) in enumerate(SPOILT.items()):
        out = folders / f"bad-{number}"
        copy(folders / "good", out)
        spoil(out)
        with pytest.raises(CommandError, match=says):
            call_command("import_everything", out, stdout=StringIO())
        assert not any(held().values()) and not files(), what


def copy(source, target):
    for path in source.rglob("*"):
        if path.is_file():
            (target / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            (target / path.relative_to(source)).write_bytes(path.read_bytes())


def test_a_row_that_points_nowhere_is_refused(world, folders):
    leave(folders / "out")
    empty()
    altered(folders / "out", "accounts.rolegrant", lambda lines: lines[:1])
    described(
        folders / "out",
        lambda told: [one.update(rows=0) for one in told["resources"] if one["name"] == "accounts.rolegrant"],
    )
    join(folders / "out")  # nobody points to a role, so that is a whole export of people without roles
    empty()
    altered(folders / "out", "accounts.organisation", lambda lines: lines[:1])
    described(
        folders / "out",
        lambda told: [one.update(rows=0) for one in told["resources"] if one["name"] == "accounts.organisation"],
    )
    with pytest.raises((CommandError, IntegrityError), match="points to one|FOREIGN|foreign"):
        join(folders / "out")
    assert not any(held().values())


def test_it_goes_into_an_empty_installation_only(world, folders):
    leave(folders / "out")
    before = held()
    with pytest.raises(CommandError, match="holds data already"):
        join(folders / "out")
    assert held() == before


def test_nothing_is_left_of_an_export_that_could_not_be_whole(world, folders):
    default_storage.delete(Pack.objects.get().pdf.name)
    with pytest.raises(CommandError, match="packs/one.pdf"):
        leave(folders / "out")
    assert not (folders / "out").exists()
    (folders / "full").mkdir()
    (folders / "full" / "mine").touch()
    with pytest.raises(CommandError, match="holds something already"):
        leave(folders / "full")
    assert (folders / "full" / "mine").exists()


def test_only_its_owner_reads_an_export(world, folders):
    """The folder as well where it was made before, open to all."""
    (folders / "out").mkdir(mode=0o755)
    assert leave(folders / "out").stat().st_mode & 0o777 == 0o700


def test_a_disk_that_fills_up_leaves_nothing_behind(world, folders, monkeypatch):
    leave(folders / "out")
    empty()
    written = FileSystemStorage._save

    def half(self, name, content):
        written(self, name, ContentFile(b"%PDF-"))
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(FileSystemStorage, "_save", half)
        with pytest.raises(CommandError, match="did not take .* \\(No space left on device\\): nothing was imported"):
            join(folders / "out")
    assert files() == {}
    assert not any(held().values())
    join(folders / "out")
    assert files()


def test_a_file_that_is_there_already_is_never_written_over(world, folders):
    leave(folders / "out")
    empty()
    default_storage.save("packs/one.pdf", ContentFile(b"another"))
    with pytest.raises(CommandError, match="holds a file packs/one.pdf"):
        join(folders / "out")
    assert [content for content in files().values()] == [b"another"]
    assert not any(held().values())
