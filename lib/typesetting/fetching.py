"""What a PDF may load: the stylesheets and marks of `static/pack/`, and nothing else, from nowhere else."""

import mimetypes
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from weasyprint.urls import URLFetcher, URLFetcherResponse, path2url


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
        content = path.read_bytes()
        return URLFetcherResponse(
            url, in_plain_values(content) if kind == "text/css" else content, {"Content-Type": kind}
        )


def in_plain_values(sheet: bytes) -> bytes:
    """A stylesheet with the pack's tokens put in: WeasyPrint would work out each `var()` anew for every element it reaches."""
    values = _tokens()
    return re.sub(rb"var\((--[\w-]+)\)", lambda found: values.get(found[1], found[0]), sheet)


@cache
def _tokens() -> dict[bytes, bytes]:
    """What `:root` names in the pack's stylesheet: "--ink" is "#211b26"."""
    return dict(re.findall(rb"^\s*(--[\w-]+):\s*([^;]+);", (folder() / "pack.css").read_bytes(), re.MULTILINE))
