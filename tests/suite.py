"""The whole suite, step by step, on services of its own: `python -m tests.suite [check] [sqlite] [postgresql] [system] [quick]`.

Every step runs whatever the ones before it said. Nothing stays behind, also when this is interrupted: every process is ended by
its id, and what lost its parent on the way comes to us and is ended too.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.services import Services, end

STEPS = ("check", "sqlite", "postgresql", "system")
CHOICE = (*STEPS, "quick")
# Whole packs are set there, page by page: a minute of eight.
LEFT_OUT_WHEN_QUICK = ("tests/unit/reporting/pdf/test_document.py", "tests/unit/reporting/pdf/test_rated.py")
# Whom a page lets in is decided by code that knows no engine; on PostgreSQL each page is opened by a browser.
LEFT_OUT_ON_POSTGRESQL = (
    "tests/test_permissions.py",
    "tests/test_permissions_restricted.py",
    "tests/test_forms_lead_somewhere.py",
)
BY_THE_CLOCK = "tests/system/test_faults.py"
STEP_WITHIN = 40 * 60  # seconds; a step that hangs is ended and has failed
WHOLE_WITHIN = 45 * 60  # seconds the suite may take on two cores (a quick machine: 32 minutes); longer is said loudly
# What a person's shell may hold must not change what the tests see.
OURS = (
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "PRODUCTION",
    "STATE_DIR",
    "JOBS_IN_PLACE",
    "TOTP_REQUIRED",
    "SITE_URL",
)
INTERRUPTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SET_CHILD_SUBREAPER = 36  # prctl(2)


def run(command: list[str], env: dict[str, str], ask: signal.Signals = signal.SIGTERM) -> bool:
    process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        return process.wait(STEP_WITHIN) == 0
    except subprocess.TimeoutExpired:
        print(f"Ended: still running after {STEP_WITHIN // 60} minutes", flush=True)
        return False
    finally:
        end(process, ask)


def pytest(*arguments: str, env: dict[str, str]) -> bool:
    options = ["--durations=10", "--durations-min=0.05", "--quiet", "-p", "no:cacheprovider"]
    # Interrupted, pytest takes its fixtures down; ended, it does not.
    return run([sys.executable, "-m", "pytest", *options, *arguments], env, ask=signal.SIGINT)


def beside_browser(env: dict[str, str], *more: str) -> bool:
    return pytest("tests", "--ignore=tests/system", "--numprocesses=2", "--dist=worksteal", *more, env=env)


def check(services: Services, env: dict[str, str]) -> bool:
    return run(["bash", "bin/check"], env)


def sqlite(services: Services, env: dict[str, str]) -> bool:
    return beside_browser(env | {"STATE_DIR": str(services.folder / "sqlite")})


def quick(services: Services, env: dict[str, str]) -> bool:
    """For working: SQLite, in about seven minutes."""
    env = env | {"STATE_DIR": str(services.folder / "sqlite")}
    return beside_browser(env, *(f"--ignore={slow}" for slow in LEFT_OUT_WHEN_QUICK))


def postgresql(services: Services, env: dict[str, str]) -> bool:
    """What asks no database has been run on SQLite, and would say the same here."""
    own = {"STATE_DIR": str(services.folder), "DATABASE_URL": f"{services.postgresql()}/cspplan"}
    left_out = (f"--ignore={slow}" for slow in LEFT_OUT_ON_POSTGRESQL)
    return beside_browser(env | own | {"DATABASE_TESTS_ALONE": "yes"}, *left_out)


def system(services: Services, env: dict[str, str]) -> bool:
    """Each process has servers and a browser of its own. What is killed by the clock runs alone."""
    pages = pytest("tests/system", f"--ignore={BY_THE_CLOCK}", "--numprocesses=2", "--dist=worksteal", env=env)
    return pytest(BY_THE_CLOCK, env=env) and pages


def interrupted(number: int, frame: object) -> None:
    for one in INTERRUPTS:
        signal.signal(one, signal.SIG_IGN)  # once is enough: the rest of this run is cleaning up
    sys.exit(128 + number)


def end_what_is_left() -> None:
    """End the processes that came to us when their parents died; none of them is anybody else's."""
    for _ in range(50):
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        orphans = [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/stat") if parent(path) == os.getpid()]
        if not orphans:
            return
        for pid in orphans:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)


def parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def main(steps: list[str]) -> int:
    # The children of a process that dies become ours, instead of nobody's.
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for number in INTERRUPTS:
        signal.signal(number, interrupted)
    env = {name: value for name, value in os.environ.items() if name not in OURS}
    outcomes: dict[str, tuple[bool, float]] = {}
    began = time.monotonic()
    try:
        for step in steps:
            print(f"\n===== {step}", flush=True)
            step_began = time.monotonic()
            with Services() as services:
                # Whatever a step leaves in its temporary folder goes with ours.
                temporary = services.folder / "tmp"
                temporary.mkdir()
                env["TMPDIR"] = str(temporary)
                work: Callable[[Services, dict[str, str]], bool] = globals()[step]
                outcomes[step] = work(services, env), time.monotonic() - step_began
    finally:
        end_what_is_left()
    whole = time.monotonic() - began
    print()
    for step, (passed, seconds) in outcomes.items():
        print(f"{step:<12}{'ok' if passed else 'FAILED':<8}{seconds:>5.0f} s")
    print(f"{'in all':<20}{whole:>5.0f} s", flush=True)
    if whole > WHOLE_WITHIN:
        print(
            f"That is longer than the {WHOLE_WITHIN // 60} minutes the suite may take: look at the slowest tests above."
        )
    return 0 if all(passed for passed, _ in outcomes.values()) else 1


if __name__ == "__main__":
    chosen = sys.argv[1:] or list(STEPS)
    if unknown := set(chosen) - set(CHOICE):
        sys.exit(f"No such step: {', '.join(sorted(unknown))}. There are {', '.join(CHOICE)}.")
    sys.exit(main(chosen))
