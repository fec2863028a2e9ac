"""What reading takes: memory within bounds, and nothing from outside the file."""

import builtins
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from lib.sheets import Unusable, read
from tests.unit.lib.sheets.corpus import REFUSED
from tests.unit.lib.sheets.made import strings_xml, xlsx

MOST = 150  # MB more than before the file was read, of the whole process

MEASURED = """
import sys
from pathlib import Path
from lib.sheets import Unusable, read

def peak():
    return next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")) / 1024

content = Path(sys.argv[1]).read_bytes()
before = peak()
try:
    said = str(len(read(content, "x").sheets[0].rows))
except Unusable as refused:
    said = str(refused)
print(peak() - before, said, sep="|")
"""


def measured(content: bytes, folder: Path) -> tuple[float, str]:
    """MB that reading takes in a process of its own, and what it came to."""
    file = folder / "content"
    file.write_bytes(content)
    done = subprocess.run([sys.executable, "-c", MEASURED, str(file)], capture_output=True, text=True, check=True)
    megabytes, _, said = done.stdout.strip().partition("|")
    return float(megabytes), said


def different_numbers() -> bytes:
    """As many numbers as are taken, no two alike: a cell, a text and a Decimal for each."""
    return xlsx(
        "".join(f"<row>{''.join(f'<c><v>{row * 8 + at}.5</v></c>' for at in range(8))}</row>" for row in range(43_000))
    )


def different_texts() -> bytes:
    """As many texts as are taken, in letters that take four bytes each."""
    cells = "".join(f'<row><c t="s"><v>{at}</v></c></row>' for at in range(49_000))
    return xlsx(cells, strings=strings_xml(*(f"<t>{at:08}{'x' * 400}\N{GRINNING FACE}</t>" for at in range(49_000))))


def wide_and_empty() -> bytes:
    return xlsx("".join(f'<row><c r="KN{row}"><v>{row}</v></c></row>' for row in range(1, 13_300)))


@pytest.mark.parametrize(
    ("maker", "said"), [(different_numbers, "43000"), (different_texts, "49000"), (wide_and_empty, "13299")]
)
def test_the_largest_files_that_are_taken_take_less_than_150_megabytes(maker, said, tmp_path):
    megabytes, came_to = measured(maker(), tmp_path)
    assert came_to == said
    assert megabytes < MOST


@pytest.mark.parametrize(
    "name",
    [
        "a million names",
        "a million name spaces",
        "elements within elements",
        "a tag of 9 MB",
        "bomb that says it is small",
        "overlapping entries",
        "merged areas upon merged areas",
    ],
)
def test_what_is_made_to_burst_takes_less(name, tmp_path):
    maker, words = REFUSED[name]
    megabytes, said = measured(maker(), tmp_path)
    assert words in said
    assert megabytes < MOST


@pytest.mark.parametrize(
    "name", [name for name in REFUSED if "entity" in name or "document type" in name or "outside" in name]
)
def test_nothing_is_fetched_from_a_file_or_from_the_network(name, monkeypatch):
    content = REFUSED[name][0]()
    reached: list[object] = []
    monkeypatch.setattr(builtins, "open", lambda *named, **_: reached.append(named))
    monkeypatch.setattr(socket, "socket", lambda *named, **_: reached.append(named))
    with pytest.raises(Unusable):
        read(content, "x")
    assert reached == []
