"""What holds for every test: no network, files and mail in a folder of the test's own, and no test that quietly does not run."""

import gc
import os
import socket
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from hypothesis import settings as hypothesis_settings

from lib import kept_ready
from tests.migrating import quickly

hypothesis_settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("house")

LOOPBACK = ("127.", "::1", "localhost")


def pytest_configure(config: pytest.Config) -> None:
    # The real hasher is slow on purpose.
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Each test client starts the middleware anew, which would list every static file each time: 6 ms of the 7 a short answer takes.
    django_settings.WHITENOISE_AUTOREFRESH = True
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(NothingLeftOut(), "nothing-left-out")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to the other database; both engines are run, so nothing is skipped in the end."""
    engine = django_settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    others = ("postgresql",) if engine == "sqlite3" else ("sqlite", "once")
    alone = os.environ.get("DATABASE_TESTS_ALONE")
    left_out = [
        item
        for item in items
        if any(item.get_closest_marker(other) for other in others) or (alone and not asks_a_database(item))
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        out = set(left_out)
        items[:] = [item for item in items if item not in out]
    # Thousands of collected tests stay to the end: no use looking through them for cycles again and again; and by default one looks after
    # every 700 new objects, a tenth of the time of all tests.
    gc.set_threshold(20_000, 10, 10)
    gc.collect()
    gc.freeze()


def asks_a_database(item: pytest.Item) -> bool:
    """By fixture or mark; a test with servers of its own says that it is about PostgreSQL."""
    fixtures = getattr(item, "fixturenames", ())
    marked = any(item.get_closest_marker(name) for name in ("django_db", "postgresql"))
    return marked or "db" in fixtures or "transactional_db" in fixtures


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef) -> Generator[None, object, object]:
    """The database of the tests is made by all migrations."""
    if fixturedef.argname != "django_db_setup":
        return (yield)
    with quickly():
        return (yield)


class NothingLeftOut:
    """A skipped or expected-to-fail test fails the run: it would say nothing while looking green."""

    def __init__(self) -> None:
        self.left_out: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped or hasattr(report, "wasxfail"):
            self.left_out.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.left_out.append(report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.left_out and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for nodeid in self.left_out:
            terminalreporter.write_line(
                f"FAILED {nodeid}: skipped or expected to fail, neither is allowed here", red=True
            )


def is_local(address: object) -> bool:
    return not isinstance(address, tuple) or str(address[0]).startswith(LOOPBACK)


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Only this machine can be reached."""
    patch = pytest.MonkeyPatch()
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address, *rest):
        if not is_local(address):
            raise RuntimeError(f"A test wanted to reach {address!r}; tests use this machine only.")
        return connect(self, address, *rest)

    def guarded_look_up(host, *rest, **options):
        if host is not None and not is_local((host if isinstance(host, str) else host.decode(),)):
            raise RuntimeError(f"A test wanted to look up {host!r}; tests use this machine only.")
        return look_up(host, *rest, **options)

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _own_folder(request: pytest.FixtureRequest) -> None:
    """Files that a test saves go to its own folder; what another test counted (rate limits) is forgotten."""
    if Path(__file__).parent / "system" in request.path.parents:
        return  # there the server's folders count
    settings = request.getfixturevalue("settings")
    folder = request.getfixturevalue("tmp_path")
    settings.MEDIA_ROOT = str(folder / "files")
    settings.STATE_DIR = folder
    if hasattr(settings, "EMAIL_FILE_PATH"):
        settings.EMAIL_FILE_PATH = str(folder / "mail")
    if "locmem" in settings.CACHES["default"]["BACKEND"]:
        cache.clear()
        kept_ready.cache.clear()


if os.environ.get("PRODUCTION"):
    raise pytest.UsageError("Take PRODUCTION out of the environment: tests do not run on production settings.")
