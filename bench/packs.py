"""What a pack costs (part of `make bench`): drawn beside Chromium printing the same HTML, its memory, its growth, and its page as served.

`python -m bench.packs SNAPSHOT IMPRINT ROUNDS`, both files of JSON, draws one as a worker does, in a process of its own, and prints one JSON
line: seconds of each round for the PDF, and for the files beside it; of each stage (medians), processor seconds, the most memory held (MB) and
pages. There is nothing else in that process, as in a fresh worker, so that its child inherits what it would inherit there.
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import Value
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
QUARTER = "2017-18-q4"
BODIES = 8
SIZES = (60, 120, 240)  # actions
ROUNDS = 3
MEGABYTES = 250  # at most
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]

Say = Callable[[str, float, str], None]


def draw(text: str, imprint: str, rounds: int) -> dict[str, Any]:
    from reporting import companions
    from reporting.builds import apart

    took, besides, stages, pages = [], [], defaultdict(list), 0
    beside, make = Value("d"), companions.make  # told by the child

    def timed(*told: Any) -> Any:
        began = time.perf_counter()
        made = make(*told)
        beside.value += time.perf_counter() - began
        return made

    companions.make = timed
    for _ in range(rounds):
        beside.value, marks = 0.0, [("Start", time.perf_counter())]
        with apart.Child() as child:
            made = child.make(text, imprint, lambda stage, note, told=marks: told.append((stage, time.perf_counter())))
        marks.append(("", time.perf_counter()))
        besides.append(beside.value)
        took.append(marks[-1][1] - marks[0][1] - beside.value)  # Chromium makes no web page and no workbook
        for (stage, start), (_, end) in zip(marks, marks[1:], strict=False):
            stages[stage].append(end - start)
        pages = made.pages
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "seconds": took,
        "beside": statistics.median(besides),
        "stages": {stage: statistics.median(each) for stage, each in stages.items()},
        "processor": (used.ru_utime + used.ru_stime) / rounds,
        "megabytes": used.ru_maxrss / 1024,  # told in kilobytes
        "pages": pages,
    }


def packs(folder: Path, say: Say) -> None:
    """A pack of 15 indicators, 8 bodies and 120 actions, and of half and twice as many actions."""
    from playwright.sync_api import sync_playwright

    from reporting import pdf

    snapshots, imprint = _drawn_from(folder)
    shutil.copytree(ROOT / "static" / "pack", folder / "pack")
    page_file = folder / "pack" / "pack.html"
    page_file.write_text(pdf.html(snapshots[120], imprint), encoding="utf-8")
    ours: dict[int, list[dict[str, Any]]] = {size: [] for size in SIZES}
    theirs = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        _print(browser, page_file)  # warm
        for _ in range(ROUNDS):
            for size in SIZES:
                ours[size].append(_apart(folder, size))
                theirs.append(_print(browser, page_file))
        browser.close()
    drawn = {size: statistics.median(second for one in ours[size] for second in one["seconds"]) for size in SIZES}
    printed, middle = statistics.median(theirs), ours[120][0]
    stages = ", ".join(f"{stage.lower()} {seconds:.2f} s" for stage, seconds in middle["stages"].items())
    say(
        "pack of 120 actions: drawn and checked / Chromium prints the same HTML",
        drawn[120] / printed,
        f"{drawn[120]:.2f} s / {printed:.2f} s, {middle['pages']} pages; {stages}, of which {middle['beside']:.2f} s for web page and workbook, not counted",
    )
    peak = max(one["megabytes"] for one in ours[120])
    say("pack of 120 actions: most memory held / the 250 MB it may", peak / MEGABYTES, f"{peak:.0f} MB")
    # Of the processor: the machine may be busy with other things.
    used = {size: statistics.median(one["processor"] for one in ours[size]) for size in SIZES}
    more, less = (used[240] - used[120]) / 120, (used[120] - used[60]) / 60
    say(
        "pack: each action from 120 to 240 / each action from 60 to 120",
        more / less,
        f"{more * 1000:.0f} ms / {less * 1000:.0f} ms of the processor; 60, 120, 240: {used[60]:.2f}, {used[120]:.2f}, {used[240]:.2f} s",
    )


def _drawn_from(folder: Path) -> tuple[dict[int, Any], Any]:
    from django.utils import timezone

    from lib.quarters import Quarter
    from priorities.models import Plan
    from reporting import imprint as imprints
    from reporting import snapshots
    from tests.factories.snapshot_governance import crowded

    taken = snapshots.take(Plan.objects.get(), Quarter.parse(QUARTER), timezone.now())
    assert len(taken.indicators) == 15
    sized = {size: replace(taken, governance=crowded(BODIES, size // BODIES)) for size in SIZES}
    for size, snapshot in sized.items():
        (folder / f"snapshot-{size}.json").write_text(snapshots.to_json(snapshot))
    imprint = imprints.Imprint("executive", 1)
    (folder / "imprint.json").write_text(imprints.to_json(imprint))
    return sized, imprint


def _apart(folder: Path, size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.packs", str(folder / f"snapshot-{size}.json"), str(folder / "imprint.json")]
    told = subprocess.run([*command, "1"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    read: dict[str, Any] = json.loads(told)
    return read


def _print(browser: Any, page_file: Path) -> float:
    began = time.perf_counter()
    page = browser.new_page()
    page.goto(page_file.as_uri())
    page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)
    page.close()
    return time.perf_counter() - began


def whole() -> None:
    """A build from the record, both editions, with the seconds of each stage."""
    from lib.quarters import Quarter
    from priorities.models import Plan
    from reporting.actions import building
    from reporting.builds import packs as building_packs
    from reporting.models import Pack

    plan, quarter = Plan.objects.get(), Quarter.parse(QUARTER)
    executive = building.request_pack(plan, quarter, queue=False, by=None)
    building_packs.build(executive.pk)
    executive.refresh_from_db()
    public = building.request_pack(plan, quarter, edition="public", made_from=executive, queue=False, by=None)
    building_packs.build(public.pk)
    for pack in (executive, public):
        pack.refresh_from_db()
        assert pack.is_ready, pack.failure
        stages = ", ".join(f"{Pack.STAGES[one['stage']].lower()} {one['seconds']} s" for one in pack.stage_log)
        print(f"pack: {pack.edition} edition, {pack.pages} pages: {stages}", flush=True)


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cspplan.settings")
    sys.modules["numpy"] = None  # type: ignore[assignment]  # comes with the tests only; openpyxl would load its 24 MB
    django.setup()
    print(json.dumps(draw(Path(sys.argv[1]).read_text(), Path(sys.argv[2]).read_text(), int(sys.argv[3]))))
