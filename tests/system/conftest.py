"""System tests: real Chromium against a real web server, worker, beat, PostgreSQL and Redis.

Each test starts from the same sample installation: the database is copied anew from a template, the files with it. The processes
live as long as the test session.
"""

import email
import email.policy
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
import redis
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from accounts.mailbox import BETWEEN
from tests.services import Services, free_port

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
READY_WITHIN = 60.0  # seconds for the web server's first answer
MAILED_WITHIN = 30.0  # seconds for the worker to send a mail
SEEN_WITHIN = 20_000  # milliseconds for what is expected on a page: two browsers and their servers share two cores
CHROMIUM = "/usr/bin/chromium"
# Debian's Chromium in a container, as root, with nothing to call home to.
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
# What the browser says by itself when a page is refused on purpose: the test asserts that page.
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4[01][0-9]")
TAGS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],  # of all that is as it should be it need not tell each place
}

expect.set_options(timeout=SEEN_WITHIN)


@dataclass(frozen=True)
class Site:
    """The running installation."""

    url: str
    database_url: str
    redis_url: str
    state: Path  # its var/: files/, mail/
    env: dict[str, str]
    services: Services

    def manage(self, *arguments: str, **env: str) -> str:
        """Run a management command beside the server; what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env | env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"manage.py {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def sql(self, statement: str) -> list[tuple]:
        """What a statement returns, or [] where it returns nothing."""
        with closing(psycopg2.connect(f"{self.database_url}/installation")) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []

    def mailed(self, to: str, link: str) -> str:
        """The address in the newest mail to that person that holds `link` ("/invitation/"); waits for the worker to send it."""
        until = time.monotonic() + MAILED_WITHIN
        while time.monotonic() < until:
            for path in sorted((self.state / "mail").iterdir(), reverse=True):
                for raw in reversed(path.read_bytes().split(BETWEEN)):
                    mail = email.message_from_bytes(raw, policy=email.policy.default)
                    text = mail.get_body(("plain",)).get_content() if to in str(mail["to"]).lower() else ""
                    if found := re.search(rf"http://\S+{re.escape(link)}\S+", text):
                        return found[0]
            time.sleep(0.2)
        raise AssertionError(f"No mail with {link} came to {to}:\n{self.services.log('worker')}")


def gunicorn(port: int) -> list[str]:
    """The web server, as a command."""
    named = [str(PROGRAMS / "gunicorn"), "cspplan.wsgi", f"--bind=127.0.0.1:{port}", "--workers=2"]
    return [*named, "--no-control-socket"]


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The sample installation, served; started once."""
    with Services() as services:
        server, broker, port = services.postgresql(), services.redis(), free_port()
        state = services.folder / "var"
        env = os.environ | {
            "DATABASE_URL": f"{server}/installation",
            "DATABASE_CONN_MAX_AGE": "0",  # a connection kept open would hold on to the database of the test before
            "REDIS_URL": broker,
            "STATE_DIR": str(state),
            "SITE_URL": f"http://127.0.0.1:{port}",
            "PYTHONUNBUFFERED": "1",
        }
        running = Site(env["SITE_URL"], server, broker, state, env, services)
        state.mkdir()
        execute(server, "CREATE DATABASE template_installation")
        template = {"DATABASE_URL": f"{server}/template_installation", "REDIS_URL": "", "JOBS_IN_PLACE": "yes"}
        running.manage("migrate", "--no-input", "--verbosity=0", **template)
        running.manage("first_run", **template)
        for folder in ("files", "mail"):
            (state / folder).mkdir(exist_ok=True)
            shutil.copytree(state / folder, services.folder / "template" / folder)
        fresh(running)
        celery = [str(PROGRAMS / "celery"), "--app=cspplan"]
        services.start("web", gunicorn(port), env=env)
        services.start("worker", [*celery, "worker", "--concurrency=1", "--loglevel=INFO"], env=env)
        services.start("beat", [*celery, "beat", f"--schedule={state}/beat", "--pidfile=", "--loglevel=INFO"], env=env)
        wait_for(running, "web", running.url)
        yield running


def wait_for(site: Site, name: str, url: str) -> None:
    """Until the web server of that name answers."""
    until = time.monotonic() + READY_WITHIN
    while not answers(f"{url}/healthz"):
        assert time.monotonic() < until, f"The web server does not answer:\n{site.services.log(name)}"
        time.sleep(0.2)


def execute(server: str, *statements: str) -> None:
    with closing(psycopg2.connect(f"{server}/postgres")) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def fresh(site: Site) -> None:
    """Make the installation what it was right after its first run."""
    execute(
        site.database_url,
        "DROP DATABASE IF EXISTS installation WITH (FORCE)",
        "CREATE DATABASE installation TEMPLATE template_installation",
    )
    with redis.Redis.from_url(site.redis_url) as client:
        client.flushdb()  # sign-in limits counted for the test before
    for folder in ("files", "mail"):
        shutil.rmtree(site.state / folder, ignore_errors=True)
        shutil.copytree(site.services.folder / "template" / folder, site.state / folder)


@pytest.fixture
def live(site: Site) -> Site:
    """The sample installation as after its first run."""
    fresh(site)
    return site


# ---------------------------------------------------------------- the browser
@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": CHROMIUM_FLAGS}


@pytest.fixture
def browser_context_args(browser_context_args: dict, live: Site) -> dict:
    return browser_context_args | {
        "base_url": live.url,
        "viewport": {"width": 1280, "height": 900},
        "locale": "en-GB",
        "timezone_id": "Europe/London",
    }


@pytest.fixture(autouse=True)
def complaints(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Whatever the browser complains about (a broken security policy, a script error) fails the test."""
    said: list[str] = []
    if not {"page", "context"} & set(request.fixturenames):
        yield said
        return
    context: BrowserContext = request.getfixturevalue("context")

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not REFUSED.match(message.text):
            said.append(f"{message.type}: {message.text}")

    context.on("console", console)
    context.on("weberror", lambda error: said.append(f"script: {error.error}"))
    yield said
    assert said == [], "The browser complained: " + "; ".join(said)


@pytest.fixture(scope="session")
def axe_clean() -> Callable[[Page], None]:
    """`axe_clean(page)` fails when axe finds anything on the page as it stands."""
    axe = Axe()

    def clean(page: Page) -> None:
        page.wait_for_load_state()  # a press leads on to a page that may not be all there yet
        page.locator("h1").first.wait_for()
        results = axe.run(page, options=TAGS)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return clean
