"""Workers killed in the middle of a pack (`make faults`): each pack must still become ready, once, with the bytes it should have.

A real worker, beat, PostgreSQL and Redis. The worker is ended with SIGKILL, with everything it started, as soon as the pack's row
says that a given stage is being worked on; the next worker is started at once, and the sweep has to notice.
"""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.services import Services, end

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = Path(sys.executable).parent
QUARTERS = ("2016-17-q4", "2017-18-q1", "2017-18-q2", "2017-18-q3", "2017-18-q4")
KILLS_PER_PACK = 3  # below lib.jobs.MAX_ATTEMPTS, after which a pack is given up with a sentence
READY_WITHIN = 240.0  # seconds for one pack, kills included


class Faults:
    def __init__(self, services: Services) -> None:
        self.services = services
        self.worker = self.start()
        self.kills = 0

    def start(self) -> subprocess.Popen:
        command = [str(PROGRAMS / "celery"), "--app=cspplan", "worker", "--concurrency=1", "--loglevel=INFO"]
        return self.services.start("worker", [*command, "--without-gossip", "--without-mingle"], env=dict(os.environ))

    def kill(self) -> None:
        os.killpg(self.worker.pid, signal.SIGKILL)
        end(self.worker)
        self.kills += 1
        self.worker = self.start()

    def build(self, quarter: str, stage: int) -> float:
        """Seconds until a pack is ready whose worker dies KILLS_PER_PACK times once it has reached that stage."""
        from lib.quarters import Quarter
        from priorities.models import Plan
        from reporting import pack_files
        from reporting.actions import building
        from reporting.models import Pack

        began = time.monotonic()
        pack = building.request_pack(Plan.objects.get(), Quarter.parse(quarter), by=None)
        killed_at_attempt = 0
        while True:
            pack.refresh_from_db()
            running = pack.job_state == Pack.JobState.RUNNING
            if running and pack.stage >= stage and killed_at_attempt < pack.attempts <= KILLS_PER_PACK:
                killed_at_attempt = pack.attempts
                self.kill()
            if pack.job_state in (Pack.JobState.READY, Pack.JobState.FAILED):
                break
            if time.monotonic() - began > READY_WITHIN:
                raise SystemExit(f"{pack} is not ready after {READY_WITHIN:.0f} s: {pack.job_state}\n{self.log()}")
            time.sleep(0.02)
        if pack.job_state != Pack.JobState.READY:
            raise SystemExit(f"{pack} failed: {pack.failure}\n{self.log()}")
        stored = pack_files.read(pack)
        assert hashlib.sha256(stored).hexdigest() == pack.pdf_sha256, f"{pack}: other bytes than its checksum says"
        assert stored.startswith(b"%PDF") and b"%%EOF" in stored[-32:], f"{pack}: not a whole PDF"
        return time.monotonic() - began

    def log(self) -> str:
        return self.services.log("worker")[-4000:]


def main() -> None:
    with Services() as services:
        os.environ |= {
            "DATABASE_URL": f"{services.postgresql()}/postgres",
            "REDIS_URL": services.redis(),
            "JOBS_IN_PLACE": "no",
            "STATE_DIR": str(services.folder / "var"),
            "DJANGO_SETTINGS_MODULE": "cspplan.settings",
            "LOG_LEVEL": "WARNING",
        }
        for command in (("migrate", "--no-input", "--verbosity=0"), ("first_run",)):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        import django

        django.setup()
        from reporting.models import Pack

        beat = [str(PROGRAMS / "celery"), "--app=cspplan", "beat", f"--schedule={services.folder}/beat", "--pidfile="]
        services.start("beat", beat, env=dict(os.environ))
        faults = Faults(services)
        for number, quarter in enumerate(QUARTERS):
            stage = number % len(Pack.STAGES)
            took = faults.build(quarter, stage)
            print(
                f"{quarter}: ready {took:.0f} s after it was asked for, workers killed from stage {stage + 1} on",
                flush=True,
            )
        ready = Pack.objects.filter(job_state=Pack.JobState.READY).count()
        print(f"\n{faults.kills} workers killed, {ready} of {len(QUARTERS)} packs ready")
        django.db.connections.close_all()
        sys.exit(ready != len(QUARTERS))


if __name__ == "__main__":
    main()
