"""The parts of a zip file, looked at before any is opened and counted while they are inflated.

Nothing is written to disk, no part is opened but by its name, and a zip inside the zip stays closed.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator

from lib.sheets.grid import NOT_READ, Unusable

MOST_PARTS = 2000
MOST_INFLATED = 120_000_000  # all parts together: 50,000 rows of twelve columns take about 40
MOST_RATIO = 250  # spreadsheets reach 60; what is made to burst, 1,000
SMALL = 10_000_000  # below that the ratio does not matter
MOST_PART_READ_WHOLE = 8_000_000

BURSTS = "This file would grow far too large when opened, so it was not. Open it in your spreadsheet program, copy the sheet with the figures into a new file, and send that."

_CENTRAL = b"PK\x01\x02"
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30


class Parts:
    """The parts of an XLSX file by name. Raises Unusable for anything that no spreadsheet program writes."""

    def __init__(self, content: bytes) -> None:
        # Counted in the bytes, before zipfile makes an object of every entry.
        if content.count(_CENTRAL) > MOST_PARTS:
            raise Unusable(BURSTS)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, RuntimeError, ValueError, OSError, EOFError) as error:
            raise Unusable(NOT_READ) from error
        self._left = MOST_INFLATED
        self._infos = {info.filename.lstrip("/"): info for info in self._zip.infolist()}
        self._check(len(content))

    def _check(self, size: int) -> None:
        infos = sorted(self._zip.infolist(), key=lambda info: info.header_offset)
        if len(infos) != len(self._infos) or len({name.lower() for name in self._infos}) != len(infos):
            raise Unusable(NOT_READ)
        if any(".." in name.replace("\\", "/").split("/") for name in self._infos):  # it wants to be written elsewhere
            raise Unusable(NOT_READ)
        if sum(info.file_size for info in infos) > MOST_INFLATED:
            raise Unusable(BURSTS)
        end = 0
        for info in infos:
            if info.flag_bits & _ENCRYPTED:
                raise Unusable("This file is protected by a password. Save it without the password and send that.")
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Unusable(NOT_READ)
            if info.header_offset < end:  # two entries share the same bytes
                raise Unusable(BURSTS)
            end = info.header_offset + _LOCAL_HEADER + len(info.filename) + info.compress_size
            if end > size:
                raise Unusable(NOT_READ)
            if info.file_size > SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
                raise Unusable(BURSTS)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def names(self) -> list[str]:
        return list(self._infos)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part, inflated piece by piece. What it really comes to counts, whatever it says of itself."""
        try:
            info = self._infos[name]
            said = info.file_size
            with self._zip.open(info) as part:
                while chunk := part.read(1 << 16):
                    said -= len(chunk)
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise Unusable(BURSTS)
                    yield chunk
            if said:
                raise Unusable(NOT_READ)
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            ValueError,
        ) as error:
            if isinstance(error, Unusable):
                raise
            raise Unusable(NOT_READ) from error

    def whole(self, name: str) -> bytes:
        pieces: list[bytes] = []
        size = 0
        for chunk in self.chunks(name):
            size += len(chunk)
            if size > MOST_PART_READ_WHOLE:
                raise Unusable(BURSTS)
            pieces.append(chunk)
        return b"".join(pieces)
