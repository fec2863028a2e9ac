"""What a PDF may load: the stylesheets and marks of `static/pack/`, and nothing else, from nowhere else."""

import mimetypes
import re
from pathlib import Path

from django.conf import settings
from weasyprint.urls import URLFetcher, URLFetcherResponse, path2url

_TOKEN = re.compile(rb"(?<=[\s{;])(--[\w-]+):\s*([^;]+);")  # "--ink: #211b26;"
_USED = re.compile(rb"var\((--[\w-]+)\)")


def folder() -> Path:
    """Where stylesheets, marks and fonts of PDFs lie."""
    return Path(settings.BASE_DIR) / "static" / "pack"


def address() -> str:
    """The folder as the address that a document's links are read against."""
    return path2url(folder()).rstrip("/") + "/"


class Refused(ValueError):
    """Something in the document asked for an address that is not ours."""


class OurFilesOnly(URLFetcher):
    """Serves files below `static/pack/`. Every other address is refused: network, data, other files, links out of the folder."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["file"], allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith(address()):
            raise Refused(f"A PDF may not load {url[:200]}")
        path = (folder() / url.removeprefix(address())).resolve()
        if not path.is_relative_to(folder().resolve()) or not path.is_file():
            raise Refused(f"A PDF may not load {url[:200]}")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        content = in_plain_values(path) if kind == "text/css" else path.read_bytes()
        return URLFetcherResponse(url, content, {"Content-Type": kind})


def in_plain_values(path: Path) -> bytes:
    """A stylesheet of the pack with its tokens put in: WeasyPrint would work out each `var()` anew for every element it reaches.

    A sheet with tokens of its own (the paper form, whose large print changes them) stays as it is.
    """
    sheet, pack = path.read_bytes(), (folder() / "pack.css").resolve()
    if path != pack and _TOKEN.search(sheet):
        return sheet
    values = dict(_TOKEN.findall(pack.read_bytes()))
    return _USED.sub(lambda found: values.get(found[1], found[0]), sheet)
