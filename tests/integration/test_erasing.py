"""Personal data taken off the whole record: nothing of it is left in any row or file, and what is left says so."""

import io
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import audit, outbox
from accounts.erasing import fields, ledger
from accounts.models import AuditEvent, Erasure, Mail
from lib.append_only import Unchangeable, rewrite
from lib.caching import ForgivingRedisCache
from lib.kept_ready import cache
from reporting import snapshots
from reporting.actions import erasing
from reporting.actions.holding import refuse_removed
from reporting.builds import pack_files, verifying
from reporting.erasing import choosing
from reporting.models import Companion, Pack
from reporting.register import addresses
from tests.factories import snapshots as made_up
from tests.factories.accounts import UserFactory
from tests.factories.collecting import UploadFactory
from tests.factories.governing import PaperFactory
from tests.factories.packs import CompanionFactory, PackFactory, RedactionFactory
from tests.integration.test_nothing_on_the_record_goes import MAKE
from tests.services import free_port

pytestmark = pytest.mark.django_db

NAME = "Zelda Quillfeather"
WORDS = [NAME, "zelda.quillfeather@example.org"]
SAID = {"what": "The name of an officer who left", "ground": "asked_for", "why": "Letter of 3 May 2018"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.ERASURES_DIR = str(tmp_path / "erasures")
    return Path(settings.ERASURES_DIR)


@pytest.fixture
def administrator():
    return UserFactory(roles=["administrator"])


@pytest.fixture
def coordinator():
    return UserFactory(roles=["coordinator"])


@pytest.fixture
def pack():
    """Public and issued, with two files beside it; the name stands in its snapshot, its web page and in the decision to let it stay."""
    told = snapshots.to_json(made_up.sample(edition="public")).replace(
        '"partnership":"', f'"partnership":"{NAME} and the '
    )
    made = PackFactory(public=True, issued=True, snapshot=told)
    CompanionFactory(pack=made)
    CompanionFactory(pack=made, form=Companion.Form.PAGE, content=f"<p>{NAME}</p>".encode())
    return made


def ask(by, words=WORDS, keep=(), of=""):
    found = [place.key for place in choosing.found(words, of) if place.model not in keep]
    return erasing.ask(words=words, places=found, of=of, by=by, **SAID)


def done(erasure, by, callbacks):
    with callbacks(execute=True):
        return erasing.carry_out(erasure, version=erasure.version, by=by)


def rows_with(words):
    """Every row of every table in which one of the words is left, as the database gives its text; accounts of people aside."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            for row in cursor.fetchall():
                told = " ".join(str(value) for value in row)
                if any(re.search(re.escape(one), told, re.IGNORECASE) for one in words):
                    found.append(f"{model._meta.label_lower} {row[0]}")
    return found


def files_with(words):
    found = []
    for path in Path(default_storage.path("")).rglob("*"):
        if path.is_file() and any(one.encode() in path.read_bytes() for one in words):
            found.append(path.name)
    return found


def plant():
    """The name in every text field that a factory can make a row for: each is written as whoever is at the database may."""
    for model, some in fields.texts().items():
        row = models.QuerySet(model).order_by("-pk").first()
        if row is None or model._meta.label_lower in ("accounts.user", "reporting.pack", "account.emailaddress"):
            continue
        values = {}
        for field in some:
            if isinstance(field, models.JSONField):
                if not getattr(row, field.name):
                    values[field.name] = [{"what": "Note", "was": "nothing", "now": f"Said by {NAME}"}]
            elif isinstance(field, models.EmailField):
                values[field.name] = WORDS[1]
            elif (field.max_length or 999) >= len(NAME):
                values[field.name] = f"{NAME} said so"[: field.max_length]
        with transaction.atomic():
            for name, value in values.items():
                try:
                    with transaction.atomic():
                        rewrite(model, row.pk, erasing="the test's", **{name: value})
                except DatabaseError:
                    continue  # a promise that the database keeps about this field


def test_nothing_of_a_name_is_left_in_any_table_or_file(
    pack, administrator, coordinator, django_capture_on_commit_callbacks
):
    leaver = UserFactory(name=NAME, email=WORDS[1], post="Analyst")
    type(leaver).objects.filter(pk=leaver.pk).update(is_active=False, left_at=timezone.now())
    RedactionFactory(passage=f"{NAME} was there.")
    for make in MAKE:
        make()
    upload = UploadFactory()
    models.QuerySet(type(upload)).update(
        file=default_storage.save("uploads/a.csv", ContentFile(f"a,{NAME}\n".encode()))
    )
    plant()
    audit.record("person_deactivated", leaver, by=leaver, comment=f"{NAME.upper()} left")
    assert len({row.split()[0] for row in rows_with([NAME])}) > 40  # tables

    erasure = done(ask(administrator), coordinator, django_capture_on_commit_callbacks)

    assert rows_with(WORDS) == []
    assert files_with(WORDS) == []
    leaver.refresh_from_db()
    assert (leaver.name, leaver.email, leaver.post) == (
        f"Former officer {leaver.pk}",
        f"removed-{leaver.pk}@removed.invalid",
        "",
    )
    assert AuditEvent.objects.filter(actor_label="[removed], Analyst").exists()
    upload.refresh_from_db()
    assert upload.file.name == ""
    event = audit.history(erasure).first()
    assert (event.kind, event.actor, event.comment) == ("erasure_done", coordinator, "The person asked for it")
    assert NAME not in ledger.write(ledger.entry(erasure)).read_text()


def test_a_pack_goes_with_all_its_files_and_says_so(
    pack, administrator, coordinator, client, django_capture_on_commit_callbacks
):
    page = addresses.address(pack)
    files = [pack.pdf.name, *(one.file.name for one in pack.companions.all())]
    erasure = ask(administrator, [NAME])
    assert [client.get(page + name).status_code for name in ("", "pack.pdf", "read/", "figures.csv")] == [451] * 4
    assert "is withheld" in client.get(page).content.decode()

    done(erasure, coordinator, django_capture_on_commit_callbacks)

    assert [client.get(page + name).status_code for name in ("", "pack.pdf", "read/", "figures.csv")] == [410] * 4
    told = client.get(page).content.decode()
    assert "This issue was removed." in told
    assert "The person asked for it" in told
    assert client.get(page + "pack.pdf")["Cache-Control"] == "public, no-cache"
    assert not any(default_storage.exists(name) for name in files)
    pack.refresh_from_db()
    client.force_login(coordinator)
    on = f"{pack.removed_at:%-d %B %Y}"
    assert f"Its files were removed on {on}" in client.get(reverse("reporting:pack-register")).content.decode()
    table = client.get(reverse("reporting:pack-register-csv")).content.decode("utf-8-sig").splitlines()
    assert table[0].endswith(",SHA-256,Removed at")
    assert all(line.endswith(pack.removed_at.isoformat(timespec="seconds")) for line in table[1:])
    assert snapshots.from_json(pack.snapshot).partnership.startswith("[removed] and the ")
    assert verifying.verify(pack, rebuild=True).state == verifying.ERASED
    said = io.StringIO()
    call_command("verify_packs", "--pack", str(pack.pk), stdout=said)
    assert "1 erased" in said.getvalue()
    with pytest.raises(ValidationError, match="Build it again"):
        refuse_removed(pack)


def test_a_restored_database_loses_it_again(
    pack, administrator, coordinator, folder, django_capture_on_commit_callbacks
):
    """The database goes back to before anybody asked; the folder of files does too."""
    event = audit.record("person_deactivated", administrator, by=coordinator, comment=f"Told by {NAME}")
    edited = RedactionFactory(passage=f"{NAME} was there.")
    content = pack_files.read(pack)
    restore = transaction.savepoint()
    done(ask(administrator, [NAME]), coordinator, django_capture_on_commit_callbacks)
    transaction.savepoint_rollback(restore)
    assert not Erasure.objects.exists()
    default_storage.save(pack.pdf.name, ContentFile(content))
    with transaction.atomic():
        rewrite(type(edited), edited.pk, erasing="the test's", passage=f"It was {NAME} who said so.")

    said = io.StringIO()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(CommandError, match="Not everything"):
        call_command("replay_erasures", stdout=said)

    assert "1 removal in" in said.getvalue()
    assert ", 1 carried out again." in said.getvalue()
    assert f"Redaction {edited.pk}, passage: not as it was, nothing cut. Look at it." in said.getvalue()
    event.refresh_from_db()
    pack.refresh_from_db()
    assert (event.comment, pack.is_erased, NAME in pack.snapshot) == ("Told by [removed]", True, False)
    assert not default_storage.exists(pack.pdf.name)
    erasure = Erasure.objects.get()
    assert (erasure.asked_by, erasure.decided_by, erasure.places.count()) == (administrator, coordinator, 6)
    assert rows_with([NAME]) == [f"reporting.redaction {edited.pk}"]

    said = io.StringIO()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("replay_erasures", stdout=said)
    assert ", 0 carried out again." in said.getvalue()
    assert Erasure.objects.count() == 1


def test_one_asks_and_another_decides(pack, administrator, coordinator):
    erasure = ask(administrator, [NAME])
    with pytest.raises(ValidationError, match="somebody else decides"):
        erasing.carry_out(erasure, version=1, by=administrator)
    with pytest.raises(ValidationError, match="Say why"):
        erasing.refuse(erasure, because=" ", version=1, by=coordinator)
    with pytest.raises(ValidationError, match="being decided already"):
        ask(UserFactory(roles=["administrator"]), [NAME])
    erasing.refuse(erasure, because="They agreed to be named", version=1, by=coordinator)
    pack.refresh_from_db()
    assert pack.removal == ""
    assert NAME in pack.snapshot
    with pytest.raises(ValidationError, match="decided on this removal already"):
        erasing.carry_out(erasure, version=2, by=coordinator)


def test_whoever_may_decide_is_told_by_mail_and_by_nothing_of_the_data(
    pack, administrator, coordinator, mailoutbox, django_capture_on_commit_callbacks
):
    other, _, gone = (
        UserFactory(roles=["administrator"]),
        UserFactory(roles=["data_lead"]),
        UserFactory(roles=["coordinator"], is_active=False, left_at=timezone.now()),
    )
    with django_capture_on_commit_callbacks(execute=True):
        erasure = ask(administrator, [NAME])
    assert sorted(one.to[0] for one in mailoutbox) == sorted([coordinator.email, other.email])
    for one in mailoutbox:
        assert one.subject == "A removal of personal data is to be decided"
        assert f"/erasures/{erasure.pk}/" in one.body
        assert administrator.name in one.body
        assert not any(told in str(one.message()) for told in (NAME, SAID["what"], SAID["why"]))
    assert gone.email not in {one.to[0] for one in mailoutbox}


def test_a_removal_decided_by_now_is_no_longer_mailed_about(pack, administrator, coordinator, mailoutbox):
    erasure = ask(administrator, [NAME])
    erasing.refuse(erasure, because="They agreed to be named", version=1, by=coordinator)
    (mail,) = Mail.objects.filter(stage="erasure_asked")
    outbox.send(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mailoutbox) == ("dropped", [])


def test_whoever_decides_a_moment_later_sees_what_became_of_it(pack, administrator, coordinator, client, monkeypatch):
    """Both had the page open; the other pressed while this one's was on its way."""
    erasure, carry_out = ask(administrator, [NAME]), erasing.carry_out

    def after_another(asked, *, version, by):
        carry_out(asked, version=version, by=UserFactory(roles=["coordinator"], name="Lena Fox"))
        return carry_out(asked, version=version, by=by)

    monkeypatch.setattr(erasing, "carry_out", after_another)
    client.force_login(coordinator)
    sent = {"do": "carry_out", "version": 1}
    told = client.post(reverse("reporting:erasure-decide", args=[erasure.pk]), sent).content.decode()
    assert "Somebody else has decided on this removal already" in told
    assert "What remains is this page." in told
    assert "by Lena Fox" in told
    assert "To be decided by another person" not in told
    assert "Your decision" not in told


def test_what_can_not_be_asked_for(administrator):
    worker = UserFactory(name=NAME)
    with pytest.raises(ValidationError, match="is still open"):
        ask(administrator, [NAME])
    with pytest.raises(ValidationError, match="at least 3 characters"):
        choosing.words("J.")
    said = SAID | {"why": f"For {NAME}"}
    with pytest.raises(ValidationError, match="Leave the words themselves out"):
        erasing.ask(words=[NAME], places=["accounts.user:1:name"], by=administrator, **said)
    with pytest.raises(ValidationError, match="Search again"):
        erasing.ask(words=["Nobody Here"], places=[f"accounts.user:{worker.pk}:name"], by=administrator, **SAID)
    assert not Erasure.objects.exists()


def test_a_text_that_changed_since_is_left_alone(administrator, coordinator):
    edited = RedactionFactory(passage=f"{NAME} was there.")
    erasure = ask(administrator, [NAME])
    with transaction.atomic():
        rewrite(type(edited), edited.pk, erasing="the test's", passage=f"It was {NAME} who said so.")
    with pytest.raises(ValidationError, match=f"Redaction {edited.pk}, passage has changed since"):
        erasing.carry_out(erasure, version=1, by=coordinator)


def test_nothing_goes_while_a_pack_is_built_or_the_ledger_refuses(pack, administrator, coordinator, settings, tmp_path):
    erasure = ask(administrator, [NAME])
    other = PackFactory(plan=pack.plan, job_state="running", build=2)
    with pytest.raises(ValidationError, match="is being built and may hold the words"):
        erasing.carry_out(erasure, version=1, by=coordinator)
    Pack.objects.filter(pk=other.pk).update(job_state="failed")
    (tmp_path / "file").write_text("")
    settings.ERASURES_DIR = str(tmp_path / "file" / "erasures")
    with pytest.raises(ValidationError, match="the ledger of removals could not be written"):
        erasing.carry_out(erasure, version=1, by=coordinator)
    pack.refresh_from_db()
    assert NAME in pack.snapshot
    assert pack.removal == "withheld"


def test_what_the_ledger_holds_is_not_refused_when_the_database_failed_at_the_last_moment(administrator, coordinator):
    RedactionFactory(passage=f"{NAME} was there.")
    erasure = ask(administrator, [NAME])
    before = transaction.savepoint()
    erasing.carry_out(erasure, version=1, by=coordinator)
    transaction.savepoint_rollback(before)
    with pytest.raises(ValidationError, match="It was decided to remove this"):
        erasing.refuse(erasure, because="They agreed to be named", version=1, by=coordinator)
    erasing.carry_out(erasure, version=1, by=coordinator)
    assert len(list(ledger.entries())) == 1
    assert not choosing.found([NAME], "")


def test_a_removal_is_whole_while_the_cache_is_away(
    pack, administrator, coordinator, monkeypatch, django_capture_on_commit_callbacks
):
    """The files go at once; pages that were kept ready go with the first sweep that reaches it."""
    away = ForgivingRedisCache(f"redis://127.0.0.1:{free_port()}/0", {})
    erasure = ask(administrator, [NAME])
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(erasing, "cache", away)
        done(erasure, coordinator, django_capture_on_commit_callbacks)
    assert not default_storage.exists(pack.pdf.name)
    cache.set("page", "with the words")
    assert erasing.sweep_files(by=None) == 0
    assert cache.get("page") is None


@pytest.mark.parametrize("told", ["", "null", "[]", "3", "{}", '{"schema": 1, "key": "x"}'])
def test_an_entry_that_can_not_be_read_is_named_and_the_others_are_carried_out(folder, told):
    folder.mkdir()
    (folder / "a.json").write_text(told)
    said = io.StringIO()
    with pytest.raises(CommandError, match="Not everything could be removed again"):
        call_command("replay_erasures", stdout=said)
    assert "a.json can’t be read" in said.getvalue()


def test_the_file_of_a_paper_goes_by_its_link(administrator, coordinator, client, django_capture_on_commit_callbacks):
    name = default_storage.save("papers/a.pdf", ContentFile(b"%PDF-1.7"))
    paper = PaperFactory(file=name)
    erasure = ask(administrator, [], of=f"governance.paper:{paper.pk}")
    client.force_login(coordinator)
    address = reverse("governance:paper-download", args=[paper.item.meeting_id, paper.pk])
    assert client.get(address).status_code == 451
    done(erasure, coordinator, django_capture_on_commit_callbacks)
    assert client.get(address).status_code == 410
    assert not default_storage.exists(name)
    default_storage.save(name, ContentFile(b"%PDF-1.7"))
    assert erasing.sweep_files(by=None) == 0
    assert not default_storage.exists(name)


@pytest.mark.postgresql
def test_the_door_opens_for_a_change_only_and_shuts_again():
    event = audit.record("person_deactivated", UserFactory(), by=None)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        models.QuerySet(AuditEvent).filter(pk=event.pk).update(comment="otherwise")
    with transaction.atomic():
        rewrite(AuditEvent, event.pk, erasing="the test's", comment="cut")
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            models.QuerySet(AuditEvent).filter(pk=event.pk).update(comment="otherwise")
    with pytest.raises(Unchangeable):
        rewrite(AuditEvent, event.pk, erasing="", comment="otherwise")
    assert AuditEvent.objects.get(pk=event.pk).comment == "cut"
