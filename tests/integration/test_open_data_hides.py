"""What the public edition hides stands on no surface of it: not in a file, its properties, its pictures, nor in what a program reads."""

import hashlib
import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from reporting import companions
from reporting.imprint import Imprint
from tests import surfaces
from tests.factories import snapshots
from tests.unit.reporting.companions import made_up

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = Imprint("public", 1)


@pytest.fixture(scope="module")
def found() -> dict[str, str]:
    return surfaces.surfaces(made_up.public(), PUBLIC)


def test_every_surface_is_looked_at_and_a_number_that_is_shown_is_found_on_each(found):
    """Otherwise the next tests would say nothing."""
    at = {place.split(":")[0] for place in surfaces.holding(found, [Decimal(made_up.SHOWN)])}
    assert at >= {"html", "html read", "csv", "json", "xlsx xl/worksheets/sheet2.xml", "pdf text"}
    assert surfaces.holding(found, ["Quarterly monitoring pack"]) != []
    assert any("Quarterly monitoring pack" in found[place] for place in ("pdf strings", "xlsx docProps/core.xml"))


def test_no_surface_holds_a_number_that_is_hidden(found):
    behind = surfaces.hidden(made_up.executive(), made_up.public())
    assert behind == {Decimal(24853)}  # the year of C2: 2 + 8,123 + 9,011 + 7,717
    assert surfaces.holding(found, behind) == []


def test_no_surface_holds_a_restricted_indicator_or_a_name(found):
    """D1 is restricted; the two people gave figures."""
    executive = surfaces.surfaces(made_up.executive(), Imprint("executive", 1), with_pdf=False)
    secret = ["MAPPA", "mappa-level-3", "Oona Harcastle", "Dana Whitlock"]
    assert len({place.partition(": ")[2] for place in surfaces.holding(executive, secret)}) == 4
    assert surfaces.holding(found, secret) == []


def test_numbers_are_found_however_they_are_written():
    def at(text: str, number: str) -> bool:
        return surfaces.holding({"x": text}, [Decimal(number)]) != []

    assert at("was 8,123.", "8123")
    assert at("<v>8123</v>", "8123")
    assert at("61.30%", "61.3")
    assert at("8123.0", "8123")
    assert not at("18123 8,123,000 8123.5 0.8123", "8123")
    assert not at("61.34", "61.3")


OTHER_PROCESS = """
import django; django.setup()
import hashlib, json
from reporting import companions
from reporting.imprint import Imprint
from tests.factories import snapshots
from tests.unit.reporting.companions import made_up
made = [*companions.make(snapshots.sample(), Imprint("executive", 1)), *companions.make(made_up.public(), Imprint("public", 1))]
print(json.dumps([hashlib.sha256(one.content).hexdigest() for one in made]))
"""


def test_another_process_makes_the_same_bytes():
    here = [
        *companions.make(snapshots.sample(), Imprint("executive", 1)),
        *companions.make(made_up.public(), PUBLIC),
    ]
    env = os.environ | {"PYTHONHASHSEED": "7", "DJANGO_SETTINGS_MODULE": "cspplan.settings", "TZ": "Asia/Tokyo"}
    command = [sys.executable, "-c", OTHER_PROCESS]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=True, timeout=120)
    assert json.loads(done.stdout) == [hashlib.sha256(one.content).hexdigest() for one in here]
