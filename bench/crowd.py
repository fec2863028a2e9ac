"""People at work against a running installation, and the installation they work against: for `make load` and `make kills`.

Each person is a thread with a session of their own, over HTTP. Senders give the figure of a return that is theirs alone, again and
again, each time another number, so that afterwards each number can be looked for: accepted and lost, or recorded twice. Readers go
round the pages that a coordinator opens.
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import requests

from tests.services import Services, free_port

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = Path(sys.executable).parent
PATIENCE = 30.0  # seconds a person waits for a page
READY_WITHIN = 60.0
PASSWORD = "correct-horse-of-the-drill"
SAMPLE_PASSWORD = "sample-years-2017"
READING = (
    "sam.carrick@example.org",
    "lena.fox@example.org",
) * 2  # coordinators, who may open all of PAGES, on two browsers each
QUARTER = "2017-18-q4"
PAGES = (
    "/",
    f"/dashboard/{QUARTER}/",
    f"/quarters/{QUARTER}/",
    "/indicators/",
    "/packs/",
    "/plan/",
    "/reports/",
    f"/sheets/asb-operations-group/{QUARTER}/",
)
VERSION = re.compile(r'name="version" value="(\d+)"')
FORGERY = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass
class Told:
    """What one person saw: seconds by kind of request, what went wrong, which numbers were accepted and which may have been."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    accepted: set[int] = field(default_factory=set)
    perhaps: set[int] = field(default_factory=set)  # sent, and no answer came


class Site:
    """PostgreSQL, Redis, two web processes behind one address, a worker and beat, with the sample years; all of this run's own."""

    def __init__(self, services: Services) -> None:
        self.services, self.port = services, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        os.environ |= {
            "DATABASE_URL": f"{services.postgresql()}/postgres",
            "REDIS_URL": services.redis(),
            "JOBS_IN_PLACE": "no",
            "STATE_DIR": str(services.folder / "var"),
            "DJANGO_SETTINGS_MODULE": "bench.site",
            "SITE_URL": self.url,
            "LOG_LEVEL": "WARNING",
        }
        celery = [str(PROGRAMS / "celery"), "--app=cspplan"]
        gunicorn = [str(PROGRAMS / "gunicorn"), "cspplan.wsgi", f"--bind=127.0.0.1:{self.port}", "--workers=2"]
        self.commands = {
            "web": [*gunicorn, "--no-control-socket", "--timeout=90"],
            "worker": [*celery, "worker", "--concurrency=1", "--without-gossip", "--without-mingle"],
            "beat": [*celery, "beat", f"--schedule={services.folder}/beat", "--pidfile="],
        }
        self.running: dict[str, subprocess.Popen] = {}

    def start(self, *names: str) -> None:
        for name in names:
            self.running[name] = self.services.start(name, self.commands[name], env=dict(os.environ))

    def kill(self, name: str) -> None:
        """With everything it started, as when the machine loses its power."""
        os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running[name].wait()

    def answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/healthz", timeout=5).status_code == 200
        except requests.RequestException:
            return False

    def wait(self, seconds: float = READY_WITHIN) -> None:
        until = time.monotonic() + seconds
        while not self.answers():
            if time.monotonic() > until:
                raise SystemExit(f"The site does not answer:\n{self.services.log('web')[-3000:]}")
            time.sleep(0.2)

    def megabytes(self) -> float:
        """What the web processes hold in memory of their own and not of files."""
        group = self.running["web"].pid
        pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
        held = 0
        for pid in pids:
            try:
                if os.getpgid(pid) == group:
                    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
                    held += int(re.search(r"Private_Dirty:\s+(\d+)", told)[1])  # type: ignore[index]
            except (ProcessLookupError, FileNotFoundError, PermissionError, TypeError):
                continue
        return held / 1024


def people(senders: int) -> list[tuple[str, int]]:
    """Data leads of one organisation each, with a return of their own that waits for its figure: their addresses and returns."""
    from indicators.models import Round
    from tests.factories.accounts import OrganisationFactory, UserFactory
    from tests.factories.indicators import IndicatorFactory, LeadFactory, ReturnFactory, RoundFactory

    round_ = Round.objects.filter(closes_on__isnull=False).order_by("-quarter").first() or RoundFactory()
    made = []
    for number in range(senders):
        organisation = OrganisationFactory(slug=f"drill-{number}")
        lead = UserFactory(email=f"drill{number}@example.org", organisation=organisation, roles=["data_lead"])
        lead.set_password(PASSWORD)
        lead.save()
        indicator = IndicatorFactory(owner=organisation, slug=f"drill-{number}")
        LeadFactory(indicator=indicator, user=lead)
        made.append((lead.email, ReturnFactory(indicator=indicator, round=round_).pk))
    return made


class Person(threading.Thread):
    """Somebody with a browser, until told to stop."""

    def __init__(self, site: Site, address: str, password: str, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.site, self.address, self.password, self.stop = site, address, password, stop
        self.told = Told()
        self.session = requests.Session()

    def sign_in(self) -> None:
        url = f"{self.site.url}/accounts/login/"
        token = FORGERY.search(self.session.get(url, timeout=PATIENCE).text)
        typed = {"login": self.address, "password": self.password, "csrfmiddlewaretoken": token[1] if token else ""}
        answer = self.session.post(url, typed, allow_redirects=False, timeout=PATIENCE)
        if answer.status_code != 302:
            raise SystemExit(f"{self.address} could not sign in: {answer.status_code}")

    def ask(self, kind: str, path: str, typed: dict[str, str] | None = None) -> requests.Response | None:
        """The answer, or None where none came or it was not what it should be."""
        began = time.perf_counter()
        try:
            method = "POST" if typed is not None else "GET"
            url = f"{self.site.url}{path}"
            answer = self.session.request(method, url, data=typed, allow_redirects=False, timeout=PATIENCE)
        except requests.RequestException as error:
            self.told.wrong[f"{kind}: {type(error).__name__}"] += 1
            return None
        self.told.seconds.setdefault(kind, []).append(time.perf_counter() - began)
        if answer.status_code != (200 if typed is None else 302):
            self.told.wrong[f"{kind}: {answer.status_code} {says(answer)}"] += 1
            return None
        return answer

    def run(self) -> None:
        while not self.stop.is_set():
            if not self.turn():
                time.sleep(0.5)  # as anybody waits a moment before trying again

    def turn(self) -> bool:
        """What they do once; whether it went well."""
        return self.ask("first page", "/") is not None


class Reader(Person):
    at = 0

    def turn(self) -> bool:
        self.at += 1
        return self.ask("reading", PAGES[self.at % len(PAGES)]) is not None


class BareReader(Person):
    """For comparison: a bare page of the size of ours, signed in."""

    size = 22_000

    def turn(self) -> bool:
        return self.ask("bare", f"/bench/signed-in/{self.size}/") is not None


class Sender(Person):
    """Opens the form, gives a number nobody gave before, sends it."""

    def __init__(self, site: Site, address: str, return_: int, first: int, stop: threading.Event) -> None:
        super().__init__(site, address, PASSWORD, stop)
        self.path, self.number = f"/returns/{return_}/edit/", first

    def turn(self) -> bool:
        form = self.ask("form", self.path)
        if form is None:
            return False
        version, token = VERSION.search(form.text), FORGERY.search(form.text)
        if not version or not token:
            self.told.wrong["form: without a version"] += 1
            return False
        self.number += 1
        typed = {
            "version": version[1],
            "csrfmiddlewaretoken": token[1],
            "number": str(self.number),
            "kind": "final",
            "behalf": "own",
            "do": "submit",
            "said_right": str(self.number),
        }
        self.told.perhaps.add(self.number)
        answer = self.ask("sending", self.path, typed)
        if answer is None:
            return False
        self.told.perhaps.discard(self.number)
        self.told.accepted.add(self.number)
        return True


def at_work(site: Site, stop: threading.Event, *, senders: int = 4) -> list[Person]:
    """Senders with a return each, and as many readers as there are sample people to read; signed in and begun. The site is up by then."""
    leads = people(senders)
    site.start("web", "worker", "beat")
    site.wait()
    gathered: list[Person] = [
        Sender(site, address, return_, 1_000_000 * (number + 1), stop)
        for number, (address, return_) in enumerate(leads)
    ]
    gathered += [Reader(site, address, SAMPLE_PASSWORD, stop) for address in READING]
    for person in gathered:
        person.sign_in()
    for person in gathered:
        person.start()
    return gathered


def says(answer: requests.Response) -> str:
    """The heading of a page that is not what was asked for."""
    heading = re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", answer.text, re.S)
    return heading[1][:60] if heading else ""


def recorded(numbers: set[int]) -> Counter[int]:
    """How often each of these was recorded."""
    from indicators.models import Figure

    found = Figure.objects.filter(for_return__indicator__slug__startswith="drill-")
    return Counter(int(figure.numerator) for figure in found if figure.numerator in {Decimal(one) for one in numbers})


def lost_and_doubled(tolds: list[Told]) -> tuple[set[int], set[int]]:
    """Numbers that were accepted and are not on the record, and those that are on it more than once."""
    accepted = {number for told in tolds for number in told.accepted}
    sent = accepted | {number for told in tolds for number in told.perhaps}
    count = recorded(sent)
    return {one for one in accepted if not count[one]}, {one for one, times in count.items() if times > 1}
