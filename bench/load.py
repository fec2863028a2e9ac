"""Eight people at once for a minute (`make load`): half read, half read a form and send a figure, then eight read a bare page.

On PostgreSQL and Redis of this run's own, two web processes, a worker and beat, on as many cores as there are. Said are: errors (none is
allowed), the 95th percentile of each kind of request as a ratio to that of a bare signed-in page of the same size under the same eight
people, memory of the web processes after the first quarter and at the end, and that every figure that was accepted is on the record once.
`python -m bench.load SECONDS` takes another time.
"""

import os
import statistics
import sys
import threading
import time
from collections import Counter

from tests.services import Services

SECONDS = 60.0
SENDERS, READERS = 4, 4
# Memory may grow by this much from a quarter of the time on before it is called a leak: page caches of the interpreter settle late.
GROWS_AT_MOST = 1.15


def prepare() -> None:
    """The sample years in the database of this run."""
    import django
    from django.core.management import call_command

    django.setup()
    from cspplan.sample import loader

    call_command("migrate", "--no-input", verbosity=0)
    loader.load_sample()


def p95(took: list[float]) -> float:
    return statistics.quantiles(took, n=20)[-1]


def main(seconds: float) -> int:
    from bench import crowd

    with Services() as services:
        site = crowd.Site(services)
        prepare()
        stop = threading.Event()
        at_work = crowd.at_work(site, stop)
        time.sleep(seconds / 4)
        early = site.megabytes()
        time.sleep(3 * seconds / 4)
        late = site.megabytes()
        stop.set()
        for person in at_work:
            person.join()
        bare = bare_p95(site, at_work[-READERS:], seconds / 4)

        tolds = [person.told for person in at_work]
        wrong = sum((told.wrong for told in tolds), Counter[str]())
        kinds = sorted({kind for told in tolds for kind in told.seconds})
        asked = 0
        print(f"{SENDERS} people send figures and {READERS} read, {seconds:.0f} s, {os.cpu_count()} cores")
        for kind in kinds:
            took = [one for told in tolds for one in told.seconds.get(kind, [])]
            asked += len(took)
            print(
                f"{kind:<10}{len(took):>6} requests, median {statistics.median(took) * 1000:.0f} ms, p95 {p95(took) * 1000:.0f} ms, "
                f"{p95(took) / bare:.1f} times a bare page"
            )
        lost, doubled = crowd.lost_and_doubled(tolds)
        accepted = sum(len(told.accepted) for told in tolds)
        print(f"a bare signed-in page of {crowd.BareReader.size} bytes under eight people: p95 {bare * 1000:.0f} ms")
        print(f"{asked} requests, {sum(wrong.values())} errors {dict(wrong)}")
        print(f"{accepted} figures accepted, {len(lost)} lost, {len(doubled)} recorded twice")
        print(f"memory of the web processes: {early:.0f} MB after a quarter of the time, {late:.0f} MB at the end")
        import django.db

        django.db.connections.close_all()
        return int(bool(wrong or lost or doubled or not accepted or late > GROWS_AT_MOST * early))


def bare_p95(site: object, signed_in: list, seconds: float) -> float:
    """Eight sessions ask for nothing but a bare page."""
    from bench import crowd

    stop = threading.Event()
    readers = []
    for number in range(SENDERS + READERS):
        reader = crowd.BareReader(site, "", "", stop)  # type: ignore[arg-type]
        reader.session.cookies.update(signed_in[number % len(signed_in)].session.cookies)
        readers.append(reader)
    for reader in readers:
        reader.start()
    time.sleep(seconds)
    stop.set()
    for reader in readers:
        reader.join()
        if reader.told.wrong:
            raise SystemExit(f"The bare page failed: {reader.told.wrong}")
    return p95([one for reader in readers for one in reader.told.seconds["bare"]])


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
