"""Whether a pack is still what was built."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from reporting import snapshots
from reporting.builds import apart, made_with, making, verifying
from reporting.builds.verifying import AS_STORED, FAILED, REBUILT, Found, verify
from reporting.companions import Made as File
from tests.factories.packs import damage

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(built, monkeypatch):
    """Built with a file beside it."""
    files = (File("csv", b"reference,quarter\n"),)
    monkeypatch.setattr(making.companions, "make", lambda *drawn: files)
    return built()


def run(*arguments):
    said = io.StringIO()
    call_command("verify_packs", *arguments, stdout=said)
    return said.getvalue()


def damage_file(name):
    with open(default_storage.path(name), "ab") as stored:
        stored.write(b"x")


def test_what_is_as_it_was_stored(pack):
    assert verify(pack, rebuild=False) == Found(AS_STORED)


def test_drawn_anew_it_is_the_same(pack):
    assert verify(pack, rebuild=True) == Found(REBUILT)


def test_every_damage_is_named(pack):
    damage_file(pack.pdf.name)
    default_storage.delete(pack.companions.get().file.name)
    damage(pack, snapshot=pack.snapshot + " ")
    pack.refresh_from_db()
    assert verify(pack, rebuild=True) == Found(
        FAILED,
        (
            "The snapshot is not the one that was built.",
            "PDF: The file is not the one that was built.",
            "Table: The file is not there.",
        ),
    )


def test_another_version_is_named_and_nothing_is_drawn_anew(pack, pages):
    drawn = len(pages.calls)
    pack.made_with = pack.made_with | {"weasyprint": "60.1", "code": "0123"}
    found = verify(pack, rebuild=True)
    now = made_with.present()
    assert found.state == AS_STORED
    assert found.sentences == (
        f"Not drawn anew: code was 0123, is {now['code']}; weasyprint was 60.1, is {now['weasyprint']}.",
    )
    assert len(pages.calls) == drawn


def test_a_pack_from_before_imprints_is_not_drawn_anew(pack):
    pack.imprint = ""
    assert verify(pack, rebuild=True) == Found(
        AS_STORED, ("Not drawn anew: it was built before packs said what they were made with.",)
    )


def test_other_bytes_from_the_same_are_a_failure(pack, pages, monkeypatch):
    pages.content = b"%PDF otherwise"
    monkeypatch.setattr(making.companions, "make", lambda *drawn: ())
    assert verify(pack, rebuild=True) == Found(
        FAILED, ("Drawn anew, the CSV has other bytes.", "Drawn anew, the PDF has other bytes.")
    )


def test_what_can_no_longer_be_drawn_is_a_failure(pack, pages):
    pages.problems = ["Figure on page 3 has no words."]
    found = verify(pack, rebuild=True)
    assert found.state == FAILED
    assert found.sentences[0].startswith("It can't be drawn anew: Not everyone could read the PDF")


def test_where_it_may_not_use_what_it_needs_it_is_as_stored(pack, pages):
    """Nothing is wrong with the pack, and nothing is to be restored from a backup."""
    pages.error = apart.Ended("It needed more memory than the 200 MB it may use.")
    found = verify(pack, rebuild=True)
    assert (found.state, found.sentences) == (AS_STORED, (verifying.ENDED,))


def test_a_snapshot_that_can_no_longer_be_read_is_a_failure(pack):
    text = '{"schema": 99}'
    damage(pack, snapshot=text, snapshot_sha256=snapshots.sha256(text))
    pack.refresh_from_db()
    assert verify(pack, rebuild=True).state == FAILED


# ---------------------------------------------------------------- the command


def test_nothing_to_verify():
    assert run() == "No packs\n"


def test_the_command_counts(pack, built):
    built()
    assert run() == "2 as stored\n"
    assert run("--rebuild") == "2 rebuilt identically\n"
    assert run("--rebuild", "--pack", str(pack.pk)) == "1 rebuilt identically\n"


def test_a_failure_ends_the_command_with_an_error_after_all_were_looked_at(pack, built, pages):
    pages.content = b"%PDF another"
    built()
    damage_file(pack.pdf.name)
    said = io.StringIO()
    with pytest.raises(CommandError, match="Not every pack is what it was"):
        call_command("verify_packs", stdout=said)
    assert said.getvalue() == (
        f"{pack.pk} Pack for 2017-18 Q4, executive edition, issue 1: failed\n"
        "  PDF: The file is not the one that was built.\n"
        "1 as stored, 1 failed\n"
    )


def test_a_pack_that_is_not_there():
    with pytest.raises(CommandError, match="There is no ready pack 7."):
        run("--pack", "7")


def test_all_states_are_counted():
    assert verifying.STATES == ("as stored", "rebuilt identically", "erased", "failed")
