"""What kind of file a paper is, told by what is in it and not by its name alone. Pure: takes bytes."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

MOST_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 150
LIKE = "Send it as PDF, Word (.docx), PowerPoint (.pptx), Excel (.xlsx) or OpenDocument text (.odt)"
OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Kind:
    """`ending` is that of the name, `words` what people call it, `content_type` what it is served as."""

    ending: str
    words: str
    content_type: str


PDF = Kind(".pdf", "PDF", "application/pdf")
DOCX = Kind(".docx", "Word", f"{OFFICE}wordprocessingml.document")
XLSX = Kind(".xlsx", "Excel", f"{OFFICE}spreadsheetml.sheet")
PPTX = Kind(".pptx", "PowerPoint", f"{OFFICE}presentationml.presentation")
ODT = Kind(".odt", "OpenDocument text", "application/vnd.oasis.opendocument.text")
KINDS = {kind.ending: kind for kind in (PDF, DOCX, XLSX, PPTX, ODT)}
# The part that only this kind of office file holds.
HEART = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}


class Unusable(ValueError):
    """The file can't be a paper. Its text says why, and what to send instead."""


def kind_of(content: bytes, name: str) -> Kind:
    """The kind of a paper. Raises Unusable where the file is empty, too large, of another kind, or not what its name says."""
    if not content:
        raise Unusable("The file is empty. Save it again, then choose it again")
    if len(content) > MOST_BYTES:
        raise Unusable("The paper must be 20 MB or smaller. Pictures saved at a lower resolution make it smaller")
    named = KINDS.get(PurePosixPath(name).suffix.lower())
    if named is None:
        raise Unusable(f"A paper can’t be a file of this kind. {LIKE}")
    found = PDF if content.startswith(b"%PDF-") else _in_archive(content)
    if found is None:
        raise Unusable(f"The file is named {named.ending}, but it isn’t {_article(named)} file. {LIKE}")
    if found != named:
        raise Unusable(f"The file is named {named.ending}, but holds {_article(found)} file. Name it {found.ending}")
    return found


def _in_archive(content: bytes) -> Kind | None:
    """Office files are archives. Only the list of what is in it is read, and one short entry."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            says = _beginning(archive, "mimetype") if "mimetype" in names else b""
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError):  # whatever a damaged archive brings about
        return None
    if any(PurePosixPath(name).name.lower() == "vbaproject.bin" for name in names):
        raise Unusable("A paper can’t hold macros. Save it without them, or as PDF")
    if says:
        return ODT if says == ODT.content_type.encode() else None
    return next((kind for part, kind in HEART.items() if part in names), None)


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        return entry.read(100).strip()


def _article(kind: Kind) -> str:
    return f"an {kind.words}" if kind.words[0] in "EO" else f"a {kind.words}"


def shown_name(name: str) -> str:
    """What a file is called on screen: without folders and without what can't be seen, its ending kept."""
    last = PurePosixPath(name.replace("\\", "/")).name
    seen = "".join(letter for letter in last if letter.isprintable()).strip()
    stem, _, ending = seen.rpartition(".")
    if len(seen) > LONGEST_NAME:
        return f"{stem[: LONGEST_NAME - len(ending) - 2]}…{'.'}{ending}"
    return seen
