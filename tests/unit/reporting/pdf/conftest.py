"""Setting a pack takes seconds, so the sample is set once for all tests that only look at it."""

import subprocess
from collections.abc import Callable
from dataclasses import replace

import pytest

from reporting import pdf
from reporting.imprint import Imprint
from reporting.pdf import Rendered
from reporting.snapshots.shape import Snapshot
from tests.factories import snapshot_funding, snapshots


@pytest.fixture(scope="session")
def pack() -> Rendered:
    """The sample with all that it holds of governance and money, executive edition, issue 1."""
    return pdf.render(snapshot_funding.funded(), imprint=Imprint("executive", 1), checksum="9c41e7b0" * 8)


@pytest.fixture(scope="session")
def rated() -> Rendered:
    """The sample with targets: red, amber and green, and every other state."""
    return pdf.render(snapshots.rated(), imprint=Imprint("executive", 1))


@pytest.fixture(scope="session")
def small() -> Rendered:
    """A pack of two indicators: all kinds of content in a third of the time."""
    return pdf.render(few(2), imprint=Imprint("executive", 1))


def few(how_many: int) -> Snapshot:
    """The sample with the first indicators of its first priority only."""
    first = snapshots.sample().priorities[0]
    own = replace(first, indicators=first.indicators[:how_many], commitments=first.commitments[:3])
    return snapshots.sample(priorities=(own,), restatements=())


@pytest.fixture(scope="session")
def read() -> Callable[..., str]:
    """The text of a PDF, or of some of its pages, white space made single."""

    def words_of(rendered: Rendered, first: int = 1, last: int = 0) -> str:
        command = ["pdftotext", "-f", str(first), "-l", str(last or rendered.pages), "-", "-"]
        made = subprocess.run(command, input=rendered.pdf, capture_output=True, check=True, timeout=60)
        return " ".join(made.stdout.decode().split())

    return words_of
