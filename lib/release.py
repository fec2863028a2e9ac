"""Which release of the code this is, told from its files: what one release has kept ready is never shown by another."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (
    "accounts",
    "consultation",
    "cspplan",
    "governance",
    "indicators",
    "lib",
    "priorities",
    "reporting",
    "templates",
)
KINDS = (".html", ".py", ".svg")


@cache
def fingerprint() -> str:
    """Sixteen hexadecimal digits, the same on every machine that runs the same code; read from the files once per process."""
    return of(FOLDERS, KINDS)


def of(parts: Iterable[str], kinds: Iterable[str] = (*KINDS, ".css")) -> str:
    """The same of some folders and files alone, named from the root of the code. A part that is not there is a mistake."""
    digest = hashlib.sha256()
    for path in sorted(path for part in parts for path in _files(ROOT / part) if path.suffix in kinds):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _files(part: Path) -> Iterable[Path]:
    if part.is_file():
        return [part]
    if not part.is_dir():
        raise FileNotFoundError(part)
    return part.rglob("*")
