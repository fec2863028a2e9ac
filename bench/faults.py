"""Packs whose workers are killed and whose servers go away (`make faults`): each must still become ready, once, with the bytes it should have.

Real workers, beat, PostgreSQL and Redis, all of this run's own. While packs of both editions are being built, workers are ended with
SIGKILL at random moments, with everything they started, and started again at once; Redis is stopped, forgets all it held and comes back;
PostgreSQL is restarted. `python -m bench.faults BUILDS SEED` makes fewer, or the same moments again.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from lib.quarters import Quarter
from tests.services import Services, end

if TYPE_CHECKING:
    from reporting.models import Pack
    from reporting.models.pack import PackQuerySet

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = Path(sys.executable).parent
WORKERS = 2
BUILDS = 20
PER_BUILD = 90.0  # seconds at most, kills and outages included: a run that takes longer has failed
BACK_WITHIN = 20.0  # seconds from SIGKILL until the pack is worked on again
KILLS_PER_PACK = 3  # below lib.jobs.MAX_ATTEMPTS, after which a pack is given up with a sentence
REDIS_AWAY = 6.0  # seconds
QUARTERS = Quarter.parse("2020-21-q4").back_to(16)  # of the plan


def ours() -> "PackQuerySet":
    """The packs of this run."""
    from reporting.models import Pack

    return Pack.objects.filter(quarter__in=QUARTERS)


class Faults:
    def __init__(self, services: Services, builds: int, chance: random.Random) -> None:
        self.services, self.builds, self.chance = services, builds, chance
        self.workers = [self.start(number) for number in range(WORKERS)]
        self.kills: list[float] = []  # when
        self.outages: list[float] = []
        self.back: list[float] = []  # seconds from each SIGKILL that hit a pack until it was worked on again
        self.seen: dict[int, tuple[int, float]] = {}  # by pack: its attempt, and when its lease was last renewed
        self.began = time.time()

    def start(self, number: int) -> subprocess.Popen:
        command = [str(PROGRAMS / "celery"), "--app=cspplan", "worker", "--concurrency=1", "--loglevel=INFO"]
        options = [f"--hostname=worker{number}@%h", "--without-gossip", "--without-mingle"]
        return self.services.start(f"worker{number}", [*command, *options], env=dict(os.environ))

    def say(self, what: str) -> None:
        print(f"{time.time() - self.began:5.0f} s  {what}", flush=True)

    # ------------------------------------------------------------ what goes wrong

    def kill(self) -> None:
        """One worker, whatever it is at, with everything it started; all of them until a pack was hit, or there would be nothing to measure."""
        numbers = [self.chance.randrange(WORKERS)] if self.back else range(WORKERS)
        self.kills.append(time.time())
        for number in numbers:
            os.killpg(self.workers[number].pid, signal.SIGKILL)
        for number in numbers:
            end(self.workers[number])
            self.say(f"worker {number} killed")
            self.workers[number] = self.start(number)

    def redis_away(self) -> None:
        """Gone for some seconds, with all that was queued; one pack is asked for meanwhile."""
        self.outages.append(time.time())
        self.services.stop("redis")
        self.say("Redis stopped")
        self.ask(WORKERS + 1)
        time.sleep(REDIS_AWAY)
        self.services.again("redis")
        self.say("Redis started")

    def postgresql_restarted(self) -> None:
        """Every connection is cut off."""
        self.outages.append(time.time())
        self.services.stop("postgresql", signal.SIGINT)
        self.services.again("postgresql")
        self.say("PostgreSQL restarted")

    # ------------------------------------------------------------ what should happen all the same

    def ask(self, at_once: int) -> None:
        """Ask for builds until that many are on their way: executive editions first, then the public ones made from them."""
        from priorities.models import Plan
        from reporting.actions import building

        executives = (self.builds + 1) // 2
        plan = Plan.objects.get()
        while (made := ours().count()) < self.builds and ours().unfinished().count() < at_once:
            if made < executives:
                building.request_pack(plan, QUARTERS[made], by=None)
                continue
            ready = ours().ready().filter(edition="executive", published_as=None).order_by("pk").first()
            if ready is None:
                return
            building.request_pack(plan, ready.quarter, edition="public", made_from=ready, by=None)

    def look(self) -> tuple[int, bool]:
        """How many packs are ready, and whether one may be interrupted: none is, more often than it survives."""
        from lib.jobs import LEASE

        packs = list(ours().without_texts())
        for pack in packs:
            if pack.is_failed:
                raise SystemExit(f"{pack} failed: {pack.failure}\n{self.log()}")
            attempt, renewed = self.seen.get(pack.pk, (0, 0.0))
            if pack.attempts > attempt > 0:
                self.noticed(pack, renewed)
            if pack.lease_until:
                renewed = (pack.lease_until - LEASE).timestamp()
            self.seen[pack.pk] = pack.attempts, renewed
        running = [pack for pack in packs if pack.job_state == "running"]
        may = bool(running) and all(pack.attempts <= KILLS_PER_PACK for pack in running)
        return sum(pack.is_ready for pack in packs), may

    def noticed(self, pack: "Pack", renewed: float) -> None:
        """A pack is worked on again. What hit it was the first kill after its last renewal.

        Not counted where a server was away in between, or where the worker that would have taken it was killed as well.
        """
        began = pack.started_at.timestamp()
        kills = [kill for kill in self.kills if renewed <= kill < began]
        if not kills or any(renewed - REDIS_AWAY - 10 < outage < began for outage in self.outages):
            self.say(f"{pack}: attempt {pack.attempts}, after a server was away")
        elif len(kills) > 1:
            self.say(f"{pack}: attempt {pack.attempts}, after {len(kills)} SIGKILLs")
        else:
            self.back.append(began - kills[0])
            self.say(f"{pack}: attempt {pack.attempts}, {began - kills[0]:.0f} s after the SIGKILL")

    def run(self) -> None:
        from django.db import DatabaseError, InterfaceError, connection

        until = time.monotonic() + 60 + PER_BUILD * self.builds
        outages = dict(zip(self.moments(2), (self.redis_away, self.postgresql_restarted), strict=True))
        next_kill = time.monotonic() + self.chance.uniform(1, 4)
        while True:
            if time.monotonic() > until:
                raise SystemExit(f"Not all packs are ready after {PER_BUILD:.0f} s each.\n{self.log()}")
            try:
                ready, may_kill = self.look()
                self.ask(WORKERS)
            except (DatabaseError, InterfaceError):  # the connection from before it was restarted
                connection.close()
                continue
            if ready == self.builds and not (outages and self.back):
                return
            # Servers go away once it is known how soon a pack that was hit is worked on again.
            if outages and self.back and ready >= min(outages):
                outages.pop(min(outages))()
            if may_kill and time.monotonic() > next_kill:
                self.kill()
                next_kill = time.monotonic() + (self.chance.uniform(2, 20) if self.back else BACK_WITHIN + 10)
            time.sleep(0.1)

    def moments(self, how_many: int) -> list[int]:
        """After how many ready packs the servers go away, in order."""
        return sorted(self.chance.sample(range(1, self.builds), how_many))

    def log(self) -> str:
        return "\n".join(self.services.log(f"worker{number}")[-3000:] for number in range(WORKERS))


def check(builds: int) -> None:
    """All ready, once each, with the bytes that were built."""
    from accounts.models import AuditEvent

    assert ours().ready().count() == ours().count() == builds
    names = [str(pk) for pk in ours().values_list("pk", flat=True)]
    built = list(
        AuditEvent.objects.filter(kind="pack_built", subject_id__in=names).values_list("subject_id", flat=True)
    )
    assert len(built) == len(set(built)) == builds, "A pack was built twice, or one is missing from the trail."
    subprocess.run([sys.executable, "manage.py", "verify_packs"], cwd=ROOT, check=True)


def back_within() -> float:
    """The 20 seconds that are promised; more only where this machine is so busy that a new process alone needs more than four of them."""
    began = time.monotonic()
    subprocess.run([sys.executable, "manage.py", "check"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return max(BACK_WITHIN, BACK_WITHIN - 4 + 2 * (time.monotonic() - began))


def main(builds: int, seed: int) -> None:
    print(f"{builds} builds, seed {seed}", flush=True)
    with Services() as services:
        os.environ |= {
            "DATABASE_URL": f"{services.postgresql()}/postgres",
            "REDIS_URL": services.redis(),
            "JOBS_IN_PLACE": "no",
            "STATE_DIR": str(services.folder / "var"),
            "DJANGO_SETTINGS_MODULE": "cspplan.settings",
            "LOG_LEVEL": "WARNING",
        }
        import django
        from django.core.management import call_command

        django.setup()
        from cspplan.sample import loader

        call_command("migrate", "--no-input", verbosity=0)
        loader.load_sample()  # the years alone: the packs that the first run issues besides would only take time
        beat = [str(PROGRAMS / "celery"), "--app=cspplan", "beat", f"--schedule={services.folder}/beat", "--pidfile="]
        services.start("beat", beat, env=dict(os.environ))
        began = time.monotonic()
        faults = Faults(services, builds, random.Random(seed))
        faults.run()
        check(builds)
        if not faults.back:
            raise SystemExit("No pack was hit, so nothing is known of how soon it is worked on again.")
        longest, allowed = max(faults.back), back_within()
        print(
            f"{builds} of {builds} packs ready, each once, in {time.monotonic() - began:.0f} s: workers killed {len(faults.kills)} times, "
            f"Redis stopped and started, PostgreSQL restarted.\n"
            f"Packs hit: {len(faults.back)}; worked on again within {longest:.0f} s of the SIGKILL, {allowed:.0f} s at most"
        )
        django.db.connections.close_all()
        sys.exit(longest > allowed)


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    main(*given, *(BUILDS, random.randrange(10**6))[len(given) :])
