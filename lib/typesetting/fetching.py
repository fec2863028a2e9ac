"""What a PDF may load: the stylesheets and marks of `static/pack/`, and nothing else, from nowhere else."""

import mimetypes
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
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
