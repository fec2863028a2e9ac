"""Which release of the code this is."""

import re

import pytest

from lib import release


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A small release in a folder of its own."""
    monkeypatch.setattr(release, "ROOT", tmp_path)
    monkeypatch.setattr(release, "FOLDERS", ("lib", "templates"))
    for name in ("lib/one.py", "templates/one.html", "templates/notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("first")
    return tmp_path


def told():
    return release.fingerprint.__wrapped__()


def test_the_fingerprint_of_what_runs_is_short():
    assert re.fullmatch("[0-9a-f]{16}", release.fingerprint())


@pytest.mark.parametrize("changed", ["lib/one.py", "templates/one.html", "templates/new.svg"])
def test_a_changed_file_is_another_release(files, changed):
    before = told()
    (files / changed).write_text("second")
    assert told() != before


def test_a_renamed_file_is_another_release(files):
    before = told()
    (files / "lib/one.py").rename(files / "lib/two.py")
    assert told() != before


def test_what_is_not_code_is_not_looked_at(files):
    before = told()
    (files / "templates/notes.txt").write_text("second")
    assert told() == before


def test_of_some_parts_alone_only_they_count(files):
    (files / "lib/one.css").write_text("first")
    before = release.of(["lib"]), release.of(["lib/one.py"])
    (files / "templates/one.html").write_text("second")
    (files / "lib/one.css").write_text("second")
    after = release.of(["lib"]), release.of(["lib/one.py"])
    assert (after[0] != before[0], after[1] == before[1]) == (True, True)


def test_a_part_that_is_not_there_is_a_mistake(files):
    with pytest.raises(FileNotFoundError):
        release.of(["lib/two.py"])
