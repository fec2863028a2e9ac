"""An XLSX file as bytes: the same for the same workbook, and with nobody's name in it."""

import io
import shutil
import zipfile
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_CORE

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first a zip file can hold
_FOR_EVERYBODY = 0o644 << 16
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
)


class _Archive(zipfile.ZipFile):
    """Every part with the same time on it, whenever it is made."""

    title = ""

    def writestr(self, zinfo_or_arcname: str | zipfile.ZipInfo, data: Any, *_: Any, **__: Any) -> None:
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        if name == ARC_CORE:
            data = _PROPERTIES.format(title=escape(self.title))
        with self._part(name) as part:
            part.write(data.encode() if isinstance(data, str) else data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        with Path(filename).open("rb") as source, self._part(str(arcname)) as part:
            shutil.copyfileobj(source, part)

    def _part(self, name: str) -> IO[bytes]:
        info = zipfile.ZipInfo(name, _MOMENT)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = _FOR_EVERYBODY
        return self.open(info, "w")


def archived(workbook: Workbook, title: str) -> bytes:
    """The workbook's bytes. Its properties hold the title alone: no author, no time."""
    made = io.BytesIO()
    archive = _Archive(made, "w", zipfile.ZIP_DEFLATED)
    archive.title = title
    ExcelWriter(workbook, archive).save()
    return made.getvalue()
