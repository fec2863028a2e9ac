"""Each part of an installation stopped while people work (`make kills`): web, worker, beat, Redis, PostgreSQL, one after the other.

Eight people read and send figures meanwhile, and a pack is asked for before each. What is stopped is ended with SIGKILL (PostgreSQL as by
an administrator in a hurry), stays away for some seconds and is started again. Afterwards: every figure that was accepted is on the
record, none twice, every pack is ready once, and whoever got no page was told what to do, in a sentence, not in a trace.
"""

import os
import signal
import sys
import threading
import time
from collections import Counter

from bench.load import prepare
from tests.services import Services

AWAY = 6.0  # seconds each part stays away
BETWEEN = 6.0  # seconds of ordinary work before and after
PACK_WITHIN = 120.0
# What a person may be told while something is away: the connection refused by a stopped web server, or one of these pages.
TOLD = ("Not available just now",)
NO_ANSWER = ("ConnectionError", "ReadTimeout", "ChunkedEncodingError")


def main() -> int:
    from bench import crowd

    with Services() as services:
        site = crowd.Site(services)
        prepare()
        stop = threading.Event()
        at_work = crowd.at_work(site, stop)
        parts = {
            "web": (lambda: site.kill("web"), lambda: site.start("web")),
            "worker": (lambda: site.kill("worker"), lambda: site.start("worker")),
            "beat": (lambda: site.kill("beat"), lambda: site.start("beat")),
            "Redis": (lambda: services.stop("redis", signal.SIGKILL), lambda: services.again("redis")),
            "PostgreSQL": (lambda: services.stop("postgresql", signal.SIGINT), lambda: services.again("postgresql")),
        }
        before: Counter[str] = Counter()
        bad = False
        for number, (name, (away, back)) in enumerate(parts.items()):
            ask_for_pack(number)
            time.sleep(BETWEEN)
            away()
            time.sleep(AWAY)
            back()
            site.wait()
            time.sleep(BETWEEN)
            now = sum((person.told.wrong for person in at_work), Counter[str]())
            new = now - before
            odd = [words for words in new if not allowed(name, words)]
            bad = bad or bool(odd)
            print(
                f"{name} away for {AWAY:.0f} s: {dict(new) or 'nobody noticed'}{'  <- NOT ALLOWED' if odd else ''}",
                flush=True,
            )
            before = now
        stop.set()
        for person in at_work:
            person.join()
        ready = packs_ready(len(parts))
        tolds = [person.told for person in at_work]
        lost, doubled = crowd.lost_and_doubled(tolds)
        accepted = sum(len(told.accepted) for told in tolds)
        print(f"{accepted} figures accepted, {len(lost)} lost, {len(doubled)} recorded twice")
        print(f"{ready} of {len(parts)} packs ready, each once")
        import django.db

        django.db.connections.close_all()
        return int(bool(bad or lost or doubled or not accepted or ready != len(parts)))


def allowed(name: str, words: str) -> bool:
    """Whether somebody may meet this while that part is away: only web and PostgreSQL are noticed at all."""
    if name == "web":
        return words.rpartition(" ")[2] in NO_ANSWER
    return name == "PostgreSQL" and words.partition(": ")[2] in {f"503 {page}" for page in TOLD}


def ask_for_pack(number: int) -> None:
    from lib.quarters import Quarter
    from priorities.models import Plan
    from reporting.actions import building

    building.request_pack(Plan.objects.get(), Quarter.parse("2020-21-q4").back_to(5)[number], by=None)


def packs_ready(number: int) -> int:
    """How many of the packs asked for are ready, once each, when all are or patience ends."""
    from django.db import OperationalError, connection

    from bench.faults import QUARTERS
    from reporting.models import Pack

    until = time.monotonic() + PACK_WITHIN
    ready = 0
    while time.monotonic() < until and ready < number:
        try:
            ready = Pack.objects.filter(quarter__in=QUARTERS).ready().count()
        except OperationalError:
            connection.close()
        time.sleep(0.5)
    return ready


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
