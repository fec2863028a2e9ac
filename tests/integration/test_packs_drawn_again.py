"""A pack drawn again, in another process and after everything was started anew, has the bytes it was issued with."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from indicators import catalogue_data
from priorities import plan_data
from reporting.actions import building
from reporting.builds import pack_files, packs
from reporting.builds.verifying import REBUILT, Found, verify
from tests.factories import reporting as data

ROOT = Path(__file__).resolve().parents[2]
DRAW = """
import django, hashlib, json, sys
django.setup()
from reporting.builds import making
made = making.make(*json.load(sys.stdin))
print(json.dumps({form: hashlib.sha256(content).hexdigest() for form, content in made.files().items()}))
"""


@pytest.fixture
def pack(db):
    plan, _ = plan_data.load()
    catalogue_data.load(plan)
    farida = data.person()
    for number, placement in enumerate(plan.placements.exclude(reference="").select_related("indicator")[:4]):
        return_ = data.return_(placement.indicator, words=True)
        if placement.indicator.is_count:
            data.figure(return_, 100 + number, by=farida, verified=data.at(3))
    pack = building.request_pack(plan, data.Q4, queue=False, by=None)
    packs.build(pack.pk)
    pack.refresh_from_db()
    assert pack.failure == ""
    return pack


def drawn_elsewhere(pack, state, **env):
    """Checksums by form, from a new process that is given nothing but the two texts. It has no database at all."""
    done = subprocess.run(
        [sys.executable, "-c", DRAW],
        cwd=ROOT,
        input=json.dumps([pack.snapshot, pack.imprint]),
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "cspplan.settings", "STATE_DIR": str(state)} | env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_same_bytes_in_another_process_another_day_and_elsewhere(pack, tmp_path):
    built = {"pdf": pack.pdf_sha256} | dict(pack.companions.values_list("form", "sha256"))
    assert hashlib.sha256(pack_files.read(pack)).hexdigest() == pack.pdf_sha256
    elsewhere = {
        "PYTHONHASHSEED": "4711",
        "TZ": "Asia/Dhaka",
        "LANG": "bn_BD.UTF-8",
        "DATABASE_URL": "sqlite:////nowhere",
    }
    assert drawn_elsewhere(pack, tmp_path, **elsewhere) == built
    assert verify(pack, rebuild=True) == Found(REBUILT)
