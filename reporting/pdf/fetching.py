"""What the PDF may load: the pack's own stylesheet and marks, and nothing else, from nowhere else."""

import mimetypes
from pathlib import Path

from django.conf import settings
from weasyprint.urls import URLFetcher, URLFetcherResponse, path2url


def folder() -> Path:
    """Where the pack's stylesheet and marks lie."""
    return Path(settings.BASE_DIR) / "static" / "pack"


def address() -> str:
    """The folder as the address that the pack's links are read against."""
    return path2url(folder()).rstrip("/") + "/"


class Refused(ValueError):
    """Something in the pack asked for an address that is not ours."""


class OurFilesOnly(URLFetcher):
    """Serves files below `static/pack/`. Every other address is refused: network, data, other files, links out of the folder."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["file"], allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith(address()):
            raise Refused(f"The pack may not load {url[:200]}")
        path = (folder() / url.removeprefix(address())).resolve()
        if not path.is_relative_to(folder().resolve()) or not path.is_file():
            raise Refused(f"The pack may not load {url[:200]}")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
