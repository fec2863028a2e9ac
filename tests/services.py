"""PostgreSQL, Redis and a virus scanner of our own for one run: free loopback ports, a folder that goes away, nothing left behind."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import psycopg2
import redis

from lib import clamav

READY_WITHIN = 30.0  # seconds for a server to answer
STOP_WITHIN = 10.0  # seconds between asking a process to end and ending it


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def end(process: subprocess.Popen, ask: signal.Signals = signal.SIGTERM) -> None:
    """End a process that was started in a session of its own, and whatever it started in turn."""
    if process.poll() is None:
        process.send_signal(ask)
        try:
            process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            pass
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


class Services:
    """Starts what it is asked for, and ends all of it when left."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="cspplan-"))
        self.folder.chmod(0o755)  # PostgreSQL's own user looks in
        self._running: list[tuple[subprocess.Popen, signal.Signals]] = []
        self._known: dict[str, tuple[subprocess.Popen, signal.Signals, dict]] = {}  # by name, the last one started
        self._probes: dict[str, Callable[[], None]] = {}

    def __enter__(self) -> "Services":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._running:
            end(*self._running.pop())
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        user: str | None = None,
        ask: signal.Signals = signal.SIGTERM,
    ) -> subprocess.Popen:
        """Start a server whose output goes to `<name>.log` in the folder."""
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=env,
                user=user,
                group=user,
                extra_groups=[] if user else None,
                start_new_session=True,
            )
        self._running.append((process, ask))
        self._known[name] = process, ask, {"command": command, "env": env, "user": user, "ask": ask}
        return process

    def stop(self, name: str, ask: signal.Signals | None = None) -> None:
        """End a server as an administrator would; what it keeps in its folder stays."""
        process, usual, _ = self._known[name]
        end(process, ask or usual)
        if (process, usual) in self._running:  # once is enough: a test may have stopped it already
            self._running.remove((process, usual))

    def freeze(self, name: str) -> None:
        """Let a server take connections and do nothing with them, until it is stopped for good."""
        self._known[name][0].send_signal(signal.SIGSTOP)

    def again(self, name: str) -> None:
        """Start a stopped server as it was started, on its port, and wait until it answers."""
        process = self.start(name, **self._known[name][2])
        self._wait(name, process, self._probes[name])

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def postgresql(self) -> str:
        """The address of a new, empty server; its superuser is `cspplan` and it forgets everything when stopped."""
        user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
        programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
        data, sockets = self.folder / "postgresql", self.folder / "sockets"
        for folder in (data, sockets):
            folder.mkdir(mode=0o700)
            if user:
                os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        options = ["--auth=trust", "--username=cspplan", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        made = self.start("initdb", [str(programs / "initdb"), f"--pgdata={data}", *options], user=user)
        if made.wait(READY_WITHIN):
            raise RuntimeError(f"initdb failed:\n{self.log('initdb')}")
        port = free_port()
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": sockets,
            "max_connections": 300,  # 220 at once in one test, beside the tests of another process
            # Nothing here outlives the run, so nothing waits for the disk.
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            # A vacuum in the middle of a test sees none of its uncommitted rows and writes down that its tables are
            # empty; the planner then takes loops within loops for free.
            "autovacuum": "off",
        }
        server = self.start(
            "postgresql",
            [str(programs / "postgres"), "-D", str(data), *(f"--{name}={value}" for name, value in settings.items())],
            user=user,
            ask=signal.SIGQUIT,  # no checkpoint either
        )
        address = f"postgres://cspplan@127.0.0.1:{port}"
        self._wait("postgresql", server, lambda: psycopg2.connect(f"{address}/postgres").close())
        return address

    def redis(self) -> str:
        """The address of a new, empty broker that keeps nothing on disk."""
        port = free_port()
        options = {"bind": "127.0.0.1", "port": str(port), "dir": str(self.folder), "save": "", "appendonly": "no"}
        server = self.start(
            "redis",
            ["redis-server", *(word for name, value in options.items() for word in (f"--{name}", value))],
        )
        address = f"redis://127.0.0.1:{port}/0"

        def ping() -> None:
            with redis.Redis.from_url(address) as client:
                client.ping()

        self._wait("redis", server, ping)
        return address

    def clamd(self, signature: str, harm: bytes, *, most_bytes: int) -> str:
        """The address of a virus scanner that knows one thing only: `harm`, by this name. It asks nobody for more."""
        database, settings = self.folder / "clamav", self.folder / "clamd.conf"
        database.mkdir()
        (database / "own.ndb").write_text(f"{signature}:0:*:{harm.hex()}\n")  # of any kind of file, anywhere in it
        port = free_port()
        told = {
            "TCPAddr": "127.0.0.1",
            "TCPSocket": port,
            "DatabaseDirectory": database,
            "TemporaryDirectory": self.folder,
            "Foreground": "yes",
            "StreamMaxLength": most_bytes,
        }
        settings.write_text("".join(f"{name} {value}\n" for name, value in told.items()))
        server = self.start("clamd", ["/usr/sbin/clamd", f"--config-file={settings}"])
        address = f"tcp://127.0.0.1:{port}"
        self._wait("clamd", server, lambda: clamav.ping(address))
        return address

    def _wait(self, name: str, server: subprocess.Popen, probe: Callable[[], None]) -> None:
        self._probes[name] = probe
        until = time.monotonic() + READY_WITHIN
        while True:
            try:
                return probe()
            except (psycopg2.OperationalError, redis.RedisError, clamav.Unavailable):
                if server.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"{name} did not start:\n{self.log(name)}") from None
                time.sleep(0.1)
