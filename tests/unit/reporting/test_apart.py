"""A build in a process of its own: what it gives back, what ends it, and what it may not do. What is patched here is forked with it."""

import hashlib
import logging
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from lib import jobs
from lib.typesetting import PdfProblem
from reporting import imprint as imprints
from reporting import snapshots
from reporting.actions import building
from reporting.builds import apart, making, packs
from reporting.builds.making import Made
from reporting.companions import Made as File
from reporting.imprint import Imprint
from tests.factories import snapshots as made_up

ROOT = Path(__file__).resolve().parents[3]
MADE = Made(b"%PDF of its own", 3, (File("csv", b"reference,quarter"),))


@pytest.fixture
def drawing(monkeypatch):
    """Have the child do this instead of drawing."""
    return lambda act: monkeypatch.setattr(making, "make", act)


def made(tell=lambda stage, note: None):
    with apart.Child() as child:
        return child.make("snapshot", "imprint", tell)


def is_running(pid):
    """One that has ended, and that whoever it fell to has not asked about yet, runs no more."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_everything_comes_back_and_each_stage_is_told(drawing):
    def draw(text, imprint, tell):
        tell("Lay out the parts", "")
        tell("Check", f"{text} and {imprint}")
        return MADE

    drawing(draw)
    told = []
    assert made(lambda *stage: told.append(stage)) == MADE
    assert told == [("Lay out the parts", ""), ("Check", "snapshot and imprint")]


def test_it_is_another_process_and_it_is_gone_afterwards(drawing):
    drawing(lambda text, imprint, tell: Made(str(os.getpid()).encode(), 1, ()))
    pid = int(made().pdf)
    assert pid != os.getpid()
    assert not is_running(pid)


def test_its_bytes_are_those_of_this_process():
    text, imprint = snapshots.to_json(made_up.sample()), imprints.to_json(Imprint("executive", 1))
    with apart.Child() as child:
        drawn = child.make(text, imprint, lambda stage, note: None)
    here = making.make(text, imprint)
    assert hashlib.sha256(drawn.pdf).hexdigest() == hashlib.sha256(here.pdf).hexdigest()
    assert drawn == here


# ---------------------------------------------------------------- what ends it


def test_a_sentence_is_passed_on(drawing):
    def draw(text, imprint, tell):
        raise PdfProblem("The quarter is too long.")

    drawing(draw)
    with pytest.raises(PdfProblem, match="^The quarter is too long.$"):
        made()


MB = 1024 * 1024


@pytest.mark.parametrize(
    "megabytes", [pytest.param(2100, id="while drawing"), pytest.param(1500, id="handing it over")]
)
def test_it_may_use_so_much_memory_and_no_more(drawing, settings, megabytes):
    settings.PACK_MEMORY_MB = 2000
    drawing(lambda text, imprint, tell: Made(bytes(megabytes * MB), 1, ()))
    with pytest.raises(PdfProblem, match="more memory than the 2000 MB it may use. Nothing was stored. Leave out"):
        made()


def test_a_worker_that_has_grown_leaves_a_build_as_much_as_a_new_one(drawing, settings):
    held = bytes(3000 * MB)  # of address space; nobody writes to it
    settings.PACK_MEMORY_MB = 1000
    drawing(lambda text, imprint, tell: Made(str(len(bytes(300 * MB))).encode(), 1, ()))
    assert made().pdf == str(300 * MB).encode()
    del held


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (signal.SIGKILL, "ended from outside \\(SIGKILL\\), most often for want of memory"),
        (signal.SIGTRAP, "ended from outside \\(SIGTRAP\\)"),  # GLib without memory
        (signal.SIGXCPU, "more than 240 seconds of computing"),
    ],
)
def test_ended_by_a_signal_it_says_why(drawing, number, sentence):
    drawing(lambda text, imprint, tell: os.kill(os.getpid(), number))
    with pytest.raises(PdfProblem, match=sentence):
        made()


def test_the_kernel_limits_its_processor_time_and_leaves_no_core(drawing):
    drawing(lambda *told: Made(str([resource.getrlimit(n)[0] for n in LIMITS]).encode(), 1, ()))
    assert made().pdf == b"[240, 0]"


LIMITS = (resource.RLIMIT_CPU, resource.RLIMIT_CORE)


def test_a_mistake_of_ours_is_in_the_log_and_not_in_the_words(drawing, capfd):
    def draw(text, imprint, tell):
        raise KeyError("a name")

    drawing(draw)
    with pytest.raises(apart.ChildFailed, match="^KeyError$"):
        made()


@pytest.mark.django_db
def test_it_asks_the_database_nothing(drawing):
    def draw(text, imprint, tell):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    drawing(draw)
    with pytest.raises(apart.ChildFailed, match="^RuntimeError$"):
        made()


def test_when_the_worker_turns_away_it_ends(drawing):
    def draw(text, imprint, tell):
        tell(str(os.getpid()), "")
        time.sleep(60)

    def lost(stage, note):
        pids.append(int(stage))
        raise jobs.LeaseLost

    drawing(draw)
    pids, began = [], time.monotonic()
    with pytest.raises(jobs.LeaseLost):
        made(lost)
    assert time.monotonic() - began < 10
    assert not is_running(pids[0])


WORKER = """
import os, time
from reporting.builds import apart, making

def draw(text, imprint, tell):
    print(os.getpid(), flush=True)
    time.sleep(60)

making.make = draw
with apart.Child() as child:
    child.make("", "", lambda stage, note: None)
"""


def test_it_ends_with_its_worker(tmp_path):
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "cspplan.settings", "STATE_DIR": str(tmp_path)}
    told = {"stdout": subprocess.PIPE, "text": True, "cwd": ROOT, "env": env}
    with subprocess.Popen([sys.executable, "-c", f"import django; django.setup()\n{WORKER}"], **told) as worker:
        child = int(worker.stdout.readline())
        assert is_running(child)
        worker.kill()
        until = time.monotonic() + 10
        while is_running(child) and time.monotonic() < until:
            time.sleep(0.05)
    assert not is_running(child)


# ---------------------------------------------------------------- a whole build


@pytest.mark.django_db
def test_a_build_whose_child_is_killed_fails_with_a_sentence_and_is_built_by_a_click(
    pages, plan, quarter, settings, caplog
):
    settings.PACKS_APART = True
    pages.during = lambda: os.kill(os.getpid(), signal.SIGKILL)
    pack = building.request_pack(plan, quarter, queue=False, by=None)
    with caplog.at_level(logging.ERROR, "job"):
        packs.build(pack.pk)
    pack.refresh_from_db()
    assert pack.is_failed and pack.stage == packs.LAY_OUT
    assert pack.failure.startswith("The process that drew it was ended from outside (SIGKILL)")
    pages.during = lambda: None
    again = building.request_pack(plan, quarter, queue=False, by=None)
    packs.build(again.pk)
    again.refresh_from_db()
    assert again.is_ready and again.pk == pack.pk
    assert [entry["stage"] for entry in again.stage_log] == [0, 1, 2, 3, 4]
