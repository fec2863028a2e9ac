"""Which release of the code this is, told from its files: what one release has kept ready is never shown by another."""

import hashlib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("accounts", "cspplan", "indicators", "lib", "priorities", "reporting", "templates")
KINDS = (".html", ".py", ".svg")


@cache
def fingerprint() -> str:
    """Sixteen hexadecimal digits, the same on every machine that runs the same code; read from the files once per process."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in KINDS):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
