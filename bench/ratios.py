"""What things cost, as ratios from one run (`make bench`): absolute times differ between machines, ratios hardly do.

Runs on PostgreSQL and the sample years, on servers of its own. Each pair is measured in turns, and the medians are compared.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench import consulting, packs
from tests.services import Services

ROOT = Path(__file__).resolve().parents[1]
SECONDS_PER_PAGE = 2
QUARTER = "2017-18-q4"


def manage(*arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        check=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    ).stdout


def seconds(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def edition() -> None:
    """The page of the sample's public edition, beside a bare page of the same bytes. Nobody is signed in."""
    path = "/reports/2017-18-q3/issue-1/read/"
    size = int(pages(path)[path]["bytes"])
    same = f"/bench/bare/{size}/"
    measured = [pages(path, same) for _ in range(3)]
    ours, bare = (statistics.median(one[each]["seconds"] for one in measured) for each in (path, same))
    say(
        "web: the page of a public edition / a bare page of the same bytes",
        ours / bare,
        f"{ours * 1000:.2f} ms / {bare * 1000:.2f} ms, {size / 1024:.0f} KB",
    )


def pack(folder: Path) -> None:
    packs.whole()
    packs.packs(folder, say)
    edition()


def session() -> str:
    """The session of a coordinator who has signed in."""
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from accounts.models import User

    client = Client()
    coordinator = User.objects.holding("coordinator", timezone.localdate()).order_by("pk")[0]
    client.force_login(coordinator, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def pages(*paths: str, **env: str) -> dict[str, dict[str, float]]:
    command = [sys.executable, "-m", "bench.pages", str(SECONDS_PER_PAGE), *paths]
    # With the log as in production: one line a request.
    told = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"LOG_LEVEL": "INFO"} | env, capture_output=True, text=True
    )
    if told.returncode:
        raise SystemExit(told.stderr[-3000:])
    return json.loads(told.stdout)


def web() -> None:
    env = {"BENCH_SESSION": session()}
    quarter = f"/quarters/{QUARTER}/"
    size = int(pages(quarter, **env)[quarter]["bytes"])
    same = f"/bench/signed-in/{size}/"
    measured = [pages(quarter, same, **env) for _ in range(3)]
    ours, bare = (statistics.median(one[path]["seconds"] for one in measured) for path in (quarter, same))
    say(
        "web: the quarter's page / a bare signed-in page of the same bytes",
        ours / bare,
        f"{ours * 1000:.1f} ms / {bare * 1000:.1f} ms, {size / 1024:.0f} KB",
    )
    path = "/bench/bare/"
    both: dict[str, list[float]] = {"all": [], "least": []}
    for _ in range(3):
        for middleware, took in both.items():
            took.append(pages(path, **env, BENCH_MIDDLEWARE=middleware)[path]["seconds"])
    ours, least = statistics.median(both["all"]), statistics.median(both["least"])
    say(
        "web: a bare view, our middleware / session and sign-in only",
        ours / least,
        f"{ours * 1e6:.0f} µs / {least * 1e6:.0f} µs",
    )


def dashboard() -> None:
    """The page as it is kept, beside a bare signed-in one of the same bytes; and what it costs to make it anew."""
    from lib.quarters import Quarter
    from reporting import dashboard_pages

    env, path = {"BENCH_SESSION": session()}, f"/dashboard/{QUARTER}/"
    size = int(pages(path, **env)[path]["bytes"])
    same = f"/bench/signed-in/{size}/"
    measured = [pages(path, same, **env) for _ in range(3)]
    quarter = Quarter.parse(QUARTER)
    dashboard_pages.make(quarter)  # warm: templates are read once per process
    cold = statistics.median(seconds(lambda: dashboard_pages.make(quarter)) for _ in range(10))
    for words, what in (("median", "seconds"), ("p95", "p95")):
        ours, bare = (statistics.median(one[each][what] for one in measured) for each in (path, same))
        say(
            f"web: the dashboard / a bare signed-in page of the same bytes, {words}",
            ours / bare,
            f"{ours * 1000:.1f} ms / {bare * 1000:.1f} ms, {size / 1024:.0f} KB; made anew {cold * 1000:.0f} ms",
        )


def chart() -> None:
    """Laying out and drawing sixteen quarters with all that a chart can show, beside setting an empty template."""
    from decimal import Decimal

    from django.template import engines
    from django.template.loader import render_to_string

    from indicators import charts
    from lib.quarters import Quarter

    quarters = Quarter.parse(QUARTER).back_to(16)
    points = [
        charts.Period(
            label=str(quarter),
            state=charts.KNOWN,
            value=Decimal(1400 + 37 * index % 200),
            tick=f"Q{quarter.number}",
            group=str(quarter.year),
            target=Decimal(1580),
            was=Decimal(1390) if index == 13 else None,
        )
        for index, quarter in enumerate(quarters)
    ]
    band = charts.Band(start=0, end=16, mean=Decimal(1500), lower=Decimal(1391), upper=Decimal(1610))
    more = {
        "bands": [band],
        "breaks": [charts.Break(4, "New definition")],
        "notes": [charts.Note(9, "July 2017", "A campaign")],
    }

    def draw() -> None:
        drawn = charts.line("Domestic abuse reports", points, **more)
        render_to_string("charts/line.svg", {"chart": drawn})

    nothing = engines["django"].from_string("")
    draw(), nothing.render()  # warm
    ours, empty = [], []
    for _ in range(200):
        ours.append(seconds(draw))
        empty.append(seconds(nothing.render))
    drawn, least = statistics.median(ours), statistics.median(empty)
    say(
        "chart: 16 quarters laid out and drawn / an empty template",
        drawn / least,
        f"{drawn * 1000:.1f} ms / {least * 1e6:.0f} µs",
    )


def uploads() -> None:
    """A file of 10,000 rows: preview and recording, beside django-import-export's dry run and import into the same tables."""

    def load(who: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "bench.uploads", who, "1"]
        return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)

    turns = [(load("ours"), load("theirs")) for _ in range(3)]
    took, others = (statistics.median(turn[who]["seconds"][0] for turn in turns) for who in (0, 1))
    peak, their_peak = (max(turn[who]["megabytes"] for turn in turns) for who in (0, 1))
    say(
        "upload: 10,000 rows previewed and recorded / django-import-export",
        took / others,
        f"{took:.1f} s / {others:.1f} s; peak {peak:.0f} MB / {their_peak:.0f} MB",
    )


def say(what: str, ratio: float, how: str) -> None:
    print(f"{what:<68}{ratio:>6.1f}   ({how})", flush=True)


def main(only: str = "") -> None:
    with Services() as services:
        os.environ |= {
            "DATABASE_URL": f"{services.postgresql()}/postgres",
            "REDIS_URL": services.redis(),
            "JOBS_IN_PLACE": "yes",
            "STATE_DIR": str(services.folder / "var"),
            "DJANGO_SETTINGS_MODULE": "cspplan.settings",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "yes",  # Playwright's loop runs in this thread; nothing here is concurrent
            "LOG_LEVEL": "WARNING",
        }
        manage("migrate", "--no-input", "--verbosity=0")
        manage("first_run")
        import django

        django.setup()
        print("Ratios, all from this run:\n")
        if only == "packs":
            pack(services.folder)
            return
        web()
        dashboard()
        chart()
        uploads()
        pack(services.folder)  # alone: `python -m bench.ratios packs`
        consulting.consultations(say, consulting.SIZES)  # alone: `python -m bench.consulting 10000`
        django.db.connections.close_all()


if __name__ == "__main__":
    main(*sys.argv[1:])
