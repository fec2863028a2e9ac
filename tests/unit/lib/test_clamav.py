"""A daemon that does its work badly, or not at all: a socket of ours in its place. The real one is asked in tests/integration/test_uploads_scanned.py."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from lib import clamav


@contextmanager
def daemon(answers: Callable[[socket.socket], None]) -> Iterator[str]:
    """The address of one that takes a connection and does with it what it is told."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with server.accept()[0] as line:
                answers(line)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        thread.join(5)


def says(answer: bytes) -> Callable[[socket.socket], None]:
    def serve(line: socket.socket) -> None:
        received = b""
        while not received.endswith(b"\0\0\0\0"):  # the last chunk is one of no length
            received += line.recv(1 << 16)
        line.sendall(answer)

    return serve


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (b"stream: OK\0", ""),
        (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", "Win.Test.EICAR_HDB-1"),
        (b"stream: <b>x</b>\r\n\x1b[31m FOUND\0", "-b-x-b-31m"),
        (b"stream:  FOUND\0", "unnamed"),
        (b"stream: " + b"x" * 300 + b" FOUND\0", "x" * 100),
    ],
)
def test_what_it_found(answer, found):
    with daemon(says(answer)) as address:
        assert clamav.scan(b"some figures", address) == found


def test_a_verdict_before_all_was_sent_is_of_a_part_only():
    def at_once(line: socket.socket) -> None:
        line.recv(1 << 16)
        line.sendall(b"stream: OK\0")
        time.sleep(0.5)

    with daemon(at_once) as address, pytest.raises(clamav.Unavailable):
        clamav.scan(b"x" * 50_000_000, address)


@pytest.mark.parametrize(
    "answer",
    [b"", b"\0", b"OK\0", b"stream: OK but\0", b"stream: Can't allocate memory ERROR\0", b"\xff\xfe" * 5000, b"<html>"],
)
def test_anything_else_is_no_leave_to_take_it(answer):
    with daemon(says(answer)) as address, pytest.raises(clamav.Unavailable):
        clamav.scan(b"some figures", address)


def hangs_up(line: socket.socket) -> None:
    line.recv(10)


def never_answers(line: socket.socket) -> None:
    while line.recv(1 << 16):
        pass


def reads_nothing(line: socket.socket) -> None:
    time.sleep(0.6)


def trickles(line: socket.socket) -> None:
    try:
        for _ in range(40):
            line.sendall(b"s")
            time.sleep(0.05)
    except OSError:
        pass


@pytest.mark.parametrize("badly", [hangs_up, never_answers, reads_nothing, trickles])
def test_nobody_waits_for_longer_than_the_patience(badly):
    began = time.monotonic()
    with daemon(badly) as address:
        with pytest.raises(clamav.Unavailable):
            clamav.scan(b"x" * 8_000_000, address, patience=0.3)
        assert time.monotonic() - began < 2


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "unix:/nowhere/clamd.ctl"])
def test_nobody_there(address):
    with pytest.raises(clamav.Unavailable):
        clamav.ping(address)


@pytest.mark.parametrize("address", ["unix:/run/clamav/clamd.ctl", "tcp://127.0.0.1:3310", "tcp://[::1]:3310"])
def test_addresses(address):
    assert clamav.checked(address) == address


@pytest.mark.parametrize(
    "address",
    ["yes", "127.0.0.1:3310", "tcp://127.0.0.1", "tcp://127.0.0.1:x", "tcp://h:99999", "unix:run/clamd.ctl"]
    + ["unix://run/clamd.ctl", "http://127.0.0.1:3310/", "tcp://:3310", "unix:", "tcp://h:1/path", "tcp://h:0"],
)
def test_what_is_no_address(address):
    with pytest.raises(ValueError):
        clamav.checked(address)
