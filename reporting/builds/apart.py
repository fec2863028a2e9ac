"""Each build is drawn in a process of its own: it may use so much memory and no more, and when it breaks only that build ends.

The worker keeps the lease and the database; the child is given two texts and gives back bytes. It is forked, so it draws with the very
code that the worker runs, whatever has become of the files on disk, and has nothing to load.
"""

import ctypes
import gc
import logging
import os
import resource
import signal
import sys
from contextlib import ExitStack
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

from django.conf import settings
from django.db import connections

from lib.typesetting import PdfProblem
from reporting.builds import making
from reporting.builds.making import Made, Tell

log = logging.getLogger("job")

CPU_SECONDS = (
    240  # of processor time; below the time limit of a job, so that it is the build that is ended and not its worker
)
PR_SET_PDEATHSIG = 1  # <linux/prctl.h>

TOO_MUCH = (
    "It needed more memory than the {} MB it may use. Nothing was stored. Leave out a section, or ask whoever looks after this service "
    "to raise PACK_MEMORY_MB; then build it again."
)
TOO_LONG = (
    "It took more than {} seconds of computing, so it was stopped. Nothing was stored. Leave out a section and build it again; "
    "if it stops again, tell whoever looks after this service."
)
BROKE_OFF = (
    "The process that drew it was ended from outside ({}), most often for want of memory on that computer. Nothing was stored. "
    "Build it again; if it is ended again, tell whoever looks after this service."
)


class Ended(PdfProblem):
    """It was ended before it was done: by its limits, or from outside. That tells nothing of what it was to draw."""


class ChildFailed(Exception):
    """Something of ours went wrong in the child; its trace is in the log."""


class Here:
    """Draws in this process: in unit tests and first-run commands, where jobs run in place."""

    def __enter__(self) -> "Here":
        return self

    def __exit__(self, *left: object) -> None:
        pass

    def make(self, text: str, imprint: str, tell: Tell) -> Made:
        return making.make(text, imprint, tell)


class Child:
    """Draws in a process of its own, which ends with the block or with this process, however that ends."""

    def __enter__(self) -> "Child":
        """Forked before there are threads and before the snapshot is gathered."""
        self.pipe, theirs = Pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        worker = os.getpid()
        self.pid = os.fork()
        if not self.pid:
            self.pipe.close()
            _child(theirs, worker)
        theirs.close()
        self.status: int | None = None
        return self

    def make(self, text: str, imprint: str, tell: Tell) -> Made:
        """Have everything drawn. Raises PdfProblem with a sentence when the child may not go on, or can't."""
        try:
            self.pipe.send((text, imprint))
            while True:
                kind, *told = self.pipe.recv()
                if kind == "stage":
                    tell(*told)
                elif kind == "made":
                    return Made(*told)
                elif kind == "problem":
                    raise PdfProblem(*told)
                elif kind == "ended":
                    raise Ended(*told)
                else:
                    raise ChildFailed(*told)
        except (EOFError, ConnectionError):
            raise Ended(self._how_it_ended()) from None

    def _how_it_ended(self) -> str:
        self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        log.error("build state=broken-off exit=%s", self.status)
        if self.status == -signal.SIGXCPU:
            return TOO_LONG.format(CPU_SECONDS)
        if self.status >= 0:
            return BROKE_OFF.format(f"exit {self.status}")
        return BROKE_OFF.format(signal.Signals(-self.status).name)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.pipe.close()
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)  # it has told all, or is to tell nothing more
            os.waitpid(self.pid, 0)


def process() -> Child | Here:
    """Whoever draws the next build, as the settings say."""
    return Child() if settings.PACKS_APART else Here()


# ---------------------------------------------------------------- in the child


def _child(pipe: Connection, worker: int) -> NoReturn:
    """Never returns: nothing that the worker meant to do afterwards, or to tidy up, is done twice."""
    status = 1
    try:
        _confined(worker)
        with ExitStack() as stack:
            for one in connections.all(initialized_only=True):
                stack.enter_context(one.execute_wrapper(_no_database))
            text, imprint = pipe.recv()
            told = _told(text, imprint, pipe)
            try:
                pipe.send(told)
            except MemoryError:  # handing it over takes as much again
                del told
                pipe.send(_too_much())
        status = 0
    except (EOFError, ConnectionError):
        pass  # the worker wants nothing more
    finally:
        os._exit(status)


def _told(text: str, imprint: str, pipe: Connection) -> tuple[Any, ...]:
    try:
        made = making.make(text, imprint, lambda stage, note: pipe.send(("stage", stage, note)))
        return "made", made.pdf, made.pages, made.companions
    except PdfProblem as problem:
        return "problem", str(problem)
    except MemoryError:
        return _too_much()
    except ConnectionError:
        raise
    except Exception as error:
        log.exception("build state=failed")
        return "failed", type(error).__name__


def _too_much() -> tuple[str, str]:
    log.error("build state=out-of-memory")
    return "ended", TOO_MUCH.format(settings.PACK_MEMORY_MB)


def _confined(worker: int) -> None:
    """Within its limits, ended with its worker, and deaf to what the worker listens to."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGUSR1, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != worker:  # it died while this one was being forked
        os._exit(1)
    # On top of what the worker had when it was forked: one that has been up for months leaves a build as much as a new one does.
    memory = _address_space() + settings.PACK_MEMORY_MB * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.freeze()  # what it inherits from the worker stays to the end
    gc.disable()  # it lives for one build; looking for cycles in its million boxes took a tenth of the time


def _address_space() -> int:
    """What this process has of it, in bytes. 0 where the kernel doesn't tell."""
    try:
        pages = Path("/proc/self/statm").read_text().split()[0]
    except FileNotFoundError:
        return 0
    return int(pages) * resource.getpagesize()


def _no_database(execute: object, sql: object, params: object, many: object, context: object) -> NoReturn:
    """The connection is the worker's: a word on it from here would mix up the worker's own conversation."""
    raise RuntimeError("Drawing a build asks the database nothing.")
