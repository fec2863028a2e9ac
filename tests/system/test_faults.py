"""Three of the builds of `make faults`: workers killed, servers gone and back, all on servers of its own."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_packs_survive_killed_workers_and_servers_that_go_away():
    done = subprocess.run(
        [sys.executable, "-m", "bench.faults", "3", "8"], cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    assert "3 of 3 packs ready, each once" in done.stdout
