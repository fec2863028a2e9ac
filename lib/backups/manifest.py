"""What a backup says it holds, and whether it does."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Protocol

from lib.backups import Refused

FORMAT = 1
NAME = "manifest.json"
FILES = "files"  # the folder of the files inside a backup
AT_ONCE = 1024 * 1024  # bytes


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Held:
    """One file of a backup, as it was written."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    made_at: str  # ISO 8601
    release: str  # of the code, as `lib.release` tells it
    engine: str  # "postgresql" or "sqlite"
    server: str  # its version
    database: str  # the name of the dump in the folder
    dump: Held
    migrations: dict[str, list[str]]  # by app
    rows: dict[str, int]  # by table
    files: dict[str, Held]  # by name in storage
    gone: list[str] = field(default_factory=list)  # named by the dump, deleted while the backup was made
    erased: list[str] = field(default_factory=list)  # named by the database, gone with a removal of personal data
    missing: list[str] = field(default_factory=list)  # named by the database, and not in storage
    format: int = FORMAT

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1, sort_keys=True)


def read(folder: Path) -> Manifest:
    """The manifest of a backup; Refused when there is none that can be read."""
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Refused(f"{folder} is no backup, or only a part of one: it has no {NAME}.") from None
    except (OSError, ValueError) as error:
        raise Refused(f"The {NAME} in {folder} can’t be read, so nothing can be said of the rest.") from error
    try:
        if told["format"] != FORMAT:
            raise Refused(f"{folder} was written in format {told['format']}; this release reads format {FORMAT}.")
        files = {name: Held(**held) for name, held in told.pop("files").items()}
        return Manifest(**told | {"dump": Held(**told["dump"]), "files": files})
    except (KeyError, TypeError, AttributeError) as error:
        raise Refused(f"The {NAME} in {folder} is not one that a backup writes.") from error


def check(folder: Path, manifest: Manifest) -> None:
    """Refused with everything that is not as it was written: missing, cut short, or other bytes."""
    wrong = [*_wrong(folder / manifest.database, manifest.database, manifest.dump)]
    for name, held in manifest.files.items():
        wrong += _wrong(path_of(folder, name), name, held)
    if wrong:
        shown = "; ".join(wrong[:5]) + (f"; and {len(wrong) - 5} more" if len(wrong) > 5 else "")
        raise Refused(f"This backup is damaged, so nothing was restored from it. {shown}.")


def path_of(folder: Path, name: str) -> Path:
    """Where a stored file lies in a backup. A name that leads out of the folder is refused."""
    parts = PurePosixPath(name).parts
    if not parts or parts[0] == "/" or ".." in parts or "\0" in name:
        raise Refused("The manifest names a file outside the backup, which no backup of ours does.")
    return folder.joinpath(FILES, *parts)


def _wrong(path: Path, name: str, held: Held) -> Iterable[str]:
    try:
        size = path.stat().st_size
        if size != held.bytes:
            yield f"{name} has {size:,} bytes and should have {held.bytes:,}"
        elif of(path).sha256 != held.sha256:
            yield f"{name} has other bytes than were written"
    except FileNotFoundError:
        yield f"{name} is not there"
    except OSError:
        yield f"{name} can’t be read"


def of(path: Path) -> Held:
    with path.open("rb") as file:
        return Held(path.stat().st_size, digest(file))


def digest(file: Readable) -> str:
    summed = hashlib.sha256()
    while some := file.read(AT_ONCE):
        summed.update(some)
    return summed.hexdigest()
