"""The same snapshot and imprint give the same bytes in another process, which knows only their stored texts."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reporting import imprint as imprints
from reporting import pdf, snapshots
from reporting.imprint import Imprint
from reporting.pdf import document
from reporting.snapshots.shape import Snapshot
from tests.factories import snapshots as made_up
from tests.factories.snapshot_parts import alone, part

ROOT = Path(__file__).resolve().parents[4]
ISSUE = Imprint("executive", 2, note="Read page 3.")
AGAIN = """
import hashlib, sys
import django
django.setup()
from pathlib import Path
from reporting import imprint, pdf, snapshots
snapshot, told = (Path(path).read_text(encoding="utf-8") for path in sys.argv[1:])
made = pdf.render(snapshots.from_json(snapshot), imprint.from_json(told), checksum=snapshots.sha256(snapshot))
print(hashlib.sha256(made.pdf).hexdigest())
"""


def in_another_process(folder: Path, snapshot: Snapshot, zone: str, seed: str) -> str:
    """The checksum of the PDF that a fresh interpreter makes, somewhere else in the world and with other hashes."""
    texts = (folder / "snapshot.json", folder / "imprint.json")
    for path, text in zip(texts, (snapshots.to_json(snapshot), imprints.to_json(ISSUE)), strict=True):
        path.write_text(text, encoding="utf-8")
    told = {"DJANGO_SETTINGS_MODULE": "cspplan.settings", "TZ": zone, "PYTHONHASHSEED": seed, "STATE_DIR": str(folder)}
    command = [sys.executable, "-c", AGAIN, *map(str, texts)]
    made = subprocess.run(command, cwd=ROOT, env=os.environ | told, capture_output=True, check=True, timeout=240)
    return made.stdout.decode().split()[-1]


@pytest.mark.parametrize(("zone", "seed"), [("UTC", "1"), ("Asia/Tokyo", "2")])
def test_another_process_makes_the_same_bytes(tmp_path, zone, seed):
    snapshot = alone(part("violence-with-injury-hotspots", made_up.rated()), part("hate-offences"))
    here = pdf.render(snapshot, ISSUE, checksum=snapshots.sha256(snapshots.to_json(snapshot)))
    assert in_another_process(tmp_path, snapshot, zone, seed) == hashlib.sha256(here.pdf).hexdigest()


@pytest.mark.parametrize(
    ("likely", "levels"),
    [
        (False, [0, 0, 1, 1]),  # alone, in the pack, and both again at the next level
        (True, [0, 1, 1]),  # in the pack at once, as little is missing
    ],
)
def test_what_does_not_fit_in_its_pack_gives_way_all_the_same(monkeypatch, likely, levels):
    """Only in the pack do links have page numbers, which may take a line more."""
    counted = iter([2, 1])
    monkeypatch.setattr(document._Told, "pages_of_quarter", lambda told, made: next(counted))
    monkeypatch.setattr(document.quarter, "likely_fits", lambda snapshot: likely)
    tried = []
    real = document.quarter.build
    monkeypatch.setattr(document.quarter, "build", lambda snapshot, level: tried.append(level) or real(snapshot, level))
    document.render(made_up.sample(), Imprint("executive", 1))
    assert tried == levels
