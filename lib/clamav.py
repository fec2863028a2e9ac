"""Asking ClamAV's daemon whether a file holds anything harmful: its INSTREAM command over a socket, and nothing else of it.

An address is `unix:/run/clamav/clamd.ctl` or `tcp://127.0.0.1:3310`. Every call ends within its `patience`, whatever the daemon does.
"""

import re
import select
import socket
import struct
import time
from pathlib import PurePosixPath
from urllib.parse import urlsplit

PATIENCE = 30.0  # seconds for one file: a worker's request ends after 90
PING_PATIENCE = 2.0
CHUNK = 1 << 16
LONGEST_ANSWER = 4096
LONGEST_SIGNATURE = 100


class Unavailable(OSError):
    """The daemon said nothing that can be relied on: it is away, too slow, or could not do it. The file counts as not checked."""


class TooLarge(ValueError):
    """The daemon takes no file of this size (its StreamMaxLength)."""


def checked(address: str) -> str:
    """The address again. Raises ValueError where it is none."""
    parts = urlsplit(address)
    port = parts.port  # a ValueError of its own where it is no number
    is_socket = parts.scheme == "unix" and not parts.netloc and PurePosixPath(parts.path).is_absolute()
    if is_socket or (parts.scheme == "tcp" and parts.hostname and port and not parts.path):
        return address
    raise ValueError("neither unix:/a/path nor tcp://host:port")


def scan(content: bytes, address: str, *, patience: float = PATIENCE) -> str:
    """The name of what was found, with nothing in it but letters, digits and ".-_"; "" where nothing was. Raises TooLarge or Unavailable."""
    sent = False
    with _Line(address, patience) as line:
        line.send(b"zINSTREAM\0")
        for at in range(0, len(content), CHUNK):
            if line.is_answered():  # before all was sent: it has had enough
                break
            chunk = content[at : at + CHUNK]
            line.send(struct.pack("!L", len(chunk)) + chunk)
        else:
            line.send(struct.pack("!L", 0))
            sent = True  # an early "OK" is of a part only
        answer = line.answer()
    if answer == "stream: OK" and sent:
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        said = answer.removeprefix("stream: ").removesuffix(" FOUND")
        return re.sub(r"[^A-Za-z0-9._-]+", "-", said)[:LONGEST_SIGNATURE] or "unnamed"
    if "size limit exceeded" in answer:
        raise TooLarge
    raise Unavailable(f"answered {answer[:100]!a}")


def ping(address: str) -> None:
    """Raises Unavailable unless the daemon answers."""
    with _Line(address, PING_PATIENCE) as line:
        line.send(b"zPING\0")
        answer = line.answer()
    if answer != "PONG":
        raise Unavailable(f"answered {answer[:100]!a}")


class _Line:
    """A connection with one end to all waiting: a daemon that trickles its answer keeps nobody for longer."""

    def __init__(self, address: str, patience: float) -> None:
        self._address, self._until = urlsplit(address), time.monotonic() + patience

    def __enter__(self) -> "_Line":
        try:
            self._socket = self._opened()
        except OSError as error:
            raise Unavailable(f"no connection: {type(error).__name__}") from error
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def _opened(self) -> socket.socket:
        if self._address.scheme == "tcp":
            return socket.create_connection((self._address.hostname, self._address.port), timeout=self._left())
        opened = socket.socket(socket.AF_UNIX)
        try:
            opened.settimeout(self._left())
            opened.connect(self._address.path)
        except BaseException:
            opened.close()
            raise
        return opened

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise Unavailable("no answer in time")
        return left

    def is_answered(self) -> bool:
        return bool(select.select([self._socket], [], [], 0)[0])

    def send(self, content: bytes) -> None:
        self._socket.settimeout(self._left())
        try:
            self._socket.sendall(content)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it hung up; what it said before is waiting to be read
        except OSError as error:
            raise Unavailable(f"took no more: {type(error).__name__}") from error

    def answer(self) -> str:
        """What it says until it ends with a zero or hangs up."""
        said = b""
        while b"\0" not in said and len(said) < LONGEST_ANSWER:
            self._socket.settimeout(self._left())
            try:
                more = self._socket.recv(LONGEST_ANSWER)
            except OSError as error:
                raise Unavailable(f"no answer: {type(error).__name__}") from error
            if not more:
                break
            said += more
        return said.partition(b"\0")[0].decode("ascii", "replace").strip()
